"""`hearth backup`, `hearth restore` and `hearth demo`: the record kept safe, and a made-up one to try."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hearth.cli.options import Day
from hearth.cli.telling import working
from hearth.cli.web import prepare, refuse_taken, run_server, sentences, set_up

if TYPE_CHECKING:
    from hearth.web.config.backup.archive import Contents

MADE_ON = date(2026, 3, 31)
CHILDHOOD = 18


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Write the whole record and its papers into FILE, while people work; the file is read back and checked."""
    set_up()
    from hearth.web.config.backup.archive import BackupError
    from hearth.web.config.backup.keeping import backup as take

    try:
        with sentences(), working("Taking the backup"):
            contents = take(file.absolute())
    except BackupError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{file} holds {_held(contents)}. It is the record of real people: keep it as carefully.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--yes", is_flag=True, help="Put it in the place of the record that there is.")
def restore(file: Path, *, yes: bool) -> None:
    """Put the backup FILE in the place of the record. Stop the service first."""
    set_up()
    from hearth.web.config import ready
    from hearth.web.config.backup.archive import BackupError
    from hearth.web.config.backup.keeping import restore as put_back

    try:
        with sentences(), working("Putting the backup back"):
            ready.make_folders()
            contents = put_back(file, over=yes)
    except BackupError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Restored: {_held(contents)}, as of {contents.taken_at}.")


def _held(contents: Contents) -> str:
    named = ((name.rpartition(".")[2], number) for name, number in contents.rows.items())
    words = {"Child": "children", "AuditEvent": "lines of the log"}
    return ", ".join(f"{number:,} {words.get(name, name.lower() + 's')}" for name, number in named)


@click.command()
@click.option("--folder", type=click.Path(path_type=Path), default="demo", show_default=True, help="Where it is kept.")
@click.option("--children", type=click.IntRange(1), default=1000, show_default=True, help="Children in care.")
@click.option("--years", type=click.IntRange(1, 30), default=10, show_default=True, help="Years of history.")
@click.option("--as-of", type=Day(), default=MADE_ON.isoformat(), show_default=True, help="The day it is there.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True)
@click.option("--serve/--no-serve", "serves", default=True, help="Serve it, or only make it.")
def demo(*, folder: Path, children: int, years: int, as_of: date, port: int, workers: int, serves: bool) -> None:
    """Make a made-up authority and serve it, with a sign-in for each role; no real child is in it.

    It is made once: the next time the one in the folder is served, on the day for which it was made.
    """
    if serves:
        refuse_taken("127.0.0.1", port)
    day = _day_of(folder, as_of)
    here = {"HEARTH_ENVIRONMENT": "demo", "HEARTH_DATA": str(folder.absolute()), "HEARTH_TODAY": day.isoformat()}
    os.environ.update(here, HEARTH_DATABASE_URL="")
    set_up()
    with sentences():
        prepare(migrate=True)
    _give_terms(folder, day, years)
    people = _made(day, children, years)
    click.echo(f"\nA made-up authority on {day:%-d %B %Y}: http://127.0.0.1:{port}")
    click.echo("Who can sign in (a button for each is on the sign-in page):")
    for role, name in people:
        click.echo(f"  {role:<28} {name}")
    if serves:
        click.echo("\nCtrl-C ends it.")
        run_server("127.0.0.1", port, workers)


def _day_of(folder: Path, as_of: date) -> date:
    """The day for which the authority in the folder was made; the day given when there is none yet."""
    mark = folder / "made-on.txt"
    if mark.is_file():
        return _day_in(mark)
    folder.mkdir(parents=True, exist_ok=True)
    mark.write_text(as_of.isoformat() + "\n", encoding="utf-8")
    return as_of


def _day_in(mark: Path) -> date:
    try:
        return date.fromisoformat(mark.read_text(encoding="utf-8").strip())
    except ValueError:
        raise click.ClickException(
            f"{mark} holds no day: write the day the authority was made for, as 2026-03-31."
        ) from None


def _give_terms(folder: Path, day: date, years: int) -> None:
    """Term dates beside the made-up authority, as a council keeps its own, so that school duties have their days."""
    calendar = folder / "term_dates.csv"
    if not calendar.exists():
        from hearth.synthetic.terms import term_dates
        from hearth.web.intake.demo import AUTHORITY

        term_dates(AUTHORITY, day.year - years - CHILDHOOD, day.year + 2).write_csv(calendar)


def _made(day: date, children: int, years: int) -> list[tuple[str, str]]:
    """Makes the authority where there is none; gives who is shown on the sign-in page, by role."""
    from hearth.web.access.sign_in import demo_people
    from hearth.web.intake import demo as made_up
    from hearth.web.intake.loading import LoadRefusedError
    from hearth.web.work import daily, owing

    if not made_up.is_made():
        click.echo(f"Making up an authority with {children:,} children in care: about a minute, once.")
        try:
            with working("Making it up"):
                made_up.make_demo(as_of=day, children=children, years=years)
        except LoadRefusedError as error:
            raise click.ClickException(str(error)) from error
    if owing.is_stale():
        with working("Working out what is owed"):
            owing.rebuild()
    if daily.is_stale(daily.last()):
        with working("Working out the weeks ahead and the figures"):
            daily.reckon()
    return [(str(one["role"]), str(one["name"])) for one in demo_people()]
