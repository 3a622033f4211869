"""The day that counts as today: the real one, or the day of the made-up authority."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """Today in England, or HEARTH_TODAY where it is set (never in production)."""
    return settings.HEARTH_TODAY or timezone.localdate()
