"""`hearth load`: a source into the record, after a look at what it would do; and a load undone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hearth.cli.options import AUTHORITY
from hearth.cli.telling import open_record, tell_problems, working
from hearth.cli.web import set_up

if TYPE_CHECKING:
    from hearth.tables.record import Record
    from hearth.web.intake.frames import Plan
    from hearth.web.intake.loading import Options, Progress

HEADINGS = ("new", "changed", "unchanged", "withdrawn", "kept", "set aside")


@click.command()
@click.argument("source", type=click.Path(path_type=Path), required=False)
@AUTHORITY
@click.option("--preview", is_flag=True, help="Say what the load would do, and do nothing.")
@click.option("--overwrite-owned", is_flag=True, help="Also overwrite what was recorded or corrected in Hearth.")
@click.option("--withdraw-many", is_flag=True, help="Allow a load that withdraws many rows the source no longer has.")
@click.option("--of-others", is_flag=True, help="Allow a load of files that may be another council's.")
@click.option("--undo", type=click.IntRange(1, 2**31), metavar="LOAD", help="Undo the load of this number instead.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def load(
    *,
    source: Path | None,
    authority: str | None,
    preview: bool,
    overwrite_owned: bool,
    withdraw_many: bool,
    of_others: bool,
    undo: int | None,
    yes: bool,
) -> None:
    """Load SOURCE into Hearth's record: in one transaction, repeatable, and undoable with --undo.

    Rows that Hearth recorded or corrected are kept unless --overwrite-owned is given.
    """
    if (source is None) == (undo is None):
        raise click.UsageError("Name a source to load, or a load to undo with --undo.")
    set_up()
    _ready()
    if undo is not None:
        _undo(undo, yes=yes)
    elif source is not None:
        with working("Reading the source"):
            record = open_record(source, authority)
        _load(record, _options(record, source, overwrite_owned, withdraw_many, of_others), preview=preview, yes=yes)


def _ready() -> None:
    from hearth.web.intake.loading import ready

    if why := ready():
        raise click.ClickException(why)


def _options(record: Record, source: Path, overwrite_owned: bool, withdraw_many: bool, of_others: bool) -> Options:
    from hearth.web.config.today import today
    from hearth.web.intake.loading import Options, said_of

    return Options(said_of(record, source.name), None, today(), overwrite_owned, withdraw_many, of_others)


def _load(record: Record, options: Options, *, preview: bool, yes: bool) -> None:
    from hearth.web.intake import frames, loading

    with working("Comparing with the record"):
        plan = frames.plan(record, options.today, overwrite_owned=options.overwrite_owned)
    _tell_plan(plan)
    _doubt(record, options, preview=preview)
    if loading.changes_nothing(plan):
        click.echo("Nothing to change: the record says all that the source says.")
    elif not preview and (yes or click.confirm("Load it?", default=False)):
        with _refusals(), _progress() as progress:
            batch = loading.load(record, plan, options, progress)
        click.echo(f"Load {batch.pk} is done. To undo it: hearth load --undo {batch.pk}")
    tell_problems(record, None)


def _doubt(record: Record, options: Options, *, preview: bool) -> None:
    from hearth.web.intake.whose import doubt

    if not options.of_others and (why := doubt(record)):
        said = f"{why} To load all the same, say --of-others."
        if not preview:
            raise click.ClickException(said)
        click.echo(said, err=True)


def _tell_plan(plan: Plan) -> None:
    from hearth.web.intake.loading import counts

    rows = [
        (c.table.replace("_", " "), c.new, c.changed, c.unchanged, c.withdrawn, c.kept, c.set_aside)
        for c in counts(plan)
    ]
    totals = ("all", *(sum(int(row[place]) for row in rows) for place in range(1, len(HEADINGS) + 1)))
    width = max([len(row[0]) for row in rows] or [3])
    click.echo("  ".join(("table".ljust(width), *(heading.rjust(9) for heading in HEADINGS))))
    for name, *numbers in (*rows, totals):
        click.echo("  ".join((str(name).ljust(width), *(f"{number:>9,}" for number in numbers))))


@contextmanager
def _refusals() -> Iterator[None]:
    from hearth.web.intake.loading import LoadRefusedError

    try:
        yield
    except LoadRefusedError as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar of rows done; quiet when not a terminal."""
    if not sys.stderr.isatty():
        yield lambda _table, _done, _whole: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True)) as bar:
        task = bar.add_task("Loading")

        def told(table: str, done: int, whole: int) -> None:
            bar.update(task, description=table.replace("_", " ") or "Finishing", completed=done, total=whole)

        yield told


def _undo(number: int, *, yes: bool) -> None:
    from hearth.web.intake.loading import LoadRefusedError
    from hearth.web.intake.models import Batch
    from hearth.web.intake.undoing import LaterWorkError, undo

    batch = Batch.objects.filter(pk=number).first()
    if batch is None:
        raise click.ClickException(f"There is no load {number}.")
    if not (yes or click.confirm(f"Undo {batch}?", default=False)):
        return
    try:
        undo(batch, None)
    except LaterWorkError as error:
        raise click.ClickException("\n  ".join((str(error), *error.standing))) from error
    except LoadRefusedError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Load {number} is undone: each row is as it was before it.")
