"""The year's answers (OC2) and the care leavers' birthdays (OC3), worked out from dated events where need be."""

from __future__ import annotations

from datetime import date

import polars as pl

from hearth.returns.ssda903 import layout
from hearth.tables import catalogue
from hearth.tables.codes import members
from hearth.tables.record import Record

CHILD = ["authority", "child_id"]
DONE = members("health_status", "Completed")[0]
DIED, MOVED_COUNCIL = members("reason_episode_ceased", "E2", "E3")
IN_TOUCH, NOT_IN_TOUCH, HAS_DIED, RETURNED_HOME = members("in_touch", "YES", "NO", "DIED", "RHOM")
NO_INFORMATION = members("activity", "0")[0]
AGE_OF_CRIME = 10
SDQ_AGES = (4, 16)
BIRTHDAYS = range(17, 22)
YES_WHERE_FOUND = (
    ("health_assessments", "assessed_on", pl.col("status") == DONE),
    ("dental_checks", "checked_on", pl.col("status") == DONE),
    ("convictions", "convicted_on", pl.lit(value=True)),
    ("substance_misuse", "found_on", pl.lit(value=True)),
)
"""Tables whose events in the year are the answer yes: table, day, and which events count."""
WEEKS_13 = 91
"""Days in care since 14 that make a care leaver."""
BACK_HOME = "6mo"


def annual_outcomes(record: Record, year: int) -> pl.DataFrame:
    """The year's answers (table ``annual_outcomes``): the record's own, else from its dated events.

    The children are those looked after for the whole year, short breaks apart. An answer whose events the record does
    not carry is null. Development checks of under-fives are in no dated table, so they stay null.
    """
    last = layout.last_day(year)
    own = record["annual_outcomes"].filter(pl.col("year_ended_on") == last)
    if own.height or record.kind == "ssda903":
        return own
    children = _whole_year(record["periods_of_care"], year).join(_ages(record, last), on=CHILD, how="left")
    answered = children.with_columns(
        _answer(record, children, table, _in_year(record[table].filter(counts), day, year))
        for table, day, counts in YES_WHERE_FOUND
    )
    named = answered.with_columns(
        is_health_assessed="health_assessments",
        is_teeth_checked="dental_checks",
        is_convicted=pl.when(pl.col("age") >= AGE_OF_CRIME).then("convictions"),
        is_substance_misuse_found="substance_misuse",
        year_ended_on=pl.lit(last),
    )
    return catalogue.conform("annual_outcomes", _with_latest(named, record, year))


def _whole_year(periods: pl.DataFrame, year: int) -> pl.DataFrame:
    """Children looked after from the year's first day to its last, in one period that is no short break."""
    first, last = layout.first_day(year), layout.last_day(year)
    stays = pl.col("ended_on").is_null() | (pl.col("ended_on") >= last)
    through = (pl.col("first_known_on") <= first) & stays & ~pl.col("is_short_breaks")
    return periods.filter(through).select(CHILD).unique(maintain_order=True)


def _ages(record: Record, day: date) -> pl.DataFrame:
    born, on = pl.col("born_on"), pl.lit(day)
    had_birthday = (on.dt.month() * 100 + on.dt.day()) >= (born.dt.month() * 100 + born.dt.day())
    age = on.dt.year() - born.dt.year() - (~had_birthday).cast(pl.Int32)
    return record["people"].select(*CHILD, age.alias("age"))


def _in_year(frame: pl.DataFrame, column: str, year: int) -> pl.DataFrame:
    return frame.filter(pl.col(column).is_between(layout.first_day(year), layout.last_day(year)))


def _answer(record: Record, children: pl.DataFrame, table: str, events: pl.DataFrame) -> pl.Series:
    """Whether each child had an event of the table in the year; null where the record does not carry the table."""
    if table not in record.carries:
        return pl.Series(table, [None], dtype=pl.Boolean).new_from_index(0, children.height)
    return _marked(children, events, table)


