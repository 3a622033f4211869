"""The journey in care: it starts, the child moves, the legal status changes, care ends; always one open episode."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from hearth.tables.codes import members
from hearth.web.access.models import User
from hearth.web.children import recording
from hearth.web.children.models import Child, Episode
from hearth.web.children.recording import Writing

STARTS, LEGAL, MOVE, SAME_CARER, BOTH, BOTH_SAME_CARER = members("reason_new_episode", "S", "L", "P", "T", "B", "U")
CONTINUES = members("reason_episode_ceased", "X1")[0]
WITH_LEGAL = {MOVE: BOTH, SAME_CARER: BOTH_SAME_CARER, LEGAL: LEGAL, BOTH: BOTH, BOTH_SAME_CARER: BOTH_SAME_CARER}
"""The reason for an episode in which, beside what it already says, the legal status changed on the same day."""
STAYS_SAME = ("legal_status", "category_of_need", "home_postcode")
OF_PLACE = (
    "placement_type",
    "placement_provider",
    "placement_postcode",
    "urn",
    "distance_miles",
    "placement_authority",
    "is_in_area",
    "carers",
    "carer_id",
    "placement_telephone",
)
"""What an episode says of the placement; what a move does not say is not known."""


def start_care(
    *,
    child: Child,
    by: User,
    started_on: date,
    legal_status: str,
    category_of_need: str,
    placement_type: str,
    note: str | None = None,
    **of_place: Any,
) -> Episode:
    """The child becomes looked after. ``of_place``: the other columns of ``Episode`` about the placement."""
    with recording.writing(child, by, "became looked after") as act:
        last = Episode.objects.filter(child=child).order_by("started_on", "pk").last()
        if last is not None and (last.ended_on is None or last.ended_on > started_on):
            raise ValidationError(_is_in_care(last))
        return act.add(
            Episode(
                child=child,
                started_on=started_on,
                reason_started=STARTS,
                legal_status=legal_status,
                category_of_need=category_of_need,
                placement_type=placement_type,
                note=note,
                **of_place,
            )
        )


def move(
    *,
    child: Child,
    by: User,
    moved_on: date,
    placement_type: str,
    reason_placement_changed: str | None,
    is_same_carer: bool = False,
    is_planned: bool | None = None,
    is_positive: bool | None = None,
    why_moved: str = "",
    legal_status: str | None = None,
    **of_place: Any,
) -> Episode:
    """The child moves to another placement, on the same day to another legal status where one is given."""
    reason = SAME_CARER if is_same_carer else MOVE
    words = {"is_move_planned": is_planned, "is_move_positive": is_positive, "why_moved": why_moved}
    place = dict.fromkeys(OF_PLACE) | {"placement_type": placement_type} | of_place | words
    with recording.writing(child, by, "moved placement") as act:
        before = _open_episode(child, moved_on)
        if legal_status and legal_status != before.legal_status:
            reason, place = WITH_LEGAL[reason], place | {"legal_status": legal_status}
        if before.started_on == moved_on and before.reason_started == LEGAL:
            _name_place_before(act, before, reason_placement_changed)
            return act.change(before, reason_started=WITH_LEGAL[reason], **place)
        return _follow(act, before, moved_on, reason, place, place_ended=reason_placement_changed)


def change_legal_status(
    *, child: Child, by: User, changed_on: date, legal_status: str, note: str | None = None
) -> Episode:
    """The legal status changes, the placement stays; on the day of a move both are one episode."""
    with recording.writing(child, by, "legal status changed") as act:
        before = _open_episode(child, changed_on)
        if before.legal_status == legal_status:
            raise ValidationError("The child already has this legal status")
        if before.started_on == changed_on:
            reason = before.reason_started and WITH_LEGAL.get(before.reason_started, before.reason_started)
            return act.change(before, reason_started=reason, legal_status=legal_status)
        same_place = {column: getattr(before, column) for column in OF_PLACE}
        return _follow(act, before, changed_on, LEGAL, same_place | {"legal_status": legal_status, "note": note})


def end_care(
    *,
    child: Child,
    by: User,
    ended_on: date,
    reason_ended: str,
    reason_placement_changed: str | None = None,
    why: str = "",
) -> Episode:
    """The child stops being looked after."""
    if reason_ended == CONTINUES:
        raise ValidationError("Say why care ended: X1 means that another episode follows")
    with recording.writing(child, by, "stopped being looked after", why) as act:
        last = _open_episode(child, ended_on)
        ended = {"reason_ended": reason_ended, "reason_placement_changed": reason_placement_changed}
        return act.change(last, ended_on=ended_on, **ended)


def _follow(
    act: Writing, before: Episode, on: date, reason: str, facts: dict[str, Any], *, place_ended: str | None = None
) -> Episode:
    """Ends the open episode and begins the next on the same day."""
    same = {column: getattr(before, column) for column in STAYS_SAME}
    act.change(before, ended_on=on, reason_ended=CONTINUES, reason_placement_changed=place_ended)
    return act.add(Episode(child=before.child, started_on=on, reason_started=reason, **{**same, **facts}))


def _name_place_before(act: Writing, episode: Episode, why: str | None) -> None:
    """On a day on which the legal status changed first, the placement ended with the episode before."""
    earlier = Episode.objects.filter(child=episode.child, ended_on=episode.started_on).exclude(pk=episode.pk).last()
    if earlier is not None:
        act.change(earlier, reason_placement_changed=why)


def _open_episode(child: Child, on: date) -> Episode:
    found = Episode.objects.filter(child=child, ended_on=None).first()
    if found is None:
        raise ValidationError("The child is not looked after: record first that care began")
    if found.started_on > on:
        raise ValidationError(
            f"The present episode began on {found.started_on:%-d %B %Y}: give that day or a later one, or correct it"
        )
    return found


def _is_in_care(last: Episode) -> str:
    if last.ended_on is None:
        return f"The child is looked after since {last.started_on:%-d %B %Y}: record a move, or that care ended"
    return f"The child was looked after until {last.ended_on:%-d %B %Y}: give that day or a later one, or correct it"
