"""The command that works out what pages show of the day: the weeks ahead and the figures. Run it each night."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from hearth.web.design.words import day
from hearth.web.work import daily


class Command(BaseCommand):
    """``hearth manage reckon``."""

    help = "Works out the weeks ahead and the figures of the day, for all the pages that show them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether the weeks ahead alone are asked for."""
        parser.add_argument("--weeks", action="store_true", help="The weeks ahead alone, once the day is worked out.")

    def handle(self, *_: Any, weeks: bool, **__: Any) -> None:
        """Does the jobs of the day, and says for which day."""
        (daily.reckon_weeks if weeks else daily.reckon)()
        done = daily.last()
        self.stdout.write(f"Worked out for {day(done.as_of if done else None)}.")
