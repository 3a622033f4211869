"""Where an episode ends that the return leaves open or ends wrongly: nothing is invented, and each case is said."""

from __future__ import annotations

import polars as pl

from hearth.returns.ssda903 import layout
from hearth.returns.ssda903.reading import YearRead, reader_of
from hearth.tables.codes import load, members
from hearth.tables.problems import Effect, Problems

CONTINUES = members("reason_episode_ceased", "X1")[0]
LEAVES = tuple(code for code in load("reason_episode_ceased") if code != CONTINUES)
SPANS = {"Episodes": "ended_on", "Missing": "ended_on", "SWEpisodes": "ended_on", "DoLo": "ended_on"}
"""Tables whose rows have a first and a last day."""
IN_TURN = ("Episodes", "SWEpisodes")
"""Tables in which one row of a child ends when the next begins."""


def mended(year: YearRead, problems: Problems) -> YearRead:
    """The year's frames with ends before starts taken off, and episodes that left care on an unknown day set aside."""
    frames = {table: _mended(table, frame, problems) for table, frame in year.frames.items()}
    return YearRead(year.year, frames, year.read)


def _mended(table: str, frame: pl.DataFrame, problems: Problems) -> pl.DataFrame:
    if table in SPANS:
        frame = _without_early_ends(table, frame, problems)
    return _without_unknown_exits(frame, problems) if table == "Episodes" else frame


def tell(
    problems: Problems, table: str, found: pl.DataFrame, words: tuple[str, str, str], effect: Effect = "noted"
) -> None:
    """One problem for each row found (columns file, row, child_id): ``words`` are column, problem and remedy."""
    column, problem, remedy = words
    for (file,), rows in found.group_by("file", maintain_order=True):
        every = pl.Series([True]).new_from_index(0, rows.height)
        reader_of(layout.tables()[table], str(file), problems).tell(rows, column, every, problem, remedy, effect)


def _without_early_ends(table: str, frame: pl.DataFrame, problems: Problems) -> pl.DataFrame:
    is_early = (pl.col("ended_on") < pl.col("started_on")).fill_null(value=False)
    words = ("ended_on", "It ends before it begins", "Correct the start or the end; read as without an end")
    tell(problems, table, frame.filter(is_early), words, "value not used")
    return frame.with_columns(pl.when(~is_early).then("ended_on"))


def _without_unknown_exits(episodes: pl.DataFrame, problems: Problems) -> pl.DataFrame:
    """An episode whose reason says that the child left care, on a day that cannot be read, is set aside.

    Left open it would count the child in care today; any other end would be made up.
    """
    is_lost = pl.col("reason_ended").is_in(LEAVES).fill_null(value=False) & pl.col("ended_on").is_null()
    words = ("ended_on", "The child left care, but the day cannot be read", "Give the day the episode ended")
    tell(problems, "Episodes", episodes.filter(is_lost), words, "row set aside")
    return episodes.filter(~is_lost)


def closed_in_turn(table: str, frame: pl.DataFrame, problems: Problems) -> pl.DataFrame:
    """Rows of a child in order: one without an end ends when the next begins; overlaps and bare ends are noted."""
    ordered = frame.sort("child_id", "started_on", "ended_on", nulls_last=True)
    following = pl.col("started_on").shift(-1).over("child_id")
    ordered = ordered.with_columns(following.alias("next_on"))
    is_open = pl.col("ended_on").is_null() & pl.col("next_on").is_not_null()
    words = ("ended_on", "No usable end, though another follows", "Read as ending when the next begins; give the day")
    tell(problems, table, ordered.filter(is_open), words)
    overlaps = ordered.filter(pl.col("ended_on") > pl.col("next_on"))
    words = ("ended_on", "It ends after the next one of the child has begun", "Kept as it is; correct the days")
    tell(problems, table, overlaps, words)
    return ordered.with_columns(pl.when(is_open).then("next_on").otherwise("ended_on").alias("ended_on")).drop(
        "next_on"
    )


def note_odd_ends(episodes: pl.DataFrame, problems: Problems) -> None:
    """Says where an episode ends without a reason, or with one that promises another which is not there."""
    bare = episodes.filter(pl.col("ended_on").is_not_null() & pl.col("reason_ended").is_null())
    words = ("reason_ended", "The episode ends without a usable reason", "Give the reason; care is taken to end here")
    tell(problems, "Episodes", bare, words)
    next_on = pl.col("started_on").shift(-1).over("child_id")
    is_alone = (next_on > pl.col("ended_on")).fill_null(value=True) & pl.col("ended_on").is_not_null()
    broken = episodes.filter((pl.col("reason_ended") == CONTINUES) & is_alone)
    words = ("reason_ended", "The reason says that another episode begins the same day, and none does", "Add it")
    tell(problems, "Episodes", broken, words)


def closed_before(
    table: str, last: pl.DataFrame, now: tuple[pl.DataFrame, list[str], int], problems: Problems
) -> pl.DataFrame:
    """Last year's rows that this year's return does not carry on.

    A row still open then, of a child with another row this year that was running when the year began, is that row with
    another start: it is left out. Any other open row is closed on the year's first day, since nothing is known later.
    ``now`` is this year's table, the columns that identify its rows, and the year.
    """
    this, keys, year = now
    begins = layout.first_day(year)
    kept = last.join(this.select(keys), on=keys, how="anti", maintain_order="left")
    is_open = pl.col("ended_on").is_null() | (pl.col("ended_on") >= begins)
    running = this.filter(pl.col("started_on") < begins)["child_id"].unique().implode()
    is_same = is_open & pl.col("child_id").is_in(running) & pl.lit(table in IN_TURN)
    words = (
        "started_on",
        "Last year's open row has another start this year",
        "This year's is used; correct one of them",
    )
    tell(problems, table, kept.filter(is_same), words)
    is_lost = is_open & ~is_same & ~(_follows(kept, this, table))
    words = ("ended_on", "Open last year, and not in this year's return", "Read as ending when this year began; add it")
    tell(problems, table, kept.filter(is_lost), words)
    return kept.filter(~is_same).with_columns(
        pl.when(is_lost).then(pl.lit(begins)).otherwise("ended_on").alias("ended_on")
    )


def _follows(last: pl.DataFrame, this: pl.DataFrame, table: str) -> pl.Expr:
    """Whether the child has a row this year, which will close the open one in turn."""
    return pl.col("child_id").is_in(this["child_id"].unique().implode()) & pl.lit(table in IN_TURN)
