"""The lists that people work from: what is owed, why, and what the weeks to come ask for."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hearth.cli.options import AS_OF, AUTHORITY, FORM, OUTPUT, SOURCE
from hearth.cli.telling import few, known_duty, open_parts, open_record, own_limits, show, tell_problems, working
from hearth.timescales.sharing import ahead

if TYPE_CHECKING:
    import polars as pl

    from hearth.tables.record import Record


@click.command()
@SOURCE
@AS_OF
@click.option(
    "--days", type=click.IntRange(0, 36_500), help="Only what falls due within this many days, and what is late."
)
@click.option("--owner", help="Only duties of this role, for example 'social worker'.")
@click.option("--team", help="Only children of this team.")
@click.option("--worker", help="Only children of this worker, by identifier.")
@click.option("--child", help="Only this child, carer or home, by identifier.")
@click.option("--siblings", metavar="ID", help="Only this group of brothers and sisters: the family, or one of them.")
@click.option(
    "--history", is_flag=True, help="Every occurrence, also those that were met, late, missed, overtaken or lapsed."
)
@AUTHORITY
@FORM
@OUTPUT
def due(
    *,
    source: Path,
    as_of: date,
    days: int | None,
    owner: str | None,
    team: str | None,
    worker: str | None,
    child: str | None,
    siblings: str | None,
    history: bool,
    authority: str | None,
    form: str,
    output: Path | None,
) -> None:
    """What is owed to each child on a day: overdue first, then what falls due, each oldest first."""
    coming = ahead(open_parts(source, authority))
    from hearth.tables.batches import Told
    from hearth.timescales.engine import due_of_parts, unavailable
    from hearth.timescales.whose import owned_by
    from hearth.timescales.worklist import Only

    if owner and not owned_by(owner):
        said = f"no duty is {owner!r}'s: write a role, such as 'social worker' or 'nurse'."
        raise click.BadParameter(said, param_hint="--owner")
    only, parts = Only(team=team, worker=worker, child=child, siblings=siblings), Told(coming)
    with working("Working out what is owed"):
        rows = due_of_parts(parts, as_of, days=days, owner=owner, only=only, history=history, limits=own_limits())
    show(_readable(rows) if form == "table" else rows, form, output, "What is owed")
    narrowed = {"owner": owner, "team": team, "worker": worker, "child": child, "siblings": siblings}
    if rows.is_empty() and (words := " ".join(f"--{name} {said!r}" for name, said in narrowed.items() if said)):
        click.echo(f"Nothing is on the list for {words}: see that it is written as in the source.", err=True)
    silent = unavailable(parts.about)
    if silent:
        click.echo(f"{len(silent)} duties cannot be told from this source: {few(sorted(silent))}.", err=True)
    tell_problems(parts.about, output)


def _read_beside(room: str, source: Path, authority: str | None) -> Record:
    """The record, read while the room that works on it is loaded: each spares the other most of its time."""
    from concurrent.futures import ThreadPoolExecutor

    with working("Reading the source"), ThreadPoolExecutor(1) as reader:
        reading = reader.submit(open_record, source, authority)
        import_module(room)
        return reading.result()


def _readable(rows: pl.DataFrame) -> pl.DataFrame:
    """The list as a worker reads it on a screen; json, csv and the rest have every column."""
    import polars as pl

    words = pl.col("status").cast(pl.String).str.replace("_", " ").alias("status")
    whose = pl.col("subject_id").alias("whose")
    return rows.select(whose, pl.col("title").alias("what"), "owner", "worker_id", "due_on", words, "why")


@click.command()
@click.argument("child")
@click.argument("duty")
@SOURCE
@AS_OF
@AUTHORITY
def explain(*, child: str, duty: str, source: Path, as_of: date, authority: str | None) -> None:
    """Why a duty to CHILD is due when it is: the chain of dates, with the rules."""
    from hearth.timescales.explain import explain as explained

    known_duty(duty)
    with working("Reading the source"):
        record = open_record(source, authority)
    click.echo(explained(record, child, duty, as_of, limits=own_limits()))


@click.command()
@SOURCE
@AS_OF
@click.option("--weeks", type=click.IntRange(1, 104), default=26, show_default=True, help="How many weeks ahead.")
@click.option(
    "--by",
    type=click.Choice(("owner", "worker", "team", "locality")),
    default="owner",
    show_default=True,
    help="Whose weeks: of a role, a worker, a team, or a locality.",
)
@AUTHORITY
@FORM
@OUTPUT
def forecast(
    *, source: Path, as_of: date, weeks: int, by: str, authority: str | None, form: str, output: Path | None
) -> None:
    """What falls due in each of the weeks to come, against what was managed before.

    Assumes that everything is done on the day it is due, and what is late already on the next day; nothing is counted
    that lapses first, such as on an 18th birthday.
    """
    record = _read_beside("hearth.timescales.forecast", source, authority)
    from hearth.timescales.forecast import forecast as foreseen

    with working("Looking ahead"):
        rows = foreseen(record, as_of, weeks=weeks, by=by, limits=own_limits())
    show(rows.drop("week", "ends_on") if form == "table" else rows, form, output, f"Falls due, by {by}")
    _tell_weeks(rows, by)
    tell_problems(record, output)


def _tell_weeks(rows: pl.DataFrame, by: str) -> None:
    """How many weeks of which groups cannot be done."""
    import polars as pl

    over = rows.filter(~pl.col("can_be_done"))
    if over.is_empty():
        click.echo("Every week can be done, going by the best of the 26 weeks before.", err=True)
        return
    groups = over.group_by("group", maintain_order=True).len("weeks").sort("weeks", descending=True)
    said = [f"{row['group']} ({row['weeks']})" for row in groups.iter_rows(named=True)]
    click.echo(f"{over.height} weeks ask for more than was ever managed in one: by {by}, {few(said)}.", err=True)


@click.command()
@SOURCE
@AS_OF
@click.option("--team", help="Only children of this team.")
@click.option("--worker", help="Only children of this worker, by identifier.")
@click.option("--child", help="Only this child, by identifier.")
@click.option("--siblings", metavar="ID", help="Only this group of brothers and sisters: the family, or one of them.")
@AUTHORITY
@FORM
@OUTPUT
def drift(
    *,
    source: Path,
    as_of: date,
    team: str | None,
    worker: str | None,
    child: str | None,
    siblings: str | None,
    authority: str | None,
    form: str,
    output: Path | None,
) -> None:
    """Journeys that stand still: why, and since when, the longest first."""
    from hearth.timescales.drift.engine import drifting, unavailable
    from hearth.timescales.worklist import Only

    only = Only(team=team, worker=worker, child=child, siblings=siblings)
    with working("Reading the source"):
        record = open_record(source, authority)
    with working("Looking for what stands still"):
        rows = drifting(record, as_of, only=only, limits=own_limits())
    shown = rows.select("child_id", "title", "owner", "worker_id", "since_on", "days_still", "why")
    show(shown if form == "table" else rows, form, output, "What stands still")
    silent = unavailable(record)
    if silent:
        click.echo(f"{len(silent)} rules cannot be told from this source: {few(sorted(silent))}.", err=True)
    tell_problems(record, output)
