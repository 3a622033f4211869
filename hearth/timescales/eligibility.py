"""Who is a care leaver: the handbook's decision table over many children and many days at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl

from hearth.tables.codes import members
from hearth.tables.record import Record
from hearth.timescales.history import History, shared
from hearth.timescales.limits import Limits, national

UNDER_16, NOT_YET, ELIGIBLE, RELEVANT, FORMER, IN_EDUCATION, ON_REQUEST, QUALIFYING, NONE, EDUCATION_HELP = members(
    "eligibility",
    "looked_after_under_16",
    "not_yet_eligible",
    "eligible",
    "relevant",
    "former_relevant",
    "former_relevant_education",
    "former_relevant_on_request",
    "qualifying",
    "none",
    "none_education_help",
)
ADOPTED = members("reason_episode_ceased", "E11", "E12")
TRANSFERRED = members("reason_episode_ceased", "E3")
DIED = members("reason_episode_ceased", "E2")
GUARDIANSHIP = members("reason_episode_ceased", "E43", "E44", "E45", "E46", "E47", "E48")
STUDIES = members("activity", "F1", "P1", "F2", "P2")
AGES = (14, 16, 18, 21, 25)

FACTS = {
    "age": "completed years on the day",
    "is_looked_after": "looked after on the day, short breaks apart",
    "has_days": "91 days or more in care since the 14th birthday (R13); null when not known",
    "was_in_care_at_16": "looked after on or after the 16th birthday, for any part of a day",
    "is_home": "six continuous months with a parent complete and still there (at 18, for those older)",
    "was_detained_at_16": "detained or in hospital on the 16th birthday, not on a care order",
    "has_guardian": "special guardianship order in force (or was at 18), looked after immediately before it",
    "is_in_education": "on a programme of education or training",
    "is_gone": "died, adopted, or in the care of another authority: none of our care leavers",
}
"""What the decision table asks of a person on a day."""


@dataclass(frozen=True, eq=False)
class Row:
    """A row of the decision table: the handbook's number, ages, facts, category."""

    number: str
    ages: tuple[int, int]
    facts: pl.Expr
    category: str

    @property
    def fits(self) -> pl.Expr:
        """Whether a person fits this row."""
        return pl.col("age").is_between(*self.ages) & self.facts


ANY = pl.lit(value=True)
LOOKED_AFTER = pl.col("is_looked_after")
DAYS = pl.col("has_days")
AT_16 = pl.col("was_in_care_at_16")
HOME = pl.col("is_home")
DETAINED = pl.col("was_detained_at_16") & DAYS
GUARDIAN = pl.col("has_guardian")
WAS_ELIGIBLE = AT_16 & DAYS
TEST_NOT_MET = AT_16 & ~DAYS
OWED = (WAS_ELIGIBLE | DETAINED) & ~HOME
QUALIFIES = ((WAS_ELIGIBLE | DETAINED) & HOME) | TEST_NOT_MET | GUARDIAN

TABLE = (
    Row("1", (0, 15), LOOKED_AFTER, UNDER_16),
    Row("1", (0, 15), ANY, NONE),
    Row("14", (25, 200), ANY, NONE),
    Row("-", (16, 24), pl.col("is_gone"), NONE),
    Row("2", (16, 17), LOOKED_AFTER & DAYS, ELIGIBLE),
    Row("3", (16, 17), LOOKED_AFTER & ~DAYS, NOT_YET),
    Row("4, 5", (16, 17), OWED, RELEVANT),
    Row("6, 7, 8", (16, 17), QUALIFIES, QUALIFYING),
    Row("9", (18, 20), OWED, FORMER),
    Row("10", (21, 24), OWED & pl.col("is_in_education"), IN_EDUCATION),
    Row("11", (21, 24), OWED, ON_REQUEST),
    Row("12", (18, 20), QUALIFIES, QUALIFYING),
    Row("13", (21, 24), QUALIFIES, EDUCATION_HELP),
    Row("-", (16, 24), ~AT_16 & ~GUARDIAN & ~pl.col("was_detained_at_16"), NONE),
    Row("-", (16, 24), DAYS.is_not_null() & ~AT_16, NONE),
)
"""First row that fits; where none does, a fact is missing and the category is not known (null)."""


def decide(people: pl.DataFrame) -> pl.DataFrame:
    """Adds ``category`` (codes of the list eligibility) to people with the columns ``FACTS``; null when not known."""
    category = pl.lit(None, pl.String)
    for row in reversed(TABLE):
        category = pl.when(row.fits).then(pl.lit(row.category)).otherwise(category)
    return people.with_columns(category.alias("category"))


