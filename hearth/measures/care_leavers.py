"""Care leavers around a birthday: who is in the national cohort, and how they fare, from whichever source says so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from hearth.tables.codes import members

if TYPE_CHECKING:
    from hearth.measures.engine import Facts
    from hearth.tables.record import Record

CHILD = ("authority", "child_id")
AGES = (17, 18, 19, 20, 21)
"""The birthdays of the national cohort (indicators.md, section 7); 22 to 25 are a series of their own."""

DATED = ("care_leaver_activities", "care_leaver_accommodations", "care_leaver_contacts")
OUT = members("in_touch", "DIED", "RHOM")
TAKEN_OVER = members("reason_episode_ceased", "E3")[0]
ADOPTED = members("reason_episode_ceased", "E11", "E12")
ALWAYS_UNSUITABLE = [code[0] for code in members("accommodation", "S2", "X2")]
DAYS_NEEDED = 91
"""13 weeks since the 14th birthday (rule R13)."""


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
    accommodation (letter), is_suitable. Died, home for six months, back in care and taken over by another authority
    are out (indicators.md, section 7).
    """
    reading = {"dated": _from_history, "birthdays": _from_answers, "snapshot": _from_snapshot}
    cohort = _birthdays_in(facts).join(_not_ours(facts.record), on=[*CHILD, "age"], how="anti")
    return reading[source(facts.record) or "birthdays"](facts.record, cohort)


def birthdays(people: pl.DataFrame, ages: Iterable[int] = AGES) -> pl.DataFrame:
    """Every birthday of those ages: authority, child_id, born_on, died_on, age, on. 29 February becomes 1 March (R6)."""
    wanted = pl.DataFrame({"age": list(ages)}, schema={"age": pl.Int64})
    return (
        people.select(*CHILD, "born_on", "died_on")
        .filter(pl.col("born_on").is_not_null())
        .join(wanted, how="cross")
        .with_columns(birthday(pl.col("age")).alias("on"))
    )


def birthday(age: int | pl.Expr) -> pl.Expr:
    """The day on which the person born on ``born_on`` reaches ``age``; 29 February becomes 1 March (rule R6)."""
    years = pl.lit(age) if isinstance(age, int) else age
    same_day = pl.col("born_on").dt.offset_by(pl.format("{}y", years))
    leap = (pl.col("born_on").dt.day() == 29) & (same_day.dt.day() == 28)
    return pl.when(leap).then(same_day.dt.offset_by("1d")).otherwise(same_day)


def _birthdays_in(facts: Facts) -> pl.DataFrame:
    """Birthdays in the periods, one row for each person and period."""
    periods = facts.periods
    bounds = periods.select(pl.col("period_start").min(), pl.col("as_of").max())
    near = birthdays(facts.record["people"]).filter(
        pl.col("on").is_between(bounds["period_start"].item(), bounds["as_of"].item())
    )
    return near.join(periods, how="cross").filter(pl.col("on").is_between("period_start", "as_of"))


def _not_ours(record: Record) -> pl.DataFrame:
    """Person and birthday at which he or she had died, was in care, had been adopted or passed to another authority."""
    at = birthdays(record["people"])
    died = at.filter(pl.col("died_on") <= pl.col("on"))
    spans = at.join(_full_care(record), on=CHILD).filter(pl.col("first_known_on") <= pl.col("on"))
    in_care = spans.filter((pl.col("ended_on") > pl.col("on")) | pl.col("ended_on").is_null())
    last = spans.sort("first_known_on").unique([*CHILD, "age"], keep="last")
    passed_on = last.filter(pl.col("reason_ended").is_in([TAKEN_OVER, *ADOPTED]))
    return pl.concat([frame.select(*CHILD, "age") for frame in (died, in_care, passed_on)]).unique()


def _full_care(record: Record) -> pl.DataFrame:
    """Periods of care, short breaks and stays under 24 hours left out."""
    return record["periods_of_care"].filter(
        ~(pl.col("is_short_breaks").fill_null(value=False) | pl.col("is_under_24_hours").fill_null(value=False))
    )


def _from_answers(record: Record, cohort: pl.DataFrame) -> pl.DataFrame:
    """From the answers of each year's return (OC3): its rows are the cohort."""
    answers = record["care_leaver_birthdays"].filter(pl.col("in_touch").is_null() | ~pl.col("in_touch").is_in(OUT))
    year_end = pl.date(pl.col("on").dt.year() + (pl.col("on").dt.month() > 3).cast(pl.Int32), 3, 31)
    found = cohort.with_columns(year_end.alias("year_ended_on")).join(answers, on=[*CHILD, "year_ended_on"])
    return _plain(found.with_columns(*_split(pl.col("accommodation"))))


def _from_snapshot(record: Record, cohort: pl.DataFrame) -> pl.DataFrame:
    """From a snapshot: its rows are the cohort, and its day's state stands for the state at the birthday."""
    rows = record["care_leaver_statuses"].filter(pl.col("in_touch").is_null() | ~pl.col("in_touch").is_in(OUT))
    letter = pl.col("accommodation_kind").str.slice(0, 1).str.to_uppercase()
    known = rows.with_columns(letter.alias("accommodation"), _suitable(letter, pl.col("is_suitable")))
    return _plain(cohort.join(known, on=CHILD).filter(pl.col("as_of") >= record.snapshot_on))


