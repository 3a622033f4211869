"""Reads an extract of the dataset into a record."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

import polars as pl

from hearth.returns import files, geography
from hearth.returns.ssd import education, layout, mapped, plans, snapshot, workers
from hearth.returns.ssd import episodes as care
from hearth.returns.ssd.extensions import Said, read_record, read_tables
from hearth.returns.ssd.extract import Extract, open_extract
from hearth.returns.ssd.folder import RECORD, Folder, has_table, look, replaced
from hearth.tables import catalogue, codes
from hearth.tables.problems import Problems
from hearth.tables.record import Record

BUILDERS: Mapping[str, Callable[[Extract], pl.DataFrame]] = {
    "people": mapped.people,
    "immigration_statuses": mapped.immigration_statuses,
    "unaccompanied": mapped.unaccompanied,
    "special_needs": education.special_needs,
    "ehc_requests": education.ehc_requests,
    "ehc_plans": education.ehc_plans,
    "episodes": care.episodes,
    "legal_statuses": care.legal_statuses,
    "allocations": workers.allocations,
    "reviews": mapped.reviews,
    "reviewing_officer_contacts": mapped.reviewing_officer_contacts,
    "permanence_plans": plans.permanence_plans,
    "adoptions": mapped.adoptions,
    "earlier_plans": mapped.earlier_plans,
    "health_assessments": mapped.health_assessments,
    "dental_checks": mapped.dental_checks,
    "missing_episodes": mapped.missing_episodes,
    "care_leaver_statuses": mapped.care_leaver_statuses,
}
"""Tables that need more than fields copied."""

NEEDED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "people": (("ssd_person",),),
    "immigration_statuses": (("ssd_immigration_status",),),
    "unaccompanied": (("ssd_immigration_status",),),
    "special_needs": (("ssd_sen_need",),),
    "ehc_requests": (("ssd_ehcp_requests",),),
    "ehc_plans": (("ssd_ehcp_named_plan",),),
    "episodes": (("ssd_cla_episodes",),),
    "legal_statuses": (("ssd_legal_status",),),
    "allocations": (("ssd_involvements",), ("ssd_professionals", "prof_social_worker_registration_no")),
    "reviews": (("ssd_cla_reviews",),),
    "reviewing_officer_contacts": (("ssd_cla_episodes", "clae_cla_last_iro_contact_date"),),
    "permanence_plans": (("ssd_cla_care_plan", plans.FIELD),),
    "adoptions": (("ssd_permanence",),),
    "earlier_plans": (("ssd_cin_plans",), ("ssd_cp_plans",)),
    "health_assessments": (("ssd_cla_health", "clah_health_check_type"),),
    "dental_checks": (("ssd_cla_health", "clah_health_check_type"),),
    "missing_episodes": (("ssd_missing",),),
    "care_leaver_statuses": (("ssd_care_leavers",),),
    **{name: ((table,),) for name, table in mapped.ONE_TO_ONE.items()},
}
"""The tables of the dataset, and fields of them, without which the Hearth table is not carried."""
REMEDY = "Nothing; where another system has changed the dataset since, take the hearth_ files away"
SELDOM_FILLED = frozenset({"special_needs", "ehc_requests", "ehc_plans", "pre_proceedings"})
"""Tables that most authorities send empty: without rows they say nothing, not "none"."""


def recognise(path: Path) -> bool:
    """Whether the path is a folder with a table of the dataset in it, by the headings of its files."""
    return path.is_dir() and has_table(path)


def read(path: Path, *, authority: str | None = None) -> Record:
    """Read a folder of CSV files, one a table, into a record of kind "ssd".

    The authority is the one given, else the one in ``hearth_record.csv``, else that of most home postcodes, else
    "unknown". ``snapshot_on``, the day that the care-leaver table speaks of where there is one, is the last day on
    which something happened. Tables that Hearth wrote beside the dataset (``hearth_<table>.csv``) stand in place of
    what the dataset gives. Everything that could not be used is in the record's problems.
    """
    problems = Problems()
    there = look(path)
    said = read_record(there.beside.get(RECORD), problems)
    beside = read_tables(there.beside, problems)
    extract = open_extract(_not_replaced(there, beside, problems), problems)
    plain = build(extract, without=beside)
    where = authority or said.authority or _authority(extract, plain)
    extract.count()
    _note_others(there, problems)
    carries = _carries(extract, plain, beside, said)
    has_snapshot = mapped.SNAPSHOT in carries
    return Record(
        tables=_conformed(where, {**plain, **beside}, is_placed="episodes" in beside),
        kind="ssd",
        carries=carries,
        snapshot_on=said.snapshot_on or (snapshot.taken_on(extract) if has_snapshot else None),
        history_from=said.history_from,
        problems=problems.table(),
        counts=problems.counts(),
    )


def build(extract: Extract, *, without: Collection[str] = ()) -> dict[str, pl.DataFrame]:
    """Every Hearth table that the extract feeds, less those ``without``; no authority, no distances."""
    copied = {name: mapped.fed(extract, table, name) for name, table in mapped.ONE_TO_ONE.items() if extract.has(table)}
    makers = {name: make for name, make in BUILDERS.items() if name not in without}
    made = {name: make(extract) for name, make in makers.items() if _feeds(extract, name) or name == "people"}
    return {**made, **{name: frame for name, frame in copied.items() if name not in without}}


def plainly(extract: Extract, authority: str) -> dict[str, pl.DataFrame]:
    """What the dataset alone gives: every Hearth table that the extract feeds."""
    return _conformed(authority, build(extract))


def _conformed(
    authority: str, built: Mapping[str, pl.DataFrame], *, is_placed: bool = False
) -> dict[str, pl.DataFrame]:
    """The tables of the authority, the episodes with distance and area (unless these are there: ``is_placed``)."""
    tables = {name: _of(authority, name, frame) for name, frame in built.items()}
    if is_placed or "episodes" not in tables:
        return tables
    placed = geography.with_places(tables["episodes"], tables.get("unaccompanied"))
    return {**tables, "episodes": catalogue.conform("episodes", placed)}


def _feeds(extract: Extract, name: str) -> bool:
    if name == "earlier_plans":
        return any(extract.has(table) for table in mapped.EARLIER_PLANS)
    return extract.has(NEEDED[name][0][0])


def _of(authority: str, name: str, frame: pl.DataFrame) -> pl.DataFrame:
    return catalogue.conform(name, frame.with_columns(pl.lit(authority).alias("authority")))


def _authority(extract: Extract, built: Mapping[str, pl.DataFrame]) -> str:
    homes = built["episodes"]["home_postcode"] if "episodes" in built else pl.Series([], dtype=pl.String)
    found = geography.most_common_authority(homes)
    if found is None:
        said = "The authority is not named, and no home postcode tells it"
        extract.problems.file("ssd_address", said, "Name it with --authority; rates and areas are not known", "noted")
        return geography.UNKNOWN
    said = f"The authority was taken to be {codes.named('authority', found)}, where most home postcodes lie"
    extract.problems.file("ssd_address", said, "Name it with --authority if that is wrong", "noted")
    return found


def _note_others(there: Folder, problems: Problems) -> None:
    """Files of the folder that are no table of the dataset are told once each, or why they cannot be read."""
    for path in there.others:
        said = "The headings are those of no table of the dataset"
        problems.file(path.name, said, "Nothing, if it is not one: it was not read", "noted")
    for path in there.unreadable:
        files.read_text_table(path, problems)
        problems.count(path.name, 0, 0)


def _not_replaced(there: Folder, beside: Collection[str], problems: Problems) -> list[tuple[Path, str]]:
    """The dataset's files but those all of whose contents stand beside; that they were not read is told once."""
    needless = replaced((table for _, table in there.tables), beside)
    names = sorted(path.name for path, table in there.tables if table in needless)
    if names:
        said = f"Read in place of {', '.join(names)}: the tables that Hearth wrote beside"
        problems.file(there.beside[RECORD].name if RECORD in there.beside else "hearth", said, REMEDY, "noted")
    return [(path, table) for path, table in there.tables if table not in needless]


def _carries(
    extract: Extract, built: Mapping[str, pl.DataFrame], beside: Mapping[str, pl.DataFrame], said: Said
) -> frozenset[str]:
    """Tables whose files are there, and their columns; no more than ``hearth_record.csv`` says, where there is one."""
    tables = {name for name, needs in NEEDED.items() if all(extract.has(*need) for need in needs)}
    there = tables | set(beside)
    if said.carries is not None:
        return frozenset(name for name in said.carries if name.partition(".")[0] in there)
    there -= {name for name in SELDOM_FILLED if name in built and built[name].is_empty()}
    kinds = {f"earlier_plans.{kind}" for table, kind in mapped.EARLIER_PLANS.items() if extract.has(table)}
    columns = {f"{name}.{column}" for name in beside for column in catalogue.empty(name).columns}
    return frozenset(there | kinds | columns | _columns(extract))


def _columns(extract: Extract) -> set[str]:
    fields = [f for table in layout.tables().values() for f in table.read if f.hearth_column]
    return {f"{f.hearth_table}.{f.hearth_column}" for f in fields if extract.has(f.table, f.name)}
