"""Health's desk: the clock of each child's next assessment, from the day care began."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from hearth.tables.codes import label
from hearth.timescales import health, health_care
from hearth.web.children.derived import Status, statuses
from hearth.web.children.models import CaseAction, Child, Notification
from hearth.web.children.models.care import Episode
from hearth.web.design.words import days, lasted
from hearth.web.health.models import DentalCheck, HealthAssessment, SdqScore
from hearth.web.work.desks.desk import OVERDUE, Cell, Desk, day_cell, due_cell, latest, of, open_of
from hearth.web.work.models import Owed

COUNTED = 365
"""Days in care that are counted one by one: the first assessment is owed in weeks, and is late by days."""
DONE, REFUSED = "Completed", "Refused"


def _facts(children: Sequence[Child], owed: Mapping[int, Owed | None], day: date) -> Mapping[int, Sequence[Cell]]:
    assessments = list(of(HealthAssessment, children))
    done = latest([row for row in assessments if row.status == DONE], "assessed_on", day)
    refused = latest([row for row in assessments if row.status == REFUSED], "assessed_on", day)
    told = latest(of(Notification, children, recipient="health_commissioner"), "sent_on", day)
    teeth = latest(of(DentalCheck, children, status=DONE), "checked_on", day)
    scores = latest(of(SdqScore, children).exclude(score=None), "completed_on", day)
    followed = latest(of(CaseAction, children, kind="sdq_followed_up"), "done_on", day)
    places = latest(of(Episode, children, ended_on=None), "started_on", day)
    unfollowed = open_of(health_care.HIGH_SCORE.id, children, day)
    stands = statuses(children, day)
    return {
        child.pk: [
            due_cell(owed.get(child.pk), day),
            _since(stands[child.pk], day),
            _told(told.get(child.pk)),
            _last(done.get(child.pk), refused.get(child.pk), day),
            day_cell(teeth[child.pk].checked_on if child.pk in teeth else None, day),
            _score(scores.get(child.pk), followed.get(child.pk), unfollowed.get(child.pk)),
            _where(places.get(child.pk)),
        ]
        for child in children
    }


def _since(status: Status, day: date) -> Cell:
    began = status.periods[-1]["started_on"] if status.is_looked_after and status.periods else None
    if began:
        so_long = (day - began).days
        return Cell(days(so_long) if so_long < COUNTED else lasted(so_long))
    return Cell("Not known" if status.is_looked_after else "Not in care")


def _told(act: Notification | None) -> Cell:
    return Cell("Told", "green") if act else Cell("Not recorded", "orange", ("untold",))


def _last(done: HealthAssessment | None, refused: HealthAssessment | None, day: date) -> Cell:
    if refused and refused.assessed_on and (not done or not done.assessed_on or refused.assessed_on > done.assessed_on):
        why = f": {refused.why_refused}" if refused.why_refused else ""
        return Cell(f"Declined {day_cell(refused.assessed_on, day).words}{why}", "orange", ("declined",))
    return day_cell(done.assessed_on if done else None, day)


def _score(score: SdqScore | None, followed: CaseAction | None, row: Owed | None) -> Cell:
    """The last score, and whether a high one was followed up: what is owed says which is high."""
    if score is None or score.score is None or score.completed_on is None:
        return Cell("No score", "grey")
    if row is not None and row.triggered_on == score.completed_on:
        return Cell(f"{score.score}, no follow-up", "red", ("unfollowed",))
    is_followed = followed is not None and followed.done_on >= score.completed_on
    return Cell(f"{score.score}, followed up", "green") if is_followed else Cell(str(score.score))


def _where(episode: Episode | None) -> Cell:
    if episode is None:
        return Cell("Not in care", "grey")
    kind = label("placement_type", episode.placement_type)
    return Cell(f"{kind}, outside the area", "yellow", ("outside",)) if episode.is_in_area is False else Cell(kind)


DESK = Desk(
    page="health_clock",
    title="Health assessments",
    about="Children by the day their next health assessment is due. The clock runs from the day care began.",
    duties=frozenset(duty.id for duty in (health.INITIAL, health.UNDER_FIVE, health.FIVE_AND_OVER)),
    columns=(
        "Next due",
        "In care for",
        "Health told",
        "Last assessment",
        "Dentist",
        "Strengths and difficulties",
        "Placement",
    ),
    facts=_facts,
    nothing="No child has a health assessment due in the next 60 days.",
    picks={
        health.INITIAL.id: "Initial assessments",
        OVERDUE: "Overdue",
        "declined": "Declined",
        "untold": "Health not told",
        "unfollowed": "High score without follow-up",
        "outside": "Placed outside the area",
    },
    within=60,
)
