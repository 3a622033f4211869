"""The app ``children``."""

from __future__ import annotations

from django.apps import AppConfig


class ChildrenConfig(AppConfig):
    """The child and the care."""

    name = "hearth.web.children"
    label = "children"
    verbose_name = "Children"
