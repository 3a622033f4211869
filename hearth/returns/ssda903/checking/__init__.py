"""Checking the return by the published rules: which rows break which rule, and what could not be checked and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from hearth.returns.ssda903.checking import findings
from hearth.returns.ssda903.checking.declared import Rule, facts, in_force
from hearth.returns.ssda903.checking.intake import tables_of_text
from hearth.returns.ssda903.checking.metadata import Metadata, MetadataError, understood
from hearth.returns.ssda903.checking.prepared import Prepared
from hearth.returns.ssda903.checking.running import run

__all__ = ["Checked", "Metadata", "MetadataError", "check"]


@dataclass(frozen=True, eq=False)
class Checked:
    """What a check found.

    ``findings``: one row for each rule broken by each row of a table (see ``findings.SCHEMA``): code, table, row (from
    0 below the heading), child_id, fields, message, values, look_at, proposed.
    ``not_run``: code and reason of each rule that could not be checked; ``is_our_error`` marks an error of ours.
    ``rules_run``: the codes that were checked.
    """

    findings: pl.DataFrame
    not_run: pl.DataFrame
    rules_run: tuple[str, ...]


def check(
    tables: Mapping[str, Any],
    metadata: Metadata | Mapping[str, Any] | None = None,
    rules: Iterable[str] | str | None = None,
) -> Checked:
    """Check a return, or some tables or columns of it, by the published rules.

    ``tables``: name of the table (Header, Episodes, ..., Episodes_last for last year's) to a frame of text columns;
    ``metadata``: collection_start, collection_end, authority (ONS code), collection_year, file_format, providers;
    ``rules``: codes, all of the rule set unless given. Raises MetadataError for metadata that cannot be understood and
    for codes that no rule has.
    """
    facts_given = understood(metadata)
    chosen = _chosen(rules, facts_given.rule_set)
    data = Prepared(tables_of_text(tables), facts_given)
    outcome = run(chosen, data)
    absent = [code for code in _codes(rules) if code not in {rule.code for rule in chosen}]
    year = facts_given.rule_set.replace("_", "/")
    reasons = dict.fromkeys(absent, f"it is not in the rule set of {year}") | outcome.not_run
    return Checked(
        findings=findings.frame(outcome.rows, data),
        not_run=findings.not_run(reasons, outcome.errors),
        rules_run=tuple(rule.code for rule in chosen if rule.code not in {**outcome.not_run, **outcome.errors}),
    )


def _codes(rules: Iterable[str] | str | None) -> Sequence[str]:
    """The codes asked for, as published; "all" when there are none."""
    if rules is None:
        return ()
    asked = [rules] if isinstance(rules, str) else [str(code) for code in rules]
    known = {code.upper(): code for code in facts()}
    unknown = [code for code in asked if code not in facts() and code.upper() not in known]
    if unknown:
        raise MetadataError(f"There is no rule {', '.join(unknown)}; see the reference page of the rules.")
    return [code if code in facts() else known[code.upper()] for code in asked]


def _chosen(rules: Iterable[str] | str | None, rule_set: str) -> list[Rule]:
    held = in_force(rule_set)
    return [rule for code, rule in held.items() if rules is None or code in _codes(rules)]
