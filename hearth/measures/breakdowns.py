"""Breakdowns: the column each figure can be split by, taken at the day the subject is looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

import polars as pl

from hearth.measures.facts import CHILD, Facts, age
from hearth.tables import codes
from hearth.tables.codes import members

NOT_KNOWN = "not known"
AGE_BANDS = ("under 1", "1-4", "5-9", "10-15", "16 and over")
"""National bands of children in care (indicators.md, section 0)."""
CARE_LEAVER_AGE_BANDS = ("17-18", "19-21", "22-25")
"""Published bands of care leavers (indicators.md, section 7)."""

SEXES = members("sex", "M", "F")
ETHNIC_GROUPS: Mapping[str, tuple[str, ...]] = {
    "White": members("ethnicity", "WBRI", "WIRI", "WIRT", "WOTH", "WROM"),
    "Mixed": members("ethnicity", "MWBC", "MWBA", "MWAS", "MOTH"),
    "Asian or Asian British": members("ethnicity", "AIND", "APKN", "ABAN", "AOTH", "CHNE"),
    "Black, African, Caribbean or Black British": members("ethnicity", "BCRB", "BAFR", "BOTH"),
    "Other": members("ethnicity", "OOTH"),
    "Not known or refused": members("ethnicity", "REFU", "NOBT"),
}
WORKERS_WITH_A_TEAM = members("worker_role", "social_worker", "personal_adviser")
LEGAL_STATUS_GROUPS: Mapping[str, tuple[str, ...]] = {
    "Care orders": members("legal_status", "C1", "C2"),
    "Section 20": members("legal_status", "V2"),
    "Placement order": members("legal_status", "E1"),
    "Freed for adoption": members("legal_status", "D1"),
    "Child protection": members("legal_status", "L1", "L2", "L3"),
    "Youth justice": members("legal_status", "J1", "J2", "J3"),
    "Short breaks": members("legal_status", "V3", "V4"),
}
"""Groups of indicators.md, section 1."""


def _by_code(groups: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {code: group for group, held in groups.items() for code in held}


PLACEMENT_GROUPS: Mapping[str, str] = {
    code: each.extra["published_group"] for code, each in codes.load("placement_type").items()
}


def age_band(years: pl.Expr) -> pl.Expr:
    """The national band of an age in whole years; null for no age."""
    return _band(years, zip(((0, 0), (1, 4), (5, 9), (10, 15), (16, 999)), AGE_BANDS, strict=True))


def care_leaver_age_band(years: pl.Expr) -> pl.Expr:
    """The published band of a care leaver's age; null under 17, over 25 or for no age."""
    return _band(years, zip(((17, 18), (19, 21), (22, 25)), CARE_LEAVER_AGE_BANDS, strict=True))


def _band(years: pl.Expr, bands: Iterable[tuple[tuple[int, int], str]]) -> pl.Expr:
    return pl.coalesce(pl.when(years.is_between(low, high)).then(pl.lit(band)) for (low, high), band in bands)


def placement_group(code: pl.Expr) -> pl.Expr:
    """The published group of a placement type."""
    return code.replace_strict(dict(PLACEMENT_GROUPS), default=None, return_dtype=pl.String)


def legal_status_group(code: pl.Expr) -> pl.Expr:
    """The group of a legal status."""
    return code.replace_strict(_by_code(LEGAL_STATUS_GROUPS), default=None, return_dtype=pl.String)


def attach(subjects: pl.DataFrame, by: tuple[str, ...], facts: Facts) -> pl.DataFrame:
    """The subjects with the breakdown columns asked for; what is not known says so.

    A column the population already has is kept: care leavers bring bands of their own.
    """
    for column in by:
        if column not in subjects.columns:
            subjects = BREAKDOWNS[column](subjects, facts)
    named = [pl.col(column).fill_null(NOT_KNOWN) for column in by if column != "authority"]
    return subjects.with_columns(named) if named else subjects


def _from_people(column: str, said: pl.Expr) -> Callable[[pl.DataFrame, Facts], pl.DataFrame]:
    def attached(subjects: pl.DataFrame, facts: Facts) -> pl.DataFrame:
        known = facts.people.select(*CHILD, said.alias(column))
        return subjects.join(known, on=CHILD, how="left", maintain_order="left")

    return attached


