"""Every number is dated data, and a council's own value is one line."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from hearth.measures import engine as measures
from hearth.measures.periods import series
from hearth.tables.record import Record
from hearth.timescales import engine
from hearth.timescales.ahead import carried_on
from hearth.timescales.limits import Limit, Limits, in_force, national, own_from, read_own
from hearth.timescales.worklist import Only
from tests.timescales.builders import a_record, check, days, in_care, together

OWN = """
[[limits]]
id = "visit-year-one"
n = 4
unit = "week"
authority = "E10000020"
valid_from = 2025-04-01
"""


PERIOD = series(date(2025, 5, 13), 1, "12m")


def visited(row):
    return {"people": [{}], "episodes": [in_care("2025-01-06")], "visits": days(row["visited"], "visited_on")}


def test_one_line_makes_six_weeks_four_for_visits_made_from_that_day_on(tmp_path):
    file = tmp_path / "hearth.toml"
    file.write_text(OWN)
    table = """
    visited                | due        | outcome
    2025-01-08             | 2025-02-19 | overdue
    2025-01-08, 2025-03-31 | 2025-05-12 | due
    2025-01-08, 2025-04-01 | 2025-04-29 | overdue"""
    check("visit-year-one", "2025-05-01", table, visited, limits=read_own(file))


def test_the_same_line_changes_list_measure_and_forecast_together(tmp_path):
    """Both were seen every six weeks up to 2 April: again by 14 May, or by 30 April; one was seen on 7 May."""
    (tmp_path / "hearth.toml").write_text(OWN)
    seen = "2025-01-08, 2025-02-19, 2025-04-02"
    record = a_record(together(visited({"visited": seen}), visited({"visited": f"{seen}, 2025-05-07"})))
    assert told(record, national()) == ("2025-05-14", "due", "6 weeks", 100.0, 100.0, 4)
    assert told(record, read_own(tmp_path / "hearth.toml")) == (
        "2025-04-30",
        "overdue",
        "4 weeks",
        66.7,
        50.0,
        6,
    )  # one of them late already


def told(record: Record, limits: Limits) -> tuple[object, ...]:
    """Of the first child's visit: due day, status, limit; of both: in time, up to date, falling due in 12 weeks."""
    day, duty = date(2025, 5, 13), "visit-year-one"
    listed = engine.due_list(record, day, 14, only=Only(child="1"), limits=limits).filter(pl.col("duty") == duty)
    row = listed.row(0, named=True)
    shares = [
        round(measures.measure(record, PERIOD, only=[f"{duty}-{each}"], limits=limits)["value"][0], 1)
        for each in ("in-time", "up-to-date")
    ]
    ahead = engine.occurrences(carried_on(record, day, day + timedelta(weeks=12), limits), [duty], limits)
    falls_due = ahead.filter((pl.col("due_on") <= day + timedelta(weeks=12)) & (pl.col("done_on") > day)).height
    return str(row["due_on"]), row["status"], row["why"].split(". ")[1][:7], *shares, falls_due


@pytest.mark.parametrize(
    ("limit", "authority", "on", "n"),
    [
        (Limit("visit-year-one", 4, "week", authority="E1"), "E1", date(2025, 1, 1), 4),
        (Limit("visit-year-one", 4, "week", authority="E1"), "E2", date(2025, 1, 1), 6),
        (Limit("visit-year-one", 4, "week", valid_from=date(2025, 1, 2)), "E1", date(2025, 1, 1), 6),
        (Limit("visit-year-one", 4, "week", valid_to=date(2025, 1, 1)), "E1", date(2025, 1, 2), 6),
    ],
)
def test_a_councils_own_value_holds_for_it_and_while_it_is_valid(limit, authority, on, n):
    held = national().with_own([limit]).on("visit-year-one", on, authority)
    assert held is not None
    assert held.n == n


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"id": "visit-yearly", "n": 4, "unit": "week"}, "no limit called 'visit-yearly'"),
        ({"id": "visit-year-one", "n": 4, "unit": "fortnight"}, "'fortnight' is no unit of time"),
        ({"id": "visit-year-one", "unit": "week"}, "lacks n"),
        ({"id": "visit-year-one", "n": 4, "unit": "week", "council": "E1"}, "unknown entry council"),
        ({"id": "visit-year-one", "n": "four", "unit": "week"}, "n must be a whole number"),
        ({"id": "visit-year-one", "n": 4, "unit": "week", "valid_from": "1 April"}, "valid_from must be a date"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_in_one_sentence(row, sentence):
    with pytest.raises(ValueError, match=sentence):
        national().with_own([own_from(row)])


def test_a_duty_without_a_number_has_no_due_day_until_the_council_gives_one():
    """The frequency of visits after the first adoption review is set at the review (AAR 2005 reg 36(4))."""
    placed = {
        "people": [{"born_on": "2022-01-01"}],
        "episodes": [in_care("2025-01-06", placement_type="A3", legal_status="E1")],
        "visits": days("2025-01-10, 2025-02-10", "visited_on"),
        "reviews": days("2025-02-03", "held_on"),
    }
    monthly = national().with_own([Limit("visit-adoptive-placement.later", 4, "week")])
    duty = ["visit-adoptive-placement"]
    assert engine.occurrences(a_record(placed), duty).height == 2
    assert engine.occurrences(a_record(placed), duty, monthly)["due_on"][-1] == date(2025, 3, 10)


def test_the_councils_values_are_those_of_the_working_folder(tmp_path):
    assert in_force(tmp_path) is national()
    (tmp_path / "hearth.toml").write_text(OWN)
    assert len(in_force(tmp_path).of("visit-year-one")) == 2


def test_term_dates_that_lie_beside_the_settings_are_read_for_each_authority(tmp_path):
    (tmp_path / "term_dates.csv").write_text(
        "authority,term,start,end,half_term_start,half_term_end\n"
        "E10000020,spring,2025-01-06,2025-04-04,2025-02-17,2025-02-21\n"
    )
    limits = in_force(tmp_path)
    assert limits.terms["E10000020"].after(date(2025, 2, 10), 5) == date(2025, 2, 24)
    (tmp_path / "term_dates.csv").write_text("term,start,end,half_term_start,half_term_end\n")
    with pytest.raises(ValueError, match="lacks the column authority"):
        in_force(tmp_path)
