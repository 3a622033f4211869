"""What was found as a frame: one row a broken rule and row, with what to look at and, where it is sure, the remedy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from hearth.returns.ssda903 import layout
from hearth.returns.ssda903.checking.declared import Facts, facts
from hearth.returns.ssda903.checking.intake import LAST
from hearth.returns.ssda903.checking.prepared import Prepared

SCHEMA: Mapping[str, pl.DataType] = {
    "code": pl.String(),
    "table": pl.String(),
    "row": pl.Int64(),
    "child_id": pl.String(),
    "fields": pl.List(pl.String()),
    "message": pl.String(),
    "values": pl.String(),
    "look_at": pl.String(),
    "proposed": pl.String(),
    "key": pl.String(),
}
"""``row`` counts from 0 below the heading; ``fields`` are the rule's; ``values`` what stands in those of this row;
``look_at`` one sentence on what to look at; ``proposed`` the cell's value where that is sure ("DOB=01/05/2015"), else
null; ``key`` what marks the row from run to run ("DECOM 01/05/2025"), since row numbers shift."""
NOT_RUN: Mapping[str, pl.DataType] = {"code": pl.String(), "reason": pl.String(), "is_our_error": pl.Boolean()}


def frame(rows: Mapping[tuple[str, str], pl.Series], data: Prepared) -> pl.DataFrame:
    """The findings in order of rule, table and row."""
    parts = [_part(facts()[code], table, at, data) for (code, table), at in rows.items() if len(at)]
    if not parts:
        return pl.DataFrame(schema=SCHEMA)
    order = {code: place for place, code in enumerate(facts())}
    whole = pl.concat(parts)
    return whole.sort(pl.col("code").replace_strict(order, return_dtype=pl.Int32), "table", "row", maintain_order=True)


def _part(rule: Facts, table: str, at: pl.Series, data: Prepared) -> pl.DataFrame:
    own = data.table(table)
    cells = data.rows(table, *(name for name in rule.fields if data.has(table, name)))[at.cast(pl.Int64)]
    texts = [own[name].gather(at) if name in own.columns else cells[name].cast(pl.String) for name in cells.columns[1:]]
    child = own["CHILD"].gather(at) if "CHILD" in own.columns else pl.lit(None, dtype=pl.String)
    return pl.DataFrame([data.row_numbers(table).gather(at).alias("row"), *texts]).select(
        pl.lit(rule.code).alias("code"),
        pl.lit(table).alias("table"),
        "row",
        child.alias("child_id"),
        pl.lit(pl.Series([list(rule.fields)], dtype=pl.List(pl.String()))).first().alias("fields"),
        pl.lit(rule.message).alias("message"),
        _values(cells.columns[1:]).alias("values"),
        pl.lit(rule.look_at).alias("look_at"),
        _proposed(rule, table, at, data).alias("proposed"),
        _key(table, at, data).alias("key"),
    )


def _values(names: Sequence[str]) -> pl.Expr:
    """The fields concerned with what stands in them: "DECOM 01/05/2025, DEC blank"."""
    said = [pl.lit(f"{name} ") + pl.col(name).fill_null("blank") for name in names]
    return pl.concat_str(said, separator=", ") if said else pl.lit("")


def _key(table: str, at: pl.Series, data: Prepared) -> pl.Series:
    own = data.table(table)
    known = layout.tables().get(table.removesuffix(LAST))
    marks = [column.heading for column in known.columns if column.needed == "key"] if known else []
    said = [
        pl.lit(f"{name} ") + own[name].gather(at).fill_null("blank")
        for name in marks
        if name in own.columns and name != "CHILD"
    ]
    text = pl.concat_str(said, separator=", ") if said else pl.lit("")
    return pl.select(pl.lit(at).alias("at"), text.alias("key"))["key"]


def _proposed(rule: Facts, table: str, at: pl.Series, data: Prepared) -> pl.Expr | pl.Series:
    """What the cell should hold where that is sure: "DOB=01/05/2015", "MC_DOB=" to clear it; null otherwise.

    The advice names a value, or in braces the column whose value it is: DOB={Header.DOB}.
    """
    field, _, value = rule.proposed.partition("=")
    if not field or not data.has(table, field):
        return pl.lit(None, dtype=pl.String)
    if not value.startswith("{"):
        return pl.lit(rule.proposed)
    source = value.strip("{}")
    if not data.has(table, source):
        return pl.lit(None, dtype=pl.String)
    column = data.column(table, source).gather(at)
    text = column.dt.strftime("%d/%m/%Y") if column.dtype == pl.Date else column.cast(pl.String)
    return f"{field}=" + text


def not_run(reasons: Mapping[str, str], errors: Mapping[str, str]) -> pl.DataFrame:
    """The rules that could not be checked: not run, because ...; errors of ours are marked."""
    order = {code: place for place, code in enumerate(facts())}
    rows = [(code, f"not run, because {why}", False) for code, why in reasons.items()]
    rows += [
        (code, f"not run, because of an error of ours ({why}); please report it", True) for code, why in errors.items()
    ]
    return pl.DataFrame(sorted(rows, key=lambda row: order[row[0]]), schema=NOT_RUN, orient="row")
