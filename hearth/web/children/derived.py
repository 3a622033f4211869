"""What follows from a child's record on a day, in words and with the reason: worked out each time, never stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from hearth.tables import codes
from hearth.tables.record import Record
from hearth.timescales import eligibility
from hearth.timescales.dates import birthday_on
from hearth.timescales.history import History
from hearth.timescales.limits import Limits, national
from hearth.web.children import frames
from hearth.web.children.models import Child
from hearth.web.design.words import day

OF_LEAVING = ("care_leaver_activities", "care_leaver_statuses", "returns_home")
"""The tables read only of those who may have a category of leaving care."""
TABLES = ("episodes", "permanence_plans", *OF_LEAVING)
"""The tables from which the status follows, beside the child's own row."""
EACH_BREAK = codes.members("legal_status", "V3")[0]
YOUNGEST, OLDEST = 16, 25
"""The ages between which leaving care has a category."""
MOST_KEPT = 5_000
UNTOLD = frozenset({eligibility.UNDER_16, eligibility.NONE})
"""Categories that say nothing a reader needs."""
GROWN = 18
LASTS_TO = {
    eligibility.NOT_YET: 18, eligibility.ELIGIBLE: 18, eligibility.RELEVANT: 18,
    eligibility.FORMER: 21, eligibility.QUALIFYING: 21,
    eligibility.IN_EDUCATION: 25, eligibility.ON_REQUEST: 25, eligibility.EDUCATION_HELP: 25,
}  # fmt: skip
"""The birthday to which a category lasts at most (Children Act 1989, sections 23A to 24B)."""
NTH = {18: "18th", 21: "21st", 25: "25th"}
ENDS = {
    **dict.fromkeys(eligibility.DIED, "Died"),
    **dict.fromkeys(eligibility.ADOPTED, "Adopted"),
    **dict.fromkeys(eligibility.TRANSFERRED, "Passed to another authority"),
}
"""What is said of a period of care that ended for these reasons; of others, that the child left care."""
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Said:
    """A status: its code in Hearth's lists (or None), in words, and why it is so."""

    code: str | None
    words: str
    why: str
    since: date | None = None
    short: str = ""

    @property
    def badge(self) -> str:
        """The shortest words: "Looked after", "Eligible"."""
        return self.short or self.words


@dataclass(frozen=True)
class Status:
    """How a child stands on a day; what is None does not apply."""

    as_of: date
    care: Said
    is_looked_after: bool = False
    is_short_breaks: bool = False
    legal: Said | None = None
    placement: Said | None = None
    placement_id: str | None = None
    permanence: tuple[Said, ...] = ()
    leaving_care: Said | None = None
    periods: tuple[Row, ...] = field(default=(), repr=False)

    @property
    def badges(self) -> tuple[str, ...]:
        """The status in the shortest words."""
        return tuple(said.badge for said in (self.care, self.leaving_care) if said)


_WORKED_OUT: dict[tuple[object, ...], Status] = {}


def status_of(child: Child, on: date) -> Status:
    """How the child stands on the day."""
    return statuses([child], on)[child.pk]


def statuses(children: Iterable[Child], on: date) -> dict[int, Status]:
    """How each child stands on the day, by the child's key: one reading of the record for all.

    What was worked out before is used again while no row that it came from has changed.
    """
    asked = list(children)
    stamps = frames.stamps(TABLES, [child.pk for child in asked])
    marks = {child.pk: (child.pk, child.recorded_at, child.revision, on, stamps.get(child.pk)) for child in asked}
    unknown = [child for child in asked if marks[child.pk] not in _WORKED_OUT]
    if len(_WORKED_OUT) + len(unknown) > MOST_KEPT:
        _WORKED_OUT.clear()
        unknown = asked
    fresh = _work_out(unknown, on) if unknown else {}
    _WORKED_OUT.update({marks[key]: status for key, status in fresh.items()})
    return {child.pk: fresh.get(child.pk) or _WORKED_OUT[marks[child.pk]] for child in asked}


