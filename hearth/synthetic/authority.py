"""The made-up authority: one call gives a believable council's record for any day, the same for the same seed."""

from __future__ import annotations

from datetime import date

import polars as pl

from hearth.synthetic import (
    absences,
    adoption,
    before,
    entrants,
    episodes,
    health,
    known,
    leaving,
    legal,
    outcomes,
    people,
    placements,
    short_breaks,
    work,
    workers,
)
from hearth.synthetic.order import Order
from hearth.tables import catalogue
from hearth.tables.record import Record

Frame = pl.DataFrame
YEAR_ENDED = date(2026, 3, 31)


def make(
    children: int = 1000,
    years: int = 10,
    seed: int = 1,
    as_of: date = YEAR_ENDED,
    authority: str = "E10000020",
    *,
    authorities: int = 1,
) -> Record:
    """A made-up record of kind "hearth": ``children`` in care on ``as_of`` and ``years`` of history before it.

    ``authorities`` above 1 spreads them over that many English councils by the published number of children in care.
    The same arguments give the same tables on every machine. Nothing happens after ``as_of``, save what is due.
    Shares and spreads are in ``shares.csv`` and ``spreads.csv``, each row with its published source or "assumed".
    """
    order = Order(children, years, seed, as_of, authority, authorities)
    made = _tables(order)
    people_made = made.pop("children")
    keys = _keys(people_made)
    # One table at a time, so that a nation's raw rows need not be held beside its tables.
    tables = {name: _finish(name, made.pop(name), keys) for name in list(made)}
    return Record(tables=tables, kind="hearth", carries=frozenset(tables), snapshot_on=as_of)


def _tables(order: Order) -> dict[str, pl.DataFrame]:
    """Every table, keyed by the child's number, and ``children`` with their authorities."""
    children, periods = entrants.enter(order)
    periods = legal.with_proceedings(order, periods)
    statuses = legal.statuses(periods)
    changes = placements.live(order, periods, statuses)
    cared = episodes.leaving(order, periods, episodes.make(order, periods, changes, statuses))
    young = leaving.leavers(order, children, periods, cared)
    made = {
        "children": children,
        "episodes": episodes.with_home(periods, cared),
        "unaccompanied": people.unaccompanied(children),
        "legal_statuses": order.seen(legal.legal_statuses(statuses, periods), "started_on", "ended_on"),
        "proceedings": order.seen(legal.proceedings(periods), "issued_on", "concluded_on"),
        "adoptions": adoption.adoptions(order, periods, cared),
        "long_term_matches": placements.matches(order, changes),
    }
    made |= (
        _at_work(order, periods, changes, young) | _health(order, periods) | _before(order, children, periods, cared)
    )
    made |= _leaving(order, young)
    made |= _answers(order, periods, young, made)
    made = _with(made, known.known(order, children))
    made = _with(made, short_breaks.short_breaks(order, made["children"], made["earlier_plans"]))
    return {"people": people.people(order, made["children"], periods), **made}


def _with(made: dict[str, Frame], more: dict[str, Frame]) -> dict[str, Frame]:
    """The tables with the further rows of some of them."""
    return made | {name: pl.concat([made[name], rows], how="diagonal_relaxed") for name, rows in more.items()}


def _at_work(order: Order, periods: Frame, changes: Frame, young: Frame) -> dict[str, Frame]:
    held = work.reviews(order, periods)
    return {
        "allocations": order.seen(workers.allocations(order, periods, young), "started_on", "ended_on"),
        "reviews": held,
        "reviewing_officer_contacts": work.officer_contacts(order, held),
        "visits": work.visits(order, periods, changes),
        "care_plans": work.care_plans(order, periods, held),
        "permanence_plans": work.permanence_plans(order, periods, held),
    }


def _health(order: Order, periods: Frame) -> dict[str, Frame]:
    assessed = health.assessments(order, periods)
    years = health.years_in_care(order, periods)
    return {
        "health_assessments": assessed,
        "dental_checks": health.dental_checks(order, periods),
        "immunisations": health.immunisations(order, assessed),
        "sdq_scores": health.questionnaires(order, periods),
        "substance_misuse": health.substance_misuse(order, years),
        "convictions": health.convictions(order, years),
        "missing_episodes": absences.missing_episodes(order, years),
    }


def _before(order: Order, children: Frame, periods: Frame, cared: Frame) -> dict[str, Frame]:
    needs = order.seen(before.special_needs(order, periods), "identified_on")
    requests = order.seen(before.ehc_requests(order, needs), "requested_on", "decided_on", "assessed_on")
    liberty = before.deprivations_of_liberty(order, periods, cared)
    return {
        "referrals": before.referrals(order, periods),
        "earlier_plans": before.earlier_plans(order, periods),
        "pre_proceedings": order.seen(
            before.pre_proceedings(order, periods), "decided_on", "letter_on", "met_on", "ended_on", "issued_letter_on"
        ),
        "previous_permanence": before.previous_permanence(order, periods),
        "disabilities": before.disabilities(order, children),
        "special_needs": needs,
        "ehc_requests": requests,
        "ehc_plans": before.ehc_plans(order, requests),
        "immigration_statuses": order.seen(before.immigration(order, children), "started_on"),
        "deprivations_of_liberty": order.seen(liberty, "started_on", "ended_on"),
    }


def _leaving(order: Order, young: Frame) -> dict[str, Frame]:
    assessed = leaving.needs_assessments(order, young)
    return {
        "needs_assessments": assessed,
        "pathway_plans": leaving.pathway_plans(order, assessed),
        "care_leaver_contacts": leaving.contacts(order, young),
        "care_leaver_activities": leaving.activities(order, young),
        "care_leaver_accommodations": leaving.accommodations(order, young),
        "returns_home": leaving.returns_home(order, young),
    }


def _answers(order: Order, periods: Frame, young: Frame, made: dict[str, Frame]) -> dict[str, Frame]:
    return {
        "annual_outcomes": outcomes.annual(order, periods, made),
        "care_leaver_birthdays": outcomes.birthdays(order, young, made),
        "care_leaver_statuses": outcomes.statuses(order, young, made),
    }


def _keys(children: Frame) -> Frame:
    """The identity of each number, in the order of the tables: authority, then child."""
    width = max(6, len(str(children["number"].max() or 0)))
    name = pl.col("number").cast(pl.String).str.zfill(width).alias("child_id")
    return children.sort("authority", "number").select("number", "authority", name).with_row_index("_row")


def _finish(name: str, rows: Frame, keys: Frame) -> Frame:
    """The rows under their authority and identifier, in the table's columns and in the order of children and days."""
    columns = catalogue.empty(name).schema
    own = [column for column in columns if column in rows.columns and column not in ("authority", "child_id")]
    placed = rows.select("number", *own).join(keys.select("number", "_row"), on="number", how="left").drop("number")
    days = [column for column in own if columns[column] == pl.Date]
    ordered = placed.sort("_row", *days[:2], *own, nulls_last=True)
    identity = [keys[column].gather(ordered["_row"]) for column in ("authority", "child_id")]
    return catalogue.conform(name, ordered.drop("_row").with_columns(*identity))
