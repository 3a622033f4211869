"""The catalogue of duties: every duty of the handbook, in words and as a declaration."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

from hearth.timescales import (
    adoption,
    after_21,
    asked_visits,
    complaining,
    corporate_parent,
    court,
    entitlements,
    fostering,
    health,
    health_care,
    homes,
    immigration,
    leaving_care,
    leaving_support,
    legal_basis,
    missing,
    notices,
    placing,
    plans,
    review_work,
    reviews,
    safeguarding,
    schooling,
    short_breaks,
    visits,
    workers,
)
from hearth.timescales.duty import Clock, Duty, Words, words
from hearth.timescales.limits import Limit, Limits, national

MODULES = (
    legal_basis,
    notices,
    reviews,
    review_work,
    visits,
    asked_visits,
    short_breaks,
    health,
    health_care,
    schooling,
    plans,
    workers,
    missing,
    safeguarding,
    placing,
    court,
    adoption,
    complaining,
    leaving_care,
    leaving_support,
    after_21,
    immigration,
    entitlements,
    fostering,
    homes,
    corporate_parent,
)
DECLARED: tuple[Duty, ...] = tuple(duty for module in MODULES for duty in module.DUTIES)
DUTIES: Mapping[str, Duty] = MappingProxyType({duty.id: duty for duty in DECLARED})
"""The duties by id; within a clock the first that fits a link has it."""

CLOCKS: tuple[Clock, ...] = tuple(dict.fromkeys(duty.clock for duty in DECLARED))
"""The clocks that the duties share, in their order."""

AREAS: Mapping[str, str] = MappingProxyType(
    {
        "A": "Becoming looked after, plans and allocation",
        "B": "Reviews of the child's case",
        "C": "Statutory visits to children",
        "D": "Health",
        "E": "Education",
        "F": "Missing, exploitation and safeguarding",
        "G": "Placement rules",
        "H": "Court, permanence and adoption",
        "I": "Complaints and participation",
        "J": "Care leavers (16 to 25)",
    }
)
"""The handbook's groups of duties."""


def frame() -> pl.DataFrame:
    """Every duty of the handbook, one row each, in its order.

    Columns: id, title, area, status, owner, owed_to, trigger, first_due, repeats, counted_from, variations,
    counts_as_done, law, reported, edge_cases, verification, limits (the numbers, as data), rules (of date arithmetic),
    needs (tables), overtaken (what takes the place of one never done), computed ("yes", or what it waits for).
    """
    return pl.DataFrame([_row(each) for each in words().values()])


def _row(each: Words) -> dict[str, str]:
    duty = DUTIES[each.id]
    return {
        "id": each.id,
        "title": each.title,
        "area": AREAS[each.section],
        "status": each.status,
        "owner": each.responsible_role,
        "owed_to": each.applies_to,
        "trigger": each.trigger_event,
        "first_due": each.first_due,
        "repeats": each.then_repeats,
        "counted_from": each.counted_from,
        "variations": each.variations,
        "counts_as_done": each.counts_as_done,
        "law": each.citation,
        "reported": each.reported_where,
        "edge_cases": each.edge_cases,
        "verification": each.verification,
        "limits": "; ".join(_limit_words(each.id)),
        "rules": duty.rules,
        "needs": ", ".join(_need_words(need) for need in duty.clock.needs),
        "overtaken": _overtaken(duty),
        "computed": _computed(each.id),
    }


def _overtaken(duty: Duty) -> str:
    ways = dict.fromkeys(each.once for each in duty.clock.overtaken)
    return f"by the next one, once it is {' or '.join(ways)}" if ways else "by nothing"


def _need_words(need: str | tuple[str, ...]) -> str:
    return need if isinstance(need, str) else " or ".join(need)


def _computed(duty_id: str) -> str:
    idle = without_number(DUTIES[duty_id], national())
    return f"once a council gives its limit a number: {idle}" if idle else "yes"


def without_number(duty: Duty, limits: Limits) -> str | None:
    """Why nothing can be owed as long as no limit of the duty has a number; None when one has."""
    versions = [row for limit, _ in duty.cases for row in limits.of(limit)]
    has_number = any(row.n is not None or row.unit == "prohibited" for row in versions)
    return None if has_number else versions[0].source


def _limit_words(duty_id: str) -> list[str]:
    declared = [limit for limit, _ in DUTIES[duty_id].cases]
    of_duty = [row for row in national().rows if row.id.split(".")[0] == duty_id or row.id in declared]
    return [f"{row.id}: {_number(row)}" for row in of_duty]


def _number(row: Limit) -> str:
    unit = row.unit.replace("_", " ")
    since = f" from {row.valid_from}" if row.valid_from else ""
    return f"{unit}{since}" if row.n is None else f"{row.n} {unit}{'' if abs(row.n) == 1 else 's'}{since}"
