"""All rules at once over a prepared return: which rows break which rule, and which rules could not run and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from hearth.returns.ssda903.checking.declared import Flag, Rule, Search
from hearth.returns.ssda903.checking.prepared import Prepared
from hearth.returns.ssda903.checking.unavailable import UnavailableError

Rows = Mapping[str, pl.Series]
"""Rows of tables, by the table's name."""


@dataclass(eq=False)
class Outcome:
    """What the rules gave: broken rows by (code, table), and why rules did not run."""

    rows: dict[tuple[str, str], pl.Series] = field(default_factory=dict)
    not_run: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    """Errors of ours: never the fault of the return."""


def run(rules: Iterable[Rule], data: Prepared) -> Outcome:
    """Runs every rule; nothing that happens in one of them hides another."""
    outcome = Outcome()
    flags: dict[str, list[tuple[str, pl.Expr]]] = {}
    for rule in rules:
        parts = [part for part in rule.parts if isinstance(part, Flag)]
        for part in _ready(rule.code, parts, data, outcome):
            flags.setdefault(part.table, []).append((rule.code, part.condition))
        for search in rule.parts:
            if not isinstance(search, Flag) and rule.code not in outcome.not_run:
                _keep(outcome, rule.code, _searched(rule.code, search, data, outcome))
    for table, conditions in flags.items():
        for code, rows in _flagged(table, conditions, data, outcome):
            _keep(outcome, code, {table: rows})
    return outcome


def _keep(outcome: Outcome, code: str, found: Rows) -> None:
    for table, rows in found.items():
        before = outcome.rows.get((code, table))
        both = rows if before is None else pl.concat([before, rows]).unique()
        outcome.rows[code, table] = both.sort()


def _ready(code: str, parts: Sequence[Flag], data: Prepared, outcome: Outcome) -> list[Flag]:
    """The parts whose columns can be had; none of them when one that is needed cannot."""
    ready, why = [], ""
    for part in parts:
        try:
            for name in part.condition.meta.root_names():
                data.column(part.table, name)
            ready.append(part)
        except UnavailableError as reason:
            why = why or str(reason)
            if not part.is_optional:
                outcome.not_run[code] = str(reason)
                return []
        except Exception as error:  # a column that cannot be made is our bug: said with the rule's code
            outcome.errors[code] = _said(error)
            return []
    if parts and not ready:
        outcome.not_run[code] = why
    return ready


def _flagged(
    table: str, conditions: Sequence[tuple[str, pl.Expr]], data: Prepared, outcome: Outcome
) -> Iterator[tuple[str, pl.Series]]:
    """The rows of one table, all conditions in one pass; one by one where one of them fails."""
    names = sorted({name for _, condition in conditions for name in condition.meta.root_names()})
    frame = data.rows(table, *names)
    named = [condition.alias(str(place)) for place, (_, condition) in enumerate(conditions)]
    try:
        answers = frame.lazy().select(named).collect()
    except Exception:  # one of them is our bug: find out which, and keep the rest
        yield from _one_by_one(frame, conditions, outcome)
        return
    for place, (code, _) in enumerate(conditions):
        yield code, answers[str(place)].arg_true()


def _one_by_one(
    frame: pl.DataFrame, conditions: Sequence[tuple[str, pl.Expr]], outcome: Outcome
) -> Iterator[tuple[str, pl.Series]]:
    for code, condition in conditions:
        try:
            yield code, frame.select(condition).to_series().arg_true()
        except Exception as error:  # our bug, reported with its code
            outcome.errors[code] = _said(error)


def _searched(code: str, search: Search, data: Prepared, outcome: Outcome) -> Rows:
    try:
        found = search(data)
        return {table: found[table].drop_nulls().unique() for table in found.columns if data.is_table(table)}
    except UnavailableError as reason:
        outcome.not_run[code] = str(reason)
    except Exception as error:  # our bug, reported with its code
        outcome.errors[code] = _said(error)
    return {}


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}".strip(": ")
