"""The Department's files are recognised by their headings, and their marks are never numbers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from hearth.returns import dfe_statistics
from hearth.returns.dfe_statistics import declared, numbers

HEADINGS = "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name"
PLACE = f"{HEADINGS},old_la_code,la_name,new_la_code"
ENGLAND = "2025,Reporting year,National,E92000001,England,,,,,"
NORFOLK = "2025,Reporting year,Local authority,E92000001,England,E12000006,East of England,926,Norfolk,E10000020"
SUFFOLK = "2025,Reporting year,Local authority,E92000001,England,E12000006,East of England,935,Suffolk,E10000029"
STABILITY = "cla_group,placement_stability,children_count,children_percent"
THREE = "CLA on 31 March,With 3 or more placements during the year"
ALL = "CLA on 31 March,Total children"


def write(folder: Path, name: str, *lines: str, encoding: str = "utf-8-sig") -> None:
    (folder / name).write_text("\n".join(lines) + "\n", encoding=encoding)


def value(published, statistic: str, code: str) -> dict:
    found = published.statistics.filter((pl.col("statistic") == statistic) & (pl.col("code") == code))
    return found.row(0, named=True)


@pytest.mark.parametrize(
    ("printed", "number", "mark"),
    [
        ("62", 62.0, None),
        ("1,069", 1069.0, None),
        ("14.9", 14.9, None),
        ("-0.5", -0.5, None),
        ("0", 0.0, None),
        ("c", None, "c"),
        ("z", None, "z"),
        ("x", None, "x"),
        ("k", None, "k"),
        (":", None, ":"),
        ("..", None, ".."),
        ("-", None, "-"),
        ("low", None, "low"),
        ("12 u", 12.0, "u"),
        ("", None, None),
    ],
)
def test_a_mark_is_never_read_as_a_number(printed, number, mark):
    row = pl.DataFrame({"x": [printed]}).select(numbers.number("x").alias("n"), numbers.mark("x").alias("m"))
    assert row.row(0) == (number, mark)


@pytest.mark.parametrize(
    ("printed", "identifier", "ended"),
    [
        ("2025", "Reporting year", date(2025, 3, 31)),
        ("202425", "Academic year", date(2025, 8, 31)),
        ("2024 (Rev)", "reporting year", date(2024, 3, 31)),
        ("2015-17", "reporting year", None),
        ("0", "reporting year", None),
    ],
)
def test_the_year_of_a_figure_ends_on_a_day(printed, identifier, ended):
    frame = pl.DataFrame({"t": [printed], "i": [identifier]})
    assert frame.select(numbers.year_ended_on("t", "i")).item() == ended


def test_an_average_time_of_a_year_and_seven_months_is_578_days():
    assert round(pl.DataFrame({"t": ["01:07"]}).select(numbers.days("t")).item()) == 578


def test_a_file_is_recognised_by_its_headings_whatever_its_name(tmp_path):
    write(
        tmp_path, "download (3).csv", f"{PLACE},{STABILITY}", f"{NORFOLK},{THREE},116,11", f"{NORFOLK},{ALL},1069,100"
    )
    row = value(dfe_statistics.read(tmp_path), "three_or_more_placements", "E10000020")
    assert (row["value"], row["numerator"], row["denominator"]) == (11, 116, 1069)
    assert (row["geography"], row["name"], row["year_ended_on"]) == ("authority", "Norfolk", date(2025, 3, 31))


def test_headings_in_capitals_are_the_same_headings(tmp_path):
    write(tmp_path, "a.csv", f"{PLACE},{STABILITY}".upper(), f"{NORFOLK},{THREE},116,11")
    assert value(dfe_statistics.read(tmp_path), "three_or_more_placements", "E10000020")["value"] == 11


def test_a_suppressed_figure_is_not_known_and_keeps_its_mark(tmp_path):
    write(tmp_path, "a.csv", f"{PLACE},{STABILITY}", f"{NORFOLK},{THREE},c,c")
    row = value(dfe_statistics.read(tmp_path), "three_or_more_placements", "E10000020")
    assert (row["value"], row["numerator"], row["mark"]) == (None, None, "c")


def test_a_percentage_of_two_age_groups_is_made_from_their_counts(tmp_path):
    head = f"{PLACE},care_leaver_age,breakdown,care_leaver_count,care_leaver_percent"
    neet = "Total not in education\\, employment or training".replace("\\,", ",")
    rows = [
        f'{NORFOLK},17 to 18 years,"{neet}",73,28',
        f"{NORFOLK},17 to 18 years,Total,264,100",
        f'{NORFOLK},19 to 21 years,"{neet}",192,36',
        f"{NORFOLK},19 to 21 years,Total,533,100",
        f'{SUFFOLK},17 to 18 years,"{neet}",c,c',
        f'{SUFFOLK},19 to 21 years,"{neet}",100,30',
    ]
    write(tmp_path, "a.csv", head, *rows)
    found = dfe_statistics.read(tmp_path)
    assert value(found, "neet_17_to_21", "E10000020")["value"] == pytest.approx(100 * (73 + 192) / (264 + 533))
    assert (
        value(found, "neet_17_to_21", "E10000029")["value"],
        value(found, "neet_17_to_21", "E10000029")["mark"],
    ) == (
        None,
        "c",
    )


def test_an_earlier_code_of_an_authority_leads_to_todays(tmp_path):
    head = f"{PLACE},age_group,population_estimate"
    somerset = "Local authority,E92000001,England,E12000009,South West,933,Somerset"
    rows = [
        f"2022,Reporting year,{somerset},E10000027,Children aged 0 to 17 years,109000",
        f"2024,Reporting year,{somerset},E06000066,Children aged 0 to 17 years,110000",
    ]
    write(tmp_path, "people.csv", head, *rows)
    found = dfe_statistics.read(tmp_path)
    assert found.today("E10000027") == "E06000066"
    assert found.population.sort("year").rows() == [("E06000066", 2022, 109000), ("E06000066", 2024, 110000)]


@pytest.mark.parametrize(
    ("name", "text", "encoding", "problem"),
    [
        ("notes.csv", "a,b\n1,2\n", "utf-8", "it holds no figure that Hearth compares with"),
        ("empty.csv", "", "utf-8", "the file cannot be read as a table"),
        ("wide.csv", "time_period,time_period\n1,2\n", "utf-8", None),
        ("utf16.csv", f"{PLACE},{STABILITY}\n{NORFOLK},{THREE},116,11\n", "utf-16", None),
    ],
)
def test_a_file_that_cannot_be_used_is_a_problem_and_not_an_error(tmp_path, name, text, encoding, problem):
    (tmp_path / name).write_text(text, encoding=encoding)
    found = dfe_statistics.read(tmp_path)
    assert found.statistics.is_empty()
    assert found.problems["file"].to_list() == [name]
    assert problem is None or found.problems["problem"].to_list() == [problem]


def test_a_folder_that_is_not_there_is_a_problem(tmp_path):
    found = dfe_statistics.read(tmp_path / "nowhere")
    assert found.problems["problem"].to_list() == ["there is no such folder"]


def test_every_declared_series_is_named_once():
    names = [each.statistic for each in declared.statistics()]
    assert len(names) == len(set(names))


def shared() -> Path:
    folder = next(p for p in Path(__file__).resolve().parents if (p / "pyproject.toml").exists()).parent / "shared"
    if not (folder / "data" / "dfe").is_dir():
        pytest.skip("the Department's files are not beside the project (../shared/data/dfe)")
    return folder / "data" / "dfe"


@pytest.fixture(scope="module")
def published():
    return dfe_statistics.read(shared())


@pytest.mark.parametrize(
    ("statistic", "norfolk", "england"),
    [
        ("cla_number", 1069, 81770),
        ("cla_rate_per_10000", 62, 67),
        ("starts_number", 338, 32270),
        ("ceases_number", 431, 34450),
        ("three_or_more_placements", 11, 10),
        ("same_carer_two_years", 72, 69),
        ("eet_19_to_21", 57, 54),
        ("suitable_accommodation_19_to_21", 85, 89),
        ("dental_check_share", 94, 81),
        ("sdq_average_score", 16.1, 14.9),
        ("over_20_miles_outside_share", 17, 18),
        ("adopted_share", 16, 9),
        ("sgo_share", 5, 12),
        ("uasc_number", 119, 6540),
    ],
)
def test_the_figures_for_2025_are_those_printed(published, statistic, norfolk, england):
    of = published.statistics.filter(
        (pl.col("statistic") == statistic) & (pl.col("year_ended_on") == date(2025, 3, 31))
    )
    assert of.filter(pl.col("code") == "E10000020")["value"].to_list() == [norfolk]
    assert of.filter(pl.col("code") == "E92000001")["value"].to_list() == [england]


def test_every_declared_series_has_a_figure_for_england(published):
    printed = published.statistics.filter((pl.col("geography") == "England") & pl.col("value").is_not_null())
    assert {each.statistic for each in declared.statistics()} - set(printed["statistic"]) == set()


def test_every_authority_has_ten_neighbours_under_todays_codes(published):
    assert published.neighbours.group_by("authority").len()["len"].unique().to_list() == [10]
    assert published.neighbours["authority"].n_unique() == 153
    assert set(published.neighbours["neighbour"]) <= set(published.authorities["authority"])


def test_the_neighbours_of_norfolk_begin_with_suffolk(published):
    near = published.neighbours.filter(pl.col("authority") == "E10000020")
    assert near["name"].to_list()[:3] == ["Suffolk", "Cornwall", "Devon"]


def test_a_borough_of_london_is_in_the_region_london(published):
    found = published.authorities.filter(pl.col("name") == "Barnet")
    assert found["region_code"].to_list() == ["E12000007"]


def test_one_authority_alone_reads_the_same_figures(published):
    alone = dfe_statistics.read(shared(), "E10000020")
    keep = (pl.col("code") == "E10000020") | (pl.col("geography") != "authority")
    key = ["statistic", "code", "year_ended_on"]
    assert alone.statistics.filter(keep).sort(key).equals(published.statistics.filter(keep).sort(key))
