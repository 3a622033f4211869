"""What is done when it is owed, and what is asked or arranged: drawn from two lists of occasions, kinds and days."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from hearth.synthetic.days import plus, running, turns, weekday
from hearth.synthetic.occasions import together
from hearth.synthetic.order import Order
from hearth.synthetic.shares import listed

Frame = pl.DataFrame
DONE, REFUSED = 0.95, 0.02
"""Shares of what is owed that is done at all, and of it what the child declines (assumed)."""
FIRST_HOME = ((None, 2000.0), ("2023-04-01", 3000.0))
"""The allowance for a first home in pounds, from a day on."""

DAY_OF: Mapping[str, tuple[str, str]] = {
    "case_actions": ("kind", "done_on"),
    "notifications": ("recipient", "sent_on"),
    "approvals": ("kind", "approved_on"),
    "advocacy_offers": ("occasion", "offered_on"),
    "panels": ("kind", "met_on"),
    "entitlements": ("kind", "granted_on"),
    "risk_assessments": ("kind", "assessed_on"),
    "care_leaver_contacts": ("kind", "contacted_on"),
    "pathway_plans": ("kind", "completed_on"),
}


def done(order: Order, occasions: Mapping[str, Frame]) -> dict[str, Frame]:
    """Rows of the tables of acts, as ``work_owed.csv`` says of each occasion."""
    found: dict[str, list[Frame]] = {}
    for row in listed("work_owed.csv"):
        if row["occasion"] in occasions:
            acts = _acts(order, occasions[row["occasion"]], row)
            found.setdefault(row["table"], []).append(_finished(order, acts, row))
    return {table: together(frames) for table, frames in found.items()}


def asked(order: Order, occasions: Mapping[str, Frame]) -> tuple[dict[str, Frame], dict[str, Frame]]:
    """Tables ``requests`` and ``arrangements``, by ``things_asked.csv``, and each kind as an occasion of its own."""
    tables: dict[str, list[Frame]] = {"requests": [], "arrangements": []}
    kinds: dict[str, Frame] = {}
    for row in listed("things_asked.csv"):
        found = _asked(order, occasions[row["occasion"]], row)
        tables[row["table"]].append(found)
        kinds[row["kind"]] = found.select(
            "number", pl.coalesce("raised_on", "started_on").alias("on"), pl.col("ended_on").alias("until")
        )
    return {table: together(frames) for table, frames in tables.items()}, kinds


def _stream(row: Mapping[str, str]) -> str:
    return " ".join((row["occasion"], row["table"], row["kind"], row.get("shape", ""), row["days"] or ""))


def _acts(order: Order, frame: Frame, row: Mapping[str, str]) -> Frame:
    """The acts that answer an occasion: number, on, until, done (the day)."""
    stream, days = _stream(row), int(row["days"])
    some = frame.filter(order.chance.draw(f"{stream} at all", "number", "on") < float(row["rate"]) * DONE)
    if row["shape"] == "chain":
        rows = _chain(order, some, stream, days)
    else:
        rows = some.with_columns(_day(order, row["shape"], stream, days).alias("done"))
    still = (pl.col("done") <= pl.col("until")).fill_null(value=True)
    return rows.filter(still & (pl.col("done") <= order.today))


def _day(order: Order, shape: str, stream: str, days: int) -> pl.Expr:
    """When it was done: within a time, about a day, from that day on, or ahead of it."""
    if shape in ("around", "from"):
        about = order.chance.days("days from the day", "number", "on", stream=stream)
        return plus("on", about if shape == "around" else about.clip(0))
    percent = order.chance.days("percent of the time taken", "number", "on", stream=stream)
    taken = days * percent // 100
    return (
        weekday(plus("on", taken - 2 * days))
        if shape == "ahead"
        else pl.max_horizontal(weekday(plus("on", taken)), "on")
    )


def _chain(order: Order, frame: Frame, stream: str, days: int) -> Frame:
    """Acts again and again, from the occasion to its end."""
    until = pl.coalesce("until", order.tomorrow)
    count = ((until - pl.col("on")).dt.total_days() / days / 0.7).ceil()
    rows = turns(frame.with_columns(until.alias("until")), count)
    percent = order.chance.days("percent between two", "number", "on", "turn", stream=stream)
    spaced = rows.with_columns((days * percent // 100).alias("_gap")).with_columns(
        weekday(plus("on", running("_gap"))).alias("done")
    )
    return spaced.filter((pl.col("done") < pl.col("until")) & (pl.col("done") > pl.col("on"))).drop(
        "spell", "turn", "_gap"
    )


def _finished(order: Order, acts: Frame, row: Mapping[str, str]) -> Frame:
    """The acts as rows of their table."""
    kind, day = DAY_OF[row["table"]]
    rows = acts.with_columns(pl.lit(row["kind"]).alias(kind), pl.col("done").alias(day))
    more = FACTS.get(row["table"])
    whole = rows if more is None else rows.with_columns(*more(order, _stream(row)))
    return whole.drop("on", "done", "until")


def registered(order: Order, placements: Frame) -> list[Frame]:
    """Rows of ``arrangements``: with a doctor from some days after each placement until it ends."""
    day = _day(order, "once", "doctor", 14)
    some = placements.filter(order.chance.draw("doctor at all", "number", "on") < DONE).with_columns(day.alias("done"))
    known = some.filter((pl.col("done") <= order.today) & (pl.col("done") < pl.col("until")).fill_null(value=True))
    ended = pl.when(pl.col("until") <= order.today).then("until").alias("ended_on")
    return [known.select("number", pl.lit("gp_registered").alias("kind"), pl.col("done").alias("started_on"), ended)]


def _action(order: Order, stream: str) -> list[pl.Expr]:
    return [(order.chance.draw(f"{stream} refused", "number", "done") < REFUSED).alias("is_refused")]


def _approval(order: Order, stream: str) -> list[pl.Expr]:
    director = order.chance.draw(f"{stream} director", "number", "done") < 0.5
    rank = pl.when(director).then(pl.lit("director")).otherwise(pl.lit("nominated_officer"))
    return [rank.alias("approver"), pl.lit(value=False).alias("is_refused")]


def _offer(order: Order, stream: str) -> list[pl.Expr]:
    wanted = order.chance.draw(f"{stream} wanted", "number", "done") < 0.25
    began = pl.when(wanted).then(plus("done", 14))
    return [wanted.alias("is_accepted"), pl.when(began <= order.today).then(began).alias("started_on")]


def _panel(order: Order, stream: str) -> list[pl.Expr]:
    decided = plus("done", 5)
    return [pl.when(decided <= order.today).then(decided).alias("decided_on")]


def _grant(order: Order, stream: str) -> list[pl.Expr]:
    amount = pl.lit(FIRST_HOME[0][1])
    for since, pounds in FIRST_HOME[1:]:
        amount = pl.when(pl.col("on") >= pl.lit(since).str.to_date()).then(pounds).otherwise(amount)
    is_home = pl.col("kind") == "setting_up_home"
    return [pl.when(is_home).then(amount).alias("amount")]


def _risk(order: Order, stream: str) -> list[pl.Expr]:
    level = order.chance.weigh(f"{stream} level", ("low", "medium", "high"), (0.5, 0.35, 0.15), "number", "done")
    return [level.alias("level"), pl.col("done").alias("panel_agreed_on")]


def _visit(order: Order, stream: str) -> list[pl.Expr]:
    return [pl.lit(value=True).alias("is_two_way"), pl.lit(value=True).alias("is_visit")]


FACTS = {
    "case_actions": _action,
    "approvals": _approval,
    "advocacy_offers": _offer,
    "panels": _panel,
    "entitlements": _grant,
    "risk_assessments": _risk,
    "care_leaver_contacts": _visit,
}


def _asked(order: Order, frame: Frame, row: Mapping[str, str]) -> Frame:
    """Requests or arrangements of one kind: some of the occasions, some days after them, answered or lasting."""
    stream, wait = _stream(row), int(row["wait"])
    some = frame.filter(order.chance.draw(f"{stream} asked", "number", "on") < float(row["rate"]))
    spread = order.chance.draw(f"{stream} day", "number", "on") * (300 if row["occasion"] == "year in care" else 7)
    begun = plus("on", spread.floor().cast(pl.Int64) + wait)
    first = "raised_on" if row["table"] == "requests" else "started_on"
    other = "started_on" if first == "raised_on" else "raised_on"
    rows = some.with_columns(begun.alias("began")).filter(
        (pl.col("began") <= order.today) & (pl.col("began") <= pl.col("until")).fill_null(value=True)
    )
    answered, ended, promised = _answer(order, stream, row)
    return rows.select(
        "number",
        pl.lit(row["kind"]).alias("kind"),
        pl.col("began").alias(first),
        pl.lit(None, pl.Date).alias(other),
        answered.alias("answered_on"),
        ended.alias("ended_on"),
        promised.alias("promised_on"),
    )


def _answer(order: Order, stream: str, row: Mapping[str, str]) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """The days of the answer, of the end and of what was promised, each null where there is none yet."""
    nothing = pl.lit(None, pl.Date)
    answered = ended = nothing
    if row["days"]:
        percent = order.chance.days("percent of the time taken", "number", "began", stream=stream)
        about = order.chance.days("days from the day", "number", "began", stream=stream)
        day = plus("began", int(row["days"]) * percent // 100) if int(row["days"]) else plus("began", about)
        given = order.chance.draw(f"{stream} answered", "number", "began") < DONE
        answered = pl.when(given & (day <= order.today)).then(day)
    if row["lasts"]:
        length = (int(row["lasts"]) * order.chance.draw(f"{stream} lasts", "number", "began")).floor().cast(pl.Int64)
        end = pl.min_horizontal(plus("began", length + int(row["lasts"]) // 2), "until")
        ended = pl.when((end <= order.today) & (end > pl.col("began"))).then(end)
    promised = plus("began", int(row["days"] or 25) * 9 // 10)
    return answered, ended, promised if row["table"] == "requests" else nothing
