"""The return's tables as Hearth's: people, allocations, legal statuses and the rest, with nothing made up."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from hearth.returns import geography
from hearth.returns.ssda903 import ends, layout
from hearth.returns.ssda903.adoption import adoptions
from hearth.tables import catalogue
from hearth.tables.problems import Problems

Frames = Mapping[str, pl.DataFrame]
CHILD_LEVEL = ("Reviews", "UASC", "OC2", "OC3", "AD1", "PlacedAdoption", "PrevPerm", "Missing", "SWEpisodes", "DoLo")
"""Tables that repeat the child's date of birth."""
SAME_BUT_NAMES = {
    "Reviews": "reviews",
    "OC2": "annual_outcomes",
    "OC3": "care_leaver_birthdays",
    "PrevPerm": "previous_permanence",
    "Missing": "missing_episodes",
    "DoLo": "deprivations_of_liberty",
    "UASC": "unaccompanied",
}
"""Tables that need no more than Hearth's names, which they already have."""


def tables_of(frames: Frames, authority: str, problems: Problems) -> dict[str, pl.DataFrame]:
    """Hearth's tables from the return's typed and merged ones; a table that the return lacks is left out."""
    ours = {table: frame.with_columns(authority=pl.lit(authority)) for table, frame in frames.items()}
    found = {name: ours[table] for table, name in SAME_BUT_NAMES.items() if table in ours}
    found["people"] = _people(ours, problems)
    makers: dict[str, tuple[str, Callable[[], pl.DataFrame]]] = {
        "episodes": ("Episodes", lambda: _episodes(ours, problems)),
        "legal_statuses": ("Episodes", lambda: _legal_statuses(ours["Episodes"])),
        "allocations": ("SWEpisodes", lambda: _allocations(ours["SWEpisodes"])),
    }
    found |= {name: make() for name, (table, make) in makers.items() if table in ours}
    if {"PlacedAdoption", "AD1", "Episodes"} & ours.keys():
        found["adoptions"] = adoptions(ours, found.get("episodes", catalogue.empty("episodes")))
    return {name: catalogue.conform(name, frame) for name, frame in found.items()}


def carries(tables: Mapping[str, pl.DataFrame], given: Frames) -> frozenset[str]:
    """What the return is able to tell: its tables, and their columns one by one."""
    columns = {
        f"{table.becomes}.{column.becomes}"
        for name, table in layout.tables().items()
        for column in table.columns
        if name in given
    }
    return frozenset(tables) | columns


def _people(ours: Frames, problems: Problems) -> pl.DataFrame:
    people = ours["Header"] if "Header" in ours else _children_named(ours)
    elsewhere = _births_elsewhere(ours)
    known = people.join(elsewhere, on="child_id", how="left", maintain_order="left")
    _note_other_births(people, ours, problems)
    agreed = pl.when(pl.col("births") == 1).then("child_born_on")
    unknown_number = pl.col("upn").str.starts_with("UN")
    return known.with_columns(
        pl.coalesce("born_on", agreed),
        pl.when(~unknown_number).then("upn").alias("upn"),
        pl.when(unknown_number).then("upn").alias("upn_unknown"),
    )


def _children_named(ours: Frames) -> pl.DataFrame:
    """Children named in any table, for a return without Header."""
    every = [frame.select("authority", "child_id") for frame in ours.values()]
    facts = layout.tables()["Header"].columns[1:]
    blank = [pl.lit(None, dtype=pl.Date if c.kind == "date" else pl.String).alias(c.becomes) for c in facts]
    return pl.concat(every).unique(maintain_order=True).with_columns(blank, file=pl.lit(""), row=pl.lit(None, pl.Int64))


def _births_elsewhere(ours: Frames) -> pl.DataFrame:
    """A child's date of birth in the other tables (``child_born_on``) and how many different ones they give."""
    given = [ours[table].select("child_id", "child_born_on") for table in CHILD_LEVEL if table in ours]
    schema = {"child_id": pl.String, "child_born_on": pl.Date}
    every = pl.concat([pl.DataFrame(schema=schema), *given]).drop_nulls()
    return every.group_by("child_id").agg(pl.col("child_born_on").n_unique().alias("births"), pl.first("child_born_on"))


def _note_other_births(people: pl.DataFrame, ours: Frames, problems: Problems) -> None:
    header = people.select("child_id", "born_on").drop_nulls()
    words = ("child_born_on", "Another date of birth than in Header", "Header's is used; correct one of them")
    for table in CHILD_LEVEL:
        if table in ours:
            both = ours[table].join(header, on="child_id", how="inner")
            ends.tell(problems, table, both.filter(pl.col("child_born_on") != pl.col("born_on")), words)


def _episodes(ours: Frames, problems: Problems) -> pl.DataFrame:
    """Episodes with distance, placement authority and in or out of area worked out from the postcodes."""
    episodes = ours["Episodes"]
    placed = geography.with_places(episodes, ours.get("UASC"))
    for column in ("home_postcode", "placement_postcode"):
        found = geography.locate(episodes[column])["authority"]
        lost = episodes.filter(episodes[column].is_not_null() & found.is_null())
        words = (column, "A postcode that the directory of postcodes does not have", "Check it; distance is not known")
        ends.tell(problems, "Episodes", lost, words)
    return placed


def _legal_statuses(episodes: pl.DataFrame) -> pl.DataFrame:
    """One row for each time a legal status held without a break."""
    ordered = episodes.sort("child_id", "started_on").with_columns(status="legal_status")
    before = pl.col("child_id", "status", "ended_on").shift(1).name.suffix("_before")
    goes_on = (
        (pl.col("child_id") == pl.col("child_id_before"))
        & (pl.col("status") == pl.col("status_before"))
        & (pl.col("started_on") == pl.col("ended_on_before"))
    )
    runs = ordered.with_columns(before).with_columns((~goes_on.fill_null(value=False)).cum_sum().alias("run"))
    return (
        runs.filter(pl.col("status").is_not_null())
        .group_by("run", maintain_order=True)
        .agg(pl.first("authority", "child_id", "status", "started_on"), pl.last("ended_on"))
    )


def _allocations(workers: pl.DataFrame) -> pl.DataFrame:
    """Social workers; a number that is not SW and digits (XX and digits) is a social worker without registration."""
    registered = pl.col("worker_id").str.contains(r"^SW\d+$")
    return workers.with_columns(
        role=pl.lit("social_worker"), registration=pl.when(registered).then("worker_id").otherwise(None)
    )
