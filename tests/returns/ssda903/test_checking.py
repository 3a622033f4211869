"""The check from Python: forgiving about names and kinds of input, plain about what could not be checked."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from hearth.returns.ssda903 import check
from hearth.returns.ssda903.checking import MetadataError, declared
from hearth.returns.ssda903.checking.declared import flag, rule
from hearth.returns.ssda903.checking.intake import table_name
from hearth.returns.ssda903.checking.metadata import understood
from hearth.returns.ssda903.checking.prepared import Prepared
from hearth.returns.ssda903.checking.running import run

YEAR = {"collection_start": "01/04/2026", "collection_end": "31/03/2027"}


def found(tables: dict[str, Any], rules: list[str], metadata: Any = YEAR) -> list[tuple[str, str, int]]:
    return check(tables, metadata, rules).findings.select("code", "table", "row").rows()


@pytest.mark.parametrize(
    "written",
    [
        {"SEX": ["M", "9", None, ""]},
        pl.DataFrame({"SEX": ["M", "9", None, ""]}),
        pl.LazyFrame({"sex": ["M", "9", None, " "]}),
        [{"SEX": "M"}, {"SEX": 9}, {}, {"SEX": float("nan")}],
    ],
)
def test_any_frame_will_do(written: Any) -> None:
    assert found({"Header": written}, ["101"]) == [("101", "Header", 1), ("101", "Header", 2), ("101", "Header", 3)]


def test_days_may_be_days_and_numbers_numbers() -> None:
    days = [dt.date(2026, 5, 1), dt.date(2026, 5, 2), None]
    reviews = pl.DataFrame({"REVIEW": days, "REVIEW_CODE": ["PN1", None, None]})
    assert found({"Reviews": reviews}, ["166", "167"]) == [("166", "Reviews", 2), ("167", "Reviews", 1)]
    assert found({"OC2": pl.DataFrame({"SDQ_SCORE": [10.0, 41.0, None]})}, ["180"]) == [("180", "OC2", 1)]


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("Header", "Header"),
        ("header.csv", "Header"),
        ("EPISODES", "Episodes"),
        ("placed_for_adoption.csv", "PlacedAdoption"),
        ("should_be_placed_for_adoption", "PlacedAdoption"),
        ("previous_permanence", "PrevPerm"),
        ("sw_episodes", "SWEpisodes"),
        ("Episodes_last", "Episodes_last"),
        ("prev_episodes.csv", "Episodes_last"),
        ("previous_permanence_last", "PrevPerm_last"),
        ("last_year_header", "Header_last"),
        ("something else", "something else"),
    ],
)
def test_tables_are_known_by_many_names(given: str, meant: str) -> None:
    assert table_name(given) == meant


@pytest.mark.parametrize(
    ("given", "rule_set", "first"),
    [
        ({"collection_year": 2026}, "2025_26", dt.date(2025, 4, 1)),
        ({"collectionYear": "2025/26"}, "2025_26", dt.date(2025, 4, 1)),
        ({"Year": "2024"}, "2023_24", dt.date(2023, 4, 1)),
        ({"collection_year": 2019}, "2026_27", dt.date(2018, 4, 1)),
        ({"collection_start": "01/04/2015"}, "2026_27", dt.date(2015, 4, 1)),
        ({"collection_end": "2016-03-31"}, "2026_27", dt.date(2015, 4, 1)),
        ({"rule_set": "2023_24", "collection_end": dt.date(2016, 3, 31)}, "2023_24", dt.date(2015, 4, 1)),
        ({}, "2026_27", None),
    ],
)
def test_the_year_chooses_the_rules_and_the_days(given: dict[str, Any], rule_set: str, first: dt.date | None) -> None:
    facts = understood(given)
    assert (facts.rule_set, facts.collection_start) == (rule_set, first)


def test_a_value_that_cannot_be_understood_is_said_in_a_sentence() -> None:
    with pytest.raises(MetadataError, match="give the year in which the collection ends"):
        check({}, {"collection_year": "soon"})
    with pytest.raises(MetadataError, match="There is no rule 9999"):
        check({}, YEAR, ["9999"])


def reasons(tables: dict[str, Any], rules: list[str], metadata: Any = YEAR) -> dict[str, str]:
    return dict(check(tables, metadata, rules).not_run.select("code", "reason").iter_rows())


def test_what_cannot_be_checked_says_why() -> None:
    header = {"Header": {"CHILD": ["1"], "UPN": ["UN1"]}, "Episodes": {"CHILD": ["1"], "DECOM": ["01/05/2026"]}}
    assert reasons(header, ["101"]) == {"101": "not run, because Header has no column SEX"}
    assert reasons(header, ["166"]) == {"166": "not run, because there is no table Reviews"}
    assert reasons(header, ["NoE"]) == {"NoE": "not run, because there is no table Episodes of last year"}
    assert reasons({"UASC": {"DUC": ["01/05/2026"]}}, ["104"], {}) == {
        "104": "not run, because collection_start is not given"
    }
    year = {**YEAR, "collection_year": 2026}
    assert reasons({}, ["700"], year) == {"700": "not run, because it is not in the rule set of 2025/26"}


def test_an_error_of_ours_is_reported_and_hides_nothing() -> None:
    def broken(_: Prepared) -> pl.DataFrame:
        raise ZeroDivisionError("by nought")

    bad = [rule("102", flag("Header", pl.col("SEX").cast(pl.Int64) > 0)), rule("103", broken)]
    good = [one for one in declared.rules() if one.code == "101"]
    outcome = run([*bad, *good], Prepared({"Header": pl.DataFrame({"SEX": ["X"]})}, understood(YEAR)))
    assert set(outcome.errors) == {"102", "103"}
    assert ("101", "Header") in outcome.rows


def test_a_finding_says_what_stands_there_and_what_to_look_at() -> None:
    oc2 = {"CHILD": ["7"], "INTERVENTION_RECEIVED": ["1"], "INTERVENTION_OFFERED": ["0"]}
    (row,) = check({"OC2": oc2}, YEAR, ["158"]).findings.to_dicts()
    assert row["child_id"] == "7"
    assert row["fields"] == ["INTERVENTION_RECEIVED", "INTERVENTION_OFFERED"]
    assert row["values"] == "INTERVENTION_RECEIVED 1, INTERVENTION_OFFERED 0"
    assert row["proposed"] == "INTERVENTION_OFFERED="
    assert row["look_at"]


def test_rows_keep_the_numbers_of_the_file() -> None:
    header = pl.DataFrame({"SEX": ["M", "9"], "row": [0, 5]})
    assert found({"Header": header}, ["101"]) == [("101", "Header", 5)]


@pytest.mark.parametrize("name", ["providers.csv", "providers.xlsx"])
def test_the_register_is_read_from_csv_and_workbook(shared: Path, name: str) -> None:
    path = shared / "data" / "returns" / "county-2026" / name
    register = Prepared({}, understood({"providers": path})).table("providers")
    assert register.columns == ["URN", "PLACE_CODES", "PROVIDER_CODES", "REG_END", "POSTCODE", "AUTHORITY"]
    assert register.schema["URN"] == pl.String
    assert register.filter(pl.col("URN") == "SC400001").row(0)[:3] == ("SC400001", "U1,U2,U3,U4,U5,U6", "PR1,PR2")
