"""The return written as one XML file: a CHILD element a child, with its header and its episodes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

import polars as pl

from hearth.returns.ssda903 import writing
from hearth.tables.record import Record

ROOT = "EXPSSDA903"
PERSON = ("UPN", "SEX", "DOB", "ETHNIC")
GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "PERMANENCE": ("PrevPerm", ("PREV_PERM", "LA_PERM", "DATE_PERM")),
    "AD_PLACED": ("PlacedAdoption", ("DATE_PLACED", "DATE_PLACED_CEASED", "REASON_PLACED_CEASED")),
    "AMISSING": ("Missing", ("MISSING", "MIS_START", "MIS_END")),
}
"""Elements of the header that hold a row: the table and its items."""
OUTRIGHT: Mapping[str, tuple[str, ...]] = {
    "AD1": ("DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR"),
    "OC3": ("IN_TOUCH", "ACTIV", "ACCOM"),
}
"""Tables whose items stand directly in the header."""
OUTCOMES = (
    *("SDQ_SCORE", "SDQ_REASON", "CONVICTED", "HEALTH_CHECK", "IMMUNISATIONS", "TEETH_CHECK"),
    *("HEALTH_ASSESSMENT", "SUBSTANCE_MISUSE", "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED"),
)
EPISODE = (
    *("DECOM", "RNE", "LS", "CIN", "PLACE", "PL_POST", "HOME_POST", "URN", "PLACE_PROVIDER", "DEC", "REC"),
    "REASON_PLACE_CHANGE",
)
OTHER_NAME = {"PLACE": "PL"}
Row = Mapping[str, str | None]
Rows = Mapping[str, Mapping[str, list[Row]]]
"""Rows by table and child."""


def write(record: Record, path: Path, year: int = 2026) -> None:
    """Write the return of one authority for the collection year to ``path``.

    The XML form has no element for social workers or deprivation of liberty: those go by CSV only. An item of OC2
    without an answer is left out; other blanks are empty elements.
    """
    texts = writing.texts(record, year)
    rows = {name: _by_child(frame) for name, frame in texts.items()}
    with path.open("w", encoding="utf-8") as file:
        file.write(f"<?xml version='1.0' encoding='utf-8'?>\n<{ROOT}>\n")
        for person in texts["Header"].iter_rows(named=True):
            file.write("".join(_child(person, rows)) + "\n")
        file.write(f"</{ROOT}>\n")


def _by_child(frame: pl.DataFrame) -> Mapping[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in frame.iter_rows(named=True):
        found[str(row["CHILD"])].append(row)
    return found


def _child(person: Row, rows: Rows) -> Iterator[str]:
    child = str(person["CHILD"])
    yield "<CHILD><HEADER>"
    yield _leaf("CHILDID", child)
    yield from _leaves(person, PERSON)
    unaccompanied = rows["UASC"].get(child, [])
    yield _leaf("UASC", str(int(bool(unaccompanied))))
    if unaccompanied:
        yield _leaf("DUC", unaccompanied[0]["DUC"])
    yield from _groups("AREVIEW", rows["Reviews"].get(child, []), ("REVIEW", "REVIEW_CODE"))
    yield from _leaves(person, ("MOTHER", "MC_DOB"))
    for element, (table, items) in GROUPS.items():
        yield from _groups(element, rows[table].get(child, []), items)
    for table, items in OUTRIGHT.items():
        for row in rows[table].get(child, []):
            yield from _leaves(row, items)
    for row in rows["OC2"].get(child, []):
        answered = tuple(item for item in OUTCOMES if row[item] is not None)
        yield from _groups("OC2", [row] if answered else [], answered)
    yield "</HEADER>"
    yield from _groups("EPISODE", rows["Episodes"].get(child, []), EPISODE)
    yield "</CHILD>"


def _groups(element: str, rows: list[Row], items: tuple[str, ...]) -> Iterator[str]:
    for row in rows:
        yield f"<{element}>"
        yield from _leaves(row, items)
        yield f"</{element}>"


def _leaves(row: Row, items: tuple[str, ...]) -> Iterator[str]:
    return (_leaf(OTHER_NAME.get(item, item), row[item]) for item in items)


def _leaf(name: str, value: str | None) -> str:
    return f"<{name}>{escape(value, quote=False)}</{name}>" if value else f"<{name}/>"
