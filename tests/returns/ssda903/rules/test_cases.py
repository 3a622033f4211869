"""Every rule finds the rows that its cases mark, and no others."""

from __future__ import annotations

from collections import defaultdict

import pytest

from hearth.returns.ssda903.checking import check
from hearth.returns.ssda903.checking.declared import in_force, rules
from hearth.returns.ssda903.checking.metadata import understood
from tests.returns.ssda903.rules.reading import Case, cases

CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_rule_finds_the_marked_rows_and_no_others(case: Case) -> None:
    tables = dict(case.tables)
    facts = {**case.facts, "providers": tables.pop("providers", None), "postcodes": tables.pop("postcodes", None)}
    checked = check(tables, facts, rules=[case.code])
    assert checked.not_run.rows() == []
    found: dict[str, list[int]] = defaultdict(list)
    for table, row in checked.findings.select("table", "row").iter_rows():
        found[table].append(row)
    assert dict(found) == case.expected


@pytest.mark.parametrize("code", sorted({rule.code for rule in rules()}))
def test_each_rule_has_cases_with_a_faulty_row_a_clean_one_and_a_blank(code: str) -> None:
    own = [case for case in CASES if case.code == code]
    marked = sum(len(rows) for case in own for rows in case.expected.values())
    rows = sum(frame.height for case in own for table, frame in case.tables.items() if table not in ("providers",))
    blanks = sum(frame.null_count().sum_horizontal().sum() for case in own for frame in case.tables.values())
    assert marked, f"{code} has no faulty row"
    assert rows > marked, f"{code} has no clean row"
    assert blanks, f"{code} has no blank cell"


def test_each_version_of_a_rule_has_a_case() -> None:
    tried = {(case.code, in_force(understood(case.facts).rule_set)[case.code].since) for case in CASES}
    assert {(rule.code, rule.since) for rule in rules()} - tried == set()
