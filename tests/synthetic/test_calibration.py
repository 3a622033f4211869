"""The made-up authority's own figures lie near England's published ones; the tolerance of each is in the table."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from hearth.measures import engine
from hearth.measures.periods import series
from hearth.tables.record import Record
from tests.synthetic.counting import full_care, in_care

AS_OF = date(2026, 3, 31)
YEAR_BEGAN = date(2025, 4, 1)

MEASURES = """
our measure                     | published (interactive tool)  | within
three-or-more-moves             | LACStable_2016on              | 2
same-placement-two-years        | LAC_LongStable%               | 6
over-20-miles-outside-area      | LACDistance                   | 5
three-or-more-social-workers    | Stability_SocialWorker        | 3
annual-health-assessment        | LACHealth%                    | 3
dental-check                    | LACDental%                    | 4
substance-misuse-identified     | LACSubstance                  | 1
offending                       | LAC_Convictions               | 1
missing-share                   | Children_missing              | 2
adopted-share                   | %_of LAC Adopted              | 2.5
sgo-share                       | LAC_ceased_SGO%               | 3
eet                             | CareLeaverEET                 | 4
neet                            | CareLeaversNEET               | 4
higher-education                | LAC_19_HE                     | 2
suitable-accommodation          | CareLeaverAcc                 | 4
"""
PLACED = """
placements on 31 March          | published (interactive tool)  | within
U1 U2 U3 U4 U5 U6               | LAC_Foster_Placements         | 3
K1 K2                           | LAC_SecHome_And_ChildHome     | 2
K3                              | LAC_Ind_SInd_Liv_Arr          | 2
P1                              | LAC_Parents_OR_Others         | 2
R1 R2 R3 R5 P3                  | LAC_Other_Res_Settings        | 1.5
Z11 Z12 Z13 Z14                 | LAC_Other_Place_Inc_Unreg     | 1.5
"""


def rows(table: str) -> list[tuple[str, str, float]]:
    lines = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()[1:]]
    return [(ours, published, float(within)) for ours, published, within in lines]


@pytest.fixture(scope="module")
def england(shared: Path) -> dict[str, float]:
    """England's latest figure of each published measure."""
    frame = pl.read_parquet(shared / "data" / "dfe" / "lait_bds_long.parquet")
    national = frame.filter(pl.col("LA and Regions") == "England").sort("Years")
    numbers = national.with_columns(pl.col("Values").cast(pl.Float64, strict=False)).drop_nulls("Values")
    latest = numbers.unique("Short Desc", keep="last", maintain_order=True)
    return dict(latest.select("Short Desc", "Values").iter_rows())


@pytest.fixture(scope="module")
def measured(council: Record) -> dict[str, float]:
    asked = [ours for ours, _, _ in rows(MEASURES)]
    found = engine.measure(council, series(AS_OF, 1), only=asked).unique("measure", keep="first", maintain_order=True)
    return dict(found.select("measure", "value").iter_rows())


@pytest.fixture(scope="module")
def now(council: Record) -> pl.DataFrame:
    return council["stays"].filter(pl.col("ended_on").is_null() & ~pl.col("is_short_breaks"))


@pytest.mark.parametrize(("ours", "published", "within"), rows(MEASURES), ids=str)
def test_a_measure_lies_near_englands(
    measured: dict[str, float], england: dict[str, float], ours: str, published: str, within: float
) -> None:
    assert measured[ours] == pytest.approx(england[published], abs=within)


@pytest.mark.parametrize(("ours", "published", "within"), rows(PLACED), ids=str)
def test_children_are_placed_as_in_england(
    now: pl.DataFrame, england: dict[str, float], ours: str, published: str, within: float
) -> None:
    share = now["placement_type"].is_in(ours.split()).mean()
    assert share is not None
    assert 100 * float(share) == pytest.approx(england[published], abs=within)


