"""The forecast says what will fall due if everything is done on its day, and which weeks ask for too much."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest

from hearth.synthetic.authority import make
from hearth.tables import catalogue
from hearth.timescales import engine
from hearth.timescales.ahead import as_known, carried_on
from hearth.timescales.catalogue import CLOCKS, DUTIES
from hearth.timescales.forecast import forecast
from tests.timescales.builders import a_record, days, in_care, together

AS_OF = date(2026, 3, 31)
CHILD = {"people": [{"born_on": "2015-05-10"}], "episodes": [in_care("2025-01-06")]}
REVIEWS = ["review-first", "review-second", "review-subsequent"]


def due_days(record, duty: str, weeks: int = 26) -> list[str]:
    until = AS_OF + timedelta(weeks=weeks)
    found = engine.occurrences(carried_on(record, AS_OF, until), [duty])
    lasts = (pl.col("due_on") < pl.col("lapses_on")).fill_null(value=True)
    ahead = found.filter((pl.col("due_on") > AS_OF) & (pl.col("due_on") <= until) & lasts)
    return ahead["due_on"].cast(pl.String).to_list()


def test_a_chain_goes_on_from_each_due_day_to_the_next():
    # seen on 20 March in the second year of a placement that is not permanent: every 6 weeks from then
    record = a_record({**CHILD, "visits": days("2026-03-20", "visited_on"), "reviews": days("2025-02-03", "held_on")})
    assert due_days(record, "visit-after-year-other") == ["2026-05-01", "2026-06-12", "2026-07-24", "2026-09-04"]


def test_what_is_overdue_is_taken_to_be_done_the_next_day():
    record = a_record({**CHILD, "visits": days("2026-01-05", "visited_on")})
    assert due_days(record, "visit-year-one") == []
    assert due_days(record, "visit-after-year-other") == ["2026-05-13", "2026-06-24", "2026-08-05", "2026-09-16"]


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("2008-06-01", ["2026-05-01"]),  # 18 on 1 June: the visit due on 12 June lapses
        ("2015-05-10", ["2026-05-01", "2026-06-12", "2026-07-24", "2026-09-04"]),
    ],
)
def test_nothing_is_owed_from_the_18th_birthday(born, expected):
    life = {"people": [{"born_on": born}], "episodes": [in_care("2025-01-06")]}
    record = a_record({**life, "visits": days("2026-03-20", "visited_on")})
    assert due_days(record, "visit-after-year-other") == expected


def test_nothing_later_than_the_day_is_known():
    later = {**CHILD, "visits": days("2026-03-20, 2026-04-10", "visited_on")}
    assert due_days(a_record(later), "visit-after-year-other")[0] == "2026-05-01"
    gone = {**later, "episodes": [in_care("2025-01-06", "2026-04-20")]}
    assert as_known(a_record(gone), AS_OF)["episodes"]["ended_on"].to_list() == [None]


def test_a_review_taken_as_held_changes_how_often_the_child_is_visited():
    # placed for adoption: weekly until the first review there, which falls due 4 weeks on
    placed = in_care("2026-03-20") | {"placement_type": "A3", "legal_status": "E1"}
    record = a_record({"people": [{"born_on": "2022-01-01"}], "episodes": [placed], "visits": [], "reviews": []})
    first = due_days(record, "visit-adoptive-placement")[:3]
    assert first == ["2026-04-08", "2026-04-15", "2026-04-22"]
    assert due_days(record, "review-adoption-placed-1") == ["2026-04-17"]


def simulated(record, weeks: int, duties: list[str]) -> list[tuple[object, ...]]:
    """Day by day: whatever is due (or late on the first) is recorded as done; what the engine finds in the end."""
    known = as_known(record, AS_OF)
    for day in (AS_OF + timedelta(days=n) for n in range(1, 7 * weeks + 1)):
        for _ in range(5):
            found = engine.occurrences(known, duties)
            runs = (pl.col("lapses_on") > AS_OF + timedelta(days=1)).fill_null(value=True)
            lasts = (pl.col("due_on") < pl.col("lapses_on")).fill_null(value=True)
            now = found.filter(pl.col("done_on").is_null() & (pl.col("due_on") <= day) & lasts & runs)
            if now.is_empty():
                break
            for row in now.iter_rows(named=True):
                deed = DUTIES[row["duty"]].clock.deed
                assert deed is not None
                said = {"authority": row["authority"], "child_id": row["child_id"], **deed.says}
                done = pl.DataFrame([{**said, **dict.fromkeys(deed.days, day)}])
                grown = pl.concat([known[deed.table], catalogue.shaped(deed.table, done)])
                known = replace(known, tables={**known.tables, deed.table: grown})
    return fell_due(engine.occurrences(known, duties), weeks)


def fell_due(found: pl.DataFrame, weeks: int) -> list[tuple[object, ...]]:
    until = AS_OF + timedelta(weeks=weeks)
    lasts = (pl.col("due_on") < pl.col("lapses_on")).fill_null(value=True)
    inside = found.filter((pl.col("due_on") > AS_OF) & (pl.col("due_on") <= until) & lasts)
    return sorted(inside.select(pl.col("duty").cast(pl.String), "child_id", "due_on").rows())


@pytest.mark.parametrize("seed", [1, 5])
def test_the_forecast_is_what_the_engine_finds_when_each_is_done_on_its_due_day(seed):
    council = make(children=8, years=3, seed=seed)
    duties = [duty.id for duty in DUTIES.values() if duty.clock.deed and duty.clock.subject == "child"]
    duties = [duty for duty in duties if duty not in engine.unavailable(council)]
    found = engine.occurrences(carried_on(council, AS_OF, AS_OF + timedelta(weeks=7)), duties)
    assert fell_due(found, 7) == simulated(council, 7, duties)


def test_a_week_that_asks_for_more_than_the_best_before_cannot_be_done():
    seen = {**CHILD, "visits": days("2026-03-20", "visited_on")}
    record = a_record(together(*[seen] * 3, {**CHILD, "visits": days("2025-12-01", "visited_on")}))
    weeks = forecast(record, AS_OF, by="worker")
    first, fifth = weeks.row(0, named=True), weeks.row(4, named=True)
    assert (first["already_late"] > 0, weeks.height) == (True, 26)
    assert fifth["starts_on"] == date(2026, 4, 29) and fifth["falls_due"] >= 3
    assert weeks["group"].unique().to_list() == ["not known"]


def test_without_anything_done_before_it_cannot_be_told():
    weeks = forecast(a_record({**CHILD, "visits": []}), AS_OF)
    assert weeks["can_be_done"].null_count() == weeks.height
    assert "cannot be told" in weeks["why"][0]


def test_every_chain_says_how_one_more_of_its_events_is_recorded():
    for clock in (each for each in CLOCKS if each.events is not None):
        assert clock.deed is not None, clock.name
        schema = catalogue.empty(clock.deed.table).schema
        assert {*clock.deed.days, *clock.deed.says} <= set(schema), clock.name
        assert clock.deed.table in clock.reads, clock.name
