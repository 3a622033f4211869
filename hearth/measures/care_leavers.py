"""Care leavers around a birthday: who is in the national cohort, and how they fare, from whichever source says so."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from hearth.measures import availability, breakdowns, periods
from hearth.measures.facts import CHILD
from hearth.tables.codes import members
from hearth.timescales import dates

if TYPE_CHECKING:
    from hearth.measures.facts import Facts
    from hearth.measures.periods import Period
    from hearth.tables.record import Record

AGES = (17, 18, 19, 20, 21)
"""The birthdays of the national cohort (indicators.md, section 7); 22 to 25 are a series of their own."""

DATED = ("care_leaver_activities", "care_leaver_accommodations")
OUT = members("in_touch", "DIED", "RHOM")
TAKEN_OVER = members("reason_episode_ceased", "E3")[0]
ADOPTED = members("reason_episode_ceased", "E11", "E12")
FOSTERED = members("placement_type", "U1", "U2", "U3", "U4", "U5", "U6")
ALWAYS_UNSUITABLE = [code[0] for code in members("accommodation", "S2", "X2")]


def source(record: Record) -> str | None:
    """What the record tells of care leavers' lives: "dated", "birthdays", "snapshot", or null for nothing.

    Dated history is the fullest, the answers around a birthday (OC3) come next, a snapshot of one day last.
    """
    if not record.lacks(DATED):
        return "dated"
    if not record.lacks(["care_leaver_birthdays"]):
        return "birthdays"
    return None if record.lacks(["care_leaver_statuses"]) else "snapshot"


def around_birthdays(facts: Facts) -> pl.DataFrame:
    """Care leavers whose 17th to 21st birthday lies in the period, one row each.

    Columns: authority, child_id, as_of, period_start, on (the birthday), age (reached), in_touch, activity,
    accommodation (letter), is_suitable, was_fostered_at_18, age_band. Died, home for six months, back in care and taken
    over by another authority are out (indicators.md, section 7).
    """
    reading = {"dated": _from_history, "birthdays": _from_answers, "snapshot": _from_snapshot}
    ours = facts.of(birthdays).join(_not_ours(facts), on=[*CHILD, "age"], how="anti")
    found = reading[source(facts.record) or "birthdays"](facts, facts.inside(ours, "on"))
    return found.join(_fostered_at_18(facts), on=CHILD, how="left").with_columns(
        breakdowns.care_leaver_age_band(pl.col("age")).alias("age_band")
    )


def birthdays(facts: Facts) -> pl.DataFrame:
    """17th to 21st birthdays in the periods: authority, child_id, born_on, died_on, age, on (29 February as R6)."""
    people = facts.people.select(*CHILD, "born_on", "died_on")
    first, last = facts.periods["period_start"].min(), facts.periods["as_of"].max()
    reached = [people.with_columns(pl.lit(age, pl.Int64).alias("age"), _birthday(age).alias("on")) for age in AGES]
    return pl.concat(each.filter(pl.col("on").is_between(first, last)) for each in reached)


def _birthday(age: int) -> pl.Expr:
    return dates.birthday(pl.col("born_on"), age)


def _not_ours(facts: Facts) -> pl.DataFrame:
    """Person and birthday at which he or she had died, was in care, had been adopted or passed to another authority."""
    at = facts.of(birthdays)
    died = at.filter(pl.col("died_on") <= pl.col("on"))
    spans = at.join(facts.periods_of_care, on=CHILD).filter(pl.col("first_known_on") <= pl.col("on"))
    in_care = spans.filter((pl.col("ended_on") > pl.col("on")) | pl.col("ended_on").is_null())
    last = spans.sort("first_known_on").unique([*CHILD, "age"], keep="last")
    passed_on = last.filter(pl.col("reason_ended").is_in([TAKEN_OVER, *ADOPTED]))
    return pl.concat([frame.select(*CHILD, "age") for frame in (died, in_care, passed_on)]).unique()


def _fostered_at_18(facts: Facts) -> pl.DataFrame:
    """Whether a person left care at 18 from a foster placement; nobody's row where no end of care is known."""
    last = facts.periods_of_care.filter(pl.col("ended_on").is_not_null()).sort("ended_on").unique(CHILD, keep="last")
    born = last.join(facts.people.select(*CHILD, "born_on"), on=CHILD)
    at_18 = (pl.col("ended_on") >= _birthday(18)) & (pl.col("ended_on") < _birthday(19))
    fostered = at_18 & pl.col("last_placement_type").is_in(FOSTERED)
    return born.select(*CHILD, fostered.alias("was_fostered_at_18"))


