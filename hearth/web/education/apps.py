"""The app ``education``."""

from __future__ import annotations

from django.apps import AppConfig


class EducationConfig(AppConfig):
    """Education."""

    name = "hearth.web.education"
    label = "education"
    verbose_name = "Education"
