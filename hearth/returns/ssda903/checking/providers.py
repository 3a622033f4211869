"""The regulator's register of settings in its published layouts: place and provider codes, closing date, postcode."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from hearth.returns import files, geography
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
    problems = Problems()
    found = files.read_text_table(path, problems, name=path.name)
    if found is None:
        raise UnavailableError(f"the register of providers {path.name} cannot be read")
    return tables_of_text({TABLE: found})[TABLE]


def _named(table: pl.DataFrame) -> pl.DataFrame:
    named = {ours: next((name for name in names if name in table.columns), None) for ours, names in HEADINGS.items()}
    if named["URN"] is None:
        raise UnavailableError("the register of providers has no column URN")
    register = table.select(pl.col(name).alias(ours) for ours, name in named.items() if name)
    return register.with_columns(
        pl.col("URN").str.to_uppercase(),
        *(geography.squeezed(register[name]) for name in ("POSTCODE",) if name in register.columns),
    )
