"""Reviews of the child's case, their decisions and who took part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from hearth.web.access.models import User
from hearth.web.children import recording
from hearth.web.children.models import Child, Review, ReviewAttendance, ReviewDecision


@dataclass(frozen=True)
class Decision:
    """A decision of a review: what, who will do it, by when."""

    decision: str
    owner: str
    due_on: date | None = None


@dataclass(frozen=True)
class Attending:
    """Somebody who took part in a review: name, who this is, how (code of the list review_part)."""

    name: str
    capacity: str
    part: str = "attended"


def record_review(
    *,
    child: Child,
    by: User,
    held_on: date,
    participation: str | None = None,
    is_chaired_by_child: bool | None = None,
    child_views: str = "",
    summary: str = "",
    decisions: Sequence[Decision] = (),
    attendance: Sequence[Attending] = (),
    note: str | None = None,
) -> Review:
    """Records that a review was held, with its decisions and who took part."""
    review = Review(
        child=child,
        held_on=held_on,
        participation=participation,
        is_cancelled=False,
        is_chaired_by_child=is_chaired_by_child,
        child_views=child_views,
        summary=summary,
        note=note,
    )
    with recording.writing(child, by, "review recorded") as act:
        act.add(review)
        for made in decisions:
            act.add(ReviewDecision(child=child, reviewed_on=held_on, **vars(made)))
        for came in attendance:
            act.add(ReviewAttendance(child=child, review=review, **vars(came)))
    return review


def correct_review(review: Review, *, by: User, why: str, seen_revision: int | None = None, **values: Any) -> Review:
    """Corrects a review, as ``recording.correct`` does; its decisions go with it to another day."""
    with transaction.atomic():
        theirs = list(ReviewDecision.of(Review.objects.get(pk=review.pk)))
        corrected = recording.correct(review, by=by, why=why, seen_revision=seen_revision, **values)
        with recording.writing(review.child, by, "decisions moved with their review", why) as act:
            for decision in theirs:
                act.change(decision, reviewed_on=corrected.held_on or decision.reviewed_on)
    return corrected


def withdraw_review(review: Review, *, by: User, why: str, seen_revision: int | None = None) -> Review:
    """Withdraws a review recorded by mistake, and with it what stands by it alone, as ``goes_with`` says."""
    with recording.writing(review.child, by, "review withdrawn", recording.needed(why)) as act:
        current = recording.current(review, seen_revision, {})
        for row in goes_with(current):
            act.change(row, is_withdrawn=True)
        return act.change(current, is_withdrawn=True)


def goes_with(review: Review) -> list[ReviewDecision | ReviewAttendance]:
    """What is withdrawn with a review: who took part, and its decisions.

    Decisions are told by the day of their review: where another review of the child stands on that day they stay.
    """
    came = ReviewAttendance.objects.filter(review=review)
    return [*came] if is_one_of_its_day(review) else [*came, *ReviewDecision.of(review)]


def is_one_of_its_day(review: Review) -> bool:
    """Whether another review of the child stands on the same day, so that the day's decisions may be that one's."""
    same = Review.objects.filter(child=review.child_id, held_on=review.held_on).exclude(pk=review.pk)
    return review.held_on is not None and same.exists()


def finish_decision(decision: ReviewDecision, *, by: User, done_on: date, outcome: str = "") -> ReviewDecision:
    """Records that a decision of a review was carried out, and what came of it."""
    with recording.writing(decision.child, by, "review decision done") as act:
        current = ReviewDecision.objects.get(pk=decision.pk)
        return act.change(current, done_on=done_on, outcome=outcome or current.outcome)
