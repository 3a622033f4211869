"""What is owed to a child, as far as it is the reader's business."""

from __future__ import annotations

from hearth.web.access.standing import standing
from hearth.web.children.reading.areas import VISITS
from hearth.web.children.reading.looking import Look
from hearth.web.work.lines import Line, duties_of, lines


def owed_to(look: Look) -> list[Line]:
    """What is owed today, overdue first: all of it for who works the case, else the duties of their roles."""
    if look.is_past:
        return []
    duties = None if look.may_open(VISITS) else duties_of(standing(look.user).roles)
    return lines(look.user, "child", duties=duties, children=[look.child.pk])