def _age_band(subjects: pl.DataFrame, facts: Facts) -> pl.DataFrame:
    born = facts.people.select(*CHILD, pl.col("born_on").alias("_born_on"))
    known = subjects.join(born, on=CHILD, how="left", maintain_order="left")
    return known.with_columns(age_band(age(pl.col("_born_on"), pl.col("on"))).alias("age_band")).drop("_born_on")


def _from_stay(column: str, code: str, group: Callable[[pl.Expr], pl.Expr]) -> Callable[..., pl.DataFrame]:
    def attached(subjects: pl.DataFrame, facts: Facts) -> pl.DataFrame:
        if code in subjects.columns:
            return subjects.with_columns(group(pl.col(code)).alias(column))
        known = subjects.with_columns(_held(subjects, facts.in_full_care, code))
        return known.with_columns(group(pl.col(code)).alias(column)).drop(code)

    return attached


def _team(subjects: pl.DataFrame, facts: Facts) -> pl.DataFrame:
    """The team of the social worker allocated on the day; where there is none, of the personal adviser."""
    workers = facts.record["allocations"].filter(pl.col("team").is_not_null())
    teams = [_held(subjects, workers.filter(pl.col("role") == role), "team") for role in WORKERS_WITH_A_TEAM]
    return subjects.with_columns(teams[0].fill_null(teams[1]).alias("team"))


def _unaccompanied(subjects: pl.DataFrame, facts: Facts) -> pl.DataFrame:
    if "is_unaccompanied" not in subjects.columns:
        subjects = with_unaccompanied(subjects, facts)
    answer = pl.when("is_unaccompanied").then(pl.lit("yes")).when(~pl.col("is_unaccompanied")).then(pl.lit("no"))
    return subjects.with_columns(answer.alias("unaccompanied"))


def with_unaccompanied(subjects: pl.DataFrame, facts: Facts) -> pl.DataFrame:
    """The subjects with ``is_unaccompanied`` on the day in ``on``, null when the source does not carry it."""
    if facts.record.lacks(["unaccompanied"]):
        return subjects.with_columns(pl.lit(None, dtype=pl.Boolean).alias("is_unaccompanied"))
    always = facts.record["unaccompanied"].with_columns(pl.col("started_on").fill_null(pl.date(1900, 1, 1)))
    seen = _held(subjects, always.with_columns(pl.lit(value=True).alias("is_seen")), "is_seen")
    return subjects.with_columns(seen.is_not_null().alias("is_unaccompanied"))


def _held(subjects: pl.DataFrame, spans: pl.DataFrame, column: str) -> pl.Series:
    """What ``column`` of the spans said of each subject on its day; the latest to begin where several hold."""
    asked = subjects.select(*CHILD, "on").with_row_index("_row")
    pairs = asked.join(spans.select(*CHILD, "started_on", "ended_on", column), on=CHILD, how="inner")
    holds = (pl.col("started_on") <= pl.col("on")) & (
        pl.col("ended_on").is_null() | (pl.col("ended_on") > pl.col("on"))
    )
    held = pairs.filter(holds).sort("started_on", maintain_order=True).unique("_row", keep="last")
    return asked.join(held.select("_row", column), on="_row", how="left", maintain_order="left")[column].alias(column)


def _itself(subjects: pl.DataFrame, facts: Facts) -> pl.DataFrame:
    return subjects


BREAKDOWNS: Mapping[str, Callable[[pl.DataFrame, Facts], pl.DataFrame]] = MappingProxyType(
    {
        "authority": _itself,
        "sex": _from_people("sex", pl.when(pl.col("sex").is_in(SEXES)).then("sex")),
        "age_band": _age_band,
        "ethnic_group": _from_people(
            "ethnic_group",
            pl.col("ethnicity").replace_strict(_by_code(ETHNIC_GROUPS), default=None, return_dtype=pl.String),
        ),
        "placement_group": _from_stay("placement_group", "placement_type", placement_group),
        "legal_status_group": _from_stay("legal_status_group", "legal_status", legal_status_group),
        "unaccompanied": _unaccompanied,
        "locality": _from_people("locality", pl.col("locality")),
        "team": _team,
    }
)
"""The columns a figure can be broken down by, each with the function that attaches it."""

IN_ORDER: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "age_band": (*AGE_BANDS, *CARE_LEAVER_AGE_BANDS),
        "ethnic_group": tuple(ETHNIC_GROUPS),
        "legal_status_group": tuple(LEGAL_STATUS_GROUPS),
    }
)
"""The groups of a column in the order in which they are shown; other columns go by their letters."""
