"""The 12 months to a day: children looked after all through them, and whether the source knows those months."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from hearth.measures import availability, periods
from hearth.measures.facts import CHILD

if TYPE_CHECKING:
    from collections.abc import Callable

    from hearth.measures.facts import Facts
    from hearth.measures.periods import Period

ROW = (*CHILD, "as_of")


def year_started() -> pl.Expr:
    """First day of the 12 months that end on ``as_of`` (31 March gives 1 April of the year before)."""
    return pl.col("as_of").dt.offset_by("1d").dt.offset_by("-12mo").alias("year_started_on")


def looked_after_a_year(facts: Facts) -> pl.DataFrame:
    """Children in care on the day and without a break for the 12 months to it, with year_started_on.

    The national cohort (indicators.md, section 0): a child who came into care on the first day of the year is in, one
    whose start is earlier than the source's first file is in when the file covers the year.
    """
    began = pl.coalesce("care_started_on", "care_first_known_on")
    return facts.on_the_day.with_columns(year_started()).filter(began <= pl.col("year_started_on"))


def in_the_year(children: pl.DataFrame, events: pl.DataFrame, day: str) -> pl.DataFrame:
    """Events of the children in the 12 months to their day, one row for each; both days included."""
    pairs = children.select(*ROW, "year_started_on").join(events, on=CHILD)
    return pairs.filter(pl.col(day).is_between("year_started_on", "as_of"))


def with_events(children: pl.DataFrame, events: pl.DataFrame, day: str, name: str) -> pl.DataFrame:
    """The children with a question answered yes for those with an event in the 12 months, no for the others."""
    found = in_the_year(children, events, day).select(ROW).unique().with_columns(pl.lit(value=True).alias(name))
    return children.join(found, on=ROW, how="left").with_columns(pl.col(name).fill_null(value=False))


def with_answers(facts: Facts, children: pl.DataFrame) -> pl.DataFrame:
    """The children with the answers of the year that ends on the day (903 OC2); null where there are none."""
    rows = facts.record["annual_outcomes"].rename({"year_ended_on": "as_of"})
    return children.join(rows.unique(ROW, keep="first", maintain_order=True), on=ROW, how="left")


def year_is_known(facts: Facts, period: Period) -> str | None:
    """Why the 12 months to the day are not known, in a sentence; null when they are."""
    return availability.not_covered(facts.record, periods.start(period.as_of))


def answered_by(*tables: str) -> Callable[[Facts, Period], str | None]:
    """Says when a measure is not known that takes dated ``tables``, or else the answers for a whole year (903 OC2)."""

    def given(facts: Facts, period: Period) -> str | None:
        if not facts.record.lacks(tables):
            return year_is_known(facts, period)
        years = facts.record["annual_outcomes"]["year_ended_on"].unique()
        if period.as_of in years:
            return None
        return f"a return answers this for whole years only{_ending(years)}"

    return given


def _ending(years: pl.Series) -> str:
    days = [availability.said(day) for day in years.sort().to_list()]
    return f" (ending {' and '.join(days)})" if days else ", and holds no answers"


def has(facts: Facts, *tables: str) -> bool:
    """Whether the source carries all these tables."""
    return not facts.record.lacks(tables)
