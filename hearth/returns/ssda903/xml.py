"""The XML form of the return as the same text tables that the CSV files give."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from hearth.returns.ssda903 import layout
from hearth.tables.problems import Problems

if TYPE_CHECKING:
    from lxml.etree import _Element

ROOT = "EXPSSDA903"
GROUPS = {
    "AREVIEW": "Reviews",
    "AMISSING": "Missing",
    "PERMANENCE": "PrevPerm",
    "AD_PLACED": "PlacedAdoption",
    "OC2": "OC2",
    "EPISODE": "Episodes",
}
"""Elements that hold one row of a table."""
IN_HEADER = {"AD1": "DATE_INT", "OC3": "IN_TOUCH"}
"""Tables whose items stand directly under HEADER; there is a row when this item has text."""
CARRIED = ("Header", "UASC", *GROUPS.values(), *IN_HEADER)
"""The XML form holds no social workers and no deprivation of liberty orders."""
PEEK = 4096
Row = dict[str, str]


def recognise(path: Path) -> bool:
    """Whether the file is a return in XML, by its root element."""
    try:
        with path.open("rb") as file:
            head = file.read(PEEK)
    except OSError:
        return False
    return ROOT.encode() in head.upper() or ROOT.encode("utf-16-le") in head.upper()


def read(path: Path, name: str, problems: Problems) -> Mapping[str, tuple[str, pl.DataFrame]]:
    """Each table's name for the table of problems and its rows as text; ``row`` counts the table's rows in the file.

    A child whose header holds nothing but the identifier has no row in Header. UASC "0" makes no UASC row.
    """
    root = _parse(path, name, problems)
    rows: dict[str, list[Row]] = defaultdict(list)
    for child in _children(root):
        for table, row in _rows(child):
            rows[table].append(row)
    return {table: (f"{name} {table}", _frame(table, rows[table])) for table in CARRIED}


def _parse(path: Path, name: str, problems: Problems) -> _Element | None:
    """The root; a broken file is read up to where it can be, which is said."""
    from lxml import etree

    safe = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, remove_comments=True)
    try:
        root = etree.parse(path, safe).getroot()
    except (OSError, etree.XMLSyntaxError):
        root = None
    if root is None:
        problems.file(name, "The file is not XML", "Export it again")
    elif safe.error_log:
        said = f"The XML is broken in line {safe.error_log[0].line}"
        problems.file(name, said, "Read as far as it can be; export it again", "noted")
    return root


def _tag(element: _Element) -> str:
    """The element's name in capitals, without namespace."""
    return str(element.tag).rsplit("}", 1)[-1].upper()


def _children(root: _Element | None) -> Iterable[_Element]:
    return () if root is None else (element for element in root if _tag(element) == "CHILD")


def _leaves(element: _Element) -> Row:
    return {_tag(leaf): _text(leaf) for leaf in element if not len(leaf)}


def _text(leaf: _Element) -> str:
    return re.sub(r"\s+", " ", leaf.text or "").strip()


def _rows(child: _Element) -> Iterable[tuple[str, Row]]:
    """The rows of all tables that one CHILD element holds."""
    headers = [element for element in child if _tag(element) == "HEADER"]
    header = {key: value for element in headers for key, value in _leaves(element).items()}
    said = {"CHILD": header.get("CHILDID", ""), "DOB": header.get("DOB", "")}
    person = {key: header.get(key, "") for key in layout.tables()["Header"].headings if key not in said}
    if any((*person.values(), said["DOB"])):
        yield "Header", {**person, **said, "UASC": header.get("UASC", "")}
    if header.get("UASC") == "1":
        yield "UASC", {**said, "SEX": header.get("SEX", ""), "DUC": header.get("DUC", "")}
    for table, sign in IN_HEADER.items():
        if header.get(sign):
            yield table, {**header, **said}
    for group in (group for parent in (*headers, child) for group in parent):
        if _tag(group) in GROUPS:
            yield GROUPS[_tag(group)], {**_leaves(group), **said}


def _frame(table: str, rows: list[Row]) -> pl.DataFrame:
    named = [{layout.heading(key): value for key, value in row.items()} for row in rows]
    headings = [*layout.tables()[table].headings, *(("UASC",) if table == "Header" else ())]
    data = {heading: [row.get(heading) or None for row in named] for heading in headings}
    frame = pl.DataFrame(data, schema=dict.fromkeys(headings, pl.String()))
    return frame.with_columns(pl.int_range(pl.len(), dtype=pl.Int64).alias("row"))
