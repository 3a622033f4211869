"""All tables of cases, by duty."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tests.spec import (
    becoming_looked_after,
    carers_and_homes,
    complaints,
    court,
    education,
    health,
    leaving_care,
    leaving_support,
    overtaken,
    overtaken_after_care,
    permanence_by_adoption,
    placing,
    reviews,
    safeguarding,
    visits,
)
from tests.spec.case import Case

MODULES = (
    becoming_looked_after,
    reviews,
    visits,
    health,
    education,
    safeguarding,
    placing,
    court,
    permanence_by_adoption,
    complaints,
    leaving_care,
    leaving_support,
    carers_and_homes,
    overtaken,
    overtaken_after_care,
)
CASES: tuple[Case, ...] = tuple(case for module in MODULES for case in module.CASES)


def _by_duty() -> dict[str, tuple[Case, ...]]:
    duties = dict.fromkeys(case.duty for case in CASES)
    return {duty: tuple(case for case in CASES if case.duty == duty) for duty in duties}


BY_DUTY: Mapping[str, tuple[Case, ...]] = MappingProxyType(_by_duty())
