"""Episodes of care from an extract, which keeps placements, legal statuses and addresses in tables of their own."""

from __future__ import annotations

import polars as pl

from hearth.returns.cells import Reader
from hearth.returns.ssd import layout
from hearth.returns.ssd.extract import ASIDE, Extract
from hearth.tables.codes import load, members
from hearth.tables.problems import Problems

EPISODES = "ssd_cla_episodes"
PLACEMENTS = "ssd_cla_placement"
CONTINUES = members("reason_episode_ceased", "X1")[0]
LEGAL_CHANGE = members("reason_new_episode", "L")[0]
STRONGEST = members("legal_status", "E1", "D1", "C2", "C1", "J1", "J2", "J3", "L2", "L1", "L3", "V2", "V4", "V3")
"""Which of two statuses that began on the same day an episode has: the order of the court before the agreement."""
NO_DISTANCE = 999.0
"""Miles from which a distance is the dataset's mark for "not known" (999.9)."""


def legal_statuses(extract: Extract) -> pl.DataFrame:
    """Every legal status with its days: the national code where there is one, else the source's own word."""
    found = extract["ssd_legal_status"]
    silent = Reader("", Problems())
    code = silent.code(found, "lega_legal_status", "legal_status")
    return found.select(
        "child_id",
        pl.coalesce(code, pl.col("lega_legal_status")).alias("status"),
        pl.col("lega_legal_status_start_date").alias("started_on"),
        pl.col("lega_legal_status_end_date").alias("ended_on"),
    )


def episodes(extract: Extract) -> pl.DataFrame:
    """Episodes with legal status, placement and home postcode; not yet distance and area (columns of ``episodes``).

    The legal status is the one in force when the episode began; where another begins inside the episode, the episode
    is split there with reason L. Placements are found by their identifier, else by the child and the day.
    """
    ended = _with_ends(extract)
    placed = _with_placement(ended, _placements(extract))
    return _with_home(extract, _with_legal_status(extract, placed))


def _with_ends(extract: Extract) -> pl.DataFrame:
    """Episodes in order; one with which care ended, on a day that cannot be read, is set aside."""
    found = _in_order(extract)
    lost = found.filter(pl.col("ended_on").is_null() & (pl.col("reason_ended") != CONTINUES))
    said = "Care ended, on a day that is blank or cannot be used"
    extract.tell(EPISODES, lost, "reason_ended", said, "Give the day the episode ended", effect=ASIDE)
    return _close_superseded(extract, found.join(lost, on=["file", "row"], how="anti", maintain_order="left"))


def _in_order(extract: Extract) -> pl.DataFrame:
    fed = layout.tables()[EPISODES].columns("episodes")
    columns = [pl.col(field).alias(column) for column, field in fed.items()]
    links = [pl.col("clae_cla_id").alias("cla_id"), pl.col("clae_cla_placement_id").alias("placement_id")]
    found = extract[EPISODES].select("file", "row", "child_id", *columns, *links)
    return found.sort("child_id", "started_on", "ended_on", nulls_last=True, maintain_order=True)


def _close_superseded(extract: Extract, found: pl.DataFrame) -> pl.DataFrame:
    """An episode without an end, followed by another of the child, ends when that one begins."""
    followed = found.with_columns(pl.col("started_on").shift(-1).over("child_id").alias("next_on"))
    superseded = pl.col("ended_on").is_null() & pl.col("next_on").is_not_null()
    said = "The episode has no end, and another of the child follows"
    remedy = "Read as ending when that one begins; give its end"
    extract.tell(EPISODES, followed.filter(superseded), "ended_on", said, remedy)
    return followed.with_columns(
        pl.when(superseded).then("next_on").otherwise("ended_on").alias("ended_on"),
        pl.when(superseded).then(pl.lit(CONTINUES)).otherwise("reason_ended").alias("reason_ended"),
    ).drop("next_on")


