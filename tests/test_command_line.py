"""The command line does what its documentation promises, and says in one sentence what a user got wrong."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner, Result

from hearth.cli import hearth
from hearth.measures import engine
from hearth.measures.periods import series
from hearth.returns.source import open_source
from hearth.timescales.engine import due_list


def run(*words: object) -> Result:
    return CliRunner().invoke(hearth, [str(word) for word in words])


def figures(*words: object) -> list[dict[str, Any]]:
    found = run("measure", *words, "--format", "json")
    assert found.exit_code == 0, found.output
    rows: list[dict[str, Any]] = json.loads(found.stdout)
    return rows


def by_measure(rows: list[dict[str, Any]]) -> dict[str, tuple[Any, Any]]:
    return {row["measure"]: (row["numerator"], row["denominator"]) for row in rows if not row["breakdown"]}


@pytest.fixture(scope="module")
def small(shared: Path) -> Path:
    return shared / "data" / "returns" / "small-2026"


SMALL_2026 = {
    # Counted from the files by a separate program with no code in common; 31 March 2026, the year to it.
    "lac-count": (26, None),
    "uasc-count": (1, None),
    "entrants": (9, None),
    "exits-from-care": (17, None),
    "adopted-share": (3, 17),
    "sgo-share": (4, 17),
    "returns-home": (2, None),
    "three-or-more-moves": (8, 26),
    "placement-moves": (40, None),
    "in-house-foster-count": (13, None),
    "independent-foster-count": (6, None),
    "independent-foster-share": (6, 26),
    "residential-count": (5, None),
    "family-setting": (20, 26),
    "external-placements": (8, None),
    "placed-in-county": (15, None),
    "placed-outside-area": (11, 26),
    "within-20-miles": (17, 25),
    "over-20-miles-outside-area": (8, 26),
    "review-participation": (49, 60),
    "missing-episodes": (25, None),
    "in-touch": (15, 16),
    "eet": (9, 14),
    "suitable-accommodation": (12, 14),
    "allocated-social-worker": (26, 26),
    "dental-check": (14, 18),
    "sdq-completed": (11, 13),
    "sdq-score": (136, 11),
    "offending": (0, 14),
    "placed-for-adoption": (1, None),
}


def test_the_figures_of_a_clean_return_are_those_counted_by_hand(small: Path) -> None:
    found = by_measure(figures(small, "--as-of", "2026-03-31", "--only", *SMALL_2026))
    assert {measure: found.get(measure) for measure in SMALL_2026} == SMALL_2026


def test_the_xml_of_a_return_gives_the_same_figures_as_its_csv(small: Path) -> None:
    """Social workers apart: the XML form has no element for them."""
    csv = by_measure(figures(small, "--as-of", "2026-03-31"))
    xml_rows = figures(small / "this_year.xml", "--as-of", "2026-03-31")
    unavailable = {row["measure"] for row in xml_rows if row["unavailable"]}
    given = {measure: pair for measure, pair in by_measure(xml_rows).items() if measure not in unavailable}
    assert given == {measure: csv[measure] for measure in given}
    only_in_csv = unavailable - {m for m, pair in csv.items() if pair == (None, None)}
    assert only_in_csv <= {"allocated-social-worker", "worker-changes", "three-or-more-social-workers"}


def test_a_json_row_has_the_documented_fields(small: Path) -> None:
    row = figures(small, "--as-of", "2026-03-31", "--only", "lac-count")[0]
    assert row == {
        "measure": "lac-count",
        "as_of": "2026-03-31",
        "period_start": "2025-04-01",
        "breakdown": {},
        "numerator": 26,
        "denominator": None,
        "value": 26,
        "not_known": 0,
        "suppressed": False,
        "unavailable": None,
    }


def test_several_words_after_one_option_are_repeated_or_with_commas(small: Path) -> None:
    one = figures(small, "--as-of", "2026-03-31", "--only", "lac-count", "entrants", "--by", "sex")
    two = figures(small, "--as-of", "31/03/2026", "--only", "lac-count,entrants", "--by=sex")
    assert one == two
    assert {row["breakdown"]["sex"] for row in one} <= {"M", "F", "U", "not known"}


def test_the_children_behind_a_number_add_up_to_it(small: Path) -> None:
    wanted = ("--as-of", "2026-03-31", "--only", "three-or-more-moves")
    rows = figures(small, *wanted, "--children")
    total = [row for row in rows if row["child_id"] is None]
    children = [row for row in rows if row["child_id"]]
    assert [(row["numerator"], row["denominator"]) for row in total] == [(8, 26)]
    assert (sum(row["numerator"] for row in children), len({row["child_id"] for row in children})) == (8, 26)


def test_what_a_return_does_not_carry_is_said_and_never_zero(small: Path) -> None:
    row = figures(small, "--as-of", "2026-03-31", "--only", "seen-in-timescale")[0]
    assert (row["numerator"], row["denominator"], row["value"]) == (None, None, None)
    assert "visits" in row["unavailable"]
    assert "SSDA903" in row["unavailable"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--only", "lac-cuont"), "did you mean lac-count"),
        (("--by", "sexx"), "did you mean sex"),
        (("--children", "--public"), "--public never does"),
    ],
)
def test_a_question_that_is_wrong_gets_one_sentence(small: Path, words: tuple[str, ...], said: str) -> None:
    found = run("measure", small, "--as-of", "2026-03-31", *words)
    assert found.exit_code == 2
    assert said in found.output


def test_a_date_that_is_none_is_named_with_the_remedy(small: Path) -> None:
    found = run("measure", small, "--as-of", "31 March")
    assert found.exit_code == 2
    assert "'31 March' is not a date: write it as 2026-03-31" in found.output


def test_a_source_that_cannot_be_read_gets_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Sir")
    for source in (tmp_path, tmp_path / "nowhere", tmp_path / "letter.txt"):
        found = run("measure", source, "--as-of", "2026-03-31")
        assert found.exit_code == 1
        assert found.output.startswith("Error: ")
        assert "Traceback" not in found.output


def test_problems_are_counted_and_listed_beside_the_output(shared: Path, tmp_path: Path) -> None:
    out = tmp_path / "figures.csv"
    county = shared / "data" / "returns" / "county-2026"
    found = run("measure", county, "--as-of", "2026-03-31", "--only", "lac-count", "--format", "csv", "-o", out)
    assert found.exit_code == 0
    listed = pl.read_csv(tmp_path / "figures-problems.csv", infer_schema=False)
    assert listed.height > 100
    assert f"All {listed.height:,} problems are listed" in found.output


def test_text_that_looks_like_a_formula_is_harmless_on_the_way_out(tmp_path: Path) -> None:
    from hearth.cli import output

    frame = pl.DataFrame({"child_id": ["=1+1", "@SUM(A1)", "0042", "＋1"], "value": [-1.0, 2.0, 3.0, 4.0]})
    output.write(frame, "csv", tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text().splitlines()[1:] == [
        "'=1+1,-1.0",
        "'@SUM(A1),2.0",
        "0042,3.0",
        "'＋1,4.0",
    ]
    output.write(frame, "xlsx", tmp_path / "out.xlsx")
    back = pl.read_excel(tmp_path / "out.xlsx", engine="calamine")
    assert back["child_id"].to_list() == ["=1+1", "@SUM(A1)", "0042", "＋1"]


def in_threads(many: str, folder: Path) -> dict[str, bytes]:
    """The files of a made-up authority, its figures and what is due in it, worked out by so many threads."""
    council, day = folder / many / "council", ("--as-of", "2026-03-31", "--format", "csv", "-o")
    for words in (
        ("generate", council, "--children", "300", "--years", "4", "--seed", "1", "--kind", "hearth"),
        ("measure", council, *day, folder / many / "figures.csv"),
        ("due", council, *day, folder / many / "due.csv"),
    ):
        command, place = [sys.executable, "-m", "hearth", *words], {**os.environ, "POLARS_MAX_THREADS": many}
        subprocess.run(command, env=place, check=True, capture_output=True)
    return {str(path.relative_to(folder / many)): path.read_bytes() for path in (folder / many).rglob("*.*")}


def test_however_many_threads_work_the_same_comes_out(tmp_path: Path) -> None:
    alone, together = in_threads("1", tmp_path), in_threads("4", tmp_path)
    assert {"council/episodes.parquet", "figures.csv", "due.csv"} <= alone.keys()
    assert alone == together


FORMS = ("table", "json", "csv", "parquet", "xlsx")
FULL = "/dev/full"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("to", "said"),
    [
        (FULL, "No space left on device"),
        ("/nowhere/a", "/nowhere/a cannot be read or written: No such file"),
        ("/", "/"),
    ],
)
def test_a_file_that_cannot_be_written_is_one_sentence(small: Path, form: str, to: str, said: str) -> None:
    found = run("measure", small, "--as-of", "2026-03-31", "--only", "lac-count", "--format", form, "--output", to)
    assert (found.exit_code, found.output.startswith("Error: ")) == (1, True)
    assert said in found.output and "Traceback" not in found.output


@pytest.mark.parametrize(
    ("words", "status"),
    [(("measures",), 1), (("--help",), 1), (("secret-key",), 1), (("check", "{small}/this_year", "--only", "101"), 2)],
)
def test_a_full_disk_is_one_sentence_and_never_taken_for_an_answer(
    small: Path, words: tuple[str, ...], status: int
) -> None:
    command = [sys.executable, "-m", "hearth", *(word.format(small=small) for word in words)]
    with Path(FULL).open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == status
    assert done.stderr == "Error: What was asked for cannot be read or written: No space left on device.\n"


def test_a_reader_that_had_enough_ends_the_command_quietly(small: Path) -> None:
    command = f"set -o pipefail; {sys.executable} -m hearth duties --format json | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("[\n", "")


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--team", "Noth"), "--team 'Noth'"),
        (("--worker", "W0", "--owner", "nurse"), "--owner 'nurse' --worker 'W0'"),
        (("--child", "nobody"), "--child 'nobody'"),
        (("--siblings", "nobody"), "--siblings 'nobody'"),
    ],
)
def test_a_list_that_a_name_leaves_empty_says_so(small: Path, words: tuple[str, ...], named: str) -> None:
    done = run("due", small, "--as-of", "2026-03-31", "--format", "csv", *words)
    assert done.exit_code == 0
    assert f"Nothing is on the list for {named}: see that it is written as in the source." in done.stderr
    whole = run("due", small, "--as-of", "2026-03-31", "--format", "csv")
    assert "Nothing is on the list" not in whole.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("due", "{small}", "--as-of", "0026-03-31"), "'0026-03-31' is not between 1900 and 2100"),
        (("due", "{small}", "--as-of", "2026-03-31", "--days", "99999999"), "is not in the range"),
        (("due", "{small}", "--as-of", "2026-03-31", "--owner", "socail worker"), "no duty is 'socail worker''s"),
        (("generate", "{small}/new", "--authority", "Norfolk"), "'Norfolk' is no ONS code"),
        (("load", "--undo", "9" * 20), "is not in the range"),
    ],
)
def test_what_cannot_be_meant_is_refused(small: Path, words: tuple[str, ...], said: str) -> None:
    found = run(*(word.format(small=small) for word in words))
    assert found.exit_code == 2
    assert said in found.output


@pytest.mark.parametrize(
    "words",
    [
        ("generate", "{file}"),
        ("demo", "--no-serve", "--folder", "{file}"),
        ("due", "{file}/x", "--as-of", "2026-03-31"),
    ],
)
def test_a_file_where_a_folder_should_be_is_one_sentence(tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "file").write_text("")
    found = run(*(word.format(file=tmp_path / "file") for word in words))
    assert (found.exit_code, found.output.count("\n")) == (1, 1)
    assert found.output.startswith("Error: ")


def test_help_and_catalogues_answer() -> None:
    assert "SOURCE is an SSDA903 return" in run("--help").output
    for command, least in (("measures", 79), ("duties", 20)):
        rows = json.loads(run(command, "--format", "json").stdout)
        assert len(rows) >= least
        assert {"id", "title", "area"} <= set(rows[0])


SPOILED = ("?", "31/02/2024", "1900-01-01", "=1+1", "-5", "9" * 20, "x" * 300, "", "2036-08-02", "\u03a9", "12.0")


@pytest.mark.parametrize("table", ["header", "episodes", "reviews", "oc2", "oc3", "missing", "sw_episodes", "uasc"])
def test_whatever_stands_in_a_column_the_figures_come_and_the_counts_add_up(
    small: Path, tmp_path: Path, table: str
) -> None:
    """Every other cell of each column in turn is spoiled: no traceback, and read = kept + set aside."""
    source = tmp_path / "return"
    shutil.copytree(small / "this_year", source)
    good = pl.read_csv(small / "this_year" / f"{table}.csv", infer_schema=False)
    for column in good.columns:
        spoiled = [SPOILED[at % len(SPOILED)] if at % 2 else cell for at, cell in enumerate(good[column].to_list())]
        good.with_columns(pl.Series(column, spoiled)).write_csv(source / f"{table}.csv")
        record = open_source(source)
        assert (record.counts["read"] == record.counts["kept"] + record.counts["set_aside"]).all()
        found = engine.measure(record, series(date(2026, 3, 31), 1))
        assert found.height >= 79
        assert due_list(record, date(2026, 3, 31), days=30).height >= 0


def test_a_missing_column_is_said_and_what_needs_it_is_not_given(small: Path, tmp_path: Path) -> None:
    shutil.copytree(small / "this_year", tmp_path / "return")
    header = tmp_path / "return" / "header.csv"
    pl.read_csv(header, infer_schema=False).drop("DOB").write_csv(header)
    record = open_source(tmp_path / "return")
    assert record.problems.filter(pl.col("problem").str.contains("DOB")).height >= 1
    assert engine.measure(record, series(date(2026, 3, 31), 1), only=["lac-count"])["value"].to_list() == [26.0]
