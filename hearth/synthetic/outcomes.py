"""The return's own answers, worked out from the dated events: the year's outcomes (OC2) and birthdays (OC3)."""

from __future__ import annotations

import polars as pl

from hearth.synthetic.days import birthday, plus, years_old
from hearth.synthetic.health import COMPLETED
from hearth.synthetic.order import Order
from hearth.synthetic.work import KEY

Events = dict[str, pl.DataFrame]
WINDOW_BEFORE, WINDOW_AFTER = 92, 31
"""In touch around a birthday: from three months before it to one month after."""
BIRTHDAYS = range(17, 22)


def annual(order: Order, periods: pl.DataFrame, events: Events) -> pl.DataFrame:
    """Table ``annual_outcomes``: children looked after for the whole of a year that has ended."""
    cohort = _whole_years(order, periods)
    dated = {
        "assessed": _last(
            events["health_assessments"].filter(pl.col("status") == COMPLETED), "assessed_on", twice=True
        ),
        "dental": _last(events["dental_checks"].filter(pl.col("status") == COMPLETED), "checked_on"),
        "found": _last(events["immunisations"], "found_on"),
        "asked": _last(events["sdq_scores"].filter(pl.col("score").is_null()), "completed_on"),
        "scored": _last(events["sdq_scores"].filter(pl.col("score").is_not_null()), "completed_on"),
        "convicted": _last(events["convictions"], "convicted_on"),
        "misused": _last(events["substance_misuse"], "found_on"),
    }
    rows = cohort
    for name, frame in dated.items():
        rows = rows.join_asof(
            frame.select(*KEY, pl.exclude(KEY).name.prefix(f"{name}_")).sort(f"{name}_day"),
            left_on="year_ended_on", right_on=f"{name}_day", by=list(KEY), check_sortedness=False,
        )  # fmt: skip
    return _answers(order, rows).filter(pl.col("year_ended_on") >= order.begins)


def _whole_years(order: Order, periods: pl.DataFrame) -> pl.DataFrame:
    """One row for each child and each year to 31 March spent in care from its first day to its last."""
    first, last = pl.col("started_on"), pl.coalesce("ended_on", order.today)
    from_year = first.dt.year() + pl.when(first <= pl.date(first.dt.year(), 4, 1)).then(1).otherwise(2)
    to_year = last.dt.year() - pl.when(last >= pl.date(last.dt.year(), 3, 31)).then(0).otherwise(1)
    years = pl.int_ranges(from_year.cast(pl.Int64), to_year.cast(pl.Int64) + 1)
    rows = periods.select(*KEY, "born_on", years.alias("_year")).filter(pl.col("_year").list.len() > 0).explode("_year")
    return rows.with_columns(pl.date("_year", 3, 31).alias("year_ended_on")).sort("year_ended_on")


def _last(events: pl.DataFrame, day: str, *, twice: bool = False) -> pl.DataFrame:
    rows = events.sort(*KEY, day).with_columns(pl.col(day).alias("day"))
    return rows.with_columns(pl.col(day).shift(1).over(KEY).alias("before")) if twice else rows


def _answers(order: Order, rows: pl.DataFrame) -> pl.DataFrame:
    """The year's answers, each blank at the ages at which it is not asked."""
    start = pl.col("year_ended_on").dt.offset_by("-1y")
    age = years_old("year_ended_on")
    asked = ("assessed", "dental", "asked", "scored", "convicted", "misused")
    within = {name: (pl.col(f"{name}_day") > start).fill_null(value=False) for name in asked}
    twice = (pl.col("assessed_before") > start).fill_null(value=False)
    misused, received = within["misused"], pl.col("misused_intervention_received")
    checked = order.chance.happens("development checked", *KEY, "_year")
    return rows.select(
        *KEY,
        "year_ended_on",
        *_questionnaire(age, years_old(start), within["scored"], within["asked"]),
        pl.when(age >= 10).then(within["convicted"]).alias("is_convicted"),
        pl.when(age < 5).then(checked).alias("is_health_check_done"),
        pl.col("found_is_up_to_date").fill_null(value=False).alias("is_immunised"),
        within["dental"].alias("is_teeth_checked"),
        pl.when(age < 5).then(twice).otherwise(within["assessed"]).alias("is_health_assessed"),
        misused.alias("is_substance_misuse_found"),
        pl.when(misused).then(received).alias("intervention_received"),
        pl.when(misused & ~received).then("misused_intervention_offered").alias("intervention_offered"),
    )


def _questionnaire(age: pl.Expr, was: pl.Expr, scored: pl.Expr, told: pl.Expr) -> list[pl.Expr]:
    """Latest score of the year, or why there is none, for those aged 4 to 16 at some time of it; SDQ1 at its edges."""
    asked = (age >= 4) & (was < 17)
    reason = pl.when(told).then("asked_reason_no_score").otherwise(pl.lit("SDQ4"))
    edge = pl.when((age >= 17) | (was < 4)).then(pl.lit("SDQ1")).otherwise(reason)
    return [
        pl.when(asked & scored).then("scored_score").alias("sdq_score"),
        pl.when(asked & ~scored).then(edge).alias("sdq_reason"),
    ]


def birthdays(order: Order, young: pl.DataFrame, events: Events) -> pl.DataFrame:
    """Table ``care_leaver_birthdays``: status at the 17th to 21st birthday of those who had left care before it."""
    rows = _birthdays(order, young)
    for table, column in (("care_leaver_activities", "activity"), ("care_leaver_accommodations", "accommodation")):
        rows = _held(rows, events[table], column)
    touched = _held_contact(rows, events["care_leaver_contacts"])
    return _while_alive(_in_touch(order, touched))


