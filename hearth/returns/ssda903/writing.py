"""The return written from Hearth's tables: a CSV file for each table, with the headings of the collection year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl

from hearth.returns.ssda903 import layout, renaming
from hearth.returns.ssda903.outcomes import annual_outcomes, birthdays
from hearth.tables.codes import members
from hearth.tables.record import Record

STARTS_CARE = members("reason_new_episode", "S")[0]
CONTINUES = members("reason_episode_ceased", "X1")[0]
SHORT_BREAKS = members("legal_status", "V3", "V4")
SEX_BEFORE_2025 = {"M": "1", "F": "2"}
CHILD = ["authority", "child_id"]
AT_THE_END = ("ended_on", "reason_ended", "reason_placement_changed")
"""What is not known yet on the last day of the year for what goes on after it."""
FORMULA = r"^([=+@-])"
"""How text begins that a spreadsheet would run; it is written behind a quote."""


def write(record: Record, folder: Path, year: int = 2026) -> None:
    """Write the return of the collection year that ends on 31 March of ``year`` into the folder.

    Each file has the headings of that year and the rows that belong to it: episodes and allocations open in the year,
    reviews held in it, and so on. OC2 and OC3 come from the year's answers where the record has them, else from dated
    events. A record of several authorities is written to a folder for each, named by its code.
    """
    for authority in record.authorities:
        own = record if len(record.authorities) == 1 else _only(record, authority)
        _write_one(own, folder if own is record else folder / authority, year)


def _only(record: Record, authority: str) -> Record:
    tables = {name: frame.filter(pl.col("authority") == authority) for name, frame in record.tables.items()}
    return Record(tables, record.kind, record.carries, record.snapshot_on, record.history_from)


def _write_one(record: Record, folder: Path, year: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts(record, year).items():
        harmless = pl.col("CHILD").str.replace(FORMULA, "'$1")
        text.with_columns(harmless).write_csv(folder / layout.tables()[name].file)


def texts(record: Record, year: int) -> dict[str, pl.DataFrame]:
    """The tables of the year's return of one authority as text, under the return's names and headings, in order."""
    frames = _tables(record, year)
    return {name: _text(name, frames, year) for name in layout.expected(year)}


def _text(name: str, frames: Mapping[str, pl.DataFrame], year: int) -> pl.DataFrame:
    table = layout.tables()[name]
    rows = _with_people(frames[name], frames["Header"]).sort("child_id", *table.key[1:])
    return rows.select(_cell(column, rows, year) for column in table.columns)


def _tables(record: Record, year: int) -> dict[str, pl.DataFrame]:
    """The rows of every table that belong to the year, under Hearth's names."""
    leavers = birthdays(record, year)
    episodes = _open_in(renaming.coded(_of_a_day(record["episodes"]), year), year)
    looked_after = episodes.filter(~pl.col("legal_status").is_in(SHORT_BREAKS).fill_null(value=False))
    header = _people(record, episodes, looked_after, leavers, year)
    makers: Mapping[str, Callable[[], pl.DataFrame]] = {
        "Reviews": lambda: _within(record["reviews"], year).join(looked_after, on=CHILD, how="semi"),
        "UASC": lambda: _open_in(record["unaccompanied"], year, is_end_ahead=True).unique(CHILD, keep="first"),
        "OC2": lambda: annual_outcomes(record, year),
        "AD1": lambda: _adopted(record["adoptions"], year),
        "PlacedAdoption": lambda: _to_be_placed(record["adoptions"], year),
        "PrevPerm": lambda: _of_starters(record["previous_permanence"], episodes, year),
        "Missing": lambda: _open_in(record["missing_episodes"], year),
        "SWEpisodes": lambda: _social_workers(record["allocations"], year),
        "DoLo": lambda: _open_in(record["deprivations_of_liberty"], year),
    }
    made = {name: make().join(header.select(CHILD), on=CHILD, how="semi") for name, make in makers.items()}
    return {"Header": header, "Episodes": episodes, "OC3": leavers} | {name: _first(name, made[name]) for name in made}


