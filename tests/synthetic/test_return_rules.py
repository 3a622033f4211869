"""The made-up episodes keep the published rules of the national return: one line a rule, none of them broken."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from hearth.synthetic.days import birthday
from hearth.tables.record import Record

CHILD = ["authority", "child_id"]
SUPPORTED, SPLIT, GUARDIANSHIP = date(2023, 10, 28), date(2025, 4, 1), date(2018, 4, 1)
PLACE = ("placement_type", "placement_postcode", "urn", "placement_provider")


@pytest.fixture(scope="module")
def record(council: Record) -> Record:
    return council


@pytest.fixture(scope="module")
def episodes(record: Record) -> pl.DataFrame:
    """Episodes in order, with the one before and after of the same child, the person and the answers to ask them."""
    people = record["people"].select(*CHILD, "born_on", "sex")
    alone = record["unaccompanied"].select(*CHILD, pl.lit(value=True).alias("is_alone"))
    rows = (
        _returned(record["episodes"])
        .join(people, on=CHILD)
        .join(alone, on=CHILD, how="left")
        .sort(*CHILD, "started_on")
    )
    columns = ("legal_status", "reason_started", "reason_ended", "started_on", "ended_on", "category_of_need", *PLACE)
    return rows.with_columns(
        *(pl.col(c).shift(1).over(CHILD).alias(f"before_{c}") for c in columns),
        *(pl.col(c).shift(-1).over(CHILD).alias(f"next_{c}") for c in columns),
        (pl.col("ended_on") - pl.col("started_on")).dt.total_days().alias("days"),
    )


def _returned(episodes: pl.DataFrame) -> pl.DataFrame:
    """Stays of a few hours are in the record, not in the return."""
    is_of_hours = (pl.col("started_on") == pl.col("ended_on")) & (pl.col("reason_ended") != "X1")
    assert episodes.filter(is_of_hours).height > 10
    return episodes.filter(~is_of_hours.fill_null(value=False))


def code(column: str, *codes: str) -> pl.Expr:
    return pl.col(column).is_in(codes)


def kind(*codes: str) -> pl.Expr:
    return code("placement_type", *codes)


TEMPORARY = kind("T0", "T1", "T2", "T3", "T4")
NO_PROVIDER = TEMPORARY | kind("Z1", "Z11", "Z12", "Z13", "Z14")
FOSTER = kind("U1", "U2", "U3", "U4", "U5", "U6")
ADOPTIVE = kind("A3", "A4", "A5", "A6")
SHORT_BREAK = code("legal_status", "V3", "V4")
IN_BREAKS = pl.col("days").sum().over(*CHILD, pl.col("started_on").dt.offset_by("-3mo").dt.year())
OPEN = pl.col("ended_on").is_null()
SAME_PLACE = pl.all_horizontal(pl.col(c).eq_missing(pl.col(f"before_{c}")) for c in PLACE)
ALIKE = pl.col("legal_status") == pl.col("before_legal_status")
KNOWN_PLACE = pl.col("placement_postcode").is_not_null() & pl.col("before_placement_postcode").is_not_null()

BROKEN = {
    "149 valid reason": (pl.col("ended_on").is_not_null() & pl.col("reason_ended").is_null()),
    "148 end and reason together": (pl.col("ended_on").is_null() & pl.col("reason_ended").is_not_null()),
    "178 provider": NO_PROVIDER & pl.col("placement_provider").is_not_null(),
    "526 provider given": ~NO_PROVIDER & pl.col("placement_provider").is_null(),
    "217 with carer": kind("A3", "A5") & ~code("reason_started", "S", "T", "U"),
    "218 reference": ~NO_PROVIDER
    & ~kind("P1", "P2", "P3", "H5", "R1", "R2", "R5")
    & ~pl.col("placement_authority").is_in(["WAL", "SCO", "NIR"]).fill_null(value=False)
    & pl.col("urn").is_null(),
    "222 no reference": (NO_PROVIDER | kind("P1", "P3", "R1", "R2", "R5")) & pl.col("urn").is_not_null(),
    "225 reason for change": code("reason_ended", "X1") & ~TEMPORARY & pl.col("next_reason_started").is_in(list("PTBU"))
    & ~pl.col("next_placement_type").str.starts_with("T") & pl.col("reason_placement_changed").is_null(),
    "226 temporary without reason": TEMPORARY & pl.col("reason_placement_changed").is_not_null(),
    "233 reason while open": pl.col("ended_on").is_null() & pl.col("reason_placement_changed").is_not_null(),
    "234 custody under 10": code("reason_placement_changed", "CUSTOD") & (pl.col("started_on") < birthday(10)),
    "302 before birth": pl.col("started_on") < pl.col("born_on"),
    "352 starts at 18": code("reason_started", "S") & (pl.col("started_on") >= birthday(18)),
    "355 no length": pl.col("days") == 0,
    "356 ends before start": pl.col("days") < 0,
    "358 remand under 10": code("legal_status", "J1") & (pl.col("started_on") <= birthday(10)),
    "359 open after 18": pl.col("ended_on").is_null() & (birthday(18) < date(2026, 3, 31)),
    "361 police protection": code("legal_status", "L1") & (pl.col("days") > 3),
    "362 emergency": code("legal_status", "L2") & (pl.col("days") > 21),
    "365 one break": code("legal_status", "V3") & (OPEN | (pl.col("days") > 17)),
    "366 move in a break": code("legal_status", "V3") & ~code("reason_started", "S"),
    "367 days of breaks": code("legal_status", "V3") & (IN_BREAKS > 75),
    "371 supported under 16": kind("K3") & (pl.col("started_on") < birthday(16)),
    "372 custody under 10": kind("R5") & (pl.col("started_on") < birthday(10)),
    "373 school under 4": kind("S1") & (pl.col("started_on") < birthday(4)),
    "374 employment under 14": kind("P3") & (pl.col("started_on") < birthday(14)),
    "375 hospital": kind("T1") & (pl.col("days") > 42),
    "376 carer's holiday": kind("T3") & (pl.col("days") > 21),
    "378 parents": kind("P1") & code("legal_status", "V2"),
    "379 seven days": kind("T4") & (pl.col("days") > 7),
    "380 temporary start": TEMPORARY & ~code("reason_started", "P", "B"),
    "381 temporary end": TEMPORARY & pl.col("reason_ended").is_not_null() & ~code("reason_ended", "X1"),
    "382 temporary in a break": SHORT_BREAK & TEMPORARY,
    "384 long term in a break": SHORT_BREAK & kind("U1", "U4"),
    "214 and 398 place of a break": SHORT_BREAK
    & pl.any_horizontal(pl.col("home_postcode", "placement_postcode", "urn", "distance_miles").is_not_null()),
    "426 both kinds of break": code("legal_status", "V3") & (pl.col("legal_status") == "V4").any().over(CHILD),
    "383 return": pl.col("before_placement_type").str.starts_with("T") & ~code("reason_started", "P"),
    "386 adopted at 18": code("reason_ended", "E11", "E12") & (pl.col("ended_on") >= birthday(18)),
    "387 independent under 14": code("reason_ended", "E5", "E6") & (pl.col("ended_on") < birthday(14)),
    "388 gap": code("reason_ended", "X1") & (pl.col("next_started_on") != pl.col("ended_on")).fill_null(value=True),
    "389 adult care under 16": code("reason_ended", "E7") & (pl.col("ended_on") < birthday(16)),
    "390 adopted from": code("reason_ended", "E11", "E12") & ~ADOPTIVE,
    "392d at home": ~kind("P1") & (pl.col("home_postcode") == pl.col("placement_postcode")),
    "406 distance of the unaccompanied": pl.col("is_alone") & pl.col("distance_miles").is_not_null(),
    "407 guardianship at 18": code("reason_ended", "E45", "E46", "E47", "E48") & (pl.col("ended_on") > birthday(18)),
    "408 adoptive without order": kind("A5", "A6") & ~code("legal_status", "E1"),
    "431 starts too soon": code("reason_started", "S") & (pl.col("started_on") <= pl.col("before_ended_on")),
    "432 goes on after the end": ~code("reason_started", "S") & (pl.col("before_reason_ended") != "X1"),
    "433 not the same day": ~code("reason_started", "S") & (pl.col("started_on") != pl.col("before_ended_on")),
    "434 legal only": code("reason_started", "L") & (ALIKE | (KNOWN_PLACE & ~SAME_PLACE)),
    "435 placement only": code("reason_started", "P", "T") & (~ALIKE | (KNOWN_PLACE & SAME_PLACE)),
    "436 both": code("reason_started", "U", "B") & (ALIKE | (KNOWN_PLACE & SAME_PLACE)),
    "437 died": code("reason_ended", "E2", "E15") & pl.col("next_started_on").is_not_null(),
    "460 stays put under 18": code("reason_ended", "E17") & (pl.col("ended_on") < birthday(18)),
    "504 need": ~code("reason_started", "S") & (pl.col("category_of_need") != pl.col("before_category_of_need")),
    "516 guardianship to carer": code("reason_ended", "E45", "E46") & ~FOSTER,
    "527 own provision": kind("P1", "R2", "R5") & code("placement_provider", "PR1", "PR2"),
    "529 other public": (ADOPTIVE | FOSTER | kind("K1", "K2", "P1")) & code("placement_provider", "PR3"),
    "530 parents' provider": kind("P1") & ~code("placement_provider", "PR0"),
    "550 parents only": code("placement_provider", "PR0") & ~kind("P1"),
    "1015 own setting elsewhere": code("placement_provider", "PR1") & ~ADOPTIVE & ~FOSTER & ~pl.col("is_in_area"),
    "in its time: supported": kind("H5", "P2") & (OPEN | (pl.col("ended_on") > SUPPORTED)),
    "in its time: K3": kind("K3") & (pl.col("started_on") < SUPPORTED),
    "in its time: Z1": kind("Z1") & (OPEN | (pl.col("ended_on") > SPLIT)),
    "in its time: guardianship": code("reason_ended", "E43", "E44") & (pl.col("ended_on") >= GUARDIANSHIP),
}  # fmt: skip


def test_there_are_short_breaks_of_both_kinds(episodes: pl.DataFrame) -> None:
    children = episodes.filter(SHORT_BREAK).group_by("legal_status").agg(pl.col("child_id").n_unique())
    assert children.height == 2
    assert children["child_id"].sum() == pytest.approx(0.06 * 3000, rel=0.4)


@pytest.mark.parametrize("rule", BROKEN)
def test_no_episode_breaks_the_rule(episodes: pl.DataFrame, rule: str) -> None:
    broken = episodes.filter(BROKEN[rule].fill_null(value=False))
    assert broken.is_empty(), broken.head(3).to_dicts()


def test_placed_for_adoption_only_with_a_decision(record: Record) -> None:
    """Rules 551 to 554: a decision comes before the adoptive placement and the placement order."""
    adoptive = pl.col("placement_type").str.starts_with("A") | (pl.col("legal_status") == "E1")
    needing = record["episodes"].filter(adoptive).group_by(CHILD).agg(pl.col("started_on").min())
    decided = record["adoptions"].group_by(CHILD).agg(pl.col("decided_on").min())
    known = needing.join(decided, on=CHILD, how="left")
    assert known.filter(pl.col("decided_on").is_null() | (pl.col("decided_on") > pl.col("started_on"))).is_empty()


def test_mothers_are_girls_and_no_one_is_a_mother_before_11(record: Record) -> None:
    """Rules 165, 174, 611, 620."""
    people = record["people"]
    assert people.filter((pl.col("sex") == "M") & pl.col("is_mother").is_not_null()).is_empty()
    assert people.filter(pl.col("is_mother") & pl.col("first_child_born_on").is_null()).is_empty()
    assert people.filter(pl.col("first_child_born_on") < birthday(11)).is_empty()


def test_a_review_code_fits_the_age(record: Record) -> None:
    """Rules 440 and 441: PN0 under four, the others from the fourth birthday."""
    rows = record["reviews"].join(record["people"].select(*CHILD, "born_on"), on=CHILD).drop_nulls("held_on")
    young = pl.col("held_on") < birthday(4)
    assert rows.filter(young != (pl.col("participation") == "PN0")).is_empty()


def test_answers_of_the_year_fit_the_age(record: Record) -> None:
    """Rules 186, 188, 189, 542, 545, 546 and 159."""
    rows = record["annual_outcomes"].join(record["people"].select(*CHILD, "born_on"), on=CHILD)
    end, start = pl.col("year_ended_on"), pl.col("year_ended_on").dt.offset_by("-1y").dt.offset_by("1d")
    said = pl.col("sdq_score").is_not_null() | pl.col("sdq_reason").is_not_null()
    broken = {
        "both": pl.col("sdq_score").is_not_null() & pl.col("sdq_reason").is_not_null(),
        "too young": said & (birthday(4) > end),
        "too old": said & (birthday(17) < start),
        "needed": ~said & (birthday(4) <= start) & (birthday(17) > end),
        "convicted under 10": pl.col("is_convicted").is_not_null() & (birthday(10) > end),
        "convicted from 10": pl.col("is_convicted").is_null() & (birthday(10) <= end),
        "development from 5": pl.col("is_health_check_done").is_not_null() != (birthday(5) > end),
        "offered": pl.col("is_substance_misuse_found") & ~pl.col("intervention_received")
        & pl.col("intervention_offered").is_null(),
    }  # fmt: skip
    assert {name: rows.filter(rule).height for name, rule in broken.items()} == dict.fromkeys(broken, 0)


def test_the_years_score_is_the_latest_of_the_year(record: Record) -> None:
    """Also where no questionnaire was returned after it, which is only a reason; no score, no score in the answer."""
    dated = record["sdq_scores"].drop_nulls("score").sort("completed_on")
    rows = record["annual_outcomes"].join(record["people"].select(*CHILD, "born_on"), on=CHILD)
    rows = rows.filter((birthday(4) <= pl.col("year_ended_on")) & (birthday(17) > pl.col("year_ended_on")))
    both = rows.join(dated, on=CHILD, how="left")
    start = pl.col("year_ended_on").dt.offset_by("1d").dt.offset_by("-12mo")
    inside = pl.col("completed_on").is_between(start, pl.col("year_ended_on"))
    found = both.group_by(*CHILD, "year_ended_on", "sdq_score").agg(pl.col("score").filter(inside).last())
    assert found.height > 1000
    assert found.filter(pl.col("score").ne_missing(pl.col("sdq_score"))).is_empty()


def test_social_workers_follow_each_other_within_a_week(record: Record) -> None:
    """Rules SW08 to SW13: no gap over seven days inside a period of care, no day-long work, a reason each time."""
    rows = record["allocations"].filter(pl.col("role") == "social_worker")
    assert rows.filter(pl.col("ended_on") == pl.col("started_on")).is_empty()
    assert rows.filter(pl.col("reason_changed").is_null() | ~pl.col("worker_id").str.contains("^(SW|XX)")).is_empty()


def test_a_birthday_is_answered_in_full_or_not_at_all(record: Record) -> None:
    """Rules 344, 345, 347 and 3001."""
    rows = record["care_leaver_birthdays"].join(record["people"].select(*CHILD, "born_on"), on=CHILD)
    in_touch = pl.col("in_touch") == "YES"
    blank = (pl.col("activity") == "0") & (pl.col("accommodation") == "0")
    age = pl.col("year_ended_on").dt.year() - pl.col("born_on").dt.year()
    assert rows.filter(in_touch & ((pl.col("activity") == "0") | (pl.col("accommodation") == "0"))).is_empty()
    assert rows.filter(pl.col("in_touch").is_in(["DIED", "RHOM"]) & ~blank).is_empty()
    assert rows.filter((age <= 17) & pl.col("accommodation").str.contains("^[TZ]")).is_empty()
