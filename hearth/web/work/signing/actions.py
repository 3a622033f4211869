"""A manager's answer to a plan or an assessment: one transaction, one line in the log."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from hearth.web.access.models import User
from hearth.web.children import recording
from hearth.web.children.records import ChildRecord
from hearth.web.config.today import today
from hearth.web.work.models import SignOff
from hearth.web.work.signing.waiting import said


def answer(*, row: ChildRecord, by: User, given: str, reason: str, seen_revision: int) -> SignOff:
    """Agrees to the row or sends it back; raises ValidationError where that cannot be.

    Nobody answers what they wrote themselves; what is sent back needs a reason; what was changed since it was read is
    read again first.
    """
    if row.recorded_by == by:
        raise ValidationError("You wrote this yourself: another manager must answer it")
    if given == SignOff.SENT_BACK and not reason.strip():
        raise ValidationError({"reason": "Say what must be better: whoever wrote it must know what to do"})
    with recording.writing(row.child, by, f"{recording.title_of(type(row))} {given}", reason) as act:
        now = recording.current(row, None, {})
        if now.revision != seen_revision:
            raise ValidationError("It was changed after you opened it: read it again, then answer")
        made = SignOff(
            child=row.child, answered_on=today(), about=said(now), of_table=row.table, of_id=row.pk,
            of_revision=seen_revision, answer=given, reason=reason.strip(),
        )  # fmt: skip
        return act.add(made)
