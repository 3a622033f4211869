"""Writes a frame as table, json, csv, parquet or xlsx; text that looks like a formula is made harmless."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, get_args

import polars as pl

from hearth.tables.formulas import FORMULA_STARTS

Format = Literal["table", "json", "csv", "parquet", "xlsx"]
FORMATS: tuple[str, ...] = get_args(Format)
FIGURES: Mapping[str, str] = {
    "measure": "Id of the measure, as in `hearth measures`",
    "as_of": "The day asked about",
    "period_start": "First day of the period that flows are counted in, up to as_of",
    "authority": "With --children: the child's authority (ONS code); else null unless asked for with --by",
    "child_id": "With --children: the child; null in the rows of the figures themselves",
    "on": "With --children: the day at which the child is looked at (an event's day, or as_of)",
    "facts": "With --children: what the answer rests on, in words",
    "numerator": "How many or how much counted; a child's row has 1, 0 or a number, null when not known",
    "denominator": "Among how many; null for counts; a child's row has 1 or 0",
    "value": "The figure, not rounded: count, percentage (0 to 100), rate per 10,000 or average; null in a child's row",
    "not_known": "Children or events about whom the source does not say",
    "unavailable": "Why the source cannot give the figure; null when it can",
    "suppressed": "True where --public hid the figure",
}
"""Fields of a row of `hearth measure`; in json the object `breakdown` stands after period_start."""
OWED: Mapping[str, str] = {
    "authority": "The responsible authority (ONS code)",
    "child_id": "The child; null where it is owed to another",
    "duty": "Id of the duty, as in `hearth duties`",
    "title": "The duty in words",
    "owner": "Whose duty it is",
    "team": "The child's team on the day, where known",
    "worker_id": "The child's worker on the day, where known",
    "triggered_on": "The day it is counted from; null when not known",
    "due_on": "The day it is due; null when it lapsed or cannot be told",
    "done_on": "The day it was done; null when it was not by as_of",
    "status": "met, late, overdue, due, missed, overtaken, lapsed or not_known (see the glossary)",
    "note": "A refusal, with its day; the reason for lateness that is on record",
    "rule": "The rules of date arithmetic that apply",
    "why": "One sentence for the worker",
    "subject": "To whom it is owed: child, foster_carer, childrens_home or authority",
    "subject_id": "Which one: the identifier of the child, carer or home, or the authority's code",
    "family_id": "The family of the child, by which brothers and sisters are grouped; null when not known",
    "law": "The law, guidance or local practice that the duty rests on",
}
"""Fields of a row of `hearth due`."""
FORECAST: Mapping[str, str] = {
    "group": "The role, worker, team or locality (by --by); 'not known' where the source does not say",
    "week": "Number of the week, from 1: the seven days after as_of",
    "starts_on": "First day of the week",
    "ends_on": "Last day of the week",
    "falls_due": "How much falls due in the week, if everything before was done on its due day",
    "already_late": "How much is overdue or due on as_of itself: in the first week, beside falls_due",
    "managed_median": "How much of the same was done in a week, the median of the 26 weeks up to as_of",
    "managed_best": "The same, the best of those weeks; null when nothing was recorded as done",
    "can_be_done": "False when the week asks for more than the best week before; null when that is not known",
    "why": "One sentence for the manager",
}
"""Fields of a row of `hearth forecast`."""
DRIFT: Mapping[str, str] = {
    "authority": "The responsible authority (ONS code)",
    "child_id": "The child",
    "drift": "Id of the rule, as in the reference page on drift",
    "title": "The rule in words",
    "owner": "Who is asked why",
    "team": "The child's team on the day, where known",
    "worker_id": "The child's worker on the day, where known",
    "since_on": "The day the stage began",
    "still_from": "The first day on which the journey stood still",
    "days_still": "For how many days, as_of included",
    "why": "One sentence: the stage, what has not happened, and the limit",
    "family_id": "The family of the child, by which brothers and sisters are grouped; null when not known",
}
"""Fields of a row of `hearth drift`."""
FIGURE_COLUMNS = tuple(FIGURES)
LONG = 300
"""Rows beyond which a table is not fitted to the terminal's width."""