def _placements(extract: Extract) -> pl.DataFrame:
    fed = layout.tables()[PLACEMENTS].columns("episodes")
    return extract[PLACEMENTS].select(
        pl.col("clap_cla_placement_id").alias("placement_id"),
        pl.col("child_id").alias("placed_child"),
        pl.col("clap_cla_placement_start_date").alias("from_on"),
        pl.col("clap_cla_placement_end_date").alias("to_on"),
        *(pl.col(field).alias(column) for column, field in fed.items()),
        pl.int_range(pl.len()).alias("placement"),
    )


def _with_placement(found: pl.DataFrame, placements: pl.DataFrame) -> pl.DataFrame:
    """Episodes with the details of their placement; why it ended stands with its last episode."""
    at = found.with_row_index("at")
    linked = _by_identifier(at, placements)
    unlinked = at.join(linked, on="at", how="anti")
    which = pl.concat([linked, _by_day(unlinked, placements)])
    details = placements.drop("placement_id", "placed_child", "from_on", "to_on")
    joined = at.join(which, on="at", how="left").join(details, on="placement", how="left", maintain_order="left")
    is_last = pl.col("at") == pl.col("at").max().over("placement")
    ended = is_last & pl.col("ended_on").is_not_null()
    known = pl.col("distance_miles") < NO_DISTANCE
    return joined.sort("at").with_columns(
        pl.when(ended).then("reason_placement_changed").alias("reason_placement_changed"),
        pl.when(known).then("distance_miles").alias("distance_miles"),
    )


def _by_identifier(at: pl.DataFrame, placements: pl.DataFrame) -> pl.DataFrame:
    """Episode and placement where the link leads to a placement of the same child."""
    keyed = placements.drop_nulls("placement_id").unique("placement_id", keep="first", maintain_order=True)
    found = at.join(keyed.select("placement_id", "placed_child", "placement"), on="placement_id")
    own = (pl.col("placed_child") == pl.col("child_id")).fill_null(value=True)
    return found.filter(own).select("at", "placement")


def _by_day(unlinked: pl.DataFrame, placements: pl.DataFrame) -> pl.DataFrame:
    """Episode and the child's placement on the day the episode began: the one that began last."""
    return _in_force(
        unlinked.select("at", "child_id", pl.col("started_on").alias("on")),
        placements.select(pl.col("placed_child").alias("child_id"), "from_on", "to_on", "placement"),
        by=["at"],
    ).select("at", "placement")


def _in_force(asked: pl.DataFrame, spells: pl.DataFrame, *, by: list[str]) -> pl.DataFrame:
    """For each row asked (``by``, child_id, on) the child's spell (from_on, to_on) in force on the day, the last begun.

    A spell that ends on the day gives way to one that does not: systems differ in whether the end is the last day.
    """
    met = asked.join(spells.drop_nulls("child_id"), on="child_id", maintain_order="left_right")
    begun = pl.col("from_on").is_null() | (pl.col("from_on") <= pl.col("on"))
    not_over = pl.col("to_on").is_null() | (pl.col("to_on") >= pl.col("on"))
    goes_on = (pl.col("to_on") > pl.col("on")).fill_null(value=True)
    order = ["goes_on", "from_on"]
    ranked = met.filter(begun & not_over).with_columns(goes_on.alias("goes_on"))
    return ranked.sort(order, descending=True, nulls_last=True, maintain_order=True).unique(by, keep="first")


def _with_legal_status(extract: Extract, placed: pl.DataFrame) -> pl.DataFrame:
    spells = _care_statuses(extract)
    cuts = _cuts(placed, spells)
    status = _in_force(cuts, spells, by=["at", "on"]).select("at", "on", pl.col("status").alias("legal_status"))
    known = cuts.join(status, on=["at", "on"], how="left").sort("at", "on")
    same = pl.col("legal_status").eq_missing(pl.col("legal_status").shift(1)) & (pl.col("at") == pl.col("at").shift(1))
    parts = known.filter(~same.fill_null(value=False)).drop("child_id")
    split = _split(placed, parts)
    _tell_legal(extract, split)
    return split