def _from_history(record: Record, cohort: pl.DataFrame) -> pl.DataFrame:
    """From dated history: the 13-week rule decides who is in, the state on the birthday is the answer."""
    ours = cohort.join(_looked_after_enough(record), on=[*CHILD, "age"], how="semi").join(
        _home_for_six_months(record), on=[*CHILD, "age"], how="anti"
    )
    lived = _state(ours, record["care_leaver_accommodations"], "accommodation").with_columns(
        *_split(pl.col("accommodation"))
    )
    return _plain(_contact(_state(lived, record["care_leaver_activities"], "activity"), record["care_leaver_contacts"]))


def _looked_after_enough(record: Record) -> pl.DataFrame:
    """Person and birthday: looked after 91 days since 14 and for some time after 16 (rule R13), before the birthday."""
    began = pl.max_horizontal(pl.coalesce("started_on", "first_known_on"), birthday(14))
    spans = birthdays(record["people"]).join(_full_care(record), on=CHILD).filter(pl.col("ended_on") <= pl.col("on"))
    days = (pl.col("ended_on") - began).dt.total_days().clip(lower_bound=0)
    summed = spans.group_by(*CHILD, "age").agg(
        days.sum().alias("days"), (pl.col("ended_on") > birthday(16)).any().alias("is_after_16")
    )
    return summed.filter((pl.col("days") >= DAYS_NEEDED) & pl.col("is_after_16")).select(*CHILD, "age")


def _home_for_six_months(record: Record) -> pl.DataFrame:
    """Person and birthday at which six continuous months at home were complete and went on (RHOM)."""
    spans = birthdays(record["people"]).join(record["returns_home"], on=CHILD)
    complete = pl.col("started_on").dt.offset_by("6mo") <= pl.col("on")
    goes_on = pl.col("ended_on").is_null() | (pl.col("ended_on") > pl.col("on"))
    return spans.filter(complete & goes_on).select(*CHILD, "age").unique()


def _state(cohort: pl.DataFrame, spans: pl.DataFrame, column: str) -> pl.DataFrame:
    """What held on the birthday, null when nothing is recorded."""
    held = (
        cohort.select(*CHILD, "age", "on")
        .unique()
        .join(spans, on=CHILD)
        .filter((pl.col("started_on") <= pl.col("on")) & (pl.col("ended_on").is_null() | (pl.col("ended_on") > pl.col("on"))))
        .sort("started_on")
        .unique([*CHILD, "age"], keep="last")
    )
    return cohort.join(held.select(*CHILD, "age", column), on=[*CHILD, "age"], how="left")


def _contact(cohort: pl.DataFrame, contacts: pl.DataFrame) -> pl.DataFrame:
    """In touch: a two-way contact from 3 months before to 1 month after the birthday; not known while that month runs."""
    two_way = contacts.filter(pl.col("is_two_way"))
    last_day = pl.col("on").dt.offset_by("1mo")
    known_to = pl.min_horizontal(last_day, "as_of")
    reached = cohort.join(two_way.select(*CHILD, "contacted_on"), on=CHILD).filter(
        pl.col("contacted_on").is_between(pl.col("on").dt.offset_by("-3mo"), known_to)
    )
    keys = [*CHILD, "as_of"]
    marked = cohort.join(reached.select(keys).unique().with_columns(is_reached=pl.lit(value=True)), on=keys, how="left")
    yes, no = members("in_touch", "YES", "NO")
    return marked.with_columns(
        pl.when("is_reached").then(pl.lit(yes)).when(last_day < pl.col("as_of")).then(pl.lit(no)).alias("in_touch")
    )


def _split(code: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """The letter of an accommodation code and whether it is suitable; null for 0 and for none."""
    given = pl.when(code != "0").then(code)
    letter = given.str.slice(0, 1)
    return letter.alias("accommodation"), _suitable(letter, given.str.slice(1, 1) == "1")


def _suitable(letter: pl.Expr, judged: pl.Expr) -> pl.Expr:
    """No fixed home and custody are never suitable."""
    return pl.when(letter.is_in(ALWAYS_UNSUITABLE)).then(pl.lit(value=False)).otherwise(judged).alias("is_suitable")


def _plain(cohort: pl.DataFrame) -> pl.DataFrame:
    known = pl.when(pl.col("activity") != "0").then("activity").alias("activity")
    return cohort.select(
        *CHILD, "as_of", "period_start", "on", "age", "in_touch", known, "accommodation", "is_suitable"
    )


def given_from(record: Record) -> tuple[date | None, date | None]:
    """The first and last day for which the record can speak of birthdays; null where nothing bounds it."""
    kind = source(record)
    if kind == "snapshot":
        return record.snapshot_on, None
    if kind == "birthdays":
        ends = record["care_leaver_birthdays"]["year_ended_on"]
        return (ends.dt.offset_by("-1y").min(), ends.max()) if len(ends) else (None, None)  # type: ignore[return-value]
    return None, None
