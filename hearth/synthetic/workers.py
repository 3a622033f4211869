"""Who works with the child: social workers, reviewing officers and personal advisers, with every change."""

from __future__ import annotations

import polars as pl

from hearth.synthetic.days import birthday, length, plus, running, turns
from hearth.synthetic.order import Order
from hearth.synthetic.work import KEY

CASELOADS = {"social_worker": 16, "reviewing_officer": 60, "personal_adviser": 22}
"""Open cases for each worker of a team, about: England's children's social workers held 16 in 2024 (DfE workforce
statistics); the IRO handbook asks for 50 to 70; advisers as local offers say."""
REASONS_FROM_FIRST = "FCONTA"
NEW_TEAM_DAYS = 150


def allocations(order: Order, periods: pl.DataFrame, leavers: pl.DataFrame) -> pl.DataFrame:
    """Table ``allocations``: social workers from about the start of care to its end, reviewing officers, advisers."""
    social = _social_workers(order, periods)
    officers = _officers(order, periods)
    advisers = _advisers(order, leavers)
    return pl.concat([social, officers, advisers], how="diagonal")


def _changing(order: Order, spells: pl.DataFrame, subject: str, every: float) -> pl.DataFrame:
    """One row for each worker of a spell, one after the other: started_on, ended_on (null while it goes on)."""
    used = spells.select(c for c in spells.columns if c in _USED)
    rows = turns(used, (length() / every).ceil() + 3)
    rows = rows.with_columns(order.chance.days(subject, *KEY, "turn").alias("_gap")).with_columns(
        running("_gap").alias("_end")
    )
    began = pl.when(pl.col("turn") == 0).then(0).otherwise(pl.col("_end").shift(1, fill_value=0))
    rows = rows.with_columns(plus("from_on", began).alias("started_on"), plus("from_on", pl.col("_end")).alias("_to"))
    rows = rows.filter(pl.col("started_on") < pl.col("until_on"))
    over = pl.when(pl.col("_to") < pl.col("until_on")).then("_to").otherwise("left_on")
    return rows.with_columns(over.alias("ended_on")).drop("_gap", "_end", "_to", "spell")


_USED = (*KEY, "authority", "locality", "born_on", "from_on", "until_on", "left_on", "_care_on")


def _social_workers(order: Order, periods: pl.DataFrame) -> pl.DataFrame:
    chance = order.chance
    spells = periods.with_columns(
        plus("started_on", chance.days("days to first worker", *KEY)).alias("from_on"),
        pl.coalesce("ended_on", order.tomorrow).alias("until_on"),
        pl.col("ended_on").alias("left_on"),
        pl.col("started_on").alias("_care_on"),
    )
    # A worker who knew the child before an earlier period ended is not given twice.
    before = pl.col("ended_on").shift(1).over("number")
    spells = spells.sort(*KEY).with_columns(pl.max_horizontal("from_on", before).alias("from_on"))
    rows = _changing(order, spells.filter(pl.col("from_on") < pl.col("until_on")), "days with social worker", 230)
    return _named_workers(order, _with_gaps(order, rows))


def _with_gaps(order: Order, rows: pl.DataFrame) -> pl.DataFrame:
    """A few changes leave the child some days without a worker."""
    gap = order.chance.days("days without worker", *KEY, "turn")
    earlier = plus("ended_on", -gap)
    may = order.chance.happens("gap between workers", *KEY, "turn") & (
        pl.col("ended_on") != pl.col("left_on")
    ).fill_null(value=True)
    short = may & (earlier > pl.col("started_on"))
    return rows.with_columns(pl.when(short).then(earlier).otherwise("ended_on").alias("ended_on"))


