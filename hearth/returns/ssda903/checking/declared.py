"""How a rule is declared: its conditions by table, the rule sets between which they hold, and the published facts."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING

import polars as pl

from hearth.returns.ssda903.checking.derived import child_with
from hearth.returns.ssda903.checking.metadata import RULE_SETS

if TYPE_CHECKING:
    from hearth.returns.ssda903.checking.prepared import Prepared

HERE = Path(__file__).parent.parent


@dataclass(frozen=True, eq=False)
class Flag:
    """Rows of one table that break the rule: ``condition`` is true of them; null counts as unbroken.

    An ``is_optional`` part is left out where its table is absent, as long as another part can be checked.
    """

    table: str
    condition: pl.Expr
    is_optional: bool = False


Search = Callable[["Prepared"], pl.DataFrame]
"""A rule that looks across tables: every column of its frame called as a table holds rows of it that break the rule."""


@dataclass(frozen=True, eq=False)
class Rule:
    """One rule, or one version of it, in force from the rule set ``since`` up to and including ``until``."""

    code: str
    parts: tuple[Flag | Search, ...]
    since: str
    until: str

    def holds_in(self, rule_set: str) -> bool:
        """Whether the version belongs to a rule set."""
        return RULE_SETS.index(self.since) <= RULE_SETS.index(rule_set) <= RULE_SETS.index(self.until)


@dataclass(frozen=True)
class Facts:
    """What is published of a rule (the Department's message, fields and tables), and what we say of it.

    ``look_at``: one sentence on what to look at; ``proposed``: the remedy where it is sure (see ``findings``);
    ``reading``: how we read the condition where it leaves room.
    """

    code: str
    message: str
    kind: str
    fields: tuple[str, ...]
    tables: tuple[str, ...]
    condition: str
    note: str
    look_at: str
    proposed: str
    reading: str


def flag(table: str, condition: pl.Expr, *, optional: bool = False) -> Flag:
    """Flag the rows of a table of which the condition is true."""
    return Flag(table, condition, optional)


def episode_and_header(condition: pl.Expr) -> tuple[Flag, Flag]:
    """Flag the episodes of which the condition is true, and the Header rows of their children."""
    return Flag("Episodes", condition), Flag("Header", child_with("Episodes", condition))


def rule(code: str, *parts: Flag | Search, since: str | None = None, until: str | None = None) -> Rule:
    """A rule of the published code, in force since it was first published unless the rule sets are given."""
    published = facts()[code]
    return Rule(code, parts, since or FIRST_SET[published.code], until or RULE_SETS[-1])


@cache
def facts() -> Mapping[str, Facts]:
    """The published facts of every rule by code, retired ones last."""
    advice = {row["code"]: row for path in sorted((HERE / "advice").glob("*.csv")) for row in _read(path)}
    return {row["code"]: _facts(row, advice.get(row["code"], {})) for row in _rows()}


def _rows() -> Iterable[dict[str, str]]:
    for name in ("rules.csv", "retired_rules.csv"):
        yield from _read(HERE / name)


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _facts(row: Mapping[str, str], advice: Mapping[str, str]) -> Facts:
    return Facts(
        row["code"],
        row["message"],
        row["kind"],
        tuple(row["fields"].split("; ")),
        tuple(row["tables"].split("; ")),
        row["condition"],
        row["note"],
        *(advice.get(name) or "" for name in ("look_at", "proposed", "reading")),
    )


FIRST_SET: Mapping[str, str] = {row["code"]: row["first_rule_set"] for row in _rows()}


@cache
def rules() -> Sequence[Rule]:
    """Every version of every rule, from the modules in ``rules``, in the order of the published list."""
    package = import_module("hearth.returns.ssda903.rules")
    names = sorted(module.name for module in iter_modules(package.__path__))
    modules = [import_module(f"{package.__name__}.{name}") for name in names]
    order = {code: place for place, code in enumerate(facts())}
    return sorted((rule for module in modules for rule in module.RULES), key=lambda one: (order[one.code], one.since))


def in_force(rule_set: str) -> Mapping[str, Rule]:
    """The rules of a rule set by code."""
    return {one.code: one for one in rules() if one.holds_in(rule_set)}