def categories(
    record: Record,
    dates: Iterable[date],
    limits: Limits | None = None,
    detained_at_16: pl.DataFrame | None = None,
    *,
    ages: tuple[int, int] | None = None,
) -> pl.DataFrame:
    """The leaving-care category of every person in the record on each of the days.

    ``ages``: only those of these ages on the day, first and last included, and those without a date of birth.

    Columns: authority, child_id, as_of, days_since_14 (days in care since the 14th birthday, as far as known), category
    (null: not known). ``detained_at_16`` (authority, child_id): who was detained or in hospital on the 16th birthday
    and not on a care order; no source carries it, so without it that route to "relevant" is not seen. Source: Children
    Act 1989 Sch 2 para 19B, ss 23A to 24B; ``care-leaver-eligibility.md`` of the handbook.
    """
    people = facts(History(record, limits or national()), list(dates), detained_at_16, ages)
    return decide(people).select("authority", "child_id", "as_of", "days_since_14", "category")


def facts(
    history: History,
    dates: list[date],
    detained_at_16: pl.DataFrame | None = None,
    ages: tuple[int, int] | None = None,
) -> pl.DataFrame:
    """The columns of ``FACTS``, ``days_since_14`` and ``days_needed`` (by the limit) for each person and day."""
    aged = _aged(history, dates, ages)
    at = ["child", "as_of"]
    whole = (
        aged.join(_care(history, aged), on=at, how="left")
        .join(_home(history, aged), on=at, how="left")
        .join(_studies(history, aged), on=at, how="left")
        .join(_detained(history, detained_at_16), on="child", how="left")
        .with_columns(pl.col("days_since_14").fill_null(0), pl.selectors.boolean().fill_null(value=False))
    )
    needed = history.value("leaving-care-days", "age_16_on")
    enough = pl.col("days_since_14") >= needed
    died = (pl.col("died_on") <= pl.col("as_of")).fill_null(value=False)
    return whole.with_columns(
        pl.when(enough).then(True).when(~pl.col("is_cut_short")).then(False).alias("has_days"),
        (pl.col("is_gone") | died).alias("is_gone"),
        needed.alias("days_needed"),
    )


def _aged(history: History, dates: list[date], ages: tuple[int, int] | None) -> pl.DataFrame:
    """Every person of the ages on every day, with the birthdays that matter, the age, and the day at most the 18th
    birthday.
    """
    birthdays = [history.age(n).alias(f"age_{n}_on") for n in AGES]
    days = pl.DataFrame({"as_of": dates}, schema={"as_of": pl.Date})
    people = history.children.with_columns(birthdays)
    pairs = people.join(days, how="cross") if ages is None else _of_ages(people, days, history, ages)
    return pairs.with_columns(_age().alias("age"), pl.min_horizontal("as_of", "age_18_on").alias("until"))


def _of_ages(people: pl.DataFrame, days: pl.DataFrame, history: History, ages: tuple[int, int]) -> pl.DataFrame:
    """Each person on each of the days on which he or she is of these ages; on every day where that is not known."""
    dated = people.with_columns(history.age(ages[0]).alias("from"), history.age(ages[1] + 1).alias("to"))
    some_day = (pl.col("from") <= days["as_of"].max()) & (pl.col("to") > days["as_of"].min())
    there = (pl.col("from") <= pl.col("as_of")) & (pl.col("to") > pl.col("as_of"))
    pairs = dated.filter(some_day.fill_null(value=True)).join(days, how="cross")
    return pairs.filter(there.fill_null(value=True)).drop("from", "to")


def _detained(history: History, detained_at_16: pl.DataFrame | None) -> pl.DataFrame:
    known = history.children.select("authority", "child_id", "child")
    who = (
        known.clear()
        if detained_at_16 is None
        else known.join(detained_at_16, on=["authority", "child_id"], how="semi")
    )
    return who.select("child", pl.lit(value=True).alias("was_detained_at_16"))


def _age() -> pl.Expr:
    """Age as far as the table asks: the last that was reached of those it names; null without a date of birth."""
    age = pl.when(pl.col("born_on").is_not_null()).then(0).otherwise(None)
    for n in AGES:
        age = pl.when(pl.col(f"age_{n}_on") <= pl.col("as_of")).then(n).otherwise(age)
    return age


def _care(history: History, aged: pl.DataFrame) -> pl.DataFrame:
    """What the periods of care say of each person and day."""
    ends = history.table("periods_of_care").select("period_id", "child", "reason_ended")
    periods = history.periods.join(ends, on=["period_id", "child"]).with_columns(
        pl.coalesce("started_on", "opened_on").alias("from"), pl.col("started_on").is_null().alias("is_open_ended")
    )
    days = aged.select("child", "as_of", "until", "age_14_on", "age_16_on", "age_18_on")
    pairs = days.join(periods, on="child").filter(pl.col("from") <= pl.col("as_of"))
    known_end = pl.when(pl.col("ended_on") <= pl.col("as_of")).then("ended_on")
    seen = pairs.with_columns(
        known_end.alias("ended_on"), pl.when(known_end.is_not_null()).then("reason_ended").alias("reason_ended")
    ).sort("child", "as_of", "from")
    return seen.group_by("child", "as_of", maintain_order=True).agg(
        _days().sum().alias("days_since_14"),
        pl.col("ended_on").is_null().any().alias("is_looked_after"),
        _in_care_at_16().any().alias("was_in_care_at_16"),
        (pl.col("is_open_ended") & (pl.col("from") > pl.col("age_14_on"))).any().alias("is_cut_short"),
        pl.col("from").last().alias("last_from"),
        pl.col("reason_ended").is_in(GUARDIANSHIP).last().alias("has_guardian"),
        pl.col("reason_ended").is_in([*ADOPTED, *TRANSFERRED, *DIED]).last().alias("is_gone"),
    )


