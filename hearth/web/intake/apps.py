"""The app ``intake``."""

from __future__ import annotations

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Loading and checking files."""

    name = "hearth.web.intake"
    label = "intake"
    verbose_name = "Loading files"
