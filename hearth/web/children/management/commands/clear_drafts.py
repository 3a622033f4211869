"""The command that clears drafts nobody went on with for as long as the setting says."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from hearth.web.children.sheets import drafts


class Command(BaseCommand):
    """``hearth manage clear_drafts``."""

    help = "Clears the drafts that were not gone on with for HEARTH_DRAFT_DAYS days."

    def handle(self, *_: Any, **__: Any) -> None:
        """Clears, and says how many."""
        cleared = drafts.clear()
        noun = "draft" if cleared == 1 else "drafts"
        self.stdout.write(f"{cleared:,} {noun} cleared, not gone on with for {settings.HEARTH_DRAFT_DAYS} days.")