def _days() -> pl.Expr:
    """R13: end less start, from the 14th birthday on, to the day (at most the 18th birthday)."""
    end = pl.min_horizontal("ended_on", "until")
    start = pl.max_horizontal("from", "age_14_on")
    return (end - start).dt.total_days().clip(0)


def _in_care_at_16() -> pl.Expr:
    """In care on or after the 16th birthday; ending on the birthday itself passes (16 is reached at the start of the
    day).
    """
    lasts = (pl.col("ended_on") >= pl.col("age_16_on")).fill_null(value=True)
    return lasts & (pl.col("age_16_on") <= pl.col("as_of")) & (pl.col("from") < pl.col("age_18_on"))


def _home(history: History, aged: pl.DataFrame) -> pl.DataFrame:
    """Whether six months with a parent were complete and went on: on the day, or at 18 for those older."""
    returns = history.table("returns_home").rename({"started_on": "home_from", "ended_on": "home_to"})
    care = history.periods.select("child", pl.coalesce("started_on", "opened_on").alias("from"))
    pairs = aged.select("child", "as_of", "until").join(returns, on="child")
    again = pairs.join(care, on="child").filter(pl.col("from").is_between("home_from", "until", closed="right"))
    complete = history.due("returned-home-six-months", "home_from") <= pl.col("until")
    goes_on = (pl.col("home_to") > pl.col("until")).fill_null(value=True)
    at_home = pairs.filter(complete & goes_on).join(again, on=["child", "as_of", "home_from"], how="anti")
    return at_home.select("child", "as_of").unique().with_columns(is_home=pl.lit(value=True))


def _studies(history: History, aged: pl.DataFrame) -> pl.DataFrame:
    """Who is on a programme of education on the day: by dated activities, else by the snapshot from its own day on."""
    activities = history.table("care_leaver_activities").filter(pl.col("activity").is_in(STUDIES))
    snapshot_on = history.record.snapshot_on
    statuses = history.table("care_leaver_statuses").filter(pl.col("activity").is_in(STUDIES))
    now = statuses.select(
        "child", pl.lit(snapshot_on, pl.Date).alias("started_on"), pl.lit(None, pl.Date).alias("ended_on")
    )
    spells = pl.concat(
        [activities.select("child", "started_on", "ended_on"), now.filter(pl.col("started_on").is_not_null())]
    )
    pairs = aged.select("child", "as_of").join(spells, on="child")
    during = (pl.col("started_on") <= pl.col("as_of")) & (pl.col("ended_on") > pl.col("as_of")).fill_null(value=True)
    return pairs.filter(during).select("child", "as_of").unique().with_columns(is_in_education=pl.lit(value=True))


@shared
def eligible_from(history: History) -> pl.DataFrame:
    """The day each young person became eligible: looked after, 16 or over, 91 days since 14 complete.

    Columns: child, opened_on (the day, or the first on which it was certainly so), eligible_on (null when the day is
    not known because the start of care is not), in_care_to (end of that period of care). Those who never were have no
    row.
    """
    enough = history.value("leaving-care-days", "age_16_on")
    periods = (
        history.with_ages(history.with_lives(history.periods, "adult_on"), age_14_on=14, age_16_on=16)
        .with_columns(pl.coalesce("started_on", "opened_on").alias("from"))
        .with_columns(
            pl.max_horizontal("from", "age_14_on").alias("from_14"),
            (pl.col("started_on").is_null() & (pl.col("from") > pl.col("age_14_on"))).alias("is_cut_short"),
        )
        .with_columns((pl.col("ended_on") - pl.col("from_14")).dt.total_days().clip(0).fill_null(0).alias("days"))
        .sort("child", "from")
        .with_columns(
            (pl.col("days").cum_sum().over("child") - pl.col("days")).alias("before"),
            pl.col("is_cut_short").any().over("child"),
        )
    )
    missing = (enough - pl.col("before")).clip(0)
    complete_on = pl.col("from_14") + pl.duration(days=missing)
    became = periods.with_columns(
        complete_on.alias("complete_on"), pl.max_horizontal(complete_on, "age_16_on", "from").alias("opened_on")
    )
    lasted = (pl.col("ended_on") >= pl.col("opened_on")).fill_null(value=True)
    first = became.filter(lasted & (pl.col("opened_on") <= pl.col("adult_on"))).unique(
        "child", keep="first", maintain_order=True
    )
    certain = ~pl.col("is_cut_short") | (pl.col("complete_on") <= pl.col("age_16_on"))
    return first.select(
        "child",
        "opened_on",
        pl.when(certain).then("opened_on").alias("eligible_on"),
        pl.col("ended_on").alias("in_care_to"),
    )
