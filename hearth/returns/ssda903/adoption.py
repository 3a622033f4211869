"""The adoption journey put together from decisions, adoptions of the year, legal statuses and placements."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from hearth.tables import catalogue
from hearth.tables.codes import members
from hearth.tables.journeys import derive

PLACEMENT_ORDER = members("legal_status", "E1")[0]
FOR_ADOPTION = members("placement_type", "A3", "A4", "A5", "A6")
WITH_OWN_CARER = members("placement_type", "A3", "A5")
FOSTER = members("placement_type", "U1", "U2", "U3", "U4", "U5", "U6")
ADOPTED = members("reason_episode_ceased", "E11", "E12")
NEW_STATUS = members("reason_new_episode", "S", "L", "B", "U")
NEW_CARERS = members("reason_new_episode", "S", "P", "B")
DECIDED = (
    "authority",
    "child_id",
    "decided_on",
    "matched_on",
    "reversed_on",
    "reason_reversed",
    "is_by_foster_carer",
    "number_of_adopters",
    "sex_of_adopters",
    "legal_status_of_adopters",
)
STEPS = ("placement_order_on", "placed_on", "fostered_by_adopters_on", "ordered_on")


def adoptions(ours: Mapping[str, pl.DataFrame], episodes: pl.DataFrame) -> pl.DataFrame:
    """One row for each decision (table ``adoptions``), with the steps that episodes date.

    A step belongs to the last decision before it, or to the first. A child with a step and no decision has a row whose
    ``decided_on`` is not known. The day of an order or placement is known only where an episode begins with it.
    """
    decisions = _decisions(ours)
    steps = _steps(derive(catalogue.conform("episodes", episodes))["stays"])
    undecided = steps.select("authority", "child_id").unique(maintain_order=True)
    undecided = undecided.join(decisions, on=["authority", "child_id"], how="anti", maintain_order="left")
    every = pl.concat([decisions, undecided], how="diagonal_relaxed")
    return _with_steps(every.sort("child_id", "decided_on", maintain_order=True), steps)


def _decisions(ours: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Decisions to place, each with the adoption of that child where the days of decision agree, or it is the last."""
    empty = catalogue.empty("adoptions").select(DECIDED)
    placed, adopted = (_of(ours, table, empty) for table in ("PlacedAdoption", "AD1"))
    if adopted.is_empty():
        return placed
    latest = placed.group_by("child_id").agg(pl.col("decided_on").max().alias("latest_on"))
    same = placed.select("child_id", "decided_on", is_same=pl.lit(value=True))
    dated = adopted.join(same, on=["child_id", "decided_on"], how="left").join(latest, on="child_id", how="left")
    at = pl.when("is_same").then("decided_on").otherwise(pl.coalesce("latest_on", "decided_on"))
    facts = dated.with_columns(at.alias("decided_on")).select(adopted.columns)
    every = pl.concat([placed, facts], how="diagonal_relaxed")
    merged = pl.all().exclude("authority", "child_id", "decided_on").drop_nulls().first()
    return every.group_by("authority", "child_id", "decided_on", maintain_order=True).agg(merged)


def _of(ours: Mapping[str, pl.DataFrame], table: str, empty: pl.DataFrame) -> pl.DataFrame:
    found = ours.get(table, empty)
    return pl.concat([empty, found.select(c for c in found.columns if c in DECIDED)], how="diagonal_relaxed")


def _steps(stays: pl.DataFrame) -> pl.DataFrame:
    """Each step of each child: authority, child_id, step, on; where the episodes show on which day it was."""
    before = pl.col("legal_status", "placement_type").shift(1).over("authority", "child_id").name.suffix("_before")
    known = stays.with_columns(before)
    is_for_adoption = pl.col("placement_type").is_in(FOR_ADOPTION)
    was_for_adoption = pl.col("placement_type_before").is_in(FOR_ADOPTION).fill_null(value=False)
    first = pl.col("legal_status_before").is_null()
    ordered = (pl.col("legal_status") == PLACEMENT_ORDER) & _begins("legal_status", PLACEMENT_ORDER, NEW_STATUS, first)
    placed = is_for_adoption & (~was_for_adoption | pl.col("reason_started").is_in(NEW_CARERS))
    placed &= ~first | pl.col("reason_started").is_not_null() & (pl.col("reason_started") != "L")
    own = placed & pl.col("placement_type").is_in(WITH_OWN_CARER) & pl.col("placement_type_before").is_in(FOSTER)
    own &= pl.col("is_placement_start_known") & (pl.col("placement_started_on") < pl.col("started_on"))
    return pl.concat(
        [
            _step(known.filter(ordered), "placement_order_on", "started_on"),
            _step(known.filter(placed), "placed_on", "started_on"),
            _step(known.filter(own), "fostered_by_adopters_on", "placement_started_on"),
            _step(known.filter(pl.col("reason_ended").is_in(ADOPTED)), "ordered_on", "ended_on"),
        ]
    ).drop_nulls()


def _begins(column: str, value: str, starts: tuple[str, ...], first: pl.Expr) -> pl.Expr:
    """The value begins with this episode: the one before had another, or there is none and the reason says so."""
    changed = (pl.col(f"{column}_before") != value).fill_null(value=False)
    return changed | (first & pl.col("reason_started").is_in(starts).fill_null(value=False))


def _step(found: pl.DataFrame, step: str, day: str) -> pl.DataFrame:
    return found.select("authority", "child_id", pl.lit(step).alias("step"), pl.col(day).alias("on"))


def _with_steps(decisions: pl.DataFrame, steps: pl.DataFrame) -> pl.DataFrame:
    """Each decision with its steps: of several placements the latest, of the other steps the first."""
    child = ["authority", "child_id"]
    spans = decisions.with_row_index("decision").with_columns(
        pl.col("decided_on").shift(-1).over(child).alias("next_on"),
        (pl.int_range(pl.len()).over(child) == 0).alias("is_first"),
    )
    begun = (pl.col("on") >= pl.col("decided_on")).fill_null(value=False) | pl.col("is_first")
    over = (pl.col("on") >= pl.col("next_on")).fill_null(value=False)
    theirs = spans.join(steps, on=child).filter(begun & ~over)
    latest = pl.col("on").filter(pl.col("step") == "placed_on").max().alias("placed_on")
    others = [pl.col("on").filter(pl.col("step") == s).min().alias(s) for s in STEPS if s != "placed_on"]
    dated = theirs.group_by("decision").agg(latest, *others)
    kind = pl.when(pl.col("ordered_on").is_not_null()).then(pl.lit("adoption")).alias("order_kind")
    return spans.join(dated, on="decision", how="left", maintain_order="left").with_columns(kind)
