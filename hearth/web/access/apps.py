"""The app ``access``."""

from __future__ import annotations

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """People, policy and the log."""

    name = "hearth.web.access"
    label = "access"
    verbose_name = "Access"