def test_children_come_and_go_as_in_england(council: Record, now: pl.DataFrame, england: dict[str, float]) -> None:
    periods = full_care(council)
    came = periods.filter(pl.col("started_on").is_between(YEAR_BEGAN, AS_OF)).height / now.height
    left = periods.filter(pl.col("ended_on").is_between(YEAR_BEGAN, AS_OF)).height / now.height
    assert came == pytest.approx(england["LACnum_Start"] / england["LACnum"], abs=0.04)
    assert left == pytest.approx(england["LACceased"] / england["LACnum"], abs=0.06)


def test_as_many_are_unaccompanied_as_in_england(council: Record, now: pl.DataFrame, england: dict[str, float]) -> None:
    alone = now.join(council["unaccompanied"], on="child_id", how="semi").height / now.height
    assert 100 * alone == pytest.approx(england["Unacc_Asylmn_Seek_Childn%"], abs=2)


def test_the_number_in_care_is_steady(council: Record) -> None:
    for year in range(2017, 2026):
        assert in_care(council, date(year, 3, 31)) == pytest.approx(3000, rel=0.1), year


def test_the_children_helped_at_home_are_a_steady_number(council: Record) -> None:
    """For 100 children in care about 150 child in need plans and 60 child protection plans, now and a year ago."""
    plans = council["earlier_plans"]
    for kind, parts in (("child_in_need", 1.5), ("child_protection", 0.6)):
        for months in (0, 6, 12):
            day = pl.lit(AS_OF).dt.offset_by(f"-{months}mo")
            goes_on = pl.col("ended_on").is_null() | (pl.col("ended_on") > day)
            there = plans.filter((pl.col("kind") == kind) & (pl.col("started_on") <= day) & goes_on)
            assert there.height == pytest.approx(parts * 3000, rel=0.1), (kind, months)


def test_adoption_takes_as_long_as_in_england(council: Record, shared: Path) -> None:
    """Months from entry to decision, match, placement and order, on average over the years of the history."""
    name = "national_cla_adopted_average_time_between_adoption_process_stages.csv"
    published = pl.read_csv(shared / "data" / "dfe" / name, infer_schema=False)
    latest = published.filter((pl.col("time_period") == "2025") & (pl.col("age_start_poc") == "Total"))
    stage = {row["stage_of_adoption_process"][0]: row["number"] for row in latest.iter_rows(named=True)}
    months = {at: int(stage[at][:2]) * 12 + int(stage[at][3:]) for at in "1235"}
    adopted = council["periods_of_care"].filter(pl.col("reason_ended").is_in(["E11", "E12"]))
    entry = adopted.select("child_id", pl.col("started_on").alias("entry_on"), pl.col("ended_on").alias("ordered_on"))
    done = council["adoptions"].join(entry, on=["child_id", "ordered_on"])
    steps = ["entry_on", "decided_on", "matched_on", "placed_on", "ordered_on"]
    for at, (one, other) in zip("1235", pairwise(steps), strict=True):
        days = done.select((pl.col(other) - pl.col(one)).dt.total_days().mean()).item()
        assert days / 30.44 == pytest.approx(months[at], abs=1.5), other


def test_scores_of_questionnaires_fall_as_in_england(council: Record, shared: Path, england: dict[str, float]) -> None:
    scores = council["annual_outcomes"].filter(pl.col("year_ended_on") == AS_OF)["sdq_score"].drop_nulls()
    assert scores.mean() == pytest.approx(england["Emotional_LAC"], abs=0.7)


def test_who_leaves_at_18_leaves_as_the_codes_say_and_seldom_for_any_other_reason(council: Record) -> None:
    """E8 is never used merely because the child is 18, but for who is missing then (rule 580)."""
    born = council["people"].select("authority", "child_id", adult_on=pl.col("born_on").dt.offset_by("18y"))
    left = council["episodes"].filter(pl.col("reason_ended") != "X1").join(born, on=["authority", "child_id"])
    reasons = left.filter(pl.col("ended_on") >= pl.col("adult_on"))["reason_ended"]
    part = {code: count / len(reasons) for code, count in reasons.value_counts().iter_rows()}
    assert part["E8"] < 0.06
    assert part["E5"] > part["E17"] > part["E6"] > part["E8"]
    assert set(part) == {"E4A", "E5", "E6", "E7", "E8", "E13", "E17"}
