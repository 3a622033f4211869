"""Columns that no file has: the collection's days, continuous care, who is unaccompanied, what postcodes tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import polars as pl

from hearth.returns import geography
from hearth.returns.ssda903.checking.intake import LAST
from hearth.returns.ssda903.checking.postcodes import located
from hearth.returns.ssda903.checking.unavailable import UnavailableError

if TYPE_CHECKING:
    from hearth.returns.ssda903.checking.prepared import Prepared

CHILD = "CHILD"
FOUND = "child_with:"
Maker = Callable[["Prepared", str], pl.Series]
_conditions: list[tuple[str, pl.Expr]] = []


def child_with(table: str, condition: pl.Expr) -> pl.Expr:
    """The column that says whether the row's child has any row in the table of which the condition is true."""
    _conditions.append((table, condition))
    return pl.col(f"{FOUND}{len(_conditions) - 1}")


def found(data: Prepared, table: str, name: str) -> pl.Series:
    """That column for the rows of a table."""
    other, condition = _conditions[int(name.removeprefix(FOUND))]
    names = sorted({CHILD, *condition.meta.root_names()})
    return _is_among(data, table, data.rows(other, *names).filter(condition)[CHILD])


def _is_among(data: Prepared, table: str, children: pl.Series) -> pl.Series:
    return data.column(table, CHILD).is_in(children.drop_nulls().implode()).fill_null(value=False)


def _same(value: Any, kind: pl.DataType, data: Prepared, table: str) -> pl.Series:
    return pl.Series([value], dtype=kind).new_from_index(0, data.table(table).height)


def _day_of_collection(name: str) -> Maker:
    def made(data: Prepared, table: str) -> pl.Series:
        day = getattr(data.metadata, name)
        if day is None:
            raise UnavailableError(f"{name} is not given")
        return _same(day, pl.Date(), data, table)

    return made


def _authority(data: Prepared, table: str) -> pl.Series:
    if data.metadata.authority is None:
        raise UnavailableError("the authority's code is not given")
    return _same(data.metadata.authority, pl.String(), data, table)


def _year(data: Prepared, table: str) -> pl.Series:
    year = data.metadata.collection_year or (data.metadata.collection_end and data.metadata.collection_end.year)
    if year is None:
        raise UnavailableError("collection_year is not given")
    return _same(year, pl.Int32(), data, table)


def _is_continuous(data: Prepared, table: str) -> pl.Series:
    """Whether the child was looked after continuously for the year, as the published rules define it.

    The child has an episode in the year, and none of them begins the period of care after the first day, ends it
    before the last day, or is a short break.
    """
    rows = data.rows("Episodes", CHILD, "DECOM", "RNE", "LS", "DEC", "REC", "FIRST_DAY", "LAST_DAY")
    first, last = pl.col("FIRST_DAY"), pl.col("LAST_DAY")
    in_year = rows.filter(pl.col("DECOM") <= last, pl.col("DEC").is_null() | (pl.col("DEC") >= first))
    begins = (pl.col("RNE") == "S") & (pl.col("DECOM") > first)
    ends = (pl.col("REC") != "X1") & (pl.col("DEC") >= first) & (pl.col("DEC") < last)
    breaks = (begins | ends | pl.col("LS").is_in(["V3", "V4"])).fill_null(value=False)
    counted = in_year.group_by(CHILD).agg(breaks.any().alias("breaks"))
    return _is_among(data, table, counted.filter(~pl.col("breaks"))[CHILD])


def _unaccompanied(year: str) -> Maker:
    """Whether the child is marked as unaccompanied in that year: by the indicator, else by a row on the UASC file."""

    def made(data: Prepared, table: str) -> pl.Series:
        if data.has("Header" + year, "UASC"):
            header = data.rows("Header" + year, CHILD, "UASC")
            return _is_among(data, table, header.filter(pl.col("UASC") == "1")[CHILD])
        if not data.has("UASC" + year, CHILD):
            which = "last year" if year else "this year"
            raise UnavailableError(f"nothing tells which children were unaccompanied {which} (no table UASC)")
        return _is_among(data, table, data.column("UASC" + year, CHILD))

    return made


def _ever_unaccompanied(data: Prepared, table: str) -> pl.Series:
    """Marked this year or last; what is known of one of the two will do."""
    known = [name for name in ("is_uasc", "was_uasc") if data.has(table, name)]
    if not known:
        raise UnavailableError("nothing tells which children are unaccompanied (no table UASC)")
    marks = data.rows(table, *known)
    return marks.select(pl.any_horizontal(known)).to_series()


