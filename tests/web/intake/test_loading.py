"""A council's data loaded: updated and not doubled, what cannot be taken told, what is absent withdrawn with care."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hearth.web.access.models import AuditEvent, User
from hearth.web.children import mirror
from hearth.web.children.models import Allocation, Child, Episode, Review, Visit
from hearth.web.children.recording import correct
from hearth.web.intake import frames, loading
from hearth.web.intake.models import Batch, Problem
from tests.web.intake.sources import TODAY, a_source, counted, loaded, on, without_people

pytestmark = pytest.mark.django_db
A_VISIT = {"visited_on": on("2026-03-01"), "is_seen": True, "is_seen_alone": True}
ANOTHER = {**A_VISIT, "visited_on": on("2026-03-09")}
NOT_ALONE = {**A_VISIT, "is_seen_alone": False}


def test_a_source_becomes_the_record_with_a_version_of_each_row():
    batch = loaded(a_source(visits=[A_VISIT], people=[{"sex": "F", "born_on": on("2012-05-01")}]))
    assert counted(batch) == {"people": {"new": 1}, "visits": {"new": 1}}
    visit = Visit.objects.get()
    assert (visit.child.child_id, visit.is_seen_alone, visit.source) == ("C1", True, f"load {batch.pk}")
    assert [version.history_type for version in Visit.history.all()] == ["+"]
    assert AuditEvent.objects.filter(what="data loaded", details__load=batch.pk).count() == 1


def test_the_same_source_twice_changes_nothing():
    source = a_source(visits=[A_VISIT, ANOTHER], reviews=[{"held_on": on("2026-02-01")}])
    loaded(source)
    assert counted(loaded(source)) == {
        "people": {"unchanged": 1},
        "visits": {"unchanged": 2},
        "reviews": {"unchanged": 1},
    }
    assert Visit.history.count() == 2


def test_a_row_corrected_in_the_source_is_corrected_and_its_earlier_version_kept():
    loaded(a_source(visits=[A_VISIT]))
    assert counted(loaded(a_source(visits=[NOT_ALONE])))["visits"] == {"changed": 1}
    assert (Visit.objects.get().is_seen_alone, Visit.objects.get().revision) == (False, 2)
    assert [v.is_seen_alone for v in Visit.history.order_by("history_id")] == [True, False]


def test_the_order_of_rows_does_not_matter():
    two = [A_VISIT, NOT_ALONE]
    loaded(a_source(visits=two))
    assert counted(loaded(a_source(visits=two[::-1])))["visits"] == {"unchanged": 2}


def test_two_rows_of_one_day_that_differ_are_both_kept_and_noted():
    batch = loaded(a_source(visits=[A_VISIT, NOT_ALONE]))
    assert Visit.objects.count() == 2
    assert batch.problems.get().effect == "noted"


def test_a_row_said_twice_is_taken_once_and_told():
    batch = loaded(a_source(visits=[A_VISIT, A_VISIT]))
    assert counted(batch)["visits"] == {"new": 1, "set_aside": 1}
    told = batch.problems.get()
    assert (told.file, told.child_id, told.effect) == ("Statutory visits", "C1", "row set aside")
    assert "2026-03-01" in told.problem and told.remedy


def test_a_source_that_does_not_carry_a_column_leaves_it_alone():
    loaded(a_source(people=[{"sex": "F", "nationality": "British", "born_on": on("2012-05-01")}]))
    assert counted(loaded(a_source("ssda903", ("people", "people.sex"), people=[{"sex": "M"}]))) == {
        "people": {"changed": 1}
    }
    child = Child.objects.get()
    assert (child.sex, child.nationality, child.born_on) == ("M", "British", on("2012-05-01"))


BLANKS = [
    # who said British | who is blank now | what stands
    ("ssd", "ssd", None),
    ("ssd", "ssda903", "British"),
]


@pytest.mark.parametrize(("first", "second", "stands"), BLANKS)
def test_a_blank_says_something_only_in_the_same_kind_of_source(first: str, second: str, stands: str | None):
    loaded(a_source(first, people=[{"nationality": "British"}]))
    loaded(a_source(second, people=[{"nationality": None}]))
    assert Child.objects.get().nationality == stands


def test_an_older_extract_does_not_undo_what_a_newer_one_says():
    loaded(a_source(snapshot_on=on("2026-03-30"), visits=[A_VISIT]))
    assert counted(loaded(a_source(snapshot_on=on("2026-01-30"), visits=[NOT_ALONE])))["visits"] == {"unchanged": 1}
    assert Visit.objects.get().is_seen_alone is True


ABSENT = [
    # days of visits loaded first | days in the next source | its kind | its child | withdrawn
    ("2026-01-05 2026-02-05", "2026-01-05", "ssd", "C1", "2026-02-05"),
    ("2025-01-05 2026-02-05", "2026-02-05", "ssd", "C1", ""),  # before the first visit of the source: not covered
    ("2026-01-05 2026-02-05", "2026-01-05", "annex_a", "C1", ""),  # another kind of source gave it
    ("2026-01-05 2026-02-05", "2026-01-05", "ssd", "C2", ""),  # the source has not that child
]


@pytest.mark.parametrize(("first", "then", "kind", "child", "gone"), ABSENT)
def test_what_a_source_no_longer_has_is_withdrawn_only_where_it_covers_it(
    first: str, then: str, kind: str, child: str, gone: str
):
    loaded(a_source(visits=[{"visited_on": on(day)} for day in first.split()]))
    loaded(a_source(kind, visits=[{"visited_on": on(day), "child_id": child} for day in then.split()]))
    withdrawn = Visit.everything.filter(is_withdrawn=True).values_list("visited_on", flat=True)
    assert [str(day) for day in withdrawn] == gone.split()


def test_a_return_of_one_year_says_nothing_of_the_years_before():
    spans = [("2023-01-01", "2024-01-01"), ("2024-06-01", "2025-06-01"), ("2025-06-01", None)]
    loaded(a_source("ssda903", episodes=[_span(*span) for span in spans]))
    loaded(a_source("ssda903", history_from=on("2025-04-01"), episodes=[_span("2024-06-01", None)]))
    stands = Episode.objects.order_by("started_on").values_list("started_on", "ended_on")
    assert [(str(a), b and str(b)) for a, b in stands] == [("2023-01-01", "2024-01-01"), ("2024-06-01", None)]


def _span(started: str, ended: str | None) -> dict[str, object]:
    return {"started_on": on(started), "ended_on": ended and on(ended)}


def test_a_row_that_comes_back_stands_again():
    loaded(a_source(visits=[A_VISIT, ANOTHER]))
    loaded(a_source(visits=[A_VISIT]))
    assert Visit.objects.count() == 1
    assert counted(loaded(a_source(visits=[A_VISIT, ANOTHER])))["visits"] == {"changed": 1, "unchanged": 1}
    assert Visit.objects.count() == Visit.everything.count() == 2


def test_a_load_that_would_empty_a_table_is_refused_until_told():
    days = [{"visited_on": on(f"2026-0{month}-{day:02}")} for month in (1, 2) for day in range(1, 29)]
    one = [{"visited_on": on("2026-01-01")}]
    loaded(a_source(visits=days))
    with pytest.raises(loading.LoadRefusedError, match=r"55 rows of visits .* check that it is whole"):
        loaded(a_source(visits=one))
    assert Visit.objects.count() == 56
    loaded(a_source(visits=one), withdraw_many=True)
    assert Visit.objects.count() == 1


TRUTHS = [
    # table | spans | how many stand | said of the others
    ("episodes", [("2024-01-01", "2023-12-01")], 0, "Ended is before started"),
    ("episodes", [("2024-01-01", None), ("2025-01-01", None)], 1, "already has an open episode of care"),
    ("episodes", [("2024-01-01", "2025-01-01"), ("2025-01-01", None)], 2, ""),
    ("missing_episodes", [("2026-01-01", None), ("2026-02-01", None)], 1, "already recorded as missing"),
    ("episodes", [("1024-01-01", "2025-01-01")], 0, "A day centuries away"),
]


@pytest.mark.parametrize(("table", "spans", "stand", "said"), TRUTHS)
def test_rows_that_break_a_truth_are_set_aside_with_a_sentence(
    table: str, spans: list[tuple[str, str | None]], stand: int, said: str
):
    batch = loaded(a_source(**{table: [_span(*span) for span in spans]}))
    assert mirror.models()[table].objects.count() == stand
    told = list(batch.problems.values_list("problem", flat=True))
    assert len(told) == len(spans) - stand
    assert all(said in sentence for sentence in told)


def test_of_two_open_episodes_the_later_stands():
    loaded(a_source(episodes=[_span("2025-01-01", None), _span("2024-01-01", None)]))
    assert Episode.objects.get().started_on == on("2025-01-01")


def test_a_code_that_is_not_known_is_not_used_and_the_row_is_kept():
    batch = loaded(a_source(reviews=[{"held_on": on("2026-02-01"), "participation": "PN99"}]))
    assert Review.objects.get().participation is None
    told = batch.problems.get()
    assert (told.column, told.value, told.effect) == ("participation", "PN99", "value not used")


def test_an_open_episode_replaced_by_another_start_does_not_clash_with_itself():
    loaded(a_source(episodes=[_span("2024-01-01", None)]))
    batch = loaded(a_source(episodes=[_span("2023-12-30", None), _span("2020-01-01", "2020-02-01")]))
    assert counted(batch)["episodes"] == {"new": 2, "withdrawn": 1}


def test_rows_of_a_child_nobody_knows_are_set_aside():
    batch = loaded(without_people(a_source(visits=[A_VISIT])))
    assert batch.problems.get().problem.startswith("No table of the source, nor the record, has this child")
    assert not Child.objects.exists()


def test_a_worker_is_an_identifier_and_no_sign_in_is_made():
    loaded(a_source(allocations=[{"worker_id": "SW1", "role": "social_worker", "started_on": on("2026-01-01")}]))
    assert Allocation.objects.get().worker_id == "SW1"
    assert not User.objects.exists()


def test_a_plan_is_made_anew_when_the_record_changed_since_the_preview(a_user: Callable[..., User]):
    loaded(a_source(visits=[A_VISIT]))
    stale = frames.plan(a_source(visits=[NOT_ALONE]), TODAY)
    correct(Visit.objects.get(), by=a_user(), why="Spoke with her", is_seen_alone=None)
    loading.load(a_source(visits=[NOT_ALONE]), stale, loading.Options("a source", None, TODAY))
    assert Visit.objects.get().is_seen_alone is None
    assert Problem.objects.filter(effect=frames.KEPT_HERE).exists()


def test_a_preview_writes_nothing():
    plan = frames.plan(a_source(visits=[A_VISIT]), TODAY)
    assert [(c.table, c.new) for c in loading.counts(plan)] == [("people", 1), ("visits", 1)]
    assert not (Child.objects.exists() or Batch.objects.exists())
