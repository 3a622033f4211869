"""Our figures stand beside those of England, the region, the ten neighbours and our own past, printed for one year."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from hearth.measures import comparators
from hearth.tables.published import AUTHORITIES, NEIGHBOURS, STATISTICS, Published, nothing

HOME = "E10000020"


def published(rows: list[tuple]) -> Published:
    """Rows of statistic, geography, code, name, year, value, mark; the ten neighbours are N1 to N10."""
    names = ["statistic", "geography", "code", "name", "year", "value", "mark"]
    frame = pl.DataFrame(rows, schema=names, orient="row", schema_overrides={"value": pl.Float64, "mark": pl.String})
    frame = frame.with_columns(pl.date(pl.col("year"), 3, 31).alias("year_ended_on"), pl.lit("f.csv").alias("file"))
    lacking = [pl.lit(None, kind).alias(name) for name, kind in STATISTICS.items() if name not in frame.columns]
    ten = [(HOME, rank, f"N{rank}", f"Area {rank}", "Close") for rank in range(1, 11)]
    home = [(HOME, HOME, "926", "Norfolk", "East of England", "E12000006")]
    base = nothing()
    return Published(
        statistics=frame.with_columns(lacking).select(list(STATISTICS)),
        population=base.population,
        neighbours=pl.DataFrame(ten, schema=NEIGHBOURS, orient="row"),
        authorities=pl.DataFrame(home, schema=AUTHORITIES, orient="row"),
        problems=base.problems,
        titles={},
    )


def rates(year: int, england: float | None, region: float, own: float, near: dict[int, float | None]) -> list[tuple]:
    name = "cla_rate_per_10000"
    rows = [
        (name, "England", "E92000001", "England", year, england, None),
        (name, "region", "E12000006", "East of England", year, region, None),
        (name, "authority", HOME, "Norfolk", year, own, None),
    ]
    return rows + [(name, "authority", f"N{n}", f"Area {n}", year, v, None if v else "c") for n, v in near.items()]


def compared(rows: list[tuple], as_of: date = date(2026, 3, 31), measure: str = "lac-rate") -> pl.DataFrame:
    return comparators.compare(published(rows), HOME, as_of, [measure])


def one(frame: pl.DataFrame, comparator: str) -> dict:
    return frame.filter(pl.col("comparator") == comparator).row(0, named=True)


def test_the_median_is_of_the_neighbours_that_have_a_figure():
    found = compared(rates(2025, 67, 49, 62, {1: 50, 2: 60, 3: 70, 4: None}))
    middle = one(found, "neighbours")
    assert (middle["value"], middle["n_neighbours"]) == (60, 3)


def test_the_ten_are_named_nearest_first_and_a_suppressed_one_says_so():
    near = compared(rates(2025, 67, 49, 62, {1: 50, 4: None})).filter(pl.col("comparator") == "neighbour")
    assert near["name"].to_list() == [f"Area {n}" for n in range(1, 11)]
    assert near["value"].to_list()[:4] == [50, None, None, None]
    assert near["mark"].to_list()[3] == "c"


def test_nothing_printed_for_a_year_after_the_day_is_used():
    rows = rates(2024, 70, 53, 68, {1: 40}) + rates(2025, 67, 49, 62, {1: 50})
    found = compared(rows, as_of=date(2025, 2, 28))
    assert (one(found, "England")["value"], one(found, "neighbours")["value"]) == (70, 40)
    assert found.filter(pl.col("comparator") == "own past")["value"].to_list() == [68]


def test_areas_are_compared_in_the_latest_year_england_was_printed():
    rows = rates(2024, 70, 53, 68, {1: 40}) + rates(2025, None, 49, 62, {1: 50})
    found = compared(rows)
    assert {one(found, name)["year_ended_on"].year for name in ("England", "region", "neighbours")} == {2024}


def test_a_count_is_compared_with_our_own_past_only():
    rows = [
        ("cla_number", "England", "E92000001", "England", 2025, 81770, None),
        ("cla_number", "authority", HOME, "Norfolk", 2024, 1152, None),
        ("cla_number", "authority", HOME, "Norfolk", 2025, 1069, None),
    ]
    found = compared(rows, measure="lac-count")
    assert found.select("comparator", "value").rows() == [("own past", 1152), ("own past", 1069)]


def test_a_series_printed_for_england_only_has_no_neighbours():
    rows = [("entry_to_adoptive_placement_days", "England", "E92000001", "England", 2025, 578, None)]
    assert compared(rows, measure="time-to-adoptive-placement")["comparator"].to_list() == ["England"]


def test_a_different_definition_is_said_and_not_like_for_like():
    rows = [("childrens_homes_share", "England", "E92000001", "England", 2025, 12, None)]
    row = compared(rows, measure="residential-share").row(0, named=True)
    assert row["comparable"] is False
    assert "residential schools" in row["note"]


def test_an_authority_nobody_printed_has_england_alone():
    found = comparators.compare(published(rates(2025, 67, 49, 62, {})), "E99999999", date(2026, 3, 31), ["lac-rate"])
    assert found["comparator"].to_list() == ["England"]


def test_without_files_there_is_nothing_to_compare():
    assert comparators.compare(nothing(), HOME, date(2026, 3, 31)).is_empty()


def test_every_measure_matched_is_in_the_catalogue():
    catalogue = pytest.importorskip("hearth.measures.catalogue")
    assert set(comparators.matched()["measure"]) <= set(catalogue.MEASURES)
