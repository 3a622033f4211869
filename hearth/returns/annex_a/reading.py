"""Reads Annex A lists into a record of what they can say: each child's state on the day the lists were made."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from hearth.returns import geography
from hearth.returns.annex_a import care, cells, lists
from hearth.returns.ssd.snapshot import last_event
from hearth.tables import catalogue
from hearth.tables.codes import members
from hearth.tables.problems import Problems
from hearth.tables.record import Record

SAID_BY: Mapping[str, frozenset[str]] = {
    "8": frozenset(
        {
            "episodes",
            "disabilities",
            "unaccompanied",
            "visits.latest",
            "reviews.latest",
            "reviewing_officer_contacts.latest",
            "health_assessments.latest",
            "dental_checks.latest",
        }
    ),
    "9": frozenset({"care_leaver_statuses"}),
    "10": frozenset({"adoptions"}),
}
"""What each list carries. One last visit is no history of visits: "visits.latest" says that there is no more."""
LATEST = {
    "reviews": "held_on",
    "visits": "visited_on",
    "reviewing_officer_contacts": "contacted_on",
    "health_assessments": "assessed_on",
    "dental_checks": "checked_on",
}
COMPLETED = members("health_status", "Completed")[0]
HAS, HAS_NONE = members("disability", "DDA", "NONE")


def recognise(path: Path) -> bool:
    """Whether the path is a workbook, or a folder of workbooks and text files, with list 8, 9 or 10 in it."""
    return next(lists.sheets(path, Problems()), None) is not None


def read(path: Path, *, authority: str | None = None) -> Record:
    """Read the lists into a record of kind "annex_a".

    ``snapshot_on`` and ``history_from`` are the last day on which something happened: of earlier days the lists say
    nothing whole. Who left care more than six months before is in no list. The authority is the one given, else that
    in whose area most placements marked "In" lie, else "unknown".
    """
    problems = Problems()
    found = cells.read_lists(path, problems)
    where = authority or _authority(found["8"], problems)
    made = {name: catalogue.conform(name, _with(where, frame)) for name, frame in _tables(found).items()}
    taken = last_event(cells.event_days(found))
    carried = [SAID_BY[name] for name, frame in found.items() if frame.height] + [frozenset({"people"})]
    return Record(
        tables={**made, "episodes": _placed(made, found["8"])},
        kind="annex_a",
        carries=frozenset().union(*carried),
        snapshot_on=taken,
        history_from=taken,
        problems=problems.table(),
        counts=problems.counts(),
    )


def _with(authority: str, frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.lit(authority).alias("authority"))


def _tables(found: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    latest = {name: _latest(found["8"], name, column) for name, column in LATEST.items()}
    for name in ("health_assessments", "dental_checks"):
        latest[name] = latest[name].with_columns(pl.lit(COMPLETED).alias("status"))
    latest["visits"] = latest["visits"].with_columns(pl.lit(value=True).alias("is_seen"))
    return {
        "people": _people(found),
        "disabilities": _disabilities(found),
        "unaccompanied": _unaccompanied(found),
        "episodes": care.episodes(found["8"]),
        "legal_statuses": care.legal_statuses(found["8"]),
        "care_leaver_statuses": _care_leavers(found["9"]),
        "adoptions": cells.fed(found["10"], "10", "adoptions"),
        **latest,
    }


def _people(found: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Everybody in any list; what one list leaves blank another may say."""
    listed = pl.concat([cells.fed(frame, name, "people") for name, frame in found.items()], how="diagonal")
    return listed.group_by("child_id", maintain_order=True).agg(pl.all().drop_nulls().first())


def _answers(found: Mapping[str, pl.DataFrame], table: str, column: str) -> pl.DataFrame:
    """One row for each child with an answer in any list: child_id, answer."""
    asked = [
        frame.select("child_id", pl.col(name).alias("answer"))
        for of_list, frame in found.items()
        for name in [
            c.name for c in lists.columns()[of_list].values() if (c.hearth_table, c.hearth_column) == (table, column)
        ]
    ]
    return pl.concat(asked).drop_nulls().unique("child_id", keep="first", maintain_order=True)


def _disabilities(found: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Yes without a kind, or none; the lists do not say which disability."""
    kind = pl.when("answer").then(pl.lit(HAS)).otherwise(pl.lit(HAS_NONE))
    return _answers(found, "disabilities", "disability").select("child_id", kind.alias("disability"))


def _unaccompanied(found: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    return _answers(found, "unaccompanied", "child_id").filter("answer").select("child_id")


def _latest(listed: pl.DataFrame, table: str, column: str) -> pl.DataFrame:
    return cells.fed(listed, "8", table).drop_nulls(column)


def _care_leavers(listed: pl.DataFrame) -> pl.DataFrame:
    suitable = pl.col("is_suitable").replace_strict({"yes": True, "no": False}, default=None, return_dtype=pl.Boolean)
    return cells.fed(listed, "9", "care_leaver_statuses").with_columns(suitable.alias("is_suitable"))


def _authority(listed: pl.DataFrame, problems: Problems) -> str:
    inside = listed.filter(pl.col("Placement Location") == "in")["Placement postcode"]
    found = geography.most_common_authority(inside)
    said = (
        "The authority is not named, and no placement marked In tells it"
        if found is None
        else f"The authority was taken to be {found}, where most placements marked In lie"
    )
    problems.file("Annex A", said, "Name it with --authority", "noted")
    return found or geography.UNKNOWN


def _placed(made: Mapping[str, pl.DataFrame], listed: pl.DataFrame) -> pl.DataFrame:
    """Episodes with the area of the placement; where the postcode does not tell, in or out as the list says."""
    told = made["episodes"]["is_in_area"]
    placed = geography.with_places(made["episodes"], made["unaccompanied"])
    return catalogue.conform("episodes", placed.with_columns(pl.coalesce("is_in_area", told).alias("is_in_area")))
