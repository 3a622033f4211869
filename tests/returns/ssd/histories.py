"""Small believable records for property tests: journeys in care whose days, codes and places fit together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl
from hypothesis import strategies as st

from hearth.returns import geography
from hearth.tables import catalogue
from hearth.tables.codes import load
from hearth.tables.record import Record

HERE = "E10000020"
FIRST, LAST = date(2015, 1, 1), date(2026, 3, 31)
HOMES = ("NR1 3JU", "NR30 2EG", None)
PLACES = (
    {"placement_type": "U6", "placement_provider": "PR1", "urn": "SC1", "placement_postcode": "NR15 1HR"},
    {"placement_type": "K2", "placement_provider": "PR4", "urn": None, "placement_postcode": "IP22 3UL"},
    {"placement_type": "R1", "placement_provider": None, "urn": "0042", "placement_postcode": None},
)
WORDS = st.sampled_from(["", "=SUM(A1)", "@home", "plain words", 'with "quotes", and commas', "0042"]).map(
    lambda w: w or None
)
DAYS = st.dates(FIRST, LAST)
MAYBE_DAYS = st.none() | DAYS
ANSWERS = st.sampled_from([True, False, None])


def codes(list_name: str) -> st.SearchStrategy[str | None]:
    """A code of the list, or none."""
    return st.sampled_from([None, *load(list_name)])


@st.composite
def journeys(draw: st.DrawFn, child: str) -> list[dict[str, Any]]:
    """Episodes of one child: one to three periods of care, each a chain of episodes."""
    day = draw(st.dates(FIRST, date(2018, 1, 1)))
    found: list[dict[str, Any]] = []
    for _ in range(draw(st.integers(0, 3))):
        period = draw(chains(child, day))
        found += period
        if period[-1]["ended_on"] is None:
            break
        day = period[-1]["ended_on"] + timedelta(days=draw(st.integers(1, 300)))
    return found


@st.composite
def chains(draw: st.DrawFn, child: str, day: date) -> list[dict[str, Any]]:
    """The episodes of one period of care."""
    place, legal = draw(st.integers(0, 2)), draw(st.integers(0, 1))
    home, need = draw(st.sampled_from(HOMES)), draw(codes("category_of_need"))
    found: list[dict[str, Any]] = []
    for change in ["S", *draw(st.lists(st.sampled_from("LPB"), max_size=4))]:
        place += change in "PB"
        legal += change in "LB"
        if found:
            reason = draw(codes("reason_placement_change")) if change in "PB" else None
            found[-1] |= {"ended_on": day, "reason_ended": "X1", "reason_placement_changed": reason}
        found.append(
            {
                "child_id": child,
                "started_on": day,
                "reason_started": change,
                "legal_status": ("V2", "C1", "C2")[legal % 3],
                "category_of_need": need,
                "home_postcode": home,
                **PLACES[place % 3],
            }
        )
        day += timedelta(days=draw(st.integers(1, 200)))
    if draw(st.booleans()):
        found[-1] |= {"ended_on": day, "reason_ended": draw(st.sampled_from(["E4A", "E8", "E17"]))}
    return [{"ended_on": None, "reason_ended": None, **row} for row in found]


def _episodes(rows: list[dict[str, Any]], unaccompanied: pl.DataFrame) -> pl.DataFrame:
    frame = conformed("episodes", rows)
    return catalogue.conform("episodes", geography.with_places(frame, unaccompanied))


def _legal_statuses(episodes: pl.DataFrame) -> pl.DataFrame:
    """The runs of one status, told by the episodes."""
    runs = episodes.sort("child_id", "started_on").with_columns(
        (pl.col("reason_started").is_in(["S", "L", "B"])).cum_sum().alias("run")
    )
    return runs.group_by("run", maintain_order=True).agg(
        pl.col("authority", "child_id").first(),
        pl.col("legal_status").first().alias("status"),
        pl.col("started_on").first(),
        pl.col("ended_on").last(),
    )


def conformed(name: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Rows of this authority as the table of that name."""
    kinds = catalogue.empty(name).schema
    return catalogue.conform(name, pl.DataFrame([{"authority": HERE, **row} for row in rows], schema=kinds))


