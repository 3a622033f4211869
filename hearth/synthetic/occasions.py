"""Occasions on which something is owed to a child of the made-up authority: number, on, until (null: it goes on)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from hearth.synthetic.days import birthday
from hearth.synthetic.order import Order
from hearth.tables.codes import members

Frame = pl.DataFrame
SECTION_20 = members("legal_status", "V2")
ORDERS = members("legal_status", "C1", "C2", "D1", "E1")
PARENTS = members("placement_type", "P1")
EARLY = members("placement_type", "U2", "U5")
SUPPORTED = members("placement_type", "K3", "H5")
SECURE = members("placement_type", "K1")
RESIDENTIAL = members("placement_type", "K2")
CONNECTED = members("placement_type", "U1", "U2", "U3")
LONG_TERM = members("placement_type", "U1", "U4")
FOSTERED = members("placement_type", "U1", "U3", "U4", "U6")
TO_PARENTS = members("reason_episode_ceased", "E4A")
TO_CUSTODY = members("reason_episode_ceased", "E9")
MISSING = members("missing_type", "M")
ADOPTION = members("permanence_option", "ADOPTION")
NOBODY = ("SCO", "NIR")
HIGH_SCORE = 17
SCHOOL_AGE = (5, 16)
PLANNED_AGE = (3, 18)
"""Ages at which an education plan is owed: from early years provision until care ends."""


def occasions(order: Order, made: Mapping[str, Frame], periods: Frame, young: Frame, cared: Frame) -> dict[str, Frame]:
    """Every occasion by name, from what has been made so far (tables keyed by number)."""
    found = {
        **_care(order, made, periods, cared),
        **_placements(made["episodes"], cared),
        **_endings(cared),
        **_work(order, made),
        **_court(made),
        **_leaving(order, made, young),
    }
    return {name: _seen(order, frame) for name, frame in found.items()}


def _seen(order: Order, frame: Frame) -> Frame:
    """What had begun by the day, in a fixed order."""
    tidy = frame.select("number", "on", "until").filter(pl.col("on") <= order.today)
    return tidy.unique(("number", "on")).sort("number", "on")


def spell(frame: Frame, on: str, until: str | None = None) -> Frame:
    """The frame's days as an occasion."""
    end = pl.lit(None, pl.Date) if until is None else pl.col(until)
    return frame.filter(pl.col(on).is_not_null()).select("number", pl.col(on).alias("on"), end.alias("until"))


def _care(order: Order, made: Mapping[str, Frame], periods: Frame, cared: Frame) -> dict[str, Frame]:
    known = periods.filter(pl.col("started_on") <= order.today)
    young = known.filter((pl.col("started_on") - pl.col("born_on")).dt.total_days() < 800)
    return {
        "entry": spell(known, "started_on", "ended_on"),
        "born": spell(young, "born_on", "ended_on"),
        "section 20": _runs(cared, pl.col("legal_status").is_in(SECTION_20)),
        "year in care": _years(order, known, 0, 17),
        "school-age year": _years(order, known, *SCHOOL_AGE),
        "school year": _years(order, known, 13, 17, starts_school_years=True),
    }


def _years(order: Order, periods: Frame, first: int, last: int, *, starts_school_years: bool = False) -> Frame:
    """Each year of each period between two ages, from its anniversary, or from each 1 September."""
    begins = pl.max_horizontal("started_on", birthday(first))
    if starts_school_years:
        begins = pl.date(begins.dt.year() + (begins.dt.month() > 8).cast(pl.Int32), 9, 1)
    ends = pl.min_horizontal(pl.coalesce("ended_on", order.today), birthday(last))
    spans = periods.with_columns(begins.alias("_a"), ends.alias("_b")).filter(pl.col("_a") < pl.col("_b"))
    each = spans.with_columns(pl.date_ranges("_a", "_b", interval="1y", closed="left").alias("on")).explode("on")
    return each.select("number", "on", pl.col("ended_on").alias("until"))


def _runs(cared: Frame, fits: pl.Expr) -> Frame:
    """Episodes that follow on and fit, as one."""
    told = cared.with_columns(fits.fill_null(value=False).alias("_fits"))
    runs = told.with_columns(pl.struct("number", "period", "_fits").rle_id().alias("_run")).filter("_fits")
    return runs.group_by("_run", maintain_order=True).agg(
        pl.col("number").first(), pl.col("started_on").first().alias("on"), pl.col("ended_on").last().alias("until")
    )


def _placements(episodes: Frame, cared: Frame) -> dict[str, Frame]:
    moved = episodes.filter(pl.col("reason_started").is_in(["S", "P", "B"]))
    kind, order = pl.col("placement_type"), pl.col("legal_status").is_in(ORDERS)
    those = {
        "placement": pl.lit(value=True),
        "with parents": kind.is_in(PARENTS) & order,
        "early permanence": kind.is_in(EARLY),
        "supported": kind.is_in(SUPPORTED),
        "secure": kind.is_in(SECURE),
        "residential": kind.is_in(RESIDENTIAL),
        "connected person": kind.is_in(CONNECTED),
        "long-term placement": kind.is_in(LONG_TERM),
        "out of area": ~pl.col("is_in_area"),
        "abroad": pl.col("placement_authority").is_in(NOBODY) & order,
    }
    return {name: spell(moved.filter(which), "started_on", "ended_on") for name, which in those.items()}


