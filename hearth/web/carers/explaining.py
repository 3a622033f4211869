"""Why something is owed to a carer, by a home or by the council: the chain of days, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hearth.web.access.models import User
from hearth.web.carers.lines import Line
from hearth.web.carers.subjects import Elsewhere
from hearth.web.config.today import today
from hearth.web.work import frames, owing
from hearth.web.work.elsewhere import may_see_concerns, record_for


def explained(user: User, subject: Elsewhere, some: Iterable[Line]) -> Mapping[str, list[str]]:
    """By duty, the sentences that say how it comes to be owed, as far as the person may know."""
    duties = list(dict.fromkeys(line.owed.duty for line in some))
    if not duties:
        return {}
    record = record_for(subject.sort, with_concerns=may_see_concerns(user))
    whose = (subject.sort, subject.authority, subject.identifier)
    return frames.explained(record, whose, duties, today(), owing.limits())
