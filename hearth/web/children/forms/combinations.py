"""Which codes of the national return go together: what a form refuses before the return's check would."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hearth.tables.codes import label, members

PARENTS, SECTION_20 = members("placement_type", "P1")[0], members("legal_status", "V2")[0]
BY_PARENTS = members("placement_provider", "PR0")[0]
TEMPORARY = members("placement_type", "T0", "T1", "T2", "T3", "T4")
NO_PROVIDER = (*TEMPORARY, *members("placement_type", "Z1", "Z11", "Z12", "Z13", "Z14"))
SHORT_BREAKS = members("legal_status", "V3", "V4")
LONG_TERM = members("placement_type", "U1", "U4")
FROM_AGE: Mapping[str, Mapping[str, int]] = {
    "placement_type": {"R5": 10, "S1": 4, "P3": 14, "K3": 16},
    "legal_status": {"J1": 10, "J2": 10, "J3": 10},
    "reason_ended": {"E5": 14, "E6": 14, "E7": 16, "E17": 18},
}
"""The age from which a code may be used (rules 234, 372 to 374, 387, 389, 460)."""
_CHECKED = [members(name if name != "reason_ended" else "reason_episode_ceased", *of) for name, of in FROM_AGE.items()]


def clashes(facts: Mapping[str, Any], age: int | None) -> Iterator[tuple[str, str]]:
    """The question and the sentence for each code that does not go with another, or with the child's age."""
    place, status = facts.get("placement_type"), facts.get("legal_status")
    provider = facts.get("placement_provider")
    if place == PARENTS and status == SECTION_20:
        yield (
            "placement_type",
            "A child accommodated under section 20 cannot be placed with parents: correct one of them",
        )
    if place == PARENTS and provider not in (None, BY_PARENTS):
        yield "placement_provider", "A placement with parents is provided by the parent: choose that, or leave it"
    if provider == BY_PARENTS and place not in (None, PARENTS):
        yield "placement_provider", "Only a placement with parents is provided by a parent: choose another provider"
    if place in NO_PROVIDER and provider:
        yield "placement_provider", "This kind of placement has no provider in the return: leave it blank"
    if place in LONG_TERM and status in SHORT_BREAKS:
        yield "placement_type", "A short break is not a long-term placement: choose another kind of placement"
    yield from _too_young(facts, age)


def _too_young(facts: Mapping[str, Any], age: int | None) -> Iterator[tuple[str, str]]:
    for name, ages in FROM_AGE.items():
        code = facts.get(name)
        if code and age is not None and age < ages.get(code, 0):
            words = label("reason_episode_ceased" if name == "reason_ended" else name, code)
            yield name, f"{words}: only from the age of {ages[code]}, and the child was {age}"
