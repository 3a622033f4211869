"""Parts of which lives are made: each takes a row of a table of cases and gives rows of some tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from tests.spec.case import Life
from tests.timescales.builders import Cells, Tables, days

BORN = "2012-05-10"
BEGAN = "2024-01-03"
UNKNOWN = "?"
"""In place of a day: the source does not say when it was."""


def life(*parts: Life) -> Life:
    """One life of several parts."""

    def whole(row: Cells) -> Tables:
        tables: dict[str, list[Mapping[str, object]]] = {}
        for part in parts:
            for name, rows in part(row).items():
                tables.setdefault(name, []).extend(rows)
        return tables

    return whole


def child(**facts: object) -> Life:
    """A child; columns born, died."""

    def part(row: Cells) -> Tables:
        born = row.get("born") or BORN
        return {"people": [{"born_on": None if born == UNKNOWN else born, "died_on": row.get("died"), **facts}]}

    return part


def care(column: str = "in care", **facts: object) -> Life:
    """One period of care from the column's day to the day under left; from a day not known for "?"."""

    def part(row: Cells) -> Tables:
        start, known = (BEGAN, False) if row[column] == UNKNOWN else (row[column], True)
        end = row.get("left")
        return {
            "episodes": [
                {
                    "started_on": start,
                    "ended_on": end,
                    "reason_ended": row.get("reason") or ("E8" if end else None),
                    "reason_started": "S" if known else "L",
                    **facts,
                }
            ]
        }

    return part


def in_care_since(day: str = BEGAN, **facts: object) -> Life:
    """A child in care from that day, with nothing else to tell."""
    return life(child(), lambda row: care("day", **facts)({"day": day, "left": row.get("left")}))


def entry(**facts: object) -> Life:
    """A child whose care began on the day under in care."""
    return life(child(), care(**facts))


def moved(**facts: object) -> Life:
    """A child in care since 3 January 2024 who moved on the day under placed, and left on that under left."""

    def part(row: Cells) -> Tables:
        if row["placed"] == UNKNOWN:
            return care("placed", **facts)(row)
        first = {"started_on": BEGAN, "ended_on": row["placed"], "reason_ended": "X1"}
        end = row.get("left")
        second = {
            "started_on": row["placed"],
            "ended_on": end,
            "reason_ended": "E8" if end else None,
            "reason_started": "P",
            "placement_postcode": "NR2 2AA",
            **facts,
        }
        return {"episodes": [first, second]}

    return life(child(), part)


def on(table: str, day: str, column: str = "done", **facts: object) -> Life:
    """Rows of a table on the days under a column."""
    return lambda row: {table: days(row.get(column), day, **facts)}


def act(kind: str, column: str = "done") -> Life:
    """Case actions of a kind; refused ones under refused."""
    refused = on("case_actions", "done_on", "refused", kind=kind, is_refused=True)
    return life(on("case_actions", "done_on", column, kind=kind), refused)


def approved(kind: str, **facts: object) -> Life:
    """Approvals of a kind."""
    return on("approvals", "approved_on", kind=kind, **facts)


def told(recipient: str, column: str = "done") -> Life:
    """Notifications to a recipient."""
    return on("notifications", "sent_on", column, recipient=recipient)


def reviewed(column: str = "reviewed") -> Life:
    """Reviews held."""
    return on("reviews", "held_on", column)


def between(table: str, *, start: str = "started_on", end: str = "ended_on", **facts: object) -> Life:
    """One row of a table, columns from and to; and another that begins under again from."""

    def part(row: Cells) -> Tables:
        again = row.get("again from")
        first = {start: row["from"], end: row.get("to"), **facts}
        return {table: [first, {start: again, **facts}] if again else [first]}

    return part


def arranged(kind: str) -> Life:
    """An arrangement of a kind, columns from and to."""
    return between("arrangements", kind=kind)


def asked(kind: str) -> Life:
    """A request of a kind, columns raised, answered, ended, promised, extended; and another under raised again."""
    names = ("answered", "ended", "promised", "extended")

    def part(row: Cells) -> Tables:
        first = {"kind": kind, "raised_on": row["raised"], **{f"{name}_on": row.get(name) for name in names}}
        again = {"kind": kind, "raised_on": row.get("raised again"), "answered_on": row.get("then answered")}
        return {"requests": [first, again] if again["raised_on"] else [first]}

    return part


def columns(table: str, **columns_of: str) -> Life:
    """One row of a table, each of its days from a column of the case."""
    return lambda row: {table: [{name: _answer(row.get(column)) for name, column in columns_of.items()}]}


def _answer(cell: str | None) -> str | bool | int | None:
    """A cell as a value: yes, no, a whole number or a day."""
    if cell is None or cell in ("yes", "no"):
        return None if cell is None else cell == "yes"
    return int(cell) if cell.isdigit() else cell


def silent(*tables: str) -> Life:
    """The source keeps these tables, without a row to show."""
    return lambda row: {table: [] for table in tables}


def later(day: str, n: int) -> str:
    """The day n days later."""
    return str(date.fromisoformat(day) + timedelta(days=n))