def _named_workers(order: Order, rows: pl.DataFrame) -> pl.DataFrame:
    """Gives each row a team and one of its workers; a few cover workers have no registration."""
    chance = order.chance
    service = (
        pl.when((pl.col("started_on") - pl.col("_care_on")).dt.total_days() < NEW_TEAM_DAYS)
        .then(pl.lit("Safeguarding"))
        .when(pl.col("started_on") >= birthday(16))
        .then(pl.lit("Leaving care"))
        .otherwise(pl.lit("Children in care"))
    )
    told = rows.with_columns(pl.concat_str(service, "locality", separator=" ").alias("team"))
    registered = chance.happens("registered", *KEY, "turn")
    number = _worker(order, "worker", 1, "social_worker")
    first = pl.col("turn") == 0
    reason = (
        pl.when(first)
        .then(pl.lit(REASONS_FROM_FIRST))
        .otherwise(chance.pick("reason for change of worker", *KEY, "turn"))
    )
    return told.with_columns(
        pl.when(registered)
        .then(pl.concat_str(pl.lit("SW"), number))
        .otherwise(pl.concat_str(pl.lit("XX"), number))
        .alias("worker_id"),
        pl.when(registered).then(pl.concat_str(pl.lit("SW"), number)).alias("registration"),
        pl.lit("social_worker").alias("role"),
        reason.alias("reason_changed"),
    ).select(_COLUMNS)


_COLUMNS = ["number", "worker_id", "role", "registration", "team", "started_on", "ended_on", "reason_changed"]


def _worker(order: Order, stream: str, kind: int, role: str) -> pl.Expr:
    """Six digits: the kind of worker, the council, then one of so many of the team that caseloads are believable.

    A change is to the next of the team, so to somebody else.
    """
    place = ("authority", "team")
    held = pl.col("ended_on").is_null().sum().over(place)
    many = pl.max_horizontal((held / CASELOADS[role]).round().cast(pl.Int64), pl.lit(3))
    before = (pl.col("team").rank("dense").over("authority").cast(pl.Int64) - 1) * many.max().over("authority")
    first = (order.chance.draw(stream, "number") * many).floor().cast(pl.Int64)
    nth = before + (first + pl.col("turn").cast(pl.Int64)) % many
    council = (
        pl.col("authority").str.slice(1, 2).cast(pl.Int64) * 37 + pl.col("authority").str.tail(3).cast(pl.Int64)
    ) % 97
    return (kind * 100000 + council * 1000 + nth % 1000).cast(pl.String)


def _officers(order: Order, periods: pl.DataFrame) -> pl.DataFrame:
    spells = periods.with_columns(
        plus("started_on", order.chance.days("days to reviewing officer", *KEY)).alias("from_on"),
        pl.coalesce("ended_on", order.tomorrow).alias("until_on"),
        pl.col("ended_on").alias("left_on"),
    ).filter(pl.col("from_on") < pl.col("until_on"))
    rows = _changing(order, spells, "days with reviewing officer", 900).with_columns(team=pl.lit("Reviewing service"))
    number = _worker(order, "officer", 5, "reviewing_officer")
    return rows.with_columns(
        pl.concat_str(pl.lit("SW"), number).alias("worker_id"),
        pl.concat_str(pl.lit("SW"), number).alias("registration"),
        pl.lit("reviewing_officer").alias("role"),
        pl.lit(None, dtype=pl.String).alias("reason_changed"),
    ).select(_COLUMNS)


def _advisers(order: Order, leavers: pl.DataFrame) -> pl.DataFrame:
    """Personal advisers from some time after 16 until support ends."""
    start = pl.max_horizontal(
        plus(birthday(16), order.chance.days("days to adviser", "number")), plus("eligible_on", 7)
    )
    spells = leavers.filter(order.chance.happens("has adviser", "number")).with_columns(
        start.alias("from_on"), pl.min_horizontal("support_ends_on", order.tomorrow).alias("until_on")
    )
    ended = pl.when(pl.col("until_on") <= order.today).then("until_on").alias("left_on")
    spells = spells.with_columns(ended).filter(pl.col("from_on") < pl.col("until_on"))
    rows = _changing(order, spells, "days with adviser", 550).with_columns(
        pl.concat_str(pl.lit("Leaving care"), "locality", separator=" ").alias("team")
    )
    return rows.with_columns(
        pl.concat_str(pl.lit("PA"), _worker(order, "adviser", 7, "personal_adviser")).alias("worker_id"),
        pl.lit(None, dtype=pl.String).alias("registration"),
        pl.lit("personal_adviser").alias("role"),
        pl.lit(None, dtype=pl.String).alias("reason_changed"),
    ).select(_COLUMNS)
