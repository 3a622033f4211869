"""What may be recorded to keep a child safe."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from hearth.tables.codes import members
from hearth.web.access.models import User
from hearth.web.children import recording
from hearth.web.children.models import Child
from hearth.web.safety.models import MissingEpisode

MISSING = members("missing_type", "M")[0]


def record_missing(*, child: Child, by: User, started_on: date, kind: str = MISSING, **facts: Any) -> MissingEpisode:
    """Records that a child went missing, or is away without authorisation. ``facts``: other columns of the episode."""
    row = MissingEpisode(child=child, kind=kind, started_on=started_on, **facts)
    return recording.record(row, by=by, what="missing episode recorded")


def record_return(
    episode: MissingEpisode, *, by: User, ended_on: date, returned_at: datetime | None = None, found: str = ""
) -> MissingEpisode:
    """Records that the child came back."""
    with recording.writing(episode.child, by, "return recorded") as act:
        current = MissingEpisode.objects.get(pk=episode.pk)
        return act.change(current, ended_on=ended_on, returned_at=returned_at, found=found)


def record_return_interview(
    episode: MissingEpisode,
    *,
    by: User,
    is_offered: bool,
    is_accepted: bool | None = None,
    held_on: date | None = None,
    held_at: datetime | None = None,
    interviewer: str | None = None,
    findings: str = "",
) -> MissingEpisode:
    """Records that a return interview was offered, and held where the child accepted."""
    with recording.writing(episode.child, by, "return interview recorded") as act:
        return act.change(
            MissingEpisode.objects.get(pk=episode.pk),
            is_interview_offered=is_offered,
            is_interview_accepted=is_accepted,
            interview_held_on=held_on,
            interview_held_at=held_at,
            interviewer=interviewer,
            interview_findings=findings,
        )
