"""The list of tables, by name: the dictionary that the house shares."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import dataframely as dy
import polars as pl

from hearth.tables import (
    care,
    carers,
    complaints,
    corporate_parent,
    decisions,
    general,
    homes,
    leaving_care,
    person,
    schooling,
    voice,
    wellbeing,
    work,
)
from hearth.tables.table import IDENTIFIERS, SUBJECTS


def _name(schema: type[dy.Schema]) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", schema.__name__).lower()


BASES = tuple(SUBJECTS.values())


def _schemas(module: object) -> list[type[dy.Schema]]:
    found = [value for value in vars(module).values() if isinstance(value, type)]
    return [s for s in found if issubclass(s, BASES) and s not in BASES]


AREAS: Mapping[str, tuple[type[dy.Schema], ...]] = MappingProxyType(
    {
        "Person": tuple(_schemas(person)),
        "Care": tuple(_schemas(care)),
        "Work with the child": tuple(_schemas(work)),
        "Health and safety": tuple(_schemas(wellbeing)),
        "Leaving care": tuple(_schemas(leaving_care)),
        "School": tuple(_schemas(schooling)),
        "Complaints": tuple(_schemas(complaints)),
        "Voice": tuple(_schemas(voice)),
        "Decisions": tuple(_schemas(decisions)),
        "Acts, requests and arrangements": tuple(_schemas(general)),
        "Foster carers": tuple(_schemas(carers)),
        "Children's homes": tuple(_schemas(homes)),
        "The authority": tuple(_schemas(corporate_parent)),
    }
)
TABLES: Mapping[str, type[dy.Schema]] = MappingProxyType(
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
def subject(name: str) -> str:
    """Whom the table is about: child, foster_carer, childrens_home or authority."""
    return next(kind for kind, base in SUBJECTS.items() if issubclass(TABLES[name], base))


def identity(name: str) -> tuple[str, ...]:
    """The columns that say whom a row is about: the authority, and the child, carer or home."""
    return tuple(dict.fromkeys(("authority", IDENTIFIERS[subject(name)])))


@cache
def empty(name: str) -> pl.DataFrame:
    """A table of that name without rows."""
    return TABLES[name].create_empty()


def conform(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with exactly the table's columns in order and type; columns it lacks are null.

    Raises dataframely's validation error when a required value is null: that is a bug of the caller,
    because a reader sets such rows aside first.
    """
    return TABLES[name].validate(shaped(name, frame))


def shaped(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """As ``conform``, for a frame made from tables that are valid: nothing is checked again."""
    kinds = empty(name).schema
    lacking = [pl.lit(None, dtype=kind).alias(column) for column, kind in kinds.items() if column not in frame.columns]
    whole = frame.with_columns(lacking) if lacking else frame
    has = whole.schema
    if all(has[column] == kind for column, kind in kinds.items()):
        return whole[list(kinds)]
    return whole.select(pl.col(column).cast(kind) for column, kind in kinds.items())
