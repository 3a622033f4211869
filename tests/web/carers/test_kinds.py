"""Every kind of record about carers, homes and the council: what is asked, what each mistake is told, who may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from hearth.web.access.models import AuditEvent
from hearth.web.access.policy import pages
from hearth.web.carers.subjects import CARER, COUNCIL, HOME
from hearth.web.children.models import CarerReview, Draft, FosterCarer, LocalOffer
from hearth.web.children.sheets.addresses import known
from hearth.web.children.sheets.subjects import CHILD
from hearth.web.work.models import Reckoning
from tests.web.carers.conftest import ANSWERS
from tests.web.sheets.opened import Opened

Build = Callable[..., Any]
pytestmark = pytest.mark.django_db
DAY, LATER = date(2026, 3, 3), date(2026, 3, 10)
KINDS = {kind.code: kind for kind in known() if kind.about is not CHILD}
VALID: dict[str, dict[str, Any]] = {
    "carer": {"names": "Cy Day", "kind": "mainstream", "approved_on": DAY},
    "carer_approval": {"kind": "connected_person", "approved_on": DAY},
    "carer_review": {"reviewed_on": DAY, "is_at_panel": True, "decided_on": LATER, "outcome": "continue"},
    "carer_visit": {"visited_on": DAY, "is_unannounced": True},
    "carer_training": {"completed_on": DAY},
    "carer_concern": {"kind": "complaint_by", "received_on": DAY, "note": "The allowance came late"},
    "home": {"name": "The Oaks", "home_id": "sc77", "registered_on": DAY},
    "home_registration": {"name": "The Oaks", "registered_on": DAY},
    "home_visit": {"visited_on": DAY, "is_unannounced": False, "reported_on": LATER},
    "home_review": {"reviewed_on": DAY, "reported_on": LATER},
    "board_report": {"kind": "performance", "reported_on": DAY},
    "local_offer": {"published_on": LATER, "consulted_on": DAY, "version": "3"},
}
ROLE = {CARER: "placements", HOME: "placements", COUNCIL: "service_manager"}


def test_every_kind_has_its_case() -> None:
    assert set(VALID) == set(KINDS)


@pytest.fixture
def at(household: Build, home: Build, client_of: Build) -> Build:
    """Opens the page of a kind about the household F1, the home SC1 or the council."""
    keys = {CARER: [household().pk], HOME: [home().pk], COUNCIL: []}

    def build(code: str, role: str = "") -> Opened:
        kind = KINDS[code]
        client = client_of(role or ROLE[kind.about])
        return Opened(client, reverse(kind.page, args=[] if kind.is_new else keys[kind.about]))

    return build


@pytest.mark.parametrize("code", VALID)
def test_each_kind_is_recorded_in_one_page_and_noted_in_the_log(at: Build, code: str) -> None:
    page, model = at(code), KINDS[code].model
    answer = page.fill(**VALID[code]).send()
    assert (answer.errors, answer.is_done) == ([], True)
    assert KINDS[code].done in unescape(page.client.get(answer.answer["Location"]).content.decode())
    line = AuditEvent.objects.exclude(what="read").get()
    assert line.details["about"][0][:2] == [KINDS[code].about.of(row_of(code)).sort, "E10000020"]
    assert line.child_id is None
    if model is not None:
        assert model.objects.latest("pk").recorded_by is not None


def row_of(code: str) -> Any:
    form = KINDS[code].form
    return form._meta.model.objects.latest("pk")


@pytest.mark.parametrize("code", VALID)
def test_an_empty_page_says_what_is_missing_and_records_nothing(at: Build, code: str) -> None:
    page, model = at(code), KINDS[code].form._meta.model
    before = model.objects.count()
    assert page.send().errors != []
    assert model.objects.count() == before


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("carer", {"carer_id": "F1"}, "F1 is on the record already: look for it in the list"),
    ("home", {"home_id": " sc1 "}, "SC1 is on the record already: look for it in the list"),
    ("carer_approval", {"ended_on": LATER}, "Say why the approval ended"),
    ("carer_approval", {"ended_on": date(2026, 3, 1), "reason_ended": "Retired"},
     "Ended is before approved: correct one of them"),
    ("carer_review", {"outcome": ""}, "Say what was decided"),
    ("carer_review", {"decided_on_day": "", "decided_on_month": "", "decided_on_year": ""},
     "Enter the day of the decision"),
    ("carer_review", {"decided_on": date(2026, 3, 1)}, "The decision is before the review: correct one of them"),
    ("carer_visit", {"visited_on": date(2099, 1, 1)}, "Day of the visit must be today or in the past"),
    ("carer_concern", {"answered_on": date(2026, 3, 1)},
     "The answer is before it was received: correct one of the days"),
    ("carer_concern", {"ended_on": date(2026, 3, 1)},
     "The withdrawal is before it was received: correct one of the days"),
    ("home_visit", {"reported_on": date(2026, 3, 1)}, "The report is before the visit: correct one of the days"),
    ("home_review", {"reported_on": date(2026, 3, 1)}, "The report is before the review: correct one of the days"),
    ("home_registration", {"closed_on": date(2026, 3, 1)}, "Closed is before registered: correct one of them"),
    ("local_offer", {"consulted_on": date(2026, 3, 20)},
     "Care leavers are asked before it is published: correct one of the days"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "answers", "sentence"), WRONG)
def test_each_mistake_is_told_in_a_sentence(at: Build, code: str, answers: dict[str, Any], sentence: str) -> None:
    assert at(code).fill(**VALID[code]).fill(**answers).send().errors == [sentence]


@pytest.mark.parametrize("code", sorted(KINDS))
def test_each_kind_is_for_those_to_whom_the_policy_gives_it(at: Build, code: str) -> None:
    for role, reach in pages()[KINDS[code].page].reach.items():
        assert at(code, role).answer.status_code == ANSWERS[reach], role


def test_a_household_without_a_number_is_given_the_next(at: Build) -> None:
    for _ in range(2):
        assert at("carer").fill(**VALID["carer"]).send().is_done
    assert [row.carer_id for row in FosterCarer.objects.order_by("pk")][-2:] == ["H000001", "H000002"]


def test_what_goes_on_is_added_without_a_reason_and_what_it_said_is_changed_with_one(at: Build) -> None:
    page = at("carer_review")
    held = {"reviewed_on": DAY, "is_at_panel": True}
    page.fill(**held).send()
    row = CarerReview.objects.get()
    path = f"{page.path}/{row.pk}"
    assert Opened(page.client, path).fill(decided_on=LATER, outcome="continue").send().is_done
    again = Opened(page.client, path)
    assert again.fill(outcome="end").send().errors == ["“What was decided?” had an answer already: say why it changes"]
    assert again.fill(outcome="end", why_corrected="Read again").send().is_done
    row.refresh_from_db()
    assert (row.outcome, row.revision, row.history.count()) == ("end", 3, 3)
    shown = page.client.get(reverse("carer", args=[FosterCarer.objects.get().pk, "reviews", row.pk])).content.decode()
    assert "Read again" in shown


def test_what_a_file_said_in_other_words_stays_when_the_next_step_is_added(at: Build) -> None:
    page = at("carer_review")
    row = CarerReview.objects.create(
        authority="E10000020", carer_id="F1", reviewed_on=DAY, outcome="Continue, 2 children"
    )
    assert Opened(page.client, f"{page.path}/{row.pk}").fill(decided_on=LATER, is_at_panel=True).send().errors == []
    row.refresh_from_db()
    assert (row.outcome, row.decided_on) == ("Continue, 2 children", LATER)


@pytest.mark.parametrize("code", ["carer_concern", "home_visit", "local_offer", "carer"])
def test_a_draft_is_kept_for_whom_it_is_about_and_offered_on_the_list(at: Build, code: str) -> None:
    page = at(code)
    page.fill(**VALID[code]).send("draft")
    draft = Draft.objects.get()
    assert (draft.child_id, draft.kind, draft.other_id is None) == (None, code, KINDS[code].is_new)
    listed = page.client.get(reverse("carers_and_homes")).content.decode()
    address = f"{page.path}?draft={draft.key}"
    assert address in listed
    assert Opened(page.client, address).fill(**VALID[code]).send().is_done
    assert Draft.objects.unfinished().count() == 0


def test_a_button_pressed_twice_records_once(at: Build) -> None:
    page = at("local_offer").fill(**VALID["local_offer"])
    assert page.send().is_done
    assert page.send().is_done
    assert LocalOffer.objects.count() == 1


@pytest.mark.parametrize(
    ("code", "table"),
    [
        ("carer_visit", "children_fostercarer"),
        ("home_visit", "children_childrenshome"),
        ("board_report", "work_reckoning"),
        ("local_offer", "work_reckoning"),
    ],
)
def test_who_writes_of_the_same_one_waits_before_anything_of_the_form_is_read_again(
    at: Build, django_assert_max_num_queries: Build, code: str, table: str
) -> None:
    Reckoning.objects.create(fingerprint="x", rows=0)
    page = at(code).fill(**VALID[code])
    with django_assert_max_num_queries(1_000) as asked:
        assert page.send().is_done
    said = [one["sql"] or "" for one in asked.captured_queries]  # PostgreSQL gives no words of a prepared one
    locked = said.index(next(sql for sql in said if f'FROM "{table}"' in sql and is_locking(sql)))
    written = next(place for place, sql in enumerate(said) if sql.startswith("INSERT") and "children_" in sql)
    drafts = next(place for place, sql in enumerate(said) if "children_draft" in sql)
    assert locked < min(written, drafts)


def is_locking(sql: str) -> bool:
    """On SQLite whoever writes has the whole database, and no question says so."""
    return "FOR UPDATE" in sql or connection.vendor == "sqlite"


def test_two_who_change_one_row_choose_between_their_versions(at: Build, concern: Build) -> None:
    row, page = concern(note="Late"), at("carer_concern")
    path = f"{page.path}/{row.pk}"
    mine, theirs = Opened(page.client, path), Opened(at("carer_concern", "service_manager").client, path)
    theirs.fill(outcome="Upheld", answered_on=DAY).send()
    answer = mine.fill(outcome="Not upheld", answered_on=DAY, why_corrected="As the panel said").send()
    assert answer.answer.status_code == 409
    assert "Ann and Bo Lee" in answer.html
    answer.values["_choose_outcome"] = ["yours"]
    assert answer.send("merge").is_done
    row.refresh_from_db()
    assert row.outcome == "Not upheld"


def test_a_row_recorded_by_mistake_is_withdrawn_with_a_reason(at: Build) -> None:
    page = at("carer_visit")
    page.fill(**VALID["carer_visit"]).send()
    model = KINDS["carer_visit"].model
    row = model.objects.get()
    fix = Opened(page.client, f"{page.path}/{row.pk}")
    fix.values["_why"] = ["Another household"]
    assert fix.send("withdraw").is_done
    assert (model.objects.count(), model.everything.count()) == (0, 1)


@pytest.mark.parametrize(("code", "of"), [("carer_visit", "F2"), ("carer_concern", "F2")])
def test_a_row_of_another_household_is_not_there(at: Build, household: Build, code: str, of: str) -> None:
    other = household(of, names="Di Fox")
    page, model = at(code), KINDS[code].model
    given = {name: value for name, value in VALID[code].items() if name in ("visited_on", "received_on", "kind")}
    row = model.objects.create(authority="E10000020", carer_id=of, **given)
    assert page.client.get(f"{page.path}/{row.pk}").status_code == 404
    assert page.client.get(reverse(KINDS[code].page, args=[other.pk, row.pk])).status_code == 200