def _work_out(children: list[Child], on: date) -> dict[int, Status]:
    may_leave = any(_may_be_leaving(child, on) for child in children)
    read = TABLES if may_leave else [table for table in TABLES if table not in OF_LEAVING]
    record = frames.record_of([child.pk for child in children], ("people", *read))
    by_child = {name: _by_child(record[name].to_dicts()) for name in ("stays", "periods_of_care", "permanence_plans")}
    leaving = _leaving_care(record, on) if may_leave else {}
    found = {}
    for child in children:
        key = (child.authority, child.child_id)
        stays, periods, aims = (by_child[name][key] for name in ("stays", "periods_of_care", "permanence_plans"))
        found[child.pk] = _status(child, stays, periods, aims, leaving.get(key), on)
    return found


def _may_be_leaving(child: Child, on: date) -> bool:
    age = child.age_on(on)
    return child.born_on is None or (age is not None and YOUNGEST <= age < OLDEST)


def _by_child(rows: Iterable[Row]) -> defaultdict[tuple[str, str], list[Row]]:
    found: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        found[row["authority"], row["child_id"]].append(row)
    return found


def _holds(row: Row, on: date, began: str = "started_on") -> bool:
    return row[began] <= on and (row["ended_on"] is None or row["ended_on"] > on)


def _status(  # noqa: PLR0917 - all that a status is worked out from
    child: Child, stays: list[Row], periods: list[Row], aims: list[Row], leaving: Said | None, on: date
) -> Status:
    so_far = tuple(period for period in periods if period["first_known_on"] <= on)
    now = next((stay for stay in reversed(stays) if _holds(stay, on)), None)
    if child.died_on is not None and child.died_on <= on:
        return Status(on, _died(child.died_on, now), periods=so_far)
    if now is None:
        return Status(on, _left(so_far, on), leaving_care=leaving, periods=so_far)
    period = next(row for row in so_far if row["period_id"] == now["period_id"])
    return Status(
        on,
        _in_care(child, period, now, on),
        is_looked_after=not now["is_short_breaks"],
        is_short_breaks=now["is_short_breaks"],
        legal=_legal(stays, now),
        placement=_placement(now),
        placement_id=now["placement_id"],
        permanence=tuple(_aims(aims, on)),
        leaving_care=leaving,
        periods=so_far,
    )


def _died(died_on: date, now: Row | None) -> Said:
    why = "The record gives this as the day of death."
    if now is not None:
        why += " An episode of care is still open: end it with that day."
    return Said(eligibility.DIED[0], f"Died on {day(died_on)}", why, died_on, short="Died")


def _in_care(child: Child, period: Row, now: Row, on: date) -> Said:
    began, known = period["started_on"], period["first_known_on"]
    called = "In a series of short breaks" if now["is_short_breaks"] else "Looked after"
    if began is None:
        why = f"The record begins on {day(known)}, when the child was looked after already; it does not say since when."
        words = f"{called} since before {day(known)}"
    else:
        need = codes.label("category_of_need", period["category_of_need"])
        why = f"An episode of care began then and none has ended care: {need}."
        words = f"{called} since {day(began)}"
    return Said(None, words, f"{why}{_overstayed(child, on)}", began, short=called)


def _overstayed(child: Child, on: date) -> str:
    """A sentence for an episode that is open although care ended by law: nobody of 18 is looked after."""
    age = child.age_on(on)
    if child.born_on is None or age is None or age < GROWN:
        return ""
    grown_on = day(birthday_on(child.born_on, GROWN))
    return (
        f" But care ended by law on the {NTH[GROWN]} birthday, {grown_on}: end the episode in the record with that day."
    )


def _left(periods: tuple[Row, ...], on: date) -> Said:
    ended = [period for period in periods if period["ended_on"] is not None and period["ended_on"] <= on]
    if not ended:
        return Said(None, "Not looked after", f"The record has no episode of care up to {day(on)}.")
    last = ended[-1]
    reason, ended_on = last["reason_ended"], last["ended_on"]
    if last["is_short_breaks"]:
        return _between_breaks(last)
    called = ENDS.get(reason, "Left care")
    why = f"The last episode of care ended then: {codes.label('reason_episode_ceased', reason)}."
    return Said(reason, f"{called} on {day(ended_on)}", why, ended_on, short=called)


def _between_breaks(last: Row) -> Said:
    """Breaks recorded one by one (V3) leave days at home between them: the end of one is not the end of the series."""
    ended_on = last["ended_on"]
    if last["last_legal_status"] == EACH_BREAK:
        why = "Each break is recorded by itself, and no break is going on: the child is at home between them."
        return Said(
            last["reason_ended"], f"Short breaks: the last ended on {day(ended_on)}", why, ended_on, "Short breaks"
        )
    why = f"The series ended then: {codes.label('reason_episode_ceased', last['reason_ended'])}."
    return Said(last["reason_ended"], f"Short breaks ended on {day(ended_on)}", why, ended_on, "Short breaks ended")