def rows_of(
    child: st.SearchStrategy[str], **columns: st.SearchStrategy[Any]
) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Up to four rows with those columns."""
    return st.lists(st.fixed_dictionaries({"child_id": child, **columns}), max_size=4)


def _people(draw: st.DrawFn, children: list[str]) -> list[dict[str, Any]]:
    about = st.fixed_dictionaries(
        {
            "born_on": MAYBE_DAYS,
            "sex": codes("sex"),
            "ethnicity": codes("ethnicity"),
            "upn": st.sampled_from([None, "A123456789012"]),
            "has_ehc_plan": ANSWERS,
            "died_on": MAYBE_DAYS,
            "family_id": st.sampled_from([None, "f1"]),
        }
    )
    return [{"child_id": child, **draw(about)} for child in children]


def _events(child: st.SearchStrategy[str]) -> Mapping[str, st.SearchStrategy[list[dict[str, Any]]]]:
    """Rows of the tables that the dataset holds whole."""
    spans = {"started_on": st.dates(FIRST, date(2020, 1, 1)), "ended_on": st.none() | st.dates(date(2020, 1, 2), LAST)}
    return {
        "disabilities": rows_of(child, disability=st.sampled_from(list(load("disability")))),
        "unaccompanied": rows_of(child, **spans),
        "immigration_statuses": rows_of(child, status=st.just("Leave to remain"), **spans),
        "referrals": st.lists(st.fixed_dictionaries({"child_id": child, "referred_on": DAYS}), max_size=3).map(
            lambda rows: [{"referral_id": f"r{at}", **row} for at, row in enumerate(rows)]
        ),
        "earlier_plans": rows_of(child, kind=st.sampled_from(list(load("earlier_plan"))), **spans),
        "reviews": rows_of(
            child,
            held_on=DAYS,
            due_on=MAYBE_DAYS,
            participation=codes("participation"),
            is_cancelled=st.sampled_from([False, None]),
        ),
        "visits": rows_of(child, visited_on=DAYS, is_seen=ANSWERS, is_seen_alone=ANSWERS),
        "health_assessments": rows_of(
            child,
            assessed_on=MAYBE_DAYS,
            status=codes("health_status"),
            kind=st.sampled_from([None, "initial", "review"]),
        ),
        "dental_checks": rows_of(child, checked_on=MAYBE_DAYS, status=codes("health_status")),
        "immunisations": st.lists(
            st.fixed_dictionaries({"child_id": child, "found_on": DAYS, "is_up_to_date": ANSWERS}),
            max_size=3,
            unique_by=lambda row: (row["child_id"], row["found_on"]),
        ),
        "sdq_scores": rows_of(
            child, completed_on=MAYBE_DAYS, score=st.none() | st.integers(0, 40), reason_no_score=codes("sdq_reason")
        ),
        "substance_misuse": rows_of(child, found_on=MAYBE_DAYS, substance=WORDS, intervention_received=ANSWERS),
        "convictions": rows_of(child, convicted_on=MAYBE_DAYS, offence=WORDS),
        "missing_episodes": rows_of(
            child,
            kind=codes("missing_type"),
            started_on=st.dates(FIRST, date(2020, 1, 1)),
            ended_on=st.none() | st.dates(date(2020, 1, 2), LAST),
            is_interview_offered=ANSWERS,
            is_interview_accepted=ANSWERS,
        ),
        "adoptions": rows_of(
            child,
            decided_on=MAYBE_DAYS,
            placement_order_on=MAYBE_DAYS,
            matched_on=MAYBE_DAYS,
            placed_on=MAYBE_DAYS,
            fostered_by_adopters_on=MAYBE_DAYS,
            ordered_on=MAYBE_DAYS,
            reversed_on=MAYBE_DAYS,
            reason_reversed=codes("adoption_decision_reversed"),
            is_by_foster_carer=ANSWERS,
            sex_of_adopters=codes("adopter_sex"),
            order_kind=st.sampled_from([None, "adoption", "special_guardianship", "child_arrangements"]),
        ),
        "allocations": rows_of(
            child,
            worker_id=st.sampled_from(["w1", "w2"]),
            role=st.sampled_from(list(load("worker_role"))),
            team=st.sampled_from([None, "North", "=South"]),
            reason_changed=codes("social_worker_change_reason"),
            **spans,
        ),
        "special_needs": rows_of(
            child, need=codes("special_need"), rank=st.sampled_from([None, 1, 2]), support=st.just("plan")
        ),
    }


@st.composite
def records(draw: st.DrawFn) -> Record:
    """A record of up to three children, of tables and columns that the dataset holds."""
    children = draw(st.lists(st.sampled_from(["0042", "7", "A-1"]), min_size=1, unique=True))
    made = {name: draw(rows) for name, rows in _events(st.sampled_from(children)).items()}
    tables = {name: conformed(name, rows) for name, rows in made.items()}
    journeyed = [row for child in children for row in draw(journeys(child))]
    episodes = _episodes(journeyed, tables["unaccompanied"])
    tables |= {
        "people": conformed("people", _people(draw, children)),
        "episodes": episodes,
        "legal_statuses": catalogue.conform("legal_statuses", _legal_statuses(episodes)),
    }
    return Record(tables=tables, kind="hearth", carries=frozenset(tables), snapshot_on=draw(MAYBE_DAYS))


@st.composite
def beyond_the_dataset(draw: st.DrawFn) -> Record:
    """A record with what the dataset cannot hold."""
    record = draw(records())
    children = record["people"]["child_id"].to_list()
    moments = st.none() | st.datetimes(datetime(2015, 1, 1), datetime(2026, 3, 31), timezones=st.none()).map(
        lambda moment: moment.replace(microsecond=0)
    )
    child = st.sampled_from(children)
    more = {
        "visits": rows_of(child, visited_on=DAYS, is_seen=ANSWERS, reason_not_alone=WORDS),
        "pathway_plans": rows_of(child, kind=st.sampled_from(["plan", "review"]), completed_on=DAYS),
        "missing_episodes": rows_of(child, started_on=DAYS, interview_held_on=MAYBE_DAYS, interview_held_at=moments),
        "annual_outcomes": rows_of(
            child,
            year_ended_on=st.just(date(2025, 3, 31)),
            sdq_score=st.none() | st.integers(0, 40),
            is_immunised=ANSWERS,
        ),
        "proceedings": rows_of(child, issued_on=DAYS, case_id=WORDS),
        "care_leaver_accommodations": rows_of(
            child, accommodation=st.sampled_from(list(load("accommodation"))), started_on=DAYS
        ),
    }
    tables = {**record.tables, **{name: conformed(name, draw(rows)) for name, rows in more.items()}}
    return Record(tables=tables, kind="hearth", carries=frozenset(tables), history_from=draw(MAYBE_DAYS))
