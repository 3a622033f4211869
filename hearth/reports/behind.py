"""The children behind a number: those who need something first, each with the facts; the others by number alone."""

from __future__ import annotations

import polars as pl

from hearth.measures.measure import Measure
from hearth.reports.markup import details, text
from hearth.reports.wording import times

ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


def section(measure: Measure, children: pl.DataFrame | None) -> str:
    """The list behind a number as something to open; empty when no children may be shown.

    ``children``: child_id, on, numerator, denominator, facts, one row for each child or event.
    """
    if children is None or children.is_empty():
        return ""
    groups = _groups(measure, children)
    inside = "".join(_group(words, rows, is_open) for words, rows, is_open in groups if rows.height)
    heads = times(children["child_id"].n_unique(), "child", "children")
    return details(f"The {heads} behind this number", inside, kind="behind")


def _groups(measure: Measure, children: pl.DataFrame) -> list[tuple[str, pl.DataFrame, bool]]:
    """The groups in the order of who needs something; the flag says whether facts are shown."""
    answer = pl.col("numerator")
    unknown = children.filter(answer.is_null())
    if measure.kind != "percentage":
        return [("Not known", unknown, True), ("Counted", children.filter(answer.is_not_null()), True)]
    yes, no = children.filter(answer != 0), children.filter(answer == 0)
    if measure.better == "higher":
        return [("Not met", no, True), ("Not known", unknown, True), ("Met", yes, False)]
    return [("Counted", yes, True), ("Not known", unknown, True), ("Not counted", no, False)]


def _group(words: str, rows: pl.DataFrame, is_told: bool) -> str:
    heads = rows["child_id"].n_unique()
    told = f"{words}: {times(heads, 'child', 'children')}"
    if rows.height != heads:
        told += f", {times(rows.height, 'event')}"
    return _table(told, rows) if is_told else _numbers(told, rows)


def _table(caption: str, rows: pl.DataFrame) -> str:
    has_facts = rows["facts"].null_count() < rows.height
    cells = [_escaped("child_id"), pl.col("on").dt.strftime("%d/%m/%Y").fill_null("not known")]
    cells += [_days(_escaped("facts")).fill_null("")] if has_facts else []
    line = pl.concat_str(
        [pl.lit('<tr><th scope="row">'), cells[0], pl.lit("</th>")]
        + [part for cell in cells[1:] for part in (pl.lit("<td>"), cell, pl.lit("</td>"))]
        + [pl.lit("</tr>")]
    )
    body = "".join(rows.sort("child_id", "on").select(line.alias("line"))["line"].to_list())
    head = '<th scope="col">Child</th><th scope="col">On</th>' + ('<th scope="col">Facts</th>' if has_facts else "")
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{text(caption)}">'
        f"<table><caption>{text(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _numbers(caption: str, rows: pl.DataFrame) -> str:
    listed = rows.group_by("child_id").len().sort("child_id")
    again = pl.when(pl.col("len") > 1).then(pl.format(" ({})", "len")).otherwise(pl.lit(""))
    words = listed.select(pl.concat_str(_escaped("child_id"), again).alias("words"))["words"]
    return f'<h4>{text(caption)}</h4><p class="ids">{", ".join(words.to_list())}</p>'


def _escaped(column: str) -> pl.Expr:
    expr = pl.col(column)
    for raw, safe in ESCAPES.items():
        expr = expr.str.replace_all(raw, safe, literal=True)
    return expr


def _days(expr: pl.Expr) -> pl.Expr:
    """Days as people write them: 2026-03-31 becomes 31/03/2026."""
    return expr.str.replace_all(r"\b(\d{4})-(\d{2})-(\d{2})\b", "$3/$2/$1")
