"""An episode of care is corrected or withdrawn, and the journey stays whole: what met on a day still meets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from hearth.web.access.models import User
from hearth.web.children import recording
from hearth.web.children.actions.caring import CONTINUES
from hearth.web.children.models import Episode
from hearth.web.design.words import day

OF_END = ("ended_on", "reason_ended", "reason_placement_changed")


def correct_episode(episode: Episode, *, by: User, why: str, seen_revision: int | None = None, **facts: Any) -> Episode:
    """Corrects an episode; where its days change, the episode before ends and the one after begins on the new day.

    Raises Django's validation error, in a sentence, when the days would overlap another episode or undo it, and
    ``Conflict`` as ``recording.correct`` does.
    """
    with recording.writing(episode.child, by, "episode of care corrected", recording.needed(why)) as act:
        current = recording.current(episode, seen_revision, facts)
        began, ended = (facts.get(name, getattr(current, name)) for name in ("started_on", "ended_on"))
        before, after = _before(current), _after(current)
        if (began, ended) != (current.started_on, current.ended_on):
            _check(current, began, ended, before, after)
        if before is not None:
            act.change(before, ended_on=began)
        if after is not None:
            act.change(after, started_on=ended)
        return act.change(current, **facts)


def withdraw_episode(episode: Episode, *, by: User, why: str, seen_revision: int | None = None) -> Episode:
    """Withdraws an episode recorded by mistake; the one before goes on until where it ended."""
    with recording.writing(episode.child, by, "episode of care withdrawn", recording.needed(why)) as act:
        current = recording.current(episode, seen_revision, {})
        before = _before(current)
        gone = act.change(current, is_withdrawn=True)
        if before is not None:
            act.change(before, **{name: getattr(current, name) for name in OF_END})
        return gone


def _others(episode: Episode) -> list[Episode]:
    return list(Episode.objects.filter(child=episode.child).exclude(pk=episode.pk).order_by("started_on", "pk"))


def _before(episode: Episode) -> Episode | None:
    """The episode that ended because this one began."""
    met = (e for e in reversed(_others(episode)) if e.ended_on == episode.started_on and e.reason_ended == CONTINUES)
    return next(met, None)


def _after(episode: Episode) -> Episode | None:
    """The episode that began because this one ended."""
    if episode.ended_on is None or episode.reason_ended != CONTINUES:
        return None
    return next((e for e in _others(episode) if e.started_on == episode.ended_on), None)


def _check(current: Episode, began: date, ended: date | None, before: Episode | None, after: Episode | None) -> None:
    """Raises when the days are not in order: each episode lasts at least a day, and no two overlap."""
    if ended is not None and ended <= began:
        raise ValidationError({"started_on": f"The episode ended on {day(ended)}: give an earlier day for its start"})
    if before is not None and began <= before.started_on:
        raise ValidationError({"started_on": f"The episode before began on {day(before.started_on)}: give a later day"})
    if after is not None and (ended is None or (after.ended_on is not None and ended >= after.ended_on)):
        until = (
            f"ended on {day(after.ended_on)}: give an earlier day" if after.ended_on else "follows: give its first day"
        )
        raise ValidationError({"ended_on": f"The episode after {until}"})
    apart = [e for e in _others(current) if e not in (before, after)]
    clash = next(_overlapping(apart, began, ended), None)
    if clash is not None:
        until = day(clash.ended_on) if clash.ended_on else "now"
        raise ValidationError(
            f"The child has another episode of care from {day(clash.started_on)} to {until}: the days must not overlap"
        )


def _overlapping(others: Iterable[Episode], began: date, ended: date | None) -> Iterator[Episode]:
    return (e for e in others if (ended is None or e.started_on < ended) and (e.ended_on is None or e.ended_on > began))