def _care_statuses(extract: Extract) -> pl.DataFrame:
    """Statuses that make a child looked after, the stronger of a day first."""
    found = legal_statuses(extract).filter(pl.col("status").is_in(list(load("legal_status"))))
    found = found.filter(pl.col("started_on").is_not_null())
    found = found.filter((pl.col("ended_on") > pl.col("started_on")).fill_null(value=True))
    ranks = {code: rank for rank, code in enumerate(STRONGEST)}
    strength = pl.col("status").replace_strict(ranks, default=len(ranks), return_dtype=pl.Int64)
    spells = found.sort(strength, maintain_order=True)
    return spells.rename({"started_on": "from_on", "ended_on": "to_on"})


def _cuts(placed: pl.DataFrame, spells: pl.DataFrame) -> pl.DataFrame:
    """The days on which to ask for the legal status: each episode's first, and those inside on which one begins."""
    first = placed.select("at", "child_id", pl.col("started_on").alias("on"))
    begun = placed.join(spells.select("child_id", "from_on"), on="child_id")
    inside = (pl.col("from_on") > pl.col("started_on")) & (pl.col("from_on") < pl.col("ended_on")).fill_null(value=True)
    return pl.concat([first, begun.filter(inside).select("at", "child_id", pl.col("from_on").alias("on"))]).unique()


def _split(placed: pl.DataFrame, parts: pl.DataFrame) -> pl.DataFrame:
    """Each episode in as many parts as it had legal statuses; a later part begins with reason L."""
    found = placed.join(parts, on="at").sort("at", "on")
    is_first = pl.col("on") == pl.col("started_on")
    following = pl.col("on").shift(-1).over("at")
    is_last = following.is_null()
    return found.with_columns(
        pl.col("on").alias("started_on"),
        pl.when(is_last).then("ended_on").otherwise(following).alias("ended_on"),
        pl.when(is_first).then("reason_started").otherwise(pl.lit(LEGAL_CHANGE)).alias("reason_started"),
        pl.when(is_last).then("reason_ended").otherwise(pl.lit(CONTINUES)).alias("reason_ended"),
        pl.when(is_last).then("reason_placement_changed").alias("reason_placement_changed"),
        (~is_first).alias("is_split"),
    ).drop("on")


def _tell_legal(extract: Extract, split: pl.DataFrame) -> None:
    if not extract.has("ssd_legal_status"):
        return
    said = "A legal status begins inside the episode"
    remedy = "Read as two episodes, the second with reason L"
    extract.tell(EPISODES, split.filter("is_split"), "legal_status", said, remedy)
    unknown = split.filter(pl.col("legal_status").is_null())
    said = "No legal status in force when the episode began"
    extract.tell(EPISODES, unknown, "started_on", said, "Not known; mend the days in ssd_legal_status")


def _with_home(extract: Extract, found: pl.DataFrame) -> pl.DataFrame:
    """The home postcode in force when the period of care began."""
    began = pl.min_horizontal("started_on", "period_started_on").min()
    period = pl.when(pl.col("cla_id").is_not_null()).then(began.over("child_id", "cla_id"))
    asked = found.select(
        pl.int_range(pl.len()).alias("part"),
        "child_id",
        pl.coalesce(period, "period_started_on", "started_on").alias("on"),
    )
    homes = extract["ssd_address"].filter(pl.col("addr_address_type").fill_null("home") == "home")
    spells = homes.select(
        "child_id",
        pl.col("addr_address_start_date").alias("from_on"),
        pl.col("addr_address_end_date").alias("to_on"),
        pl.col("addr_address_postcode").alias("home_postcode"),
    ).drop_nulls("home_postcode")
    lived = _in_force(asked, spells, by=["part"]).select("part", "home_postcode")
    return found.with_row_index("part").with_columns(pl.col("part").cast(pl.Int64)).join(lived, on="part", how="left")
