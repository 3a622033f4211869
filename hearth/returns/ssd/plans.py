"""Aims of care plans: one field of the dataset holds them all, as JSON of several shapes or as plain words."""

from __future__ import annotations

import re
from functools import cache

import polars as pl

from hearth.returns.ssd import words
from hearth.returns.ssd.extract import Extract
from hearth.tables.codes import load

CARE_PLANS = "ssd_cla_care_plan"
FIELD = "lacp_cla_care_plan_json"
NOT_SO = frozenset({"", "n", "no", "0", "false", "null", "none"})
"""Answers behind a code that say that it is not an aim of the plan."""


def permanence_plans(extract: Extract) -> pl.DataFrame:
    """One row for each aim of each plan: child_id, recorded_on, ended_on, option.

    The field may be a list of codes, codes with Y or N behind each, or words; a text without any aim is told.
    """
    rows = extract[CARE_PLANS]
    texts = rows[FIELD].drop_nulls().unique().to_list()
    meant = pl.DataFrame(
        {FIELD: texts, "option": [list(options(text)) for text in texts]},
        schema={FIELD: pl.String(), "option": pl.List(pl.String())},
    )
    found = rows.join(meant, on=FIELD, how="left", maintain_order="left")
    without = found.filter(pl.col(FIELD).is_not_null() & (pl.col("option").list.len() == 0) & ~_says_nothing())
    said = "No aim for permanence in this text"
    extract.tell(CARE_PLANS, without, FIELD, said, "Use the codes of the list permanence_option")
    return found.select(
        "child_id",
        pl.col("lacp_cla_care_plan_start_date").alias("recorded_on"),
        pl.col("lacp_cla_care_plan_end_date").alias("ended_on"),
        "option",
    ).explode("option", empty_as_null=False, keep_nulls=False)


def _says_nothing() -> pl.Expr:
    """Empty JSON, or every code with N behind it."""
    return pl.col(FIELD).str.contains(r"""^[\s\[\]{}"']*$""") | pl.col(FIELD).str.contains(r"^\s*[\[{].*:")


def options(text: str) -> tuple[str, ...]:
    """The aims in the text, in the order of the code list."""
    found = [code for code, pattern in _codes().items() if _is_meant(pattern, text)]
    if found or re.search(r"[{\[]", text):
        return tuple(found)
    parts = (words.meaning("permanence_option", part) for part in re.split(r"[;,/|+]|\band\b|\bor\b", text))
    named = {part for part in parts if part is not None}
    return tuple(code for code in _codes() if code in named)


@cache
def _codes() -> dict[str, re.Pattern[str]]:
    ends = r"""(?:["']?\s*:\s*["']?(?P<answer>\w*))?"""
    return {code: re.compile(rf"\b{code}\b{ends}", re.IGNORECASE) for code in load("permanence_option")}


def _is_meant(pattern: re.Pattern[str], text: str) -> bool:
    answers = [match["answer"] for match in pattern.finditer(text)]
    return any(answer is None or answer.lower() not in NOT_SO for answer in answers)
