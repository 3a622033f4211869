"""Children the council knows and helps at home: those who never come into care, and those who will after the day."""

from __future__ import annotations

import polars as pl

from hearth.synthetic import before, entrants
from hearth.synthetic.days import plus
from hearth.synthetic.order import Order
from hearth.synthetic.work import KEY

CASES_A_YEAR = 1.7
"""Children for whom help begins in a year, for each child in care."""
KEPT_YEARS = 3
"""Help that ended longer ago is not in the record, unless the child has been in care."""
LONGEST_HELP = 5 * 365
"""Days that a protection plan and the help after it may last."""
AHEAD = 1000
"""Days before care in which the plans of a child begin."""
IN_NEED, PROTECTED = "child_in_need", "child_protection"

Frame = pl.DataFrame


def known(order: Order, children: Frame) -> dict[str, Frame]:
    """Tables ``children``, ``earlier_plans`` and ``referrals`` of children not in care, keyed by number and period.

    ``children`` are those who have been in care: as many as of the last year are still to come.
    """
    first = entrants.drawn(order) + 1
    helped = _helped(order, first)
    plans = _plans(order, helped)
    last = plans.group_by("number").agg(pl.col("started_on").min(), pl.col("ended_on").max())
    recent = last.filter(pl.col("ended_on") >= _kept_since(order))
    found = _known_of(order, helped, plans, recent)
    later = _will_come(order, children, first + helped.height)
    return {name: pl.concat([found[name], later[name]], how="diagonal") for name in found}


def _kept_since(order: Order) -> pl.Expr:
    return pl.max_horizontal(order.begins, order.today.dt.offset_by(f"-{KEPT_YEARS}y"))


def _helped(order: Order, first: int) -> Frame:
    """Children helped at home: ``came_on`` is the day the first plan begins, ``route`` what kinds of plan follow."""
    chance = order.chance
    days = KEPT_YEARS * 365 + LONGEST_HELP
    families = entrants.families(order, first, round(order.children * CASES_A_YEAR * days / 365))
    dated = families.with_columns(
        plus(order.today, -(chance.draw("help begins", "family") * days).floor()).alias("came_on"),
        chance.pick("route of help", "family").alias("route"),
        pl.lit("family").alias("origin"),
        pl.lit(1, dtype=pl.Int64).alias("period"),
    )
    aged = dated.with_columns(chance.days("age when helped", "number", by="route").alias("age_at_start"))
    return entrants.at_home(aged, order)


def _plans(order: Order, helped: Frame) -> Frame:
    """Their plans, until the 18th birthday at most; help as a child in need goes on after many protection plans."""
    chance = order.chance
    protected = helped.filter(pl.col("route") != "in need").with_columns(pl.col("came_on").alias("started_on"))
    protected = protected.with_columns(
        _over(plus("started_on", chance.days("days of child protection plan", "number"))),
        pl.lit(PROTECTED).alias("kind"),
    )
    steps = protected.filter(pl.col("route") == "protected, then in need")
    from_on = [
        helped.filter(pl.col("route") == "in need").with_columns(pl.col("came_on").alias("started_on")),
        steps.drop("started_on").with_columns(pl.col("ended_on").alias("started_on")),
    ]
    need = pl.concat([frame.select(*KEY, "started_on", "adult_on") for frame in from_on])
    need = need.with_columns(
        _over(plus("started_on", chance.days("days of child in need plan", "number"))), pl.lit(IN_NEED).alias("kind")
    )
    columns = [*KEY, "kind", "started_on", "ended_on"]
    both = pl.concat([protected.select(columns), need.select(columns)])
    return both.filter(pl.col("started_on") < pl.col("ended_on"))


def _over(day: pl.Expr) -> pl.Expr:
    return pl.min_horizontal(day, "adult_on").alias("ended_on")


def _known_of(order: Order, helped: Frame, plans: Frame, recent: Frame) -> dict[str, Frame]:
    kept = recent.select("number")
    cases = helped.join(recent.select("number", "ended_on"), on="number")
    referred = plus("came_on", -order.chance.days("days from referral to plan", "number"))
    name = pl.concat_str(pl.lit("R"), pl.col("number"), pl.lit("-1"))
    rows = cases.select(
        *KEY, name.alias("referral_id"), pl.max_horizontal(referred, "born_on").alias("referred_on"), "ended_on"
    )
    seen = order.seen(rows, "referred_on", "ended_on")
    closed = pl.when(pl.col("ended_on").is_not_null()).then(pl.lit("Case closed")).alias("reason_ended")
    return {
        "children": helped.join(kept, on="number", how="semi"),
        "earlier_plans": order.seen(plans.join(kept, on="number", how="semi"), "started_on", "ended_on"),
        "referrals": seen.with_columns(closed),
    }


def _will_come(order: Order, children: Frame, first: int) -> dict[str, Frame]:
    """Children who come into care after the day, of whom a plan or a referral is known on it."""
    rate = children.filter(pl.col("came_on") > order.today.dt.offset_by("-1y")).height / 365.25
    families = entrants.families(order, first, round(rate * AHEAD))
    day = plus(order.tomorrow, (order.chance.draw("entry", "family") * AHEAD).floor())
    soon = entrants.coming(order, families.with_columns(day.alias("came_on")))
    periods = soon.with_columns(
        pl.col("came_on").alias("started_on"),
        pl.lit(None, dtype=pl.Date).alias("ended_on"),
        pl.lit(None, dtype=pl.Date).alias("will_end_on"),
        pl.lit("not yet").alias("purpose"),
        pl.lit(1, dtype=pl.Int64).alias("period"),
    )
    plans = before.earlier_plans(order, periods)
    referrals = order.seen(before.referrals(order, periods), "referred_on")
    told = pl.concat([plans.select("number"), referrals.select("number")]).unique()
    named = soon.join(told, on="number", how="semi")
    return {"children": named, "earlier_plans": plans, "referrals": referrals}