def _legal(stays: list[Row], now: Row) -> Said:
    """The legal status, since the first of the unbroken episodes that have it."""
    since = now["started_on"]
    for stay in reversed([s for s in stays if s["period_id"] == now["period_id"] and s["started_on"] < since]):
        if stay["legal_status"] != now["legal_status"]:
            break
        since = stay["started_on"]
    words = codes.label("legal_status", now["legal_status"])
    why = f"Every episode of care since {day(since)} says so (code {now['legal_status'] or 'not known'})."
    return Said(now["legal_status"], words, why, since)


def _placement(now: Row) -> Said:
    since = now["placement_started_on"]
    words = codes.label("placement_type", now["placement_type"])
    known = "" if now["is_placement_start_known"] else " or before, where the record begins"
    why = f"The child came to this placement on {day(since)}{known}."
    if now["is_temporary"]:
        away = codes.label("placement_type", now["temporary_type"]).lower()
        why += f" Away since {day(now['started_on'])}: {away}; the placement to return to is shown."
    return Said(now["placement_type"], words, why, since)


def _aims(aims: list[Row], on: date) -> Iterator[Said]:
    for aim in aims:
        if _holds(aim, on, "recorded_on"):
            words = codes.label("permanence_option", aim["option"])
            yield Said(aim["option"], words, f"Recorded as an aim on {day(aim['recorded_on'])}.", aim["recorded_on"])


def _leaving_care(record: Record, on: date, limits: Limits | None = None) -> dict[tuple[str, str], Said]:
    """The leaving-care category of those who have one, or of whom it is not known."""
    held = limits or national()
    decided = eligibility.decide(eligibility.facts(History(record, held), [on], ages=(YOUNGEST, OLDEST - 1))).to_dicts()
    told = (row for row in decided if row["category"] not in UNTOLD)
    return {(row["authority"], row["child_id"]): _entitled(row) for row in told}


def _entitled(row: Row) -> Said:
    if row["category"] is None:
        why = (
            "The date of birth is not known."
            if row["age"] is None
            else "The record does not show all of the days in care since the 14th birthday."
        )
        return Said(None, "Leaving-care category not known", why)
    category = row["category"]
    reasons = "; ".join(words for holds, words in _facts(row) if holds).capitalize()
    known = codes.load("eligibility")[category]
    why = f"{reasons}. {_ahead(row)}"
    return Said(category, known.extra["said"] or known.label, why, short=known.extra["badge"] or "")


def _ahead(row: Row) -> str:
    """Until when the category lasts, or from when the next does, as things stand."""
    age = LASTS_TO[row["category"]]
    until = f"Lasts at most to the {NTH[age]} birthday, {day(row[f'age_{age}_on'])}."
    if row["category"] != eligibility.NOT_YET:
        return until
    reached_on = row["as_of"] + timedelta(days=row["days_needed"] - row["days_since_14"])
    if reached_on > row["age_18_on"]:
        return f"Will not become eligible: the 18th birthday, {day(row['age_18_on'])}, comes first."
    return f"Becomes eligible on {day(reached_on)} if still looked after then."


def _facts(row: Row) -> tuple[tuple[bool, str], ...]:
    """What the decision table went by, in words."""
    days = f"{row['days_since_14']:,} days in care since the 14th birthday"
    return (
        (row["age"] == 16, "aged 16 or 17"),
        (row["age"] == 18, "aged 18 to 20"),
        (row["age"] == 21, "aged 21 to 24"),
        (row["is_looked_after"], "looked after"),
        (not row["is_looked_after"] and row["was_in_care_at_16"], "was looked after on or after the 16th birthday"),
        (bool(row["has_days"]), f"{days}, {row['days_needed']} are needed"),
        (row["has_days"] is False, f"only {days}, {row['days_needed']} are needed"),
        (row["is_home"], "home with family for six months"),
        (row["has_guardian"], "left care to a special guardian"),
        (row["was_detained_at_16"], "detained or in hospital on the 16th birthday"),
        (row["is_in_education"] and row["age"] == 21, "in education or training"),
    )
