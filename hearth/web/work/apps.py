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
        from hearth.web.children.sheets.following import say_next
        from hearth.web.work import daily, owing
        from hearth.web.work.next_due import next_due

        keep_in_step(owing.keep)
        keep_in_step(daily.keep)
        say_next(next_due)
