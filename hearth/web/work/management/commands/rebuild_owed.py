"""The command that works out everything owed anew: after limits or duties changed, or when in doubt."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from hearth.web.work import owing


class Command(BaseCommand):
    """``hearth manage rebuild_owed``."""

    help = "Works out everything that is owed to each child anew."

    def handle(self, *_: Any, **__: Any) -> None:
        """Rebuilds, and says how much is owed."""
        self.stdout.write(f"{owing.rebuild():,} things are owed.")
