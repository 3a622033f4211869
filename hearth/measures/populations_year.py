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


def with_answers(facts: Facts) -> pl.DataFrame:
    """The cohort with the answers of the year that ends on the day (903 OC2); null for a child without a row.

    The return also asks about children who left on that very day (indicators.md, section 0): in where it has a row.
    """
    rows = facts.record["annual_outcomes"].rename({"year_ended_on": "as_of"})
    answers = rows.unique(ROW, keep="first", maintain_order=True)
    left_today = _left_on_the_day(facts).join(answers, on=ROW, how="semi")
    cohort = pl.concat([facts.of(looked_after_a_year), left_today], how="diagonal_relaxed")
    return cohort.join(answers, on=ROW, how="left", maintain_order="left")


def _left_on_the_day(facts: Facts) -> pl.DataFrame:
    """Children whose care ended on the day after 12 months or more, with the stay that ended."""
    ends = facts.periods_of_care.select("authority", "period_id", pl.col("ended_on").alias("as_of"))
    last = facts.in_full_care.join(ends, on=["authority", "period_id"]).filter(pl.col("ended_on") == pl.col("as_of"))
    today = last.join(facts.periods, on="as_of").with_columns(pl.col("as_of").alias("on"), year_started())
    began = pl.coalesce("care_started_on", "care_first_known_on")
    later = ("started_on", "ended_on", "reason_ended", "reason_placement_changed")
    a_year = today.filter(began <= pl.col("year_started_on")).drop(later)
    return facts.with_age(a_year.unique(ROW, keep="last", maintain_order=True))


def year_is_known(facts: Facts, period: Period) -> str | None:
    """Why the 12 months to the day are not known, in a sentence; null when they are."""
    return availability.not_covered(facts.record, periods.start(period.as_of))


def answered_by(*tables: str) -> Callable[[Facts, Period], str | None]:
    """Says when a measure is not known that takes dated ``tables``, or their last dates, or yearly answers (OC2)."""

    def given(facts: Facts, period: Period) -> str | None:
        if not facts.record.lacks(tables):
            return year_is_known(facts, period)
        if not facts.record.lacks(f"{table}.latest" for table in tables):
            return None
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
