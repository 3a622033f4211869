"""Children in care, those who came and those who left: the populations most measures stand on."""

from __future__ import annotations

import polars as pl

from hearth.measures import breakdowns
from hearth.measures.facts import CHILD, ENDS_NOT_CARE, KEYS, Facts
from hearth.tables.codes import members

NO_DISABILITY = members("disability", "NONE")[0]


def looked_after_on_the_day(facts: Facts) -> pl.DataFrame:
    """Children looked after on the day (``Facts.on_the_day``)."""
    return facts.on_the_day


def with_unaccompanied_on_the_day(facts: Facts) -> pl.DataFrame:
    """Children looked after on the day, with ``is_unaccompanied``."""
    return breakdowns.with_unaccompanied(facts.on_the_day, facts)


def with_disability_on_the_day(facts: Facts) -> pl.DataFrame:
    """Children looked after on the day, with ``disability`` (the kinds) and ``is_disabled``: null without any entry."""
    kinds = pl.col("disability")
    said = (
        facts.record["disabilities"]
        .group_by(CHILD)
        .agg((kinds != NO_DISABILITY).any().alias("is_disabled"), kinds.sort().str.join(", ").alias("disability"))
    )
    return facts.on_the_day.join(said, on=CHILD, how="left", maintain_order="left")


def starts(facts: Facts) -> pl.DataFrame:
    """Starts of a period of care in the period, ``on`` the day, with whether an earlier, closed period is known.

    Columns: the keys, period_id, started_on, legal_status and placement_type at the start, born_on, age, is_re_entry
    (null where the source begins too late to know).
    """
    first_end = pl.col("ended_on").min().over(CHILD)
    began = facts.periods_of_care.with_columns((first_end <= pl.col("started_on")).alias("is_re_entry")).select(
        *CHILD,
        "period_id",
        "started_on",
        pl.col("started_on").alias("on"),
        pl.col("first_legal_status").alias("legal_status"),
        pl.col("first_placement_type").alias("placement_type"),
        pl.col("is_re_entry").fill_null(value=False),
    )
    aged = facts.with_age(began.filter(pl.col("started_on").is_not_null()))
    told = pl.when(pl.col("is_re_entry") | ~_could_be_hidden(facts)).then("is_re_entry").alias("is_re_entry")
    return facts.inside(aged.with_columns(told), "started_on")


def _could_be_hidden(facts: Facts) -> pl.Expr:
    """Whether the child may have been in care before the source begins."""
    if facts.record.history_from is None:
        return pl.lit(value=False)
    return pl.col("born_on").is_null() | (pl.col("born_on") < facts.record.history_from)


def entrants(facts: Facts) -> pl.DataFrame:
    """Children who started to be looked after in the period, once each, at their first start in it.

    Adds to ``starts``: age_band at the start, and is_re_entry whether any of the starts in the period is a second or
    later entry.
    """
    every = facts.of(starts).sort("started_on", maintain_order=True)
    first = every.unique((*CHILD, "as_of"), keep="first", maintain_order=True).drop("is_re_entry")
    again = every.group_by(*CHILD, "as_of").agg(pl.col("is_re_entry").any(ignore_nulls=False))
    band = breakdowns.age_band(pl.col("age")).alias("age_band")
    return first.join(again, on=[*CHILD, "as_of"], how="left", maintain_order="left").with_columns(band)


def unaccompanied_entrants(facts: Facts) -> pl.DataFrame:
    """Entrants with ``is_unaccompanied`` on the day they came."""
    return breakdowns.with_unaccompanied(facts.of(entrants), facts)


def exits(facts: Facts) -> pl.DataFrame:
    """Children whose period of care ended in the period, once each, at their last end in it.

    ``on`` is their last day in care. Columns: the keys, ended_on, reason_ended and care_started_on (null when not
    known), legal_status and placement_type at the end, born_on, age at exit.
    """
    ended = facts.periods_of_care.filter(pl.col("ended_on").is_not_null()).join(
        _goes_on(facts), on=["authority", "period_id"], how="anti"
    )
    left = ended.select(
        *CHILD,
        "period_id",
        "ended_on",
        "reason_ended",
        "first_known_on",
        pl.col("started_on").alias("care_started_on"),
        pl.col("last_legal_status").alias("legal_status"),
        pl.col("last_placement_type").alias("placement_type"),
        pl.col("ended_on").dt.offset_by("-1d").alias("on"),
    )
    every = facts.inside(facts.with_age(left, "ended_on"), "ended_on").sort("ended_on", maintain_order=True)
    return every.unique((*CHILD, "as_of"), keep="last", maintain_order=True)


def _goes_on(facts: Facts) -> pl.DataFrame:
    """Periods of care whose last episode says that another begins (X1): nobody left care."""
    stays = facts.record["stays"].select("authority", "period_id", "reason_ended")
    last = (pl.col("period_id") != pl.col("period_id").shift(-1)).fill_null(value=True)
    return stays.filter(last & (pl.col("reason_ended") == ENDS_NOT_CARE)).select("authority", "period_id")


def in_care_at_the_start(facts: Facts) -> pl.DataFrame:
    """Children looked after on the first day of the period, ``on`` that day, with the placement they were in."""
    held = facts.at_start(facts.in_full_care, "started_on", "ended_on")
    single = held.unique((*CHILD, *KEYS), keep="last", maintain_order=True)
    return facts.with_age(single.with_columns(pl.col("period_start").alias("on")))