def _while_alive(rows: pl.DataFrame) -> pl.DataFrame:
    """Without the birthdays after the one at which the young person had died."""
    has_died = (pl.col("in_touch") == "DIED").fill_null(value=False).cast(pl.Int32)
    return rows.filter((has_died.cum_sum() - has_died).over("number", order_by="day") == 0)


def _birthdays(order: Order, young: pl.DataFrame) -> pl.DataFrame:
    each = [young.with_columns(birthday(age).alias("day"), pl.lit(age).alias("age")) for age in BIRTHDAYS]
    rows = pl.concat(each).filter(pl.col("left_on") < pl.col("day"))
    year = pl.col("day").dt.year() + pl.when(pl.col("day") > pl.date(pl.col("day").dt.year(), 3, 31)).then(1).otherwise(
        0
    )
    rows = rows.with_columns(pl.date(year, 3, 31).alias("year_ended_on"))
    known = (pl.col("year_ended_on") <= order.today) & (pl.col("year_ended_on") >= order.begins)
    return rows.filter(known & (pl.col("day") < pl.col("support_ends_on").dt.offset_by("1d"))).sort("day")


def _held(rows: pl.DataFrame, events: pl.DataFrame, column: str) -> pl.DataFrame:
    """Adds what held on the birthday."""
    found = events.select("number", column, pl.col("started_on").alias("_from")).sort("_from")
    return rows.join_asof(found, left_on="day", right_on="_from", by="number", check_sortedness=False).drop("_from")


def _held_contact(rows: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """Adds whether the young person answered in the weeks around the birthday."""
    answered = events.filter("is_two_way").select("number", pl.col("contacted_on").alias("_on")).sort("_on")
    late = rows.with_columns(plus("day", WINDOW_AFTER).alias("_to")).sort("_to")
    found = late.join_asof(answered, left_on="_to", right_on="_on", by="number", check_sortedness=False)
    touched = (pl.col("_on") >= plus("day", -WINDOW_BEFORE)).fill_null(value=False)
    return found.with_columns(touched.alias("_touched")).drop("_on", "_to")


def _in_touch(order: Order, rows: pl.DataFrame) -> pl.DataFrame:
    """In touch with both answers known; otherwise why not, and no answers."""
    home = (
        pl.col("last_reason").is_in(["E4A", "E4B"])
        & (pl.col("age") == 17)
        & (pl.col("left_on").dt.offset_by("6mo") <= pl.col("day"))
    )
    known = pl.col("_touched") & pl.col("activity").is_not_null() & pl.col("accommodation").is_not_null()
    touch = (
        pl.when(home)
        .then(pl.lit("RHOM"))
        .when(known)
        .then(pl.lit("YES"))
        .otherwise(order.chance.pick("out of touch", "number", "age"))
    )
    told = rows.with_columns(touch.alias("in_touch"))
    answered = pl.col("in_touch") == "YES"
    return told.with_columns(
        pl.when(answered).then(pl.col(column)).otherwise(pl.lit("0")).alias(column)
        for column in ("activity", "accommodation")
    )


def statuses(order: Order, young: pl.DataFrame, events: Events) -> pl.DataFrame:
    """Table ``care_leaver_statuses``: each care leaver with support on the day the record is seen."""
    supported = (pl.col("support_ends_on") > order.today) & pl.col("left_on").is_not_null()
    now = young.filter(supported).with_columns(order.today.alias("day"), pl.lit(0).alias("age"))
    rows = _held(now, events["care_leaver_activities"], "activity")
    rows = _held_contact(
        _held(rows, events["care_leaver_accommodations"], "accommodation"), events["care_leaver_contacts"]
    )
    for frame in _latest(events):
        rows = rows.join(frame, on="number", how="left", maintain_order="left")
    touch = pl.when("_touched").then(pl.lit("YES")).otherwise(order.chance.pick("out of touch", "number", "age"))
    return rows.with_columns(
        _eligibility(order).alias("eligibility"),
        touch.alias("in_touch"),
        pl.col("accommodation").str.head(1).alias("accommodation_kind"),
        (pl.col("accommodation").str.tail(1) == "1").alias("is_suitable"),
    )


def _eligibility(order: Order) -> pl.Expr:
    """The category a system would show: it does not know of courses, so 21 and over is support on request."""
    adult = pl.when(years_old(order.today) >= 21).then(pl.lit("former_relevant_on_request"))
    return (
        pl.when(pl.col("adult_on") > order.today)
        .then(pl.lit("relevant"))
        .otherwise(adult.otherwise(pl.lit("former_relevant")))
    )


def _latest(events: Events) -> list[pl.DataFrame]:
    """For each young person the last answered contact, the last pathway plan or review, and the adviser now."""
    answered = events["care_leaver_contacts"].filter("is_two_way").group_by("number")
    planned = events["pathway_plans"].group_by("number")
    return [
        answered.agg(pl.col("contacted_on").max().alias("latest_contact_on")),
        planned.agg(pl.col("completed_on").max().alias("pathway_plan_on")),
        _current_adviser(events["allocations"]),
    ]


def _current_adviser(allocations: pl.DataFrame) -> pl.DataFrame:
    current = allocations.filter((pl.col("role") == "personal_adviser") & pl.col("ended_on").is_null())
    return current.unique("number", keep="last", maintain_order=True).select(
        "number", pl.col("worker_id").alias("adviser"), pl.col("worker_id"), "team"
    )
