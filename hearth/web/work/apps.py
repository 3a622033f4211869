"""The app ``work``."""

from __future__ import annotations

from django.apps import AppConfig


class WorkConfig(AppConfig):
    """The day's work."""

    name = "hearth.web.work"
    label = "work"
    verbose_name = "Work"

    def ready(self) -> None:
        """What is owed is worked out again inside the transaction of each write."""
        from hearth.web.children.recording import keep_in_step
        from hearth.web.work import owing

        keep_in_step(owing.keep)
