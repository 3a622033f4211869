"""The reviewing officer's desk: reviews due in the next thirty days, and whether each is prepared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from hearth.measures.populations_contact import TOO_YOUNG, TOOK_PART
from hearth.tables.codes import label
from hearth.timescales import reviews
from hearth.timescales.plans import PERMANENCE_PLAN
from hearth.timescales.review_work import CONSULTATION
from hearth.web.children.models import CaseAction, Child, PermanencePlan, Review, ReviewDecision
from hearth.web.education.models import EducationPlan
from hearth.web.work.desks.desk import OVERDUE, Cell, Desk, day_cell, due_cell, latest, of, open_of
from hearth.web.work.models import Owed

HEARD = (TOO_YOUNG, *TOOK_PART)


def _facts(children: Sequence[Child], owed: Mapping[int, Owed | None], day: date) -> Mapping[int, Sequence[Cell]]:
    held = list(of(Review, children, held_on__lte=day).exclude(is_cancelled=True))
    last = latest(held, "held_on", day)
    peps = latest(of(EducationPlan, children), "started_on", day)
    aims = latest(of(PermanencePlan, children, ended_on=None), "recorded_on", day)
    met = latest(of(CaseAction, children, kind="review_consulted"), "done_on", day)
    unplanned = open_of(CONSULTATION.id, children, day)
    aimless = open_of(PERMANENCE_PLAN.id, children, day)
    open_, total = _decisions(last)
    return {
        child.pk: [
            due_cell(owed.get(child.pk), day),
            day_cell(last[child.pk].held_on if child.pk in last else None, day, "No review yet"),
            _views(last.get(child.pk)),
            _decided(open_[child.pk], total[child.pk]),
            _aim(aims.get(child.pk), aimless.get(child.pk)),
            day_cell(peps[child.pk].started_on if child.pk in peps else None, day, "No plan yet"),
            _consulted(met.get(child.pk), unplanned.get(child.pk), day),
        ]
        for child in children
    }


def _decisions(last: Mapping[int, Review]) -> tuple[Counter[int], Counter[int]]:
    """How many decisions of the last review are open, and how many there were, by child."""
    days = {review.held_on for review in last.values() if review.held_on}
    told = ReviewDecision.objects.filter(child__in=list(last), reviewed_on__in=days)
    found = [row for row in told if row.reviewed_on == last[row.child_id].held_on]
    open_ = Counter(row.child_id for row in found if row.done_on is None and not row.is_dropped)
    return open_, Counter(row.child_id for row in found)


def _views(last: Review | None) -> Cell:
    if last is None:
        return Cell("No review yet", "grey")
    words = label("participation", last.participation)
    unheard = () if last.participation in HEARD else ("unheard",)
    return Cell(f"{words}; chaired by the child" if last.is_chaired_by_child else words, picks=unheard)


def _decided(open_: int, total: int) -> Cell:
    if not total:
        return Cell("No decisions recorded", "grey")
    return (
        Cell(f"{open_} of {total} open", "orange", ("decisions",))
        if open_
        else Cell(f"{total} of {total} done", "green")
    )


def _aim(plan: PermanencePlan | None, row: Owed | None) -> Cell:
    """The aim; without one in red where a plan is owed by the next review, the second, or was by an earlier."""
    if plan is not None:
        return Cell(label("permanence_option", plan.option))
    return Cell("No plan for permanence", "red" if row else "orange", ("aimless",))


def _consulted(act: CaseAction | None, row: Owed | None, day: date) -> Cell:
    """Whether what is owed to plan the next review is done; before the first review nothing is owed."""
    if row is None and act is not None:
        return Cell("Planned", "green")
    late = row is not None and row.status_on(day) == "overdue"
    return Cell("Not planned with the social worker yet", "red" if late else "orange", ("unplanned",))


DESK = Desk(
    page="my_reviews",
    title="My reviews",
    about="Reviews that are overdue or fall due in the next 30 days, and how far each is prepared.",
    duties=frozenset(duty.id for duty in reviews.DUTIES),
    columns=(
        "Review due",
        "Last review",
        "How the child took part",
        "Last decisions",
        "Permanence",
        "Last education plan",
        "Planning",
    ),
    facts=_facts,
    nothing="No review of your children is overdue or due in the next 30 days.",
    picks={
        OVERDUE: "Overdue",
        "unplanned": "Not planned yet",
        "decisions": "Decisions open",
        "aimless": "No plan for permanence",
        "unheard": "Not heard at the last review",
    },
    within=30,
)
