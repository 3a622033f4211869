"""The app ``work``."""

from __future__ import annotations

from django.apps import AppConfig


class WorkConfig(AppConfig):
    """The day's work."""

    name = "hearth.web.work"
    label = "work"
    verbose_name = "Work"
