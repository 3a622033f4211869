"""The made-up authority: one call gives a believable council's record for any day, the same for the same seed."""

from __future__ import annotations

from datetime import date

import polars as pl

from hearth.synthetic import (
    absences,
    adoption,
    before,
    carers_and_homes,
    entrants,
    episodes,
    health,
    known,
    leaving,
    legal,
    occasions,
    outcomes,
    owed,
    people,
    placements,
    rarities,
    schools,
    short_breaks,
    voices,
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
    others = carers_and_homes.carers_and_homes(order, people_made)
    keys = _keys(people_made)
    # One table at a time, so that a nation's raw rows need not be held beside its tables.
    tables = {name: _finish(name, made.pop(name), keys) for name in list(made)}
    tables |= others
    return Record(tables=tables, kind="hearth", carries=frozenset(tables), snapshot_on=as_of)


def _tables(order: Order) -> dict[str, pl.DataFrame]:
    """Every table, keyed by the child's number, and ``children`` with their authorities."""
    children, periods = entrants.enter(order)
    periods = legal.with_proceedings(order, periods)
    statuses = legal.statuses(periods)
    changes = placements.live(order, periods, statuses)
    cared = episodes.leaving(order, periods, episodes.make(order, periods, changes, statuses))
    cared = rarities.rarities(order, periods, cared)
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
    made = _with(made, _owed(order, periods, young, cared, made))
    made = _with(made, known.known(order, children))
    made = _with(made, short_breaks.short_breaks(order, made["children"], made["earlier_plans"]))
    return {"people": people.people(order, made["children"], periods), **made}


def _with(made: dict[str, Frame], more: dict[str, Frame]) -> dict[str, Frame]:
    """The tables with the further rows of some of them."""
    both = {name: pl.concat([made[name], rows], how="diagonal_relaxed") for name, rows in more.items() if name in made}
    return made | more | both


def _owed(order: Order, periods: Frame, young: Frame, cared: Frame, made: dict[str, Frame]) -> dict[str, Frame]:
    """What is done when it is owed, asked, arranged and said, and what happens at school."""
    when = occasions.occasions(order, made, periods, young, cared)
    ages, years = occasions.at_ages(order, periods, occasions.SCHOOL_AGE), when["school-age year"]
    planned = occasions.at_ages(order, periods, occasions.PLANNED_AGE)
    schools_of = schools.schools_attended(order, ages, when["placement"])
    complaints = voices.complaints(order, when["year in care"])
    asked, kinds = owed.asked(order, when)
    also = {
        "school change": occasions.spell(schools_of, "started_on"),
        "complaint": occasions.spell(complaints, "received_on", "withdrawn_on"),
    }
    return {
        **asked,
        **owed.done(order, when | kinds | also),
        "arrangements": pl.concat(
            [asked["arrangements"], *owed.registered(order, when["placement"])], how="diagonal_relaxed"
        ),
        "education_plans": schools.education_plans(order, planned),
        "schools_attended": schools_of,
        "school_attendance": schools.attendance(order, ages),
        "unauthorised_absences": schools.unauthorised_absences(order, years),
        "suspensions": schools.suspensions(order, years),
        "complaints": complaints,
        "independent_visitors": voices.independent_visitors(order, when["review"]),
        "hearings": voices.hearings(order, made["proceedings"]),
        "lateness_reasons": voices.lateness_reasons(order, made["reviews"]),
    }


def _at_work(order: Order, periods: Frame, changes: Frame, young: Frame) -> dict[str, Frame]:
    held = work.reviews(order, periods)
    return {
        "allocations": order.seen(workers.allocations(order, periods, young), "started_on", "ended_on"),
        "reviews": held,
        "review_decisions": work.decisions(order, held),
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
        "immigration_statuses": order.seen(before.immigration(order, children), "started_on", "applied_on"),
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
