"""The list of tables, by name: the dictionary that the house shares."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import dataframely as dy
import polars as pl

from hearth.tables import care, complaints, general, leaving_care, person, schooling, wellbeing, work
from hearth.tables.table import ChildTable


def _name(schema: type[dy.Schema]) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", schema.__name__).lower()


def _schemas(module: object) -> list[type[ChildTable]]:
    found = [value for value in vars(module).values() if isinstance(value, type)]
    return [s for s in found if issubclass(s, ChildTable) and s is not ChildTable]


AREAS: Mapping[str, tuple[type[ChildTable], ...]] = MappingProxyType(
    {
        "Person": tuple(_schemas(person)),
        "Care": tuple(_schemas(care)),
        "Work with the child": tuple(_schemas(work)),
        "Health and safety": tuple(_schemas(wellbeing)),
        "Leaving care": tuple(_schemas(leaving_care)),
        "School": tuple(_schemas(schooling)),
        "Complaints": tuple(_schemas(complaints)),
        "Acts, requests and arrangements": tuple(_schemas(general)),
    }
)
TABLES: Mapping[str, type[ChildTable]] = MappingProxyType(
    {_name(schema): schema for schemas in AREAS.values() for schema in schemas}
)
DERIVED = frozenset({"periods_of_care", "placements", "stays"})


def title(name: str) -> str:
    """The table's name in words, for example "Statutory visits"."""
    return about(name).split(":")[0]


def about(name: str) -> str:
    """What the table holds, in words."""
    return (TABLES[name].__doc__ or name).strip().splitlines()[0].rstrip(".")


@cache
def empty(name: str) -> pl.DataFrame:
    """A table of that name without rows."""
    return TABLES[name].create_empty()


def conform(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with exactly the table's columns in order and type; columns it lacks are null.

    Raises dataframely's validation error when a required value is null: that is a bug of the caller,
    because a reader sets such rows aside first.
    """
    schema = TABLES[name]
    kinds = empty(name).schema
    lacking = [pl.lit(None, dtype=kind).alias(column) for column, kind in kinds.items() if column not in frame.columns]
    whole = frame.with_columns(lacking).select(pl.col(c).cast(kind) for c, kind in kinds.items())
    return schema.validate(whole)
