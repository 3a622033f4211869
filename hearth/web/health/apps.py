"""The app ``health``."""

from __future__ import annotations

from django.apps import AppConfig


class HealthConfig(AppConfig):
    """Health."""

    name = "hearth.web.health"
    label = "health"
    verbose_name = "Health"