def _with_latest(children: pl.DataFrame, record: Record, year: int) -> pl.DataFrame:
    """The answers taken from the latest event of the year: questionnaire, immunisation, help with substance misuse."""
    low, high = SDQ_AGES
    immunised = record["immunisations"].filter(pl.col("found_on") <= layout.last_day(year))
    latest = (
        (_in_year(record["sdq_scores"], "completed_on", year), "completed_on", ("score", "reason_no_score")),
        (immunised, "found_on", ("is_up_to_date",)),
        (
            _in_year(record["substance_misuse"], "found_on", year),
            "found_on",
            ("intervention_received", "intervention_offered"),
        ),
    )
    for events, day, facts in latest:
        last = _scored_last(events, day).group_by(CHILD).agg(pl.col(fact).last() for fact in facts)
        children = children.join(last, on=CHILD, how="left", maintain_order="left")
    is_asked = pl.col("age").is_between(low, high)
    return children.with_columns(
        sdq_score=pl.when(is_asked).then("score"),
        sdq_reason=pl.when(is_asked & pl.col("score").is_null()).then("reason_no_score"),
        is_immunised="is_up_to_date",
    )


def _scored_last(events: pl.DataFrame, day: str) -> pl.DataFrame:
    """The events by day; a questionnaire without a score counts only where the year has no score at all."""
    first = [pl.col("score").is_not_null()] if "score" in events.columns else []
    return events.sort(*first, day)


def birthdays(record: Record, year: int) -> pl.DataFrame:
    """Care leavers around their birthday (table ``care_leaver_birthdays``): the record's own, else from dated events.

    Those with a 17th to 21st birthday in the year who were looked after for 13 weeks since 14, and at some time from 16
    on, and not on a 17th or 18th birthday itself. In touch: an answered contact from three months before to one after.
    """
    last = layout.last_day(year)
    own = record["care_leaver_birthdays"].filter(pl.col("year_ended_on") == last)
    if own.height or record.kind == "ssda903":
        return own
    leavers = _leavers(record, year)
    for table, column in (("care_leaver_activities", "activity"), ("care_leaver_accommodations", "accommodation")):
        leavers = leavers.join(
            _on_birthday(leavers, record[table], column), on=CHILD, how="left", maintain_order="left"
        )
    stated = leavers.with_columns(_in_touch(record, leavers, last), pl.lit(last).alias("year_ended_on"))
    is_asked = ~pl.col("in_touch").is_in([HAS_DIED, RETURNED_HOME]).fill_null(value=False)
    answers = [
        pl.when(is_asked).then(pl.col(c).fill_null(NO_INFORMATION)).otherwise(pl.lit(NO_INFORMATION)).alias(c)
        for c in ("activity", "accommodation")
    ]
    return catalogue.conform("care_leaver_birthdays", stated.with_columns(answers))


def _leavers(record: Record, year: int) -> pl.DataFrame:
    """The year's care leavers: authority, child_id, birthday_on, died_on."""
    first, last = layout.first_day(year), layout.last_day(year)
    people = record["people"].filter(pl.col("born_on").is_not_null())
    ages = pl.DataFrame({"age": list(BIRTHDAYS)}, schema={"age": pl.Int64})
    dated = people.join(ages, how="cross").with_columns(_birthday(pl.col("age")).alias("birthday_on"))
    in_year = dated.filter(pl.col("birthday_on").is_between(first, last))
    return in_year.join(_care_since_14(record, in_year), on=CHILD, how="semi")


def _birthday(age: pl.Expr) -> pl.Expr:
    return pl.col("born_on").dt.offset_by(pl.concat_str(age.cast(pl.String), pl.lit("y")))


