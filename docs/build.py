"""Prints the reference pages from the declarations; with --check it only says which pages are stale."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import click
import polars as pl

from docs import permissions, problems, rules
from hearth.cli import hearth, output
from hearth.measures import catalogue as measures
from hearth.measures.derived import SUBJECTS
from hearth.measures.measure import Measure
from hearth.tables import catalogue, codes
from hearth.timescales import catalogue as duties
from hearth.timescales.drift.catalogue import DRIFTS
from hearth.timescales.drift.engine import allowed
from hearth.timescales.limits import national
from tests.spec.case import Case
from tests.spec.catalogue import BY_DUTY
from tests.timescales.builders import drawn

HERE = Path(__file__).parent / "reference"
NOTE = "<!-- Printed from the declarations by `make docs`: change the declaration, not this page. -->\n"


def table(headings: list[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; pipes and line breaks inside cells are made harmless."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines) + "\n"


def _cell(cell: object) -> str:
    return "" if cell is None else str(cell).replace("|", "\\|").replace("\n", " ")


def tables_page() -> str:
    """The dictionary: every table with its columns, kinds and code lists."""
    parts = [
        "# Tables\n",
        "One schema for each kind of event in a child's life. A blank cell always means not known.\n",
    ]
    for area, schemas in catalogue.AREAS.items():
        parts.append(f"## {area}\n")
        parts += [_table_section(name) for name, schema in catalogue.TABLES.items() if schema in schemas]
    return "\n".join(parts)


def _table_section(name: str) -> str:
    columns = catalogue.TABLES[name].columns()
    kinds = catalogue.empty(name).schema
    rows = [
        [f"`{c}`", str(kinds[c]), _codes(col), "no" if col.nullable else "yes", col.description]
        for c, col in columns.items()
    ]
    return f"### `{name}`\n\n{catalogue.about(name)}.\n\n" + table(
        ["column", "type", "codes", "required", "what it holds"], rows
    )


def _codes(column: object) -> str:
    name = (getattr(column, "metadata", None) or {}).get("codes")
    return f"[{name}](codes.md#{name})" if name else ""


def codes_page() -> str:
    """Every code list with labels and validity."""
    parts = ["# Code lists\n", "From and until hold a day or a return year; blank means throughout, or not known.\n"]
    for name in codes.names():
        rows = [[f"`{c.code}`", c.label, c.valid_from, c.valid_to, c.notes] for c in codes.load(name).values()]
        parts.append(f"## {name}\n\n" + table(["code", "label", "from", "until", "notes"], rows))
    return "\n".join(parts)


def measures_page() -> str:
    """Every measure by area: what is counted among whom, for whom it is better, the source and our reading."""
    parts = [
        "# Measures\n",
        f"{len(measures.MEASURES)} measures. A measure that a source cannot give says so; it is never shown as zero.\n",
    ]
    for area in dict.fromkeys(m.area for m in measures.MEASURES.values()):
        parts.append(f"## {area.capitalize()}\n")
        parts += [_measure_section(m) for m in measures.MEASURES.values() if m.area == area]
    return "\n".join([*parts, _derived_section()])


def _derived_section() -> str:
    """The two measures of every duty, as one table."""
    intro = (
        "Every duty gives two measures by itself, worked out only when asked for by `--only` or `--derived`. "
        "*In time*: of the times it fell due in the period and did not lapse, the share done on or before the day. "
        "*Up to date*: of those to whom it is owed on the day, the share for whom it is not overdue; owed means open on "
        "the day, or done while what asks for it still runs to an end that is known. Where a measure above has the id, it "
        "stands in the place of the derived one. Each counts whoever the duty is owed to.\n"
    )
    rows: list[list[object]] = [
        [f"`{each.id}`", f"`{each.id}-in-time`", f"`{each.id}-up-to-date`", each.words.title, SUBJECTS[each.clock.subject][0]]
        for each in duties.DUTIES.values()
    ]
    heading = f"## Derived from duties\n\n{intro}\n"
    return heading + table(["duty", "in time", "up to date", "what is owed", "among"], rows)


def _measure_section(measure: Measure) -> str:
    said = [
        ("Counted", "numerator"),
        ("Among", "denominator"),
        ("Kind", "kind"),
        ("Better", "better"),
        ("Target", "target"),
        ("Definition", "follows"),
        ("Source", "source"),
        ("Reading", "reading"),
        ("Needs", "needs"),
    ]
    rows = [
        [words, _words(getattr(measure, name))] for words, name in said if getattr(measure, name) not in (None, "", ())
    ]
    return f"### `{measure.id}` {measure.title}\n\n{measure.meaning}\n\n" + table(["", ""], rows)


def _words(value: object) -> object:
    if isinstance(value, tuple):
        return ", ".join(" or ".join(v) if isinstance(v, tuple) else str(v) for v in value)
    return value


def duties_page() -> str:
    """Every duty by area of law, with its law, owner, what counts as done and how surely we know it."""
    frame = duties.frame()
    parts = [
        "# Duties\n",
        f"{frame.height} duties. Limits are dated data; a council may have its own (see the how-to guide).\n",
    ]
    for (area,), group in frame.group_by("area", maintain_order=True):
        parts.append(f"## {area}\n")
        parts += [_duty_section(row) for row in group.iter_rows(named=True)]
    return "\n".join(parts)


def _duty_section(row: Mapping[str, object]) -> str:
    rows = [
        [key.replace("_", " "), value] for key, value in row.items() if key not in ("id", "title", "area") and value
    ]
    examples = [_examples(case) for case in BY_DUTY[str(row["id"])]]
    return f"### `{row['id']}` {row['title']}\n\n" + table(["", ""], rows) + "".join(examples)


def _examples(case: Case) -> str:
    """The table of cases that tests the duty, and which outcomes it cannot have."""
    day = date.fromisoformat(case.as_of)
    rows = [list(row.values()) for row in drawn(case.table)]
    drawn_again = table(list(drawn(case.table)[0]), rows)
    never = "".join(f"\nNever {outcome}: {reason}.\n" for outcome, reason in case.cannot.items())
    own = " (with a council's own limit, or its term dates)" if case.limits else ""
    return f"\nExamples, as of {day.day} {day:%B %Y}{own}:\n\n{drawn_again}{never}"


def problems_page() -> str:
    """Every kind of problem that reading a file can report."""
    intro = (
        "Bad input is reported, never guessed at. Rows count from 0 below the heading; of each file, rows read = kept "
        "+ set aside. `…` stands for the name, code or day concerned.\n"
    )
    rows: list[list[object]] = [list(row) for row in problems.found()]
    return "# Problems\n\n" + intro + "\n" + table(["in", "what is wrong", "what to do", "what Hearth did"], rows)


def commands_page() -> str:
    """The command line, as it describes itself."""
    parts = ["# The command line\n"]
    with click.Context(hearth, info_name="hearth") as context:
        parts.append(f"```\n{hearth.get_help(context)}\n```\n")
        for name in hearth.list_commands(context):
            command = hearth.get_command(context, name)
            assert command is not None
            inner = click.Context(command, info_name=f"hearth {name}")
            parts.append(f"## `hearth {name}`\n\n```\n{command.get_help(inner)}\n```\n")
    return "\n".join(parts)


def outputs_page() -> str:
    """What other programs rely on: the fields of the json outputs."""
    parts = [
        "# Outputs\n",
        "`--format json` is a contract: a list with one object a row, days as `2026-03-31`, not known as `null`. "
        "csv, parquet and xlsx have the same fields as columns, with breakdowns as columns of their own.\n",
        "Exit status: 0 done, 1 the source could not be read, 2 the question was wrong, 70 Hearth itself failed.\n",
    ]
    for command, fields in (("measure", output.FIGURES), ("due", output.OWED), ("forecast", output.FORECAST), ("drift", output.DRIFT)):
        parts.append(
            f"## `hearth {command}`\n\n" + table(["field", "meaning"], [[f"`{k}`", v] for k, v in fields.items()])
        )
    parts.append(
        "`breakdown` (an object, after `period_start`) holds the columns asked for with --by and a measure's bands.\n"
    )
    for command, rows in (("measures", measures.frame()), ("duties", duties.frame())):
        parts.append(f"## `hearth {command}`\n\nFields: " + ", ".join(f"`{name}`" for name in rows.columns) + ".\n")
    return "\n".join(parts)


def drift_page() -> str:
    """Every rule of drift: the stage, what has not happened, the limit, and whom it is asked of."""
    intro = (
        "A rule notices a journey that stands still: a stage that has lasted longer than its limit, without the next "
        "step. Limits are dated data; a council may set its own in `hearth.toml`. `hearth drift` lists the children; the "
        "measure counts them among all at that stage.\n"
    )
    rows: list[list[object]] = [
        [
            f"`{each.id}`",
            each.title,
            f"{each.stage.format('a day')}, {each.step}",
            allowed(each, national()),
            ", ".join(f"`{limit}`" for limit in each.asked),
            each.owner,
            f"`drift-{each.id}`",
            ", ".join(need if isinstance(need, str) else " or ".join(need) for need in each.needs),
            each.source,
        ]
        for each in DRIFTS.values()
    ]
    headings = ["rule", "title", "stands still when", "longer than", "limits", "asked of", "measure", "needs", "source"]
    return f"# Drift\n\n{intro}\n" + table(headings, rows)


PAGES: Mapping[str, Callable[[], str]] = {
    "tables.md": tables_page,
    "codes.md": codes_page,
    "measures.md": measures_page,
    "duties.md": duties_page,
    "drift.md": drift_page,
    "problems.md": problems_page,
    "commands.md": commands_page,
    "outputs.md": outputs_page,
    "ssda903-rules.md": rules.page,
    "permissions.md": permissions.page,
}


def main(check: bool) -> int:
    """Writes the pages, or says which are stale. Returns the exit status."""
    stale = []
    for name, page in PAGES.items():
        words = NOTE + "\n" + page()
        path = HERE / name
        if not path.exists() or path.read_text(encoding="utf-8") != words:
            stale.append(name)
            if not check:
                path.write_text(words, encoding="utf-8")
    if check and stale:
        print(f"Stale reference pages: {', '.join(stale)}. Run `make docs` and commit them.")
    return int(check and bool(stale))


if __name__ == "__main__":
    pl.Config.set_tbl_rows(0)
    sys.exit(main("--check" in sys.argv))
