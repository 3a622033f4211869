"""Where the postcodes of the episodes lie: by the directory the product carries, or one given with the metadata."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from hearth.returns import geography
from hearth.returns.ssda903.checking.intake import tables_of_text
from hearth.returns.ssda903.checking.unavailable import UnavailableError

if TYPE_CHECKING:
    from hearth.returns.ssda903.checking.prepared import Prepared

NAMES = {
    "postcode": ("PCD", "POSTCODE", "PCDS", "PCD7", "PCD8"),
    "authority": ("LAUA", "AUTHORITY", "LA", "PL_LA", "LA_CODE"),
    "easting": ("OSEAST1M", "EASTING"),
    "northing": ("OSNRTH1M", "NORTHING"),
}
"""Headings under which directories give the same."""


def located(data: Prepared, table: str, column: str) -> pl.DataFrame:
    """Easting, northing (metres) and authority of a column of postcodes, row for row, null where not known."""
    return data.remembered(("located", table, column), lambda: _located(data, table, column))


def _located(data: Prepared, table: str, column: str) -> pl.DataFrame:
    postcodes = data.column(table, column)
    if data.metadata.postcodes is not None:
        return _in_given(data.metadata.postcodes, postcodes)
    try:
        return geography.locate(postcodes)
    except (ImportError, OSError) as why:
        raise UnavailableError("the directory of postcodes cannot be read") from why


def _in_given(directory: Any, postcodes: pl.Series) -> pl.DataFrame:
    known = tables_of_text({"postcodes": directory})["postcodes"]
    named = {ours: next((name for name in names if name in known.columns), None) for ours, names in NAMES.items()}
    if named["postcode"] is None:
        raise UnavailableError("the directory of postcodes has no column of postcodes")
    columns = [
        (pl.col(name) if name else pl.lit(None, dtype=pl.String)).cast(geography.PLACES[ours], strict=False).alias(ours)
        for ours, name in named.items()
        if ours != "postcode"
    ]
    keyed = known.select(geography.squeezed(known[named["postcode"]]).alias("key"), *columns).unique(
        "key", keep="first"
    )
    wanted = geography.squeezed(postcodes).to_frame("key")
    return wanted.join(keyed, on="key", how="left", maintain_order="left").drop("key")
