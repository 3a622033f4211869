"""The made-up authority: as many children as asked for, nothing from the future, histories that hang together."""

from __future__ import annotations

import hashlib
from datetime import date

import polars as pl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hearth.synthetic.authority import make
from hearth.tables import catalogue
from hearth.tables.codes import load
from hearth.tables.record import Record
from tests.synthetic.counting import in_care

AS_OF = date(2026, 3, 31)
CHILD = ["authority", "child_id"]
KNOWN_IN_ADVANCE = {
    ("unaccompanied", "ended_on"),
    ("reviews", "due_on"),
    ("review_decisions", "due_on"),
    ("requests", "promised_on"),
    ("immigration_statuses", "leave_expires_on"),
}
"""An 18th birthday, a due day, a promise and the end of leave to remain may lie after the day the record is seen."""


@pytest.fixture(scope="module")
def record() -> Record:
    return make(children=400, years=10, seed=3)


@settings(max_examples=6, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(
    children=st.integers(1, 60),
    years=st.integers(1, 10),
    seed=st.integers(0, 10**6),
    as_of=st.dates(date(2021, 1, 1), date(2027, 12, 31)),
)
def test_whatever_is_asked_for_is_made(children: int, years: int, seed: int, as_of: date) -> None:
    record = make(children, years, seed, as_of)
    assert in_care(record, as_of) == children
    for name, frame in record.tables.items():
        for column in [c for c, kind in frame.schema.items() if kind == pl.Date]:
            if (name, column) not in KNOWN_IN_ADVANCE:
                assert (frame[column].max() or as_of) <= as_of, (name, column)


def test_the_same_seed_gives_the_same_record_and_another_seed_another() -> None:
    one, again, other = make(40, 3, seed=1), make(40, 3, seed=1), make(40, 3, seed=2)
    assert all(one[name].equals(again[name]) for name in one.tables)
    assert not one["episodes"].equals(other["episodes"])


def test_children_are_spread_over_the_authorities_asked_for() -> None:
    record = make(300, 2, seed=1, authorities=5)
    assert len(record.authorities) == 5
    assert in_care(record, AS_OF) == 300


def test_every_table_is_filled_except_none(record: Record) -> None:
    stored = set(catalogue.TABLES) - catalogue.DERIVED
    assert set(record.tables) >= stored
    assert [name for name in stored if record[name].is_empty()] == []


def test_every_code_is_in_its_list(record: Record) -> None:
    for name, schema in catalogue.TABLES.items():
        for column, kind in schema.columns().items():
            listed = (kind.metadata or {}).get("codes")
            if listed:
                unknown = set(record[name][column].drop_nulls().unique()) - set(load(listed))
                assert not unknown, (name, column, unknown)


def test_every_event_is_of_a_child_in_people(record: Record) -> None:
    for name in (each for each in record.tables if catalogue.subject(each) == "child"):
        assert record[name].join(record["people"], on=CHILD, how="anti").is_empty(), name


def test_periods_of_care_of_a_child_do_not_overlap(record: Record) -> None:
    before = pl.col("ended_on").shift(1).over(CHILD)
    periods = record["periods_of_care"].sort(*CHILD, "started_on")
    assert periods.filter(pl.col("started_on").is_null()).is_empty()
    assert periods.filter(pl.col("started_on") <= before).is_empty()
    assert periods.filter(pl.col("ended_on").is_null()).group_by(CHILD).len().filter(pl.col("len") > 1).is_empty()


@pytest.mark.parametrize("name", ["stays", "placements"])
def test_a_child_is_in_one_place_at_a_time_and_never_nowhere(record: Record, name: str) -> None:
    rows = record[name].sort("period_id", "started_on")
    following = pl.col("started_on").shift(-1).over("period_id")
    assert rows.filter(pl.col("ended_on") != following).is_empty()
    assert rows.filter(following.is_not_null() & pl.col("ended_on").is_null()).is_empty()
    whole = rows.group_by("period_id").agg(pl.col("started_on").min(), pl.col("ended_on").last().alias("left_on"))
    periods = record["periods_of_care"].join(whole, on="period_id", suffix="_found")
    assert periods.height == record["periods_of_care"].height
    same = pl.col("started_on").eq(pl.col("started_on_found")) & pl.col("ended_on").eq_missing(pl.col("left_on"))
    assert periods.filter(~same).is_empty()


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("allocations", "started_on", "ended_on"),
        ("care_plans", "started_on", "ended_on"),
        ("legal_statuses", "started_on", "ended_on"),
        ("missing_episodes", "started_on", "ended_on"),
        ("care_leaver_activities", "started_on", "ended_on"),
        ("care_leaver_accommodations", "started_on", "ended_on"),
        ("deprivations_of_liberty", "started_on", "ended_on"),
        ("proceedings", "issued_on", "concluded_on"),
        ("earlier_plans", "started_on", "ended_on"),
    ],
)
def test_nothing_ends_before_it_began_and_spells_of_one_kind_do_not_overlap(
    record: Record, name: str, start: str, end: str
) -> None:
    rows = record[name]
    assert rows.filter(pl.col(end) < pl.col(start)).is_empty()
    within = [c for c in ("role", "kind") if c in rows.columns and name in ("allocations",)]
    if name == "earlier_plans":
        return
    ordered = rows.sort(*CHILD, *within, start)
    before = pl.col(end).shift(1).over(*CHILD, *within)
    assert ordered.filter(pl.col(start) < before).is_empty()


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("reviews", "held_on"),
        ("visits", "visited_on"),
        ("health_assessments", "assessed_on"),
        ("dental_checks", "checked_on"),
        ("sdq_scores", "completed_on"),
        ("missing_episodes", "started_on"),
        ("substance_misuse", "found_on"),
        ("convictions", "convicted_on"),
        ("care_plans", "started_on"),
    ],
)
def test_what_belongs_to_care_happens_in_care(record: Record, name: str, day: str) -> None:
    rows = record[name].select(*CHILD, day).drop_nulls()
    if name == "reviews":  # A series of short breaks is reviewed between the breaks.
        rows = rows.join(record["episodes"].filter(pl.col("legal_status") == "V3"), on=CHILD, how="anti")
    rows = rows.with_row_index("row")
    periods = record["periods_of_care"].select(*CHILD, "started_on", "ended_on")
    pairs = rows.rename({day: "day"}).join(periods, on=CHILD)
    inside = (pl.col("day") >= pl.col("started_on")) & (pl.col("day") <= pl.coalesce("ended_on", pl.lit(AS_OF)))
    assert pairs.filter(inside)["row"].n_unique() == rows.height


def test_adoption_goes_step_by_step(record: Record) -> None:
    steps = ["decided_on", "placement_order_on", "matched_on", "placed_on", "ordered_on"]
    rows = record["adoptions"]
    for place, step in enumerate(steps):
        for later in steps[place + 1 :]:
            assert rows.filter(pl.col(step) > pl.col(later)).is_empty(), (step, later)


def test_pupil_numbers_are_well_formed_and_nobody_shares_one(record: Record) -> None:
    numbers = record["people"]["upn"].drop_nulls()
    assert numbers.is_unique().all()
    letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
    for number in numbers.to_list():
        total = sum(int(digit) * (place + 2) for place, digit in enumerate(number[1:]))
        assert number[0] == letters[total % 23], number


def test_the_bytes_are_the_same_on_every_machine() -> None:
    record = make(25, 4, seed=42)
    whole = hashlib.sha256()
    for name in sorted(record.tables):
        whole.update(record[name].write_csv().encode())
    # Changes when a share, a spread or a rule of the made-up authority is changed on purpose.
    assert whole.hexdigest()[:16] == "9f22155c863e0244"
