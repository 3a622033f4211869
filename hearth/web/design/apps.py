"""The app ``design``."""

from __future__ import annotations

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """Layout and components."""

    name = "hearth.web.design"
    label = "design"
    verbose_name = "Design"
