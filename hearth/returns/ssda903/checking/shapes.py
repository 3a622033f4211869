"""The words in which conditions are written: given and blank cells, codes, days, birthdays, other rows of the child.

Every word gives an expression over the prepared columns of one table. ``given``, ``blank``, ``one_of`` and ``differs``
are true or false of a null, so they may be turned round with ``~``; a comparison with null is null, and a rule's null
means "not broken".
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from hearth.returns.ssda903 import layout
from hearth.returns.ssda903.checking import derived
from hearth.tables import codes

CHILD = "CHILD"
TEXT = ":text"
"""The cell as written, of a column that is read as days."""
DATES = frozenset(
    column.heading
    for table in layout.tables().values()
    for column in table.columns
    if column.kind in ("date", "day_ahead")
) | {"REG_END"}
"""Columns read as days."""
FIRST_DAY = pl.col("FIRST_DAY")
"""The first day of the collection year (of the metadata)."""
LAST_DAY = pl.col("LAST_DAY")
"""The last day of the collection year."""
SHORT_BREAKS = ("V3", "V4")
PLACED_FOR_ADOPTION = ("A3", "A4", "A5", "A6")
FOSTERED = ("U1", "U2", "U3", "U4", "U5", "U6")
TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
ADOPTED = ("E11", "E12")
OTHER_PLACEMENTS = ("Z11", "Z12", "Z13", "Z14")
"""Placements of no other kind, which until the set of 2024-25 were one, Z1."""
REAL_UPN = r"^[A-HJ-NP-RT-Z]([0-9]{12}|[0-9]{11}[A-Z])$"
"""The form of a unique pupil number; its check letter is not verified."""
ADOPTION_ITEMS = ("DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR")
LEAVING_ITEMS = ("IN_TOUCH", "ACTIV", "ACCOM")
OUTCOME_ITEMS = (
    "CONVICTED",
    "HEALTH_CHECK",
    "IMMUNISATIONS",
    "TEETH_CHECK",
    "HEALTH_ASSESSMENT",
    "SUBSTANCE_MISUSE",
    "INTERVENTION_RECEIVED",
    "INTERVENTION_OFFERED",
)
IS_OPEN = pl.col("DEC").is_null()
"""Whether the episode goes on: an end that is no real day does not end it."""
WAS_OPEN = pl.col("latest_last_year.exists") & pl.col("latest_last_year.DEC").is_null()
"""Whether last year's return left the child's latest episode open."""
IS_FIRST = pl.col("DECOM").is_not_null() & pl.col("CHILD").is_not_null() & ~pl.col("previous.exists")
"""Whether the episode is the child's first in the return."""
IS_LATEST = pl.col("DECOM").is_not_null() & pl.col("CHILD").is_not_null() & ~pl.col("next.exists")
"""Whether the episode is the child's latest in the return."""


def written(name: str) -> pl.Expr:
    """The cell as written, also of a date; ``name`` may look elsewhere, as "previous.DEC" does."""
    return pl.col(name + TEXT) if name.rpartition(".")[2] in DATES else pl.col(name)


def given(name: str) -> pl.Expr:
    """Whether the cell is filled, with something usable or not."""
    return written(name).is_not_null()


def blank(name: str) -> pl.Expr:
    """Whether the cell is empty."""
    return written(name).is_null()


def has_urn() -> pl.Expr:
    """Whether the episode has a registration number, real or not, and not the sign that there can be none."""
    return given("URN") & ~one_of("URN", [layout.NO_REFERENCE])


def squeezed(name: str) -> pl.Expr:
    """A postcode in capitals without blanks, as it is compared."""
    return pl.col(name).str.replace_all(r"\s", "").str.to_uppercase()


def any_given(*names: str) -> pl.Expr:
    """Whether at least one of the cells is filled."""
    return pl.any_horizontal(given(name) for name in names)


def any_blank(*names: str) -> pl.Expr:
    """Whether at least one of the cells is empty."""
    return pl.any_horizontal(blank(name) for name in names)


def only_some_given(*names: str) -> pl.Expr:
    """Whether some but not all of the cells are filled."""
    return any_given(*names) & any_blank(*names)


def one_of(name: str, wanted: str | Iterable[str]) -> pl.Expr:
    """Whether the cell is one of the codes (a text lists them with blanks between); a blank is none of them."""
    known = wanted.split() if isinstance(wanted, str) else list(wanted)
    return pl.col(name).is_in(known).fill_null(value=False)


def not_a_code(name: str, wanted: str | Iterable[str], *, or_blank: bool = False) -> pl.Expr:
    """Whether the cell is filled with something other than the codes, or, when told so, blank."""
    return ~one_of(name, wanted) if or_blank else given(name) & ~one_of(name, wanted)


def listed(code_list: str) -> tuple[str, ...]:
    """The codes of a list of the house that hold today."""
    return tuple(code for code, about in codes.load(code_list).items() if not about.valid_to)


def not_a_day(name: str, *, or_blank: bool = False) -> pl.Expr:
    """Whether the cell is filled and no real DD/MM/YYYY day, or, when told so, blank."""
    return pl.col(name).is_null() if or_blank else given(name) & pl.col(name).is_null()


def differs(one: str, other: str) -> pl.Expr:
    """Whether two cells differ; blank equals blank."""
    return pl.col(one).ne_missing(pl.col(other))


def days_differ(one: str, other: str) -> pl.Expr:
    """Whether two cells of days differ; those that are no days are compared as written, and blank equals blank."""
    is_unreadable = pl.col(one).is_null() & pl.col(other).is_null()
    return differs(one, other) | (is_unreadable & written(one).ne_missing(written(other)))


def birthday(age: int, born: str = "DOB") -> pl.Expr:
    """The day on which the child reaches the age; in common years 1 March for one born on 29 February (rule R6)."""
    same_day = pl.col(born).dt.offset_by(f"{age}y")
    is_moved = pl.col(born).dt.day() != same_day.dt.day()
    return pl.when(is_moved).then(same_day.dt.offset_by("1d")).otherwise(same_day)


def child_with(table: str, condition: pl.Expr) -> pl.Expr:
    """Whether the row's child has any row in the table of which the condition is true."""
    return derived.child_with(table, condition)


def on(table: str) -> pl.Expr:
    """Whether the row's child has a row in the table."""
    return pl.col(f"{table}.exists")


def many_of_the_child() -> pl.Expr:
    """Whether the child has more than one row in this table."""
    return pl.col(CHILD).is_not_null() & pl.col(CHILD).is_duplicated()