def _born(data: Prepared, table: str) -> pl.Series:
    """The date of birth in the row itself, else on Header."""
    known = [name for name in ("DOB", "Header.DOB") if data.has(table, name)]
    if not known:
        raise UnavailableError(f"no date of birth stands on {table} or Header")
    return data.rows(table, *known).select(pl.coalesce(known)).to_series()


def _from_postcodes(name: str) -> Maker:
    """The item as supplied with the episodes, else as the postcodes tell it."""

    def made(data: Prepared, table: str) -> pl.Series:
        frame = data.table(table)
        if name in frame.columns:
            return frame[name].cast(pl.Float64, strict=False) if name == "PL_DISTANCE" else frame[name]
        return FROM_POSTCODES[name](data, table)

    return made


def _distance(data: Prepared, table: str) -> pl.Series:
    home, placed = located(data, table, "HOME_POST"), located(data, table, "PL_POST")
    return geography.distance_miles(home, placed)


def _placement_authority(data: Prepared, table: str) -> pl.Series:
    return located(data, table, "PL_POST")["authority"]


def _location(data: Prepared, table: str) -> pl.Series:
    both = data.rows(table, "PL_LA", "AUTHORITY")
    is_in = pl.when(pl.col("PL_LA") == pl.col("AUTHORITY")).then(pl.lit("IN")).otherwise(pl.lit("OUT"))
    return both.select(pl.when(pl.col("PL_LA").is_not_null()).then(is_in)).to_series()


def _location_known(data: Prepared, table: str) -> pl.Series:
    if "PL_LOCATION" in data.table(table).columns:
        return data.column(table, "PL_LOCATION").is_in(["IN", "OUT"]).fill_null(value=False)
    return data.column(table, "PL_LA").is_not_null()


def _in_year(data: Prepared, table: str) -> pl.Series:
    """Whether the episode has a day in the collection year; what is blank, or no column, does not speak against it."""
    rows = data.rows(table, "FIRST_DAY", "LAST_DAY", *(name for name in ("DECOM", "DEC") if data.has(table, name)))
    begins = pl.col("DECOM") <= pl.col("LAST_DAY") if "DECOM" in rows.columns else pl.lit(value=True)
    ends = pl.col("DEC") >= pl.col("FIRST_DAY") if "DEC" in rows.columns else pl.lit(value=True)
    answer = begins.fill_null(value=True) & ends.fill_null(value=True)
    return rows.select("FIRST_DAY", answer.alias("in_year"))["in_year"]


def _provider_authority(data: Prepared, table: str) -> pl.Series:
    """The provider's authority as the register tells it, else by a directory of postcodes given with the metadata."""
    register = data.table(table)
    if "AUTHORITY" not in register.columns:
        raise UnavailableError("the register of providers has no column of authorities or postcodes")
    known = register["AUTHORITY"]
    if data.metadata.postcodes is None or "POSTCODE" not in register.columns:
        return known
    return known.zip_with(known.is_not_null(), located(data, table, "POSTCODE")["authority"])


FROM_POSTCODES: Mapping[str, Maker] = {
    "PL_DISTANCE": _distance,
    "PL_LA": _placement_authority,
    "PL_LOCATION": _location,
}
ANYWHERE: Mapping[str, Maker] = {
    "FIRST_DAY": _day_of_collection("collection_start"),
    "LAST_DAY": _day_of_collection("collection_end"),
    "AUTHORITY": _authority,
    "COLLECTION_YEAR": _year,
    "is_continuous": _is_continuous,
    "is_uasc": _unaccompanied(""),
    "was_uasc": _unaccompanied(LAST),
    "ever_uasc": _ever_unaccompanied,
    "born": _born,
}
"""Columns that every table with CHILD has."""
OF_TABLE: Mapping[tuple[str, str], Maker] = (
    {(table, name): _from_postcodes(name) for table in ("Episodes", "Episodes" + LAST) for name in FROM_POSTCODES}
    | {
        (table, f"{name}_known"): (lambda data, table, name=name: located(data, table, name)["authority"].is_not_null())
        for table in ("Episodes", "Episodes" + LAST)
        for name in ("HOME_POST", "PL_POST")
    }
    | {("providers", "PROVIDER_LA"): _provider_authority}
    | {("Episodes", "in_year"): _in_year, ("Episodes", "PL_LOCATION_known"): _location_known}
)
"""Columns of one table."""
