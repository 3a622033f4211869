"""Published statistics as tables: what the Department has printed about areas, never about a child."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from hearth.tables import problems

ENGLAND = "E92000001"

STATISTICS: dict[str, pl.DataType] = {
    "statistic": pl.String(),
    "geography": pl.String(),
    "code": pl.String(),
    "name": pl.String(),
    "region": pl.String(),
    "year_ended_on": pl.Date(),
    "value": pl.Float64(),
    "numerator": pl.Float64(),
    "denominator": pl.Float64(),
    "mark": pl.String(),
    "file": pl.String(),
    "published_year": pl.String(),
}
"""One printed figure: geography is England, region or authority; mark is what stands in place of a number."""

POPULATION: dict[str, pl.DataType] = {"authority": pl.String(), "year": pl.Int64(), "population": pl.Int64()}
"""Children aged 0 to 17 living in the area at the middle of the year (30 June)."""

NEIGHBOURS: dict[str, pl.DataType] = {
    "authority": pl.String(),
    "rank": pl.Int64(),
    "neighbour": pl.String(),
    "name": pl.String(),
    "closeness": pl.String(),
}
"""The ten statistical neighbours of each authority, nearest first."""

AUTHORITIES: dict[str, pl.DataType] = {
    "authority": pl.String(),
    "earlier_code": pl.String(),
    "old_code": pl.String(),
    "name": pl.String(),
    "region": pl.String(),
    "region_code": pl.String(),
}
"""One row per ONS code an authority has had: ``authority`` is today's, ``earlier_code`` the one of the row."""

MARKS: dict[str, str] = {
    "c": "suppressed by the publisher, because the number is small",
    "z": "does not apply",
    "x": "not available",
    "k": "above zero, but rounds to zero",
    "u": "low reliability",
    ":": "not available",
    ".": "does not apply",
    "..": "not available",
    "~": "above zero, but rounds to zero",
    "*": "suppressed by the publisher, because the number is small",
    "-": "not published",
    "low": "above zero, but rounds to zero",
}
"""What the publisher's marks mean: the older ones after the five used today."""


@dataclass(frozen=True, eq=False)
class Published:
    """The Department's statistics: frames as ``STATISTICS``, ``POPULATION``, ``NEIGHBOURS``, ``AUTHORITIES``."""

    statistics: pl.DataFrame
    population: pl.DataFrame
    neighbours: pl.DataFrame
    authorities: pl.DataFrame
    problems: pl.DataFrame
    titles: dict[str, str]

    def today(self, authority: str) -> str:
        """The code an authority has today, given any code it has had; the code itself when it is not known."""
        found = self.authorities.filter(pl.col("earlier_code") == authority)["authority"]
        return str(found[0]) if found.len() else authority


def nothing() -> Published:
    """Published statistics when no files are given."""
    statistics, population, neighbours, authorities, found = (
        pl.DataFrame(schema=schema) for schema in (STATISTICS, POPULATION, NEIGHBOURS, AUTHORITIES, problems.SCHEMA)
    )
    return Published(statistics, population, neighbours, authorities, problems=found, titles={})