def _first(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """One row a key, since the return allows no second."""
    return frame.unique(layout.tables()[name].key, keep="first", maintain_order=True)


def _of_a_day(episodes: pl.DataFrame) -> pl.DataFrame:
    """The episodes without stays of under 24 hours, which are not returned (rule 355)."""
    is_whole = (pl.col("reason_started") == STARTS_CARE) & (pl.col("reason_ended") != CONTINUES)
    return episodes.filter(~(is_whole & (pl.col("ended_on") == pl.col("started_on"))).fill_null(value=False))


def _people(
    record: Record, episodes: pl.DataFrame, looked_after: pl.DataFrame, leavers: pl.DataFrame, year: int
) -> pl.DataFrame:
    """Children with an episode in the year, and care leavers with a birthday in it.

    Whether she is a mother is asked of girls and young women looked after outside short breaks only (rule 399), and is
    told as of the year's last day.
    """
    counted = pl.concat([episodes.select(CHILD), leavers.select(CHILD)]).unique()
    people = record["people"].join(counted, on=CHILD, how="semi")
    in_care = looked_after.select(CHILD).unique().with_columns(is_in_care=pl.lit(value=True))
    asked = (pl.col("sex") == "F") & pl.col("is_in_care")
    is_later = (pl.col("first_child_born_on") > layout.last_day(year)).fill_null(value=False)
    return people.join(in_care, on=CHILD, how="left").with_columns(
        pl.coalesce("upn", "upn_unknown"),
        pl.when(asked).then(pl.when(is_later).then(pl.lit(value=False)).otherwise("is_mother")).alias("is_mother"),
        pl.when(asked & ~is_later).then("first_child_born_on").alias("first_child_born_on"),
    )


def _open_in(frame: pl.DataFrame, year: int, *, is_end_ahead: bool = False) -> pl.DataFrame:
    """The rows that hold on some day of the year; what ends after it has no end yet, unless ends are set ahead."""
    first, last = layout.first_day(year), layout.last_day(year)
    begun = (pl.col("started_on") <= last).fill_null(value=True)
    found = frame.filter(begun & ((pl.col("ended_on") >= first) | pl.col("ended_on").is_null()))
    if is_end_ahead:
        return found
    is_over = pl.col("ended_on") <= last
    return found.with_columns(pl.when(is_over).then(c).alias(c) for c in AT_THE_END if c in frame.columns)


def _within(reviews: pl.DataFrame, year: int) -> pl.DataFrame:
    """Reviews held in the year."""
    held = ~pl.col("is_cancelled").fill_null(value=False)
    return reviews.filter(held & pl.col("held_on").is_between(layout.first_day(year), layout.last_day(year)))


def _adopted(adoptions: pl.DataFrame, year: int) -> pl.DataFrame:
    """Children adopted in the year."""
    is_adoption = (pl.col("order_kind") == "adoption").fill_null(value=True)
    in_year = pl.col("ordered_on").is_between(layout.first_day(year), layout.last_day(year))
    return adoptions.filter(is_adoption & in_year).sort("ordered_on", descending=True)


def _to_be_placed(adoptions: pl.DataFrame, year: int) -> pl.DataFrame:
    """Decisions that stood on some day of the year; a reversal after it is not known yet."""
    first, last = layout.first_day(year), layout.last_day(year)
    ended = pl.min_horizontal("reversed_on", "ordered_on")
    stood = (pl.col("decided_on") <= last) & ((ended >= first) | ended.is_null())
    is_known = pl.col("reversed_on") <= last
    return adoptions.filter(stood).with_columns(
        pl.when(is_known).then(column).alias(column) for column in ("reversed_on", "reason_reversed")
    )


def _of_starters(permanence: pl.DataFrame, episodes: pl.DataFrame, year: int) -> pl.DataFrame:
    """Children who started to be looked after in the year."""
    started = (pl.col("reason_started") == STARTS_CARE) & (pl.col("started_on") >= layout.first_day(year))
    return permanence.join(episodes.filter(started), on=CHILD, how="semi")


def _social_workers(allocations: pl.DataFrame, year: int) -> pl.DataFrame:
    """Social workers under their registration number; one without it under XX and a number of our own."""
    workers = _open_in(allocations.filter(pl.col("role") == "social_worker"), year)
    registered = pl.lit("SW") + pl.col("registration").str.extract(r"(\d+)", 1)
    is_own = pl.col("worker_id").str.contains(r"^XX\d+$")
    numbered = pl.lit("XX") + pl.col("worker_id").rank("dense").cast(pl.Int64).cast(pl.String)
    return workers.with_columns(
        pl.coalesce(registered, pl.when(is_own).then("worker_id"), numbered).alias("worker_id")
    ).sort("started_on", "ended_on", nulls_last=True)


def _with_people(frame: pl.DataFrame, header: pl.DataFrame) -> pl.DataFrame:
    """The rows with the child's date of birth and sex, which most tables repeat."""
    facts = header.select(*CHILD, child_born_on="born_on", child_sex="sex")
    return frame.join(facts, on=CHILD, how="left", maintain_order="left")


def _cell(column: layout.Column, rows: pl.DataFrame, year: int) -> pl.Expr:
    """The column as the return writes it: dd/mm/yyyy, 1 and 0, codes of the year."""
    cell = pl.col(column.becomes)
    kind = rows.schema[column.becomes]
    if kind == pl.Date:
        cell = cell.dt.strftime("%d/%m/%Y")
    elif kind == pl.Boolean:
        cell = cell.cast(pl.Int8).cast(pl.String)
    elif column.codes == "sex" and year < 2025:
        cell = cell.replace_strict(SEX_BEFORE_2025, default=None, return_dtype=pl.String)
    return cell.cast(pl.String).alias(column.heading)
