"""What is written about carers, homes and the council, kind by kind."""

from hearth.web.carers.forms import council, homes, households

KINDS = (*households.KINDS, *homes.KINDS, *council.KINDS)

__all__ = ["KINDS"]
