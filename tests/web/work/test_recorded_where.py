"""Every duty owed to a child: its "Record it" leads to a form, and saving the form closes what was owed, at once.

The children are made up: of each limit of each duty that is open for one of them, one is taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from django.db import transaction
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from hearth.synthetic.authority import make
from hearth.tables.record import Record
from hearth.timescales.catalogue import DUTIES
from hearth.timescales.engine import occurrences
from hearth.web.access.models import Post, Team, User
from hearth.web.children.models import Allocation, Child
from hearth.web.intake import frames, loading
from hearth.web.intake.loading import Options
from hearth.web.work import owing, where
from hearth.web.work.models import Owed
from tests.web.sheets.opened import Opened
from tests.web.sheets.test_kinds import VALID

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 31)
PAST = timedelta(days=14)
STEPS: dict[str, tuple[str, ...]] = {
    "requests": ("answered_on",),
    "arrangements": ("ended_on",),
    "complaint-stage1": ("responded_on",),
    "complaint-stage1-extended": ("responded_on",),
    "complaint-stage2-request": ("stage2_requested_on",),
    "complaint-stage2": ("adjudicated_on",),
    "complaint-stage2-extended": ("adjudicated_on",),
    "complaint-stage3-request": ("stage3_requested_on",),
    "complaint-stage3-panel": ("panel_on",),
    "complaint-panel-report": ("panel_reported_on",),
    "complaint-final-response": ("final_response_on",),
    "pep-quality": ("graded_on",),
    "attendance-alert": ("acted_on",),
    "unauthorised-absence-10": ("reported_on",),
    "suspension-education": ("education_from_on",),
    "exclusion-response": ("education_from_on",),
    "exclusion-response.told": ("virtual_school_told_on",),
    "exclusion-response.governors": ("governors_met_on",),
    "ehc-assessment": ("assessed_on",),
    "ehc-assessment.decision": ("decided_on",),
    "ehc-assessment.later": ("reviewed_on",),
    "independent-visitor-considered.match": ("matched_on",),
    "care-proceedings-26-weeks": ("concluded_on",),
    "care-proceedings-26-weeks.later": ("concluded_on",),
    "pre-proceedings-review.conclude": ("ended_on",),
    "adoption-match": ("matched_on",),
    "adoption-moved-in": ("placed_on",),
    "immigration-status-plan.leave": ("applied_on",),
}
"""Which day of a row that is brought up to date answers the duty."""
MORE: dict[str, dict[str, Any]] = {
    "visit-seen-alone": {"reason_not_alone": "A small flat", "why_corrected": "Left out"},
    "pep-first-complete": {"finalised_on": TODAY, "targets": "Reading"},
    "independent-visitor-considered.match": {"is_wanted": True},
    "return-interview": {
        "is_interview_offered": True,
        "why_corrected": "Held since",
        "is_interview_accepted": True,
        "interview_held_on": TODAY,
        "interviewer": "Jo",
    },
    "setting-up-home": {"amount": "3000"},
    "emergency-protection-order": {"legal_status": "C1"},
    "police-protection": {"legal_status": "C1"},
    "cease-looked-after-decision": {"approver": "director"},
}
"""What a duty asks for beside what its form always asks."""


@pytest.fixture
def owed_today(settings: Any) -> Iterator[QuerySet[Owed]]:
    settings.HEARTH_TODAY = TODAY
    owing.limits.cache_clear()
    record = make(1000, 10, 1, as_of=TODAY, authority="E10000020")
    some = few(record)
    loading.load(some, frames.plan(some, TODAY), Options("made up", None, TODAY), loading.nothing_said)
    yield Owed.objects.open_on(TODAY)
    owing.limits.cache_clear()


def few(record: Record) -> Record:
    """The record of one child for each limit of each duty that is open."""
    found = occurrences(record, subject="child", lapsed_since=TODAY).filter(
        pl.col("done_on").is_null() & (pl.col("opened_on") <= TODAY - PAST),
        pl.col("lapses_on").is_null() | (pl.col("lapses_on") > TODAY),
    )
    one = found.group_by("duty", "limit").agg(pl.col("child_id").first())
    chosen = one["child_id"].unique().to_list()
    kept = {
        name: table.filter(pl.col("child_id").is_in(chosen)) if "child_id" in table.columns else table.clear()
        for name, table in record.tables.items()
    }
    return replace(record, tables=kept)


def a_manager() -> Client:
    """Somebody who may record anything of a child: a manager of the service of all teams."""
    user = User.objects.create_user("all@example.org", "Al Over", worker_id="ALL", registration="SW100001")
    for name in {*Allocation.objects.values_list("team", flat=True)} - {None, ""}:
        team = Team.objects.create(name=name, service="Care")
        Post.objects.create(user=user, role="service_manager", team=team, started_on=date(2015, 1, 1))
    for child in Child.objects.exclude(pk__in=Allocation.objects.values("child")):
        Allocation.objects.create(child=child, worker_id="W9", team=team.name, started_on=date(2020, 1, 1))
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.once  # each form is saved on either database in sheets/test_kinds, what is owed is kept in test_owing
@pytest.mark.timeout(1500)
def test_every_duty_is_recorded_where_its_line_leads_and_is_then_closed(owed_today: Any) -> None:
    client = a_manager()
    chosen: dict[tuple[str, str], Owed] = {}
    for row in owed_today.filter(opened_on__lte=TODAY - PAST).order_by("-opened_on"):
        chosen.setdefault((row.duty, row.limit), row)
    wrong = [said for row in chosen.values() if (said := walked(client, row))]
    assert not wrong, "\n".join(wrong)
    assert len({duty for duty, _ in chosen}) >= 100


def walked(client: Client, row: Owed) -> str:
    """Follows the line of what is owed and saves the form, in vain: what is wrong, in a sentence."""
    place = where.place(row.duty, row.limit)
    if place is None:
        return f"{row.duty}: there is no page"
    with transaction.atomic():
        said = saved(client, row, place)
        still = Owed.objects.open_on(TODAY).filter(child=row.child, duty=row.duty, limit=row.limit)
        if not said and any((r.opened_on, r.triggered_on) == (row.opened_on, row.triggered_on) for r in still):
            said = "is still owed"
        transaction.set_rollback(True)
    return said and f"{row.duty} ({row.limit}) of {row.child_id}, {place}: {said}"


def saved(client: Client, row: Owed, place: where.Place) -> str:
    path = reverse(place.page, args=[row.child.pk]) + place.query(row.opened_on)
    first = client.get(path)
    if first.status_code == 302:
        path = first["Location"]
    elif place.row:
        return "there is no row to bring up to date"
    page = Opened(client, path, None if first.status_code == 302 else first)
    if page.answer.status_code != 200:
        return f"{page.answer.status_code} for {path}"
    for name, value in answers(row, place, page).items():
        page.fill(**{name: value})
    answer = page.send()
    return "" if answer.is_done else "; ".join(answer.errors) or str(answer.answer.status_code)


def answers(row: Owed, place: where.Place, page: Opened) -> dict[str, Any]:
    """A form filled with as little as it takes."""
    more = MORE.get(row.limit, MORE.get(row.duty, {}))
    if place.row:
        steps = STEPS.get(row.limit) or STEPS.get(row.duty) or STEPS.get(place.page.removeprefix("record_") + "s", ())
        return {**dict.fromkeys(steps, TODAY), **more}
    given = dict(place.given)
    valid = VALID[place.page.removeprefix("record_")]
    if place.page == "record_allocation":
        valid = valid | {"worker_id": "ALL", "reason_changed": "LEFTRL"}
    if place.page == "record_review" and (row.child.age_on(TODAY) or 0) < 4:
        valid = valid | {"participation": "PN0", "is_chaired_by_child": False}
    always = {name: TODAY if isinstance(value, date) else value for name, value in valid.items() if name not in given}
    return {**always, **more}


def test_every_duty_has_a_place() -> None:
    assert {duty for duty in DUTIES if where.place(duty) is None} == set()


def test_places_that_are_said_name_duties_and_limits_there_are() -> None:
    limits = {limit for duty in DUTIES.values() for limit, _ in duty.cases}
    assert set(where.said()) <= set(DUTIES) | limits
