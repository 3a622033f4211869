"""The regulator's register of settings in its published layouts: place and provider codes, closing date, postcode."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from hearth.returns import files, geography
from hearth.returns.ssda903 import layout
from hearth.returns.ssda903.checking.intake import tables_of_text
from hearth.returns.ssda903.checking.unavailable import UnavailableError
from hearth.tables.problems import Problems

TABLE = "providers"
HEADINGS: dict[str, tuple[str, ...]] = {
    "URN": ("URN", "OFSTED_URN", "UNIQUE_REFERENCE_NUMBER", "PROVIDER_URN"),
    "PLACE_CODES": ("PLACE_CODES", "PLACEMENT_CODE", "PLACEMENT_CODES", "PLACE_CODE", "PLACE"),
    "PROVIDER_CODES": (
        "PROVIDER_CODES",
        "PLACEMENT_PROVIDER_CODE",
        "PLACEMENT_PROVIDER_CODES",
        "PROVIDER_CODE",
        "PLACE_PROVIDER",
    ),
    "REG_END": (
        "REG_END",
        "DEREGISTRATION_DATE",
        "REGISTRATION_END",
        "REGISTRATION_END_DATE",
        "CLOSED_ON",
        "CLOSE_DATE",
    ),
    "POSTCODE": ("POSTCODE", "SETTING_ADDRESS_POSTCODE", "PROVIDER_POSTCODE", "ADDRESS_POSTCODE"),
    "AUTHORITY": (
        "LA_CODE_INFERRED",
        "AUTHORITY",
        "LOCAL_AUTHORITY",
        "LA_CODE",
        "LOCAL_AUTHORITY_CODE",
        "LA_NAME_FROM_FILE",
    ),
}
"""Headings under which the layouts give the same, the best first."""
TOP = 25
"""Rows above the headings of a workbook at most: title, notes, blanks."""
DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d %B %Y", "%d %b %Y")
ONS = r"^[EWSN][0-9]{8}$"


def read(given: Any) -> pl.DataFrame:
    """The register as text: URN, PLACE_CODES, PROVIDER_CODES (codes with commas between), REG_END, POSTCODE, AUTHORITY.

    From a path to a CSV file or a workbook, or from anything that a frame can be made of. Raises UnavailableError when
    none is given or it has no URN.
    """
    if given is None:
        raise UnavailableError("no register of providers is given")
    table = _file(Path(given)) if isinstance(given, str | Path) else tables_of_text({TABLE: given})[TABLE]
    return _named(table)


def _file(path: Path) -> pl.DataFrame:
    """The tables of a file that have a column of reference numbers, whatever stands above their headings."""
    found = list(_tables(path)) if path.is_file() else []
    if not found:
        raise UnavailableError(f"the register of providers {path.name} cannot be read, or has no column URN")
    whole = pl.concat(found, how="diagonal")
    return tables_of_text({TABLE: whole.drop("row", strict=False)})[TABLE]


def _tables(path: Path) -> Iterator[pl.DataFrame]:
    if not files.is_workbook(path):
        read = files.read_text_table(path, Problems())
        if read is not None:
            yield _tidy(read)
        return
    for sheet in files.sheets(path).values():
        at = _heading_row(sheet)
        if at is not None:
            yield _tidy(files.table_below(sheet, at, Problems(), path.name))


def _tidy(table: pl.DataFrame) -> pl.DataFrame:
    return table.rename(layout.heading)


def _heading_row(sheet: pl.DataFrame) -> int | None:
    """The first of the sheet's top rows that has a heading for reference numbers."""
    for at, cells in enumerate(sheet.head(TOP).rows()):
        if {layout.heading(str(cell)) for cell in cells if cell} & set(HEADINGS["URN"]):
            return at
    return None


def _named(table: pl.DataFrame) -> pl.DataFrame:
    named = {ours: next((name for name in names if name in table.columns), None) for ours, names in HEADINGS.items()}
    if named["URN"] is None:
        raise UnavailableError("the register of providers has no column URN")
    register = table.select(pl.col(name).alias(ours) for ours, name in named.items() if name)
    made = [MADE[name](register[name]).alias(name) for name in register.columns]
    return _with_authority(pl.DataFrame(made), named["AUTHORITY"] or "")


def _urn(column: pl.Series) -> pl.Series:
    """Reference numbers as text, also where a workbook holds numbers."""
    return column.str.to_uppercase().str.replace(r"\.0+$", "")


def _codes(column: pl.Series) -> pl.Series:
    """Codes with commas between, in capitals, whatever parted them."""
    parted = column.str.to_uppercase().str.replace_all(r"[^A-Z0-9]+", ",")
    return parted.str.strip_chars(",")


def _day(column: pl.Series) -> pl.Series:
    """Days as the return writes them, from its own form or a workbook's."""
    text = column.str.replace(r"[T ]\d{1,2}:.*$", "")
    day = text.to_frame("day").select(pl.coalesce(pl.col("day").str.to_date(form, strict=False) for form in DAYS))
    return day.to_series().dt.strftime("%d/%m/%Y")


def _with_authority(register: pl.DataFrame, heading: str) -> pl.DataFrame:
    """Authorities by their ONS code; one that is named otherwise, or not at all, is told by the postcode."""
    if "AUTHORITY" in register.columns:
        is_code = pl.lit(heading.startswith("LA_CODE")) | pl.col("AUTHORITY").str.contains(ONS)
        register = register.with_columns(pl.when(is_code).then("AUTHORITY"))
        if register["AUTHORITY"].null_count() == 0:
            return register
    if "POSTCODE" not in register.columns:
        return register
    try:
        placed = geography.locate(register["POSTCODE"])["authority"]
    except (ImportError, OSError):
        return register
    known = register["AUTHORITY"] if "AUTHORITY" in register.columns else pl.Series([None], dtype=pl.String)
    return register.with_columns(pl.select(pl.coalesce(known, placed)).to_series().alias("AUTHORITY"))


MADE: Mapping[str, Callable[[pl.Series], pl.Series]] = {
    "URN": _urn,
    "PLACE_CODES": _codes,
    "PROVIDER_CODES": _codes,
    "REG_END": _day,
    "POSTCODE": geography.squeezed,
    "AUTHORITY": lambda column: column,
}