def _from_answers(facts: Facts, cohort: pl.DataFrame) -> pl.DataFrame:
    """From the answers of each year's return (OC3): its rows are the cohort."""
    answers = facts.record["care_leaver_birthdays"].filter(
        pl.col("in_touch").is_null() | ~pl.col("in_touch").is_in(OUT)
    )
    year_end = pl.date(pl.col("on").dt.year() + (pl.col("on").dt.month() > 3).cast(pl.Int32), 3, 31)
    keys = [*CHILD, "year_ended_on"]
    once = answers.unique(keys, keep="last", maintain_order=True)
    found = cohort.with_columns(year_end.alias("year_ended_on")).join(once, on=keys)
    return _plain(found.with_columns(*_split(pl.col("accommodation"))))


def _from_snapshot(facts: Facts, cohort: pl.DataFrame) -> pl.DataFrame:
    """From a snapshot: its rows are the cohort, and its day's state stands for the state at the birthday."""
    rows = facts.record["care_leaver_statuses"].filter(pl.col("in_touch").is_null() | ~pl.col("in_touch").is_in(OUT))
    letter, by_code = _split(pl.col("accommodation_kind").str.to_uppercase())
    known = rows.unique(CHILD, keep="last", maintain_order=True).with_columns(
        letter, pl.coalesce(_suitable(letter, pl.col("is_suitable")), by_code).alias("is_suitable")
    )
    return _plain(
        cohort.join(known, on=CHILD).filter(pl.col("as_of") >= pl.lit(facts.record.snapshot_on, dtype=pl.Date))
    )


def _from_history(facts: Facts, cohort: pl.DataFrame) -> pl.DataFrame:
    """From dated history: the 13-week rule decides who is in, the state on the birthday is the answer."""
    ours = cohort.join(_looked_after_enough(facts), on=[*CHILD, "age"], how="semi").join(
        _home_for_six_months(facts), on=[*CHILD, "age"], how="anti"
    )
    lived = _state(ours, facts.record["care_leaver_accommodations"], "accommodation").with_columns(
        *_split(pl.col("accommodation"))
    )
    return _plain(
        _contact(
            _state(lived, facts.record["care_leaver_activities"], "activity"), facts.record["care_leaver_contacts"]
        )
    )


def _looked_after_enough(facts: Facts) -> pl.DataFrame:
    """Person and birthday: looked after 91 days since 14 and for some time after 16 (rule R13), before the birthday."""
    began = pl.max_horizontal(pl.coalesce("started_on", "first_known_on"), _birthday(14))
    spans = facts.of(birthdays).join(facts.periods_of_care, on=CHILD).filter(pl.col("ended_on") <= pl.col("on"))
    days = (pl.col("ended_on") - began).dt.total_days().clip(lower_bound=0)
    summed = spans.group_by(*CHILD, "age").agg(
        days.sum().alias("days"),
        (pl.col("ended_on") > _birthday(16)).any().alias("is_after_16"),
        _birthday(16).first().alias("sixteen_on"),
    )
    enough = pl.col("days") >= facts.limits.value("leaving-care-days", pl.col("sixteen_on"))
    return summed.filter(enough & pl.col("is_after_16")).select(*CHILD, "age")


