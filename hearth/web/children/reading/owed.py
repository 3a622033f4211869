"""What is owed to a child, as far as it is the reader's business."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from hearth.timescales.duty import words
from hearth.web.access.standing import standing
from hearth.web.children.reading.areas import VISITS
from hearth.web.children.reading.looking import Look
from hearth.web.work import owing
from hearth.web.work.lines import Line, duties_of, known_to, lines

SOON = 8 * 7
"""Days ahead for which what falls due is shown at once."""


def owed_to(look: Look) -> list[Line]:
    """What is owed today, overdue first: all of it for who works the case, else the duties of their roles."""
    if look.is_past:
        return []
    duties = None if look.may_open(VISITS) else duties_of(standing(look.user).roles)
    return lines(look.user, {look.child.pk: look.child}, duties=duties)


def untold_to(look: Look) -> list[str]:
    """The duties, in words, of which the record says nothing for any child: neither done nor undone."""
    if look.is_past:
        return []
    known = known_to(standing(look.user).roles)
    return [words()[duty].title for duty in owing.untold() if known is None or duty in known]


def soon(owed: Sequence[Line], day: date) -> tuple[list[Line], list[Line]]:
    """What is overdue, due within eight weeks or of a day not known, and what is due later."""
    until = day + timedelta(days=SOON)
    return (
        [line for line in owed if line.due_on is None or line.due_on <= until],
        [line for line in owed if line.due_on is not None and line.due_on > until],
    )