def _care_since_14(record: Record, young: pl.DataFrame) -> pl.DataFrame:
    """Which of the young people were in care long enough, and were not in care on the birthday."""
    periods = record["periods_of_care"].filter(~pl.col("is_short_breaks") & ~pl.col("is_under_24_hours"))
    both = periods.join(young.select(*CHILD, "born_on", "birthday_on"), on=CHILD)
    fourteen, sixteen, adult = (_birthday(pl.lit(age)) for age in (14, 16, 18))
    until = pl.min_horizontal(pl.col("ended_on").fill_null(pl.col("birthday_on")), adult)
    days = (until - pl.max_horizontal("first_known_on", fourteen)).dt.total_days().clip(0)
    ended_before = pl.col("ended_on") <= pl.col("birthday_on")
    on_birthday = (pl.col("first_known_on") <= pl.col("birthday_on")) & ~ended_before.fill_null(value=False)
    return (
        both.group_by(CHILD)
        .agg(
            days.sum().alias("days"),
            (until > sixteen).any().alias("is_from_16"),
            on_birthday.any().alias("is_in_care"),
            (pl.col("reason_ended").sort_by("first_known_on").last()).alias("reason"),
        )
        .filter((pl.col("days") >= WEEKS_13) & pl.col("is_from_16") & ~pl.col("is_in_care"))
        .filter(~pl.col("reason").is_in([DIED, MOVED_COUNCIL]).fill_null(value=False))
    )


def _on_birthday(leavers: pl.DataFrame, spans: pl.DataFrame, column: str) -> pl.DataFrame:
    """What held on the birthday; of several the latest."""
    both = leavers.select(*CHILD, "birthday_on").join(spans, on=CHILD)
    holds = (pl.col("started_on") <= pl.col("birthday_on")) & (
        pl.col("ended_on").is_null() | (pl.col("ended_on") > pl.col("birthday_on"))
    )
    return both.filter(holds).sort("started_on").group_by(CHILD).agg(pl.col(column).last())


def _in_touch(record: Record, leavers: pl.DataFrame, last: date) -> pl.Series:
    """Whether the authority was in touch around the birthday; null where contacts are not carried."""
    met = _had_contact(leavers, record["care_leaver_contacts"].filter(pl.col("contacted_on") <= last))
    home = _is_home(leavers, record["returns_home"])
    marked = leavers.with_columns(_marked(leavers, met, "is_met"), _marked(leavers, home, "is_home"))
    touch = pl.when("is_met").then(pl.lit(IN_TOUCH)).otherwise(pl.lit(NOT_IN_TOUCH))
    known = touch if "care_leaver_contacts" in record.carries else pl.lit(None, dtype=pl.String)
    has_died = (pl.col("died_on") <= pl.col("birthday_on")).fill_null(value=False)
    said = pl.when(has_died).then(pl.lit(HAS_DIED)).when("is_home").then(pl.lit(RETURNED_HOME)).otherwise(known)
    return marked.select(said.alias("in_touch")).to_series()


def _had_contact(leavers: pl.DataFrame, contacts: pl.DataFrame) -> pl.DataFrame:
    both = leavers.select(*CHILD, "birthday_on").join(contacts, on=CHILD)
    from_on, to_on = pl.col("birthday_on").dt.offset_by("-3mo"), pl.col("birthday_on").dt.offset_by("1mo")
    answered = pl.col("is_two_way").fill_null(value=False)
    return both.filter(answered & pl.col("contacted_on").is_between(from_on, to_on))


def _is_home(leavers: pl.DataFrame, returns: pl.DataFrame) -> pl.DataFrame:
    """Back with parents for six months on the birthday."""
    both = leavers.select(*CHILD, "birthday_on").join(returns, on=CHILD)
    long_enough = pl.col("started_on").dt.offset_by(BACK_HOME) <= pl.col("birthday_on")
    still = pl.col("ended_on").is_null() | (pl.col("ended_on") > pl.col("birthday_on"))
    return both.filter(long_enough & still)


def _marked(leavers: pl.DataFrame, found: pl.DataFrame, name: str) -> pl.Series:
    marks = found.select(CHILD).unique().with_columns(pl.lit(value=True).alias(name))
    joined = leavers.select(CHILD).join(marks, on=CHILD, how="left", maintain_order="left")
    return joined[name].fill_null(value=False)