def write(frame: pl.DataFrame, form: str, to: Path | None, *, title: str = "Figures") -> None:
    """Writes ``frame`` to the file ``to``, or to standard output (text forms only).

    Raises ValueError with one plain sentence when the form needs a file.
    """
    if form in ("parquet", "xlsx") and to is None:
        raise ValueError(f"{form} cannot be shown in the terminal: name a file with --output")
    if form == "parquet" and to is not None:
        body = io.BytesIO()
        frame.write_parquet(body)
        to.write_bytes(body.getbuffer())
    elif form == "csv" and to is not None:
        to.write_text(harmless(_flat(frame)).write_csv(), encoding="utf-8", newline="")
    elif form == "xlsx" and to is not None:
        _write_xlsx(frame, to, title)
    else:
        write_text(_as_text(frame, form, title), to)


def _as_text(frame: pl.DataFrame, form: str, title: str) -> str:
    if form == "json":
        return as_json(frame.iter_rows(named=True))
    if form == "csv":
        return harmless(_flat(frame)).write_csv()
    return as_table(frame, title)


def as_json(rows: Iterable[Mapping[str, Any]]) -> str:
    """A JSON list with one object a row; days as ISO text, not known as null."""
    body = ",\n".join(json.dumps(row, ensure_ascii=False, default=str) for row in rows)
    return f"[\n{body}\n]\n" if body else "[]\n"


def nested(figures: pl.DataFrame, by: Collection[str]) -> Iterator[dict[str, Any]]:
    """Rows of figures with their breakdown columns gathered into one object, as the json contract has it.

    ``by``: the columns asked for. A breakdown that does not concern a row (a measure's own bands) is left out of that
    row's object.
    """
    plain = [name for name in FIGURE_COLUMNS if name in figures.columns and name not in by]
    for row in figures.iter_rows(named=True):
        split = {name: value for name, value in row.items() if name not in plain and value is not None}
        first, rest = plain[:3], plain[3:]
        yield {
            **{name: _whole(row[name]) for name in first},
            "breakdown": split,
            **{name: _whole(row[name]) for name in rest},
            "suppressed": bool(row.get("suppressed")),
        }


def _whole(value: Any) -> Any:
    """Counts without a decimal point."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def as_table(frame: pl.DataFrame, title: str) -> str:
    """A table for the terminal, as wide as the terminal is; a long one plainly, one line a row, as that is quicker."""
    if frame.height > LONG:
        return _as_lines(frame, title)
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else 160, soft_wrap=False)
    table = Table(title=title, title_justify="left", header_style="bold", row_styles=["", "dim"])
    for name, kind in frame.schema.items():
        table.add_column(name.replace("_", " "), justify="right" if kind.is_numeric() else "left", overflow="fold")
    for row in _flat(frame).rows():
        table.add_row(*(_shown(cell).replace("[", "\\[") for cell in row))
    with console.capture() as captured:
        console.print(table)
    return captured.get()


def _as_lines(frame: pl.DataFrame, title: str) -> str:
    flat = _flat(frame)
    rows = [[name.replace("_", " ") for name in flat.columns]]
    rows += [[_shown(cell) for cell in row] for row in flat.rows()]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    is_number = [kind.is_numeric() for kind in flat.schema.values()]
    lines = (
        "  ".join(cell.rjust(w) if n else cell.ljust(w) for cell, w, n in zip(row, widths, is_number, strict=True))
        for row in rows
    )
    return "\n".join((title, *(line.rstrip() for line in lines), ""))


def _shown(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return f"{cell:,.1f}" if isinstance(cell, float) else str(cell)


def _flat(frame: pl.DataFrame) -> pl.DataFrame:
    """Struct columns spread into plain ones."""
    structs = [name for name, kind in frame.schema.items() if isinstance(kind, pl.Struct)]
    return frame.unnest(structs) if structs else frame


def harmless(frame: pl.DataFrame) -> pl.DataFrame:
    """Text that a spreadsheet would run as a formula gets an apostrophe in front."""
    cell = pl.selectors.string()
    return frame.with_columns(
        pl.when(cell.str.slice(0, 1).is_in(FORMULA_STARTS)).then(pl.lit("'") + cell).otherwise(cell).name.keep()
    )


def _write_xlsx(frame: pl.DataFrame, to: Path, title: str) -> None:
    import xlsxwriter

    body = io.BytesIO()
    with xlsxwriter.Workbook(body, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        _flat(frame).write_excel(book, worksheet=title[:31], autofit=True, freeze_panes=(1, 0))
    to.write_bytes(body.getbuffer())


def write_text(text: str, to: Path | None) -> None:
    """Writes text to the file, or to standard output."""
    if to is None:
        sys.stdout.write(text)
        sys.stdout.flush()
    else:
        to.write_text(text, encoding="utf-8")
