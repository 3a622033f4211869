"""The app ``leaving_care``."""

from __future__ import annotations

from django.apps import AppConfig


class LeavingCareConfig(AppConfig):
    """Leaving care."""

    name = "hearth.web.leaving_care"
    label = "leaving_care"
    verbose_name = "Leaving care"