def _home_for_six_months(facts: Facts) -> pl.DataFrame:
    """Person and birthday at which six continuous months at home were complete and went on (RHOM)."""
    spans = facts.of(birthdays).join(facts.record["returns_home"], on=CHILD)
    complete = facts.limits.due("returned-home-six-months", pl.col("started_on")) <= pl.col("on")
    goes_on = pl.col("ended_on").is_null() | (pl.col("ended_on") > pl.col("on"))
    return spans.filter(complete & goes_on).select(*CHILD, "age").unique()


def _state(cohort: pl.DataFrame, spans: pl.DataFrame, column: str) -> pl.DataFrame:
    """What held on the birthday, null when nothing is recorded."""
    held = (
        cohort.select(*CHILD, "age", "on")
        .unique()
        .join(spans, on=CHILD)
        .filter(
            (pl.col("started_on") <= pl.col("on"))
            & (pl.col("ended_on").is_null() | (pl.col("ended_on") > pl.col("on")))
        )
        .sort("started_on")
        .unique([*CHILD, "age"], keep="last")
    )
    return cohort.join(held.select(*CHILD, "age", column), on=[*CHILD, "age"], how="left")


def _contact(cohort: pl.DataFrame, contacts: pl.DataFrame) -> pl.DataFrame:
    """In touch: a two-way contact from 3 months before the birthday to 1 month after; till then not known."""
    last_day = pl.col("on").dt.offset_by("1mo")
    two_way = contacts.filter(pl.col("is_two_way")).select(*CHILD, "contacted_on")
    made = cohort.select(*CHILD, "age", "on").unique().join(two_way, on=CHILD)
    around = made.filter(pl.col("contacted_on").is_between(pl.col("on").dt.offset_by("-3mo"), last_day))
    first = around.group_by(*CHILD, "age").agg(pl.col("contacted_on").min())
    yes, no = members("in_touch", "YES", "NO")
    return cohort.join(first, on=[*CHILD, "age"], how="left").with_columns(
        pl.when(pl.col("contacted_on") <= pl.col("as_of"))
        .then(pl.lit(yes))
        .when(last_day < pl.col("as_of"))
        .then(pl.lit(no))
        .alias("in_touch")
    )


def _split(code: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """The letter of an accommodation code and whether it is suitable; null for 0 and for none."""
    given = pl.when(code != "0").then(code)
    letter = given.str.slice(0, 1)
    suffix = given.str.slice(1, 1)
    judged = pl.when(suffix.is_in(["1", "2"])).then(suffix == "1")
    return letter.alias("accommodation"), _suitable(letter, judged)


def _suitable(letter: pl.Expr, judged: pl.Expr) -> pl.Expr:
    """No fixed home and custody are never suitable."""
    return pl.when(letter.is_in(ALWAYS_UNSUITABLE)).then(pl.lit(value=False)).otherwise(judged).alias("is_suitable")


def _plain(cohort: pl.DataFrame) -> pl.DataFrame:
    known = pl.when(pl.col("activity") != "0").then("activity").alias("activity")
    return cohort.select(
        *CHILD, "as_of", "period_start", "on", "age", "in_touch", known, "accommodation", "is_suitable"
    )


def birthdays_given(facts: Facts, period: Period) -> str | None:
    """Why the source cannot speak of the birthdays in a period, in a sentence; null when it can."""
    kind = source(facts.record)
    if kind == "snapshot":
        return availability.before_snapshot(facts, period)
    if kind != "birthdays":
        return None
    years = facts.record["care_leaver_birthdays"]["year_ended_on"].unique().to_list()
    lacking = [end for end in _years_touched(period) if end not in years]
    return f"needs the answers for the year ending {availability.said(lacking[0])}" if lacking else None


def _years_touched(period: Period) -> list[date]:
    """The 31 Marches of the return's years that the period touches."""
    first, last = (periods.start(day, "ytd").year + 1 for day in (period.period_start, period.as_of))
    return [date(year, 3, 31) for year in range(first, last + 1)]
