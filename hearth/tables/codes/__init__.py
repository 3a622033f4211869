"""Code lists: one CSV per list with label, validity and notes; an unknown list or code fails where it is named."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Code:
    """One code: its label, the days or return years between which it holds ("" for always), notes, extra columns."""

    code: str
    label: str
    valid_from: str
    valid_to: str
    notes: str
    extra: Mapping[str, str]


@cache
def names() -> tuple[str, ...]:
    """The names of all code lists."""
    return tuple(sorted(path.stem for path in HERE.glob("*.csv")))


@cache
def load(list_name: str) -> Mapping[str, Code]:
    """The codes of a list, in order. Raises KeyError naming the list when there is none of that name."""
    path = HERE / f"{list_name}.csv"
    if not path.exists():
        raise KeyError(f"no code list called {list_name!r}; there are {', '.join(names())}")
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: _code(row) for row in csv.DictReader(file)}


def _code(row: dict[str, str]) -> Code:
    known = ("code", "label", "valid_from", "valid_to", "notes")
    extra = {key: value for key, value in row.items() if key not in known}
    named = {key: row.get(key) or "" for key in known}
    return Code(**named, extra=extra)


def members(list_name: str, *codes: str) -> tuple[str, ...]:
    """The codes given, checked: raises KeyError at import of the module that names a code the list does not have."""
    unknown = [code for code in codes if code not in load(list_name)]
    if unknown:
        raise KeyError(f"{list_name} has no code {', '.join(unknown)}")
    return codes


def label(list_name: str, code: str | None) -> str:
    """The label of a code; the code itself when the list does not know it, "not known" for none."""
    if code is None:
        return "not known"
    found = load(list_name).get(code)
    return found.label if found else code


def named(list_name: str, code: str) -> str:
    """A code as people read it where the code itself matters: "Norfolk (E10000020)"; alone where it has no label."""
    said = label(list_name, code)
    return code if said == code else f"{said} ({code})"
