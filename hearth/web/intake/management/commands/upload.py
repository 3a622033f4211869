"""`hearth manage upload read|load KEY`: the work on files given on the page, in a process of its own."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from hearth.web.intake import running


class Command(BaseCommand):
    """Started by the page that took the files."""

    help = "Reads or loads files given on the page."

    def add_arguments(self, parser: CommandParser) -> None:
        """The step and the key of the upload."""
        parser.add_argument("step", choices=("read", "load"))
        parser.add_argument("upload", type=int)
        parser.add_argument("--withdraw-many", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Does the step."""
        running.run(options["upload"], options["step"], *(["--withdraw-many"] if options["withdraw_many"] else []))
