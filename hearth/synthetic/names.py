"""Names for the made-up children, workers and schools: drawn from plain lists, the same for the same seed."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path

import polars as pl

LISTS = Path(__file__).with_name("names.csv")
NATIONS: Mapping[str, str] = {
    "Afghan": "middle_eastern",
    "Iranian": "middle_eastern",
    "Iraqi": "middle_eastern",
    "Sudanese": "middle_eastern",
    "Syrian": "middle_eastern",
    "Eritrean": "horn",
    "Ethiopian": "horn",
    "Nigerian": "african",
    "Pakistani": "south_asian",
    "Albanian": "eastern_european",
    "Lithuanian": "eastern_european",
    "Polish": "eastern_european",
    "Romanian": "eastern_european",
    "Portuguese": "portuguese",
    "Vietnamese": "vietnamese",
}
LANGUAGES: Mapping[str, str] = {
    "Afghan": "Pashto",
    "Iranian": "Farsi",
    "Iraqi": "Kurdish",
    "Sudanese": "Arabic",
    "Syrian": "Arabic",
    "Eritrean": "Tigrinya",
    "Ethiopian": "Amharic",
    "Albanian": "Albanian",
    "Lithuanian": "Lithuanian",
    "Polish": "Polish",
    "Romanian": "Romanian",
    "Portuguese": "Portuguese",
    "Vietnamese": "Vietnamese",
}
ETHNICITIES: Mapping[str, str] = {
    **dict.fromkeys(("AIND", "APKN", "ABAN", "AOTH"), "south_asian"),
    "BAFR": "african",
    "WROM": "eastern_european",
}
SHORT = 12
"""One child in so many goes by a shorter name than the one registered."""
COLUMNS = ("first_names", "last_names", "preferred_name", "pronouns", "language")


def of_children(people: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Names for the rows of ``people``: authority, child_id, and first and last names, name used, pronouns, language.

    Siblings share their family name.
    """
    wanted = ("authority", "child_id", "sex", "ethnicity", "nationality", "family_id")
    rows = [(row[0], row[1], *_child(row, seed)) for row in people.select(wanted).iter_rows()]
    return pl.DataFrame(rows, schema=dict.fromkeys(("authority", "child_id", *COLUMNS), pl.String()), orient="row")


def of_worker(worker_id: str, seed: int) -> str:
    """The name of a worker."""
    group = ("british", "british", "british", "south_asian", "african")[drawn(worker_id, "group", seed) % 5]
    kind = ("girl", "girl", "girl", "boy")[drawn(worker_id, "kind", seed) % 4]
    first, last = _one(group, kind, worker_id, seed), _one(group, "family", f"{worker_id} family", seed)
    return f"{first} {last}"


def of_household(carer_id: str, seed: int) -> str:
    """The names of the carers of a household: two, or one."""
    first = of_worker(carer_id, seed)
    if drawn(carer_id, "alone", seed) % 4 == 0:
        return first
    other = of_worker(f"{carer_id} other", seed).partition(" ")[0]
    return f"{other} and {first}"


def of_school(number: str, kind: str, seed: int) -> str:
    """The name of a school by its number; ``kind`` is primary, secondary or all-through."""
    return f"{_one('school', 'place', number, seed)} {_one('school', kind, number, seed)}"


def of_relative(child: Mapping[str, str | None], whose: str, kind: str, seed: int, *, is_of_family: bool) -> str:
    """The name of somebody (``kind`` girl or boy) around a child, a row of ``people``; the family's own, or another."""
    group = _group(child["ethnicity"], child["nationality"])
    family = f"{child['authority']} {child['family_id'] or child['child_id']} family"
    last = _one(group, "family", family if is_of_family else f"{whose} family", seed)
    return f"{_one(group, kind, whose, seed)} {last}"


def of_child(child: Mapping[str, str | None], seed: int) -> str:
    """First name and family name of a child, a row of ``people``."""
    columns = ("authority", "child_id", "sex", "ethnicity", "nationality", "family_id")
    first, last, *_ = _child([child[column] for column in columns], seed)
    return f"{(first or '').split(' ')[0]} {last}"


def _group(ethnicity: str | None, nationality: str | None) -> str:
    return NATIONS.get(nationality or "") or ETHNICITIES.get(ethnicity or "") or "british"


def _child(row: Sequence[str | None], seed: int) -> tuple[str | None, ...]:
    authority, child, sex, ethnicity, nationality, family = row
    whose = f"{authority} {child}"
    group = _group(ethnicity, nationality)
    kind = {"M": "boy", "F": "girl"}.get(sex or "", "girl")
    first = _one(group, kind, whose, seed)
    last = _one(group, "family", f"{authority} {family or child} family", seed)
    middle = _one("british", kind, f"{whose} middle", seed) if group == "british" else ""
    pronouns = {"M": "he/him", "F": "she/her"}.get(sex or "", "they/them")
    goes_by = first[:3] if len(first) > 4 and drawn(whose, "short", seed) % SHORT == 0 else None
    return f"{first} {middle}".strip(), last, goes_by, pronouns, LANGUAGES.get(nationality or "", "English")


def _one(group: str, kind: str, whose: str, seed: int) -> str:
    names = _lists()[group, kind]
    return names[drawn(whose, kind, seed) % len(names)]


def drawn(whose: str, what: str, seed: int) -> int:
    """A number of its own for each of whom and what it is drawn for."""
    return int.from_bytes(blake2b(f"{seed}|{what}|{whose}".encode(), digest_size=6).digest(), "big")


@cache
def _lists() -> Mapping[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], list[str]] = {}
    with LISTS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault((row["group"], row["kind"]), []).append(row["name"])
    return {which: tuple(names) for which, names in found.items()}
