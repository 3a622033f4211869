"""Young people who have left care, and rows of children with no care in the year: rules 1000 to 1016, 3001."""

from __future__ import annotations

import polars as pl

from hearth.returns.ssda903.checking.declared import flag, rule
from hearth.returns.ssda903.checking.prepared import Prepared
from hearth.returns.ssda903.checking.shapes import (
    ADOPTED,
    CHILD,
    FIRST_DAY,
    LAST_DAY,
    LEAVING_ITEMS,
    SHORT_BREAKS,
    any_given,
    birthday,
    child_with,
    on,
    one_of,
)

BORN = "born"
DAYS_OF_CARE = 91
"""After the 14th birthday; some of it after the 16th (Children Act 1989, Schedule 2, paragraph 19B)."""
NEEDS_CARE = ("Reviews", "OC2", "AD1", "PlacedAdoption", "PrevPerm", "Missing")
died = one_of("REC", "E2")
has_items = any_given(*LEAVING_ITEMS)


def reached(age: int) -> pl.Expr:
    """Whether the person is of that age on the last day of the year."""
    return (birthday(age, BORN) <= LAST_DAY) & (birthday(age + 1, BORN) > LAST_DAY)


def _two_years(data: Prepared, people: pl.DataFrame) -> pl.DataFrame:
    """These people's episodes of this year and last: CHILD, DECOM, until, REC; one carried over stands once."""
    parts = []
    for table, open_until in (("Episodes", "LAST_DAY"), ("Episodes_last", "FIRST_DAY")):
        whole = data.rows(table, CHILD, "DECOM", "DEC", "REC", "LS", open_until)
        found = whole.join(people, on=CHILD, how="semi").drop_nulls("DECOM")
        until = pl.coalesce("DEC", open_until).alias("until")
        parts.append(found.select(CHILD, "DECOM", until, "REC", "LS"))
    return pl.concat(parts).unique((CHILD, "DECOM"), keep="first", maintain_order=True)


def not_entitled(data: Prepared) -> pl.DataFrame:
    """1001: under 20, without the care that makes a relevant or former relevant child, or adopted at the end."""
    rows = data.rows("OC3", CHILD, BORN, "LAST_DAY")
    people = rows.filter(birthday(20, BORN) > LAST_DAY)
    both = people.join(_two_years(data, people), on=CHILD, how="left")
    care = both.filter(~one_of("LS", SHORT_BREAKS))
    after = (pl.col("until") - pl.max_horizontal("DECOM", birthday(14, BORN))).dt.total_days().clip(lower_bound=0)
    enough = care.group_by("OC3").agg(
        (after.sum() >= DAYS_OF_CARE).alias("long"), (pl.col("until") > birthday(16, BORN)).any().alias("late")
    )
    last = both.drop_nulls("DECOM").sort("DECOM", maintain_order=True).unique("OC3", keep="last")
    entitled = enough.filter(pl.col("long") & pl.col("late")).join(
        last.filter(one_of("REC", ADOPTED)), on="OC3", how="anti"
    )
    return people.join(entitled, on="OC3", how="anti").select("OC3")


def in_care_on_the_birthday(data: Prepared) -> pl.DataFrame:
    """1007: 17 or 18, and an episode that has ended covers the latest birthday."""
    latest = pl.when(reached(17)).then(birthday(17, BORN)).when(reached(18)).then(birthday(18, BORN))
    people = (
        data.rows("OC3", CHILD, BORN, "LAST_DAY", *LEAVING_ITEMS).filter(has_items).with_columns(latest.alias("then"))
    )
    both = people.join(data.rows("Episodes", CHILD, "DECOM", "DEC"), on=CHILD)
    return both.filter((pl.col("DECOM") <= pl.col("then")) & (pl.col("DEC") > pl.col("then"))).select("OC3")


ended_since_17 = pl.col("DEC") >= birthday(17, "OC3.born")
ended_since_18 = pl.col("DEC") >= birthday(18, "OC3.born")
in_year = (pl.col("DECOM") <= LAST_DAY) & (pl.col("DEC") >= FIRST_DAY).fill_null(value=True)
only_outside = on("Episodes") & ~child_with("Episodes", in_year)

RULES = [
    rule(
        "1000", flag("OC3", child_with("Episodes", died)), flag("OC3", child_with("Episodes_last", died), optional=True)
    ),
    rule("1001", not_entitled),
    rule("1002", flag("OC3", ~on("Episodes") & ~on("Episodes_last"))),
    rule("1007", in_care_on_the_birthday),
    rule("1011", flag("OC3", has_items & one_of("latest_episode.REC", "E3"))),
    rule("1012", *(flag(table, ~on("Episodes"), optional=True) for table in NEEDS_CARE)),
    rule("1014", flag("UASC", on("OC3") & only_outside), flag("OC3", on("UASC") & only_outside)),
    rule(
        "1016",
        flag(
            "OC3",
            has_items
            & (
                (reached(17) & child_with("Episodes", ended_since_17))
                | (reached(18) & child_with("Episodes", ended_since_18))
            ),
        ),
    ),
    rule(
        "3001",
        flag("OC3", birthday(17, BORN).is_between(FIRST_DAY, LAST_DAY) & one_of("ACCOM", "Z1 Z2")),
    ),
]
