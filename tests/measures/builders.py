"""Small lives for the tests of measures: a record from a few words, and tables that a practitioner can count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import polars as pl

from hearth.measures import engine
from hearth.measures.measure import Measure
from hearth.measures.periods import Length, Period, series
from hearth.tables import catalogue
from hearth.tables.record import Record

AUTHORITY = "E10000020"
YEAR_END = date(2026, 3, 31)
Row = Mapping[str, object]


def day(text: str | None) -> date | None:
    """A date from "2025-04-01"; nothing from "" or None."""
    return date.fromisoformat(text) if text else None


def table(text: str) -> list[dict[str, str | None]]:
    """Rows of a table drawn with | between columns; an empty cell is None."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines() if line.strip()]
    return [dict(zip(lines[0], (cell or None for cell in line), strict=True)) for line in lines[1:]]


def _typed(name: str, rows: Iterable[Row]) -> pl.DataFrame:
    kinds = catalogue.empty(name).schema
    filled = [{"authority": AUTHORITY, **row} for row in rows]
    cells = {
        column: [_cell(row.get(column), kind) for row in filled]
        for column, kind in kinds.items()
        if any(column in row for row in filled)
    }
    unknown = {column for row in filled for column in row} - set(kinds)
    assert not unknown, f"{name} has no column {unknown}"
    return catalogue.conform(name, pl.DataFrame(cells, schema={column: kinds[column] for column in cells}))


def _cell(value: object, kind: pl.DataType) -> object:
    if not isinstance(value, str):
        return value
    if kind == pl.Date:
        return day(value)
    if kind == pl.Boolean:
        return {"yes": True, "no": False}[value]
    if kind in (pl.Int64, pl.Float64):
        return float(value) if kind == pl.Float64 else int(value)
    return value


def record(
    kind: str = "hearth",
    *,
    carries: Iterable[str] | None = None,
    snapshot_on: date | None = None,
    history_from: date | None = None,
    **tables: str | Iterable[Row],
) -> Record:
    """A record of the tables given, each drawn as text or as rows; dates as text, authority as one by default.

    People who are named in another table and not in ``people`` are added, with nothing known of them. The record
    carries every table there is unless ``carries`` says less.
    """
    rows = {name: table(given) if isinstance(given, str) else list(given) for name, given in tables.items()}
    frames = {name: _typed(name, given) for name, given in rows.items()}
    frames["people"] = _everybody(frames)
    every = frozenset(set(catalogue.TABLES) - catalogue.DERIVED) | PARTIAL
    return Record(
        tables=frames,
        kind=kind,
        carries=every if carries is None else frozenset({"people", *carries}),
        snapshot_on=snapshot_on,
        history_from=history_from,
    )


PARTIAL = frozenset(f"{name}.{column}" for name in catalogue.TABLES for column in catalogue.empty(name).columns)
"""Every column by name: a full source carries them all."""


def _everybody(frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    named = pl.concat([frame.select("authority", "child_id") for frame in frames.values()]).unique(maintain_order=True)
    people = frames.get("people", catalogue.empty("people"))
    return catalogue.conform("people", named.join(people, on=("authority", "child_id"), how="left"))


def episodes(text: str) -> list[dict[str, object]]:
    """Episodes drawn with the columns child, from, to, any of rne, ls, place, by, rec, and others by their own name.

    Default: S for a child's first episode and P after it, C2, U6, PR1, X1 when another episode of the child follows.
    """
    rows = table(text)
    following = {id(row): after for row, after in zip(rows, [*rows[1:], None], strict=True)}
    return [_episode(row, rows[at - 1] if at else None, following[id(row)]) for at, row in enumerate(rows)]


def _episode(row: dict[str, str | None], before: Row | None, after: Row | None) -> dict[str, object]:
    same = before is not None and before["child"] == row["child"]
    goes_on = after is not None and after["child"] == row["child"] and after["from"] == row["to"]
    short = {"child": "child_id", "from": "started_on", "to": "ended_on"}
    given = {short.get(key, key): value for key, value in row.items() if key not in ("rne", "ls", "place", "by", "rec")}
    return given | {
        "reason_started": row.get("rne") or ("P" if same else "S"),
        "legal_status": row.get("ls") or "C2",
        "placement_type": row.get("place") or "U6",
        "placement_provider": row.get("by") or "PR1",
        "reason_ended": (row.get("rec") or ("X1" if goes_on else "E4A")) if row["to"] else None,
        "category_of_need": "N1",
    }


def in_care(text: str, **more: str | Iterable[Row]) -> Record:
    """A record of Hearth's own kind whose episodes are drawn as in ``episodes``; other tables by name."""
    return record(episodes=episodes(text), **more)


def only(each: Measure) -> dict[str, Measure]:
    """A catalogue of one measure."""
    return {each.id: each}


def year(as_of: date = YEAR_END, months: int = 1, period: Length = "12m") -> list[Period]:
    """The 12 months to the day, or some months of them."""
    return series(as_of, months, period)


def figures(of: Record, each: Measure, by: tuple[str, ...] = (), as_of: date = YEAR_END, **more: object) -> list[Row]:
    """The figures of one measure on a day, as rows."""
    found = engine.measure(of, year(as_of), by=by, measures=only(each), **more)
    return found.to_dicts()


def figure(of: Record, each: Measure, as_of: date = YEAR_END, **more: object) -> tuple[object, object, object]:
    """Numerator, denominator and not known of one measure on a day; fails when it is not available."""
    (row,) = figures(of, each, as_of=as_of, **more)
    assert row["unavailable"] is None, row["unavailable"]
    return row["numerator"], row["denominator"], row["not_known"]


def answers(of: Record, each: Measure, as_of: date = YEAR_END) -> dict[str, object]:
    """The numerator of each child behind a measure; None for not known, and no entry for a child not in it."""
    rows = engine.children(of, year(as_of), measures=only(each)).to_dicts()
    return {str(row["child_id"]): row["numerator"] for row in rows}
