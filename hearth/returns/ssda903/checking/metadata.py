"""What a check needs to know besides the tables: the collection's days, the authority, the file's form, registers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hearth.returns.ssda903 import layout

RULE_SETS = ("2022_23", "2023_24", "2024_25", "2025_26", "2026_27")
"""The rule sets held, oldest first; 2025_26 checks the return to 31 March 2026."""
NEWEST = RULE_SETS[-1]
OTHER_KEYS: Mapping[str, str] = {
    "start": "collection_start",
    "first_day": "collection_start",
    "end": "collection_end",
    "last_day": "collection_end",
    "year": "collection_year",
    "local_authority": "authority",
    "local_authority_code": "authority",
    "authority_code": "authority",
    "la": "authority",
    "la_code": "authority",
    "format": "file_format",
    "provider_register": "providers",
    "provider_info": "providers",
    "register": "providers",
    "postcode_directory": "postcodes",
    "ruleset": "rule_set",
}
"""Other names under which people give the same."""


class MetadataError(ValueError):
    """Something in the metadata cannot be used; the message is one plain sentence."""


@dataclass(frozen=True, eq=False)
class Metadata:
    """The facts of a collection; None where not given.

    ``providers`` and ``postcodes`` are tables in any of their published layouts, or None (no register; the postcode
    directory that the product carries).
    """

    collection_start: dt.date | None = None
    collection_end: dt.date | None = None
    collection_year: int | None = None
    authority: str | None = None
    file_format: str = "csv"
    rule_set: str = NEWEST
    providers: Any = None
    postcodes: Any = None


def understood(given: Metadata | Mapping[str, Any] | None) -> Metadata:
    """The metadata from a mapping, whatever the case of its keys and the form of its days.

    Without ``rule_set`` the collection year chooses it; without either, or in a year for which no set is held, the
    newest. The days come from the collection year where they are not given. Raises MetadataError for a value that
    cannot be understood.
    """
    if isinstance(given, Metadata):
        return given
    said = {_key(name): value for name, value in (given or {}).items() if value is not None}
    start, end = (_day(name, said.get(name)) for name in ("collection_start", "collection_end"))
    year = _year(said.get("collection_year"))
    if year and start is None and end is None:
        start, end = layout.first_day(year), layout.last_day(year)
    return Metadata(
        collection_start=start or (_a_year_from(end, -1) if end else None),
        collection_end=end or (_a_year_from(start, 1) if start else None),
        collection_year=year,
        authority=str(said["authority"]).strip() if said.get("authority") else None,
        file_format=str(said.get("file_format", "csv")).strip().lower().lstrip("."),
        rule_set=_rule_set(said.get("rule_set"), year),
        providers=said.get("providers"),
        postcodes=said.get("postcodes"),
    )


def _key(name: str) -> str:
    snake = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.strip())
    tidy = re.sub(r"[\s\-]+", "_", snake).lower()
    return OTHER_KEYS.get(tidy, tidy)


def _day(name: str, given: object) -> dt.date | None:
    if given is None or given == "":
        return None
    if isinstance(given, dt.datetime):
        return given.date()
    if isinstance(given, dt.date):
        return given
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return dt.datetime.strptime(str(given).strip()[:10], form).date()
        except ValueError:
            continue
    raise MetadataError(f"{name} is {given!r}; give a day as 01/04/2025.")


def _a_year_from(day: dt.date, years: int) -> dt.date:
    """The other end of a year that starts (1) or ends (-1) on the day."""
    beside = day - dt.timedelta(days=years)
    leap = beside.replace(day=28) if (beside.month, beside.day) == (2, 29) else beside
    return leap.replace(year=leap.year + years)


def _year(given: object) -> int | None:
    """The collection year from 2026, "2026", "2025/26", "2025_26" or "2025-2026"."""
    if given is None or given == "":
        return None
    found = re.fullmatch(r"(\d{4})(?:\.0)?(?:\s*[/_\-]\s*(\d{2}|\d{4}))?", str(given).strip())
    if not found:
        raise MetadataError(f"collection_year is {given!r}; give the year in which the collection ends, as 2026.")
    return int(found[1]) + (1 if found[2] else 0)


def _rule_set(given: object, year: int | None) -> str:
    if given:
        year = _year(given)
    named = f"{year - 1}_{year % 100:02}" if year else NEWEST
    return named if named in RULE_SETS else NEWEST
