"""The app ``safety``."""

from __future__ import annotations

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    """Safety."""

    name = "hearth.web.safety"
    label = "safety"
    verbose_name = "Safety"