def _endings(cared: Frame) -> dict[str, Frame]:
    over = cared.filter(pl.col("is_last") & pl.col("ended_on").is_not_null())
    reason, status = pl.col("reason_ended"), pl.col("legal_status")
    those = {
        "placement ended": pl.lit(value=True),
        "left accommodation": status.is_in(SECTION_20),
        "left for parents": reason.is_in(TO_PARENTS),
        "left for custody": reason.is_in(TO_CUSTODY),
    }
    return {name: spell(over.filter(which), "ended_on") for name, which in those.items()}


def _work(order: Order, made: Mapping[str, Frame]) -> dict[str, Frame]:
    held = made["reviews"].filter(pl.col("held_on").is_not_null()).sort("number", "held_on")
    alone = held.join(made["unaccompanied"].select("number").unique(), on="number", how="semi")
    checked = made["health_assessments"].filter(pl.col("status") == "Completed")
    missing, visits = made["missing_episodes"], made["visits"].filter("is_seen")
    return {
        "review": spell(held, "held_on"),
        "review ahead": spell(held, "held_on"),
        "visited": spell(visits, "visited_on"),
        "review alone": spell(alone, "held_on"),
        "assessment": spell(checked, "assessed_on"),
        "high score": spell(made["sdq_scores"].filter(pl.col("score") >= HIGH_SCORE), "completed_on"),
        "missing": spell(missing, "started_on"),
        "missing unknown": spell(missing.filter(pl.col("kind").is_in(MISSING)), "started_on"),
        "liberty": spell(made["deprivations_of_liberty"], "started_on", "ended_on"),
        "permanence plan": spell(made["permanence_plans"], "recorded_on"),
        "adoption plan": spell(
            made["permanence_plans"].filter(pl.col("option").is_in(ADOPTION)), "recorded_on", "ended_on"
        ),
    }


def _court(made: Mapping[str, Frame]) -> dict[str, Frame]:
    before, adopting = made["pre_proceedings"], made["adoptions"]
    return {
        "letter before proceedings": spell(before, "letter_on", "ended_on"),
        "pre-proceedings decided": spell(before, "decided_on", "ended_on"),
        "adoption decided": spell(adopting, "decided_on"),
        "placement order": spell(adopting, "placement_order_on"),
        "placed for adoption": spell(adopting, "placed_on"),
        "adopted": spell(adopting, "ordered_on"),
    }


def _leaving(order: Order, made: Mapping[str, Frame], young: Frame) -> dict[str, Frame]:
    ages = {f"at {age}": young.with_columns(birthday(age).alias("on")) for age in (16, 17, 18)}
    out = young.filter(pl.col("left_on").is_not_null())
    grown = out.filter(pl.col("left_on") >= pl.col("adult_on"))
    birthdays = [out.with_columns(birthday(age).alias("on")) for age in range(17, 22)]
    leavers = out.with_columns(birthday(21).alias("until")).filter(pl.col("until") > pl.col("left_on"))
    old = out.with_columns(birthday(21).alias("on"), birthday(25).alias("until"))
    since_out = [each.filter(pl.col("on") >= pl.col("left_on")) for each in birthdays]
    return {
        "eligible": spell(young, "eligible_on"),
        **{name: spell(frame, "on") for name, frame in ages.items()},
        "leaver birthday": pl.concat([spell(each, "on") for each in since_out]),
        "care leaver": spell(leavers, "left_on", "until"),
        "over 21": spell(old, "on", "until"),
        "left care at 18": spell(grown, "left_on", "support_ends_on"),
        "left fostering at 18": spell(grown.filter(pl.col("last_placement").is_in(FOSTERED)), "left_on"),
        "accommodation": spell(made["care_leaver_accommodations"], "started_on", "ended_on"),
        "six months at home": spell(
            made["returns_home"].with_columns(pl.col("started_on").dt.offset_by("6mo").alias("on")), "on", "ended_on"
        ),
    }


def at_ages(order: Order, periods: Frame, ages: tuple[int, int]) -> Frame:
    """Periods of care between two birthdays: number, period, on, until."""
    first, last = ages
    begins, ends = pl.max_horizontal("started_on", birthday(first)), pl.min_horizontal("ended_on", birthday(last))
    spans = periods.with_columns(begins.alias("on"), ends.alias("until"))
    still = (pl.col("until") > pl.col("on")).fill_null(value=True)
    return spans.filter(still & (pl.col("on") <= order.today)).select("number", "period", "on", "until")


def together(frames: Iterable[Frame]) -> Frame:
    """Rows of one table from several places."""
    return pl.concat(list(frames), how="diagonal_relaxed")
