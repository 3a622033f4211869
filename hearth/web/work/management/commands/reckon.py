"""The command that works out what pages show of the day: the weeks ahead and the figures. Run it each night."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from hearth.web.design.words import day
from hearth.web.work import daily


class Command(BaseCommand):
    """``hearth manage reckon``."""

    help = "Works out the weeks ahead and the figures of the day, for all the pages that show them."

    def handle(self, *_: Any, **__: Any) -> None:
        """Does the jobs of the day, and says for which day."""
        daily.reckon()
        done = daily.last()
        self.stdout.write(f"Worked out for {day(done.as_of if done else None)}.")
