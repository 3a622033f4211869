"""Whose a duty is: the role that owes it, and the worker and team of the child on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

import polars as pl

from hearth.tables.codes import members
from hearth.tables.record import Record
from hearth.timescales.catalogue import DUTIES
from hearth.timescales.duty import Clock

OWNERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "social worker": ("social worker",),
        "reviewing officer": ("iro", "reviewing officer"),
        "independent reviewing officer": ("iro", "reviewing officer"),
        "iro": ("iro", "reviewing officer"),
        "personal adviser": ("personal adviser",),
        "pa": ("personal adviser",),
        "nurse": ("nurse", "doctor", "health"),
        "health": ("nurse", "doctor", "health", "dentist"),
        "manager": ("manager",),
        "carer": ("carer",),
        "interviewer": ("interviewer",),
    }
)
"""Words that people use for a role, with the words by which the handbook names who is responsible."""
ROLES: Mapping[str, str] = MappingProxyType(
    {
        "social work manager": "manager",
        "complaints manager": "complaints manager",
        "service manager": "manager",
        "iro service manager": "manager",
        "youth justice": "social worker",
        "supervising social worker": "fostering service",
        "social worker": "social worker",
        "iro": "reviewing officer",
        "reviewing officer": "reviewing officer",
        "personal adviser": "personal adviser",
        "nurse": "health",
        "doctor": "health",
        "health": "health",
        "virtual school": "virtual school",
        "designated teacher": "virtual school",
        "school": "virtual school",
        "fostering": "fostering service",
        "manager": "manager",
        "director": "director",
        "nominated officer": "manager",
        "carer": "carer",
        "leaving care team": "personal adviser",
    }
)
"""One role for each way in which the handbook names who is responsible: the one named first."""
SOCIAL_WORKER, PERSONAL_ADVISER, REVIEWING_OFFICER = members(
    "worker_role", "social_worker", "personal_adviser", "reviewing_officer"
)

LEAVING_CARE = "J"
"""The handbook's section on care leavers."""


def owned_by(owner: str | None) -> list[str]:
    """The duties of a role; of all roles for None."""
    if owner is None:
        return list(DUTIES)
    asked = OWNERS.get(owner.strip().lower(), (owner.strip().lower(),))
    return [duty.id for duty in DUTIES.values() if any(word in duty.words.responsible_role.lower() for word in asked)]


@cache
def role_of(duty_id: str) -> str:
    """The one role that owes a duty, of those that the handbook names the first."""
    said = DUTIES[duty_id].words.responsible_role.lower()
    found = [(said.find(words), -len(words), role) for words, role in ROLES.items() if words in said]
    return min(found)[-1] if found else said


@cache
def holders(duty_id: str) -> tuple[str, ...]:
    """The roles of workers whose duty it is, the first that the child has: who else owes it does so through them.

    What is owed beyond the 18th birthday stands under the adviser of one who has no social worker any more.
    """
    role = role_of(duty_id)
    if role == "reviewing officer":
        return (REVIEWING_OFFICER,)
    if role == "personal adviser":
        return (PERSONAL_ADVISER, SOCIAL_WORKER)
    duty = DUTIES[duty_id]
    is_of_leavers = duty.words.section == LEAVING_CARE or duty.clock.until != Clock.until
    return (SOCIAL_WORKER, PERSONAL_ADVISER) if is_of_leavers else (SOCIAL_WORKER,)


def with_workers(rows: pl.DataFrame, record: Record, as_of: date) -> pl.DataFrame:
    """Rows (authority, child_id, duty) with team and worker_id, on the day, of the person whose duty it is.

    The reviewing officer, the personal adviser or the social worker of the child; null where the child has none. What
    others owe (a nurse, a school, a manager) stands under the social worker, who sees to it. ``duty`` null: hers.
    """
    there = (pl.col("ended_on") > as_of).fill_null(value=True) & (pl.col("started_on") <= as_of)
    held = record["allocations"].filter(there).sort("started_on")
    known = rows
    for role in (SOCIAL_WORKER, PERSONAL_ADVISER, REVIEWING_OFFICER):
        theirs = held.filter(pl.col("role") == role).unique(("authority", "child_id"), keep="last")
        named = theirs.select("authority", "child_id", *(pl.col(c).alias(f"{role} {c}") for c in ("team", "worker_id")))
        known = known.join(named, on=("authority", "child_id"), how="left", maintain_order="left")
    return known.with_columns(_of_holder(column).alias(column) for column in ("team", "worker_id"))


def _of_holder(column: str) -> pl.Expr:
    """The column of the worker whose duty it is."""
    by_roles: dict[tuple[str, ...], list[str]] = {}
    for duty_id in DUTIES:
        by_roles.setdefault(holders(duty_id), []).append(duty_id)
    answer = pl.col(f"{SOCIAL_WORKER} {column}")
    for roles, duties in by_roles.items():
        theirs = pl.coalesce(f"{role} {column}" for role in roles)
        answer = pl.when(pl.col("duty").cast(pl.String).is_in(duties)).then(theirs).otherwise(answer)
    return answer
