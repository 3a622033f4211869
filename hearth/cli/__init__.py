"""The command `hearth`: each subcommand is a few lines that call the rooms; heavy things are imported when needed."""

from __future__ import annotations

import gc
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hearth import __version__
from hearth.cli import keeping, web
from hearth.cli.checking import check
from hearth.cli.exporting import export
from hearth.cli.faults import Commands, files_told
from hearth.cli.loading import load
from hearth.cli.options import AS_OF, AUTHORITY, FORM, OUTPUT, SOURCE, Code, CommandWithSeveral, Day, Several, several
from hearth.cli.telling import (
    known_breakdowns,
    known_measures,
    open_published,
    open_record,
    own_limits,
    show,
    show_figures,
    tell_problems,
    working,
)
from hearth.cli.worklists import drift, due, explain, forecast

if TYPE_CHECKING:
    import polars as pl

    from hearth.measures.periods import Length, Period
    from hearth.tables.record import Record


KEEP_MEMORY = "dirty_decay_ms:1000,muzzy_decay_ms:0"
"""What Polars reads when it is loaded: memory set free is kept a second for the next frame, not given back at once.
"""


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="hearth")
def hearth() -> None:
    """What is owed to children in care and care leavers, and how well it is kept.

    SOURCE is an SSDA903 return (folder of CSV files, or XML), a folder of the Standard Safeguarding Dataset,
    an Annex A workbook, or a folder of Hearth's own tables: the kind is recognised from the content.
    """


@hearth.command()
@click.option("--format", "form", type=click.Choice(("table", "json")), default="table")
def measures(form: str) -> None:
    """The catalogue of measures, with definitions and sources."""
    from hearth.measures import catalogue

    frame = catalogue.frame()
    show(frame if form == "json" else frame.select("id", "title", "area", "better", "needs"), form, None, "Measures")


@hearth.command()
@click.option("--format", "form", type=click.Choice(("table", "json")), default="table")
def duties(form: str) -> None:
    """The catalogue of duties: what is owed, to whom, by when, by what law."""
    from hearth.timescales import catalogue

    frame = catalogue.frame()
    show(frame if form == "json" else frame.select("id", "title", "area", "status", "owner"), form, None, "Duties")


@hearth.command(cls=CommandWithSeveral)
@SOURCE
@AS_OF
@click.option("--months", type=click.IntRange(1, 240), default=1, show_default=True, help="Length of the series.")
@click.option("--period", type=click.Choice(("12m", "ytd", "month")), default="12m", show_default=True)
@click.option("--by", multiple=True, cls=Several, metavar="COLUMN ...", help="Break down by these columns.")
@click.option("--only", multiple=True, cls=Several, metavar="ID ...", help="Only these measures.")
@click.option("--derived", is_flag=True, help="Also what every duty and rule of drift gives by itself (slower).")
@click.option("--children", is_flag=True, help="One row per child behind the number.")
@click.option("--public", is_flag=True, help="Suppress what could identify a child.")
@click.option("--comparators", type=click.Path(path_type=Path), help="Folder of the Department's statistics.")
@AUTHORITY
@FORM
@OUTPUT
def measure(
    *,
    source: Path,
    as_of: date,
    months: int,
    period: Length,
    by: tuple[str, ...],
    only: tuple[str, ...],
    derived: bool,
    children: bool,
    public: bool,
    comparators: Path | None,
    authority: str | None,
    form: str,
    output: Path | None,
) -> None:
    """Measures of SOURCE on a day, or a series of months."""
    from hearth.measures.periods import series

    if children and public:
        raise click.UsageError("--children lists children, which --public never does: leave one of them out.")
    wanted, columns = known_measures(several(only), derived=derived), known_breakdowns(several(by))
    with working("Reading the source"):
        record = open_record(source, authority)
    with working("Measuring"):
        figures = _figures(record, series(as_of, months, period), columns, wanted, comparators, children=children)
    show_figures(_protected(figures, columns, public=public), form, output, columns)
    tell_problems(record, output)


def _protected(figures: pl.DataFrame, by: tuple[str, ...], *, public: bool) -> pl.DataFrame:
    import polars as pl

    from hearth.measures.disclosure import protect

    return protect(figures, by=by) if public else figures.with_columns(pl.lit(value=False).alias("suppressed"))


def _figures(
    record: Record,
    periods: list[Period],
    by: tuple[str, ...],
    only: tuple[str, ...] | None,
    comparators: Path | None,
    *,
    children: bool,
) -> pl.DataFrame:
    import polars as pl

    from hearth.measures import engine

    published = open_published(comparators)
    residents, limits = (published.population if published else None), own_limits()
    if not children:
        return engine.measure(record, periods, by=by, only=only, population=residents, limits=limits)
    figures, behind = engine.measure_with_children(
        record, periods, by=by, only=only, population=residents, limits=limits
    )
    return pl.concat([figures, behind], how="diagonal_relaxed")


@hearth.command()
@SOURCE
@AS_OF
@click.option("--public", is_flag=True, help="Without children, and with small numbers suppressed.")
@click.option("--comparators", type=click.Path(path_type=Path), help="Folder of the Department's statistics.")
@AUTHORITY
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="A .html or .xlsx file.")
def report(
    *, source: Path, as_of: date, public: bool, comparators: Path | None, authority: str | None, output: Path
) -> None:
    """The scorecard: one accessible page in one file, or a workbook."""
    if output.suffix.lower() not in (".html", ".htm", ".xlsx"):
        raise click.UsageError(f"{output.name}: the scorecard is written as .html or .xlsx.")
    with working("Reading the source"):
        record = open_record(source, authority)
    with working("Writing the scorecard"):
        _write_scorecard(record, as_of, output, comparators, public=public)
    tell_problems(record, output)
    click.echo(f"Scorecard written to {output}", err=True)


def _write_scorecard(record: Record, as_of: date, output: Path, comparators: Path | None, *, public: bool) -> None:
    from hearth.reports import scorecard

    card = scorecard.compose(record, as_of, public=public, published=open_published(comparators), limits=own_limits())
    write = scorecard.write_xlsx if output.suffix.lower() == ".xlsx" else scorecard.write_html
    write(card, output)


@hearth.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--children", type=click.IntRange(1), default=1000, show_default=True, help="Children in care now.")
@click.option("--years", type=click.IntRange(1, 30), default=10, show_default=True, help="Years of history.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed makes the same authority.")
@click.option("--kind", type=click.Choice(("ssda903", "ssd", "hearth")), default="hearth", show_default=True)
@click.option("--as-of", type=Day(), default="2026-03-31", show_default=True)
@click.option("--authority", type=Code(), default="E10000020", show_default=True, help="ONS code of the authority.")
@click.option("--authorities", type=click.IntRange(1), default=1, help="Spread the children over this many.")
def generate(
    *, out: Path, children: int, years: int, seed: int, kind: str, as_of: date, authority: str, authorities: int
) -> None:
    """A made-up authority, written to the folder OUT; no real child is in it."""
    from hearth.synthetic.authority import make

    with working("Making up an authority"):
        record = make(children, years, seed, as_of=as_of, authority=authority, authorities=authorities)
    with working("Writing its files"):
        try:
            _write_record(record, out, kind, as_of)
        except ValueError as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"{children:,} made-up children in care written to {out} ({kind})", err=True)


def _write_record(record: Record, out: Path, kind: str, as_of: date) -> None:
    from hearth.returns import hearth_tables, ssd, ssda903
    from hearth.synthetic.register import register

    out.mkdir(parents=True, exist_ok=True)
    if kind == "ssda903":
        year = as_of.year + (as_of >= date(as_of.year, 4, 1))
        ssda903.write(record, out / "prev_year", year - 1)
        ssda903.write(record, out / "this_year", year)
        register(record).write_csv(out / "providers.csv")
    else:
        (ssd if kind == "ssd" else hearth_tables).write(record, out)


@hearth.command(context_settings={"ignore_unknown_options": True, "help_option_names": []}, add_help_option=False)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def manage(words: tuple[str, ...]) -> None:
    """Django's management commands, for example `hearth manage migrate`."""
    web.run_management(words)


@hearth.command("secret-key")
def secret_key() -> None:
    """A new secret key for HEARTH_SECRET_KEY: keep it out of the code and of the database."""
    import secrets

    click.echo(secrets.token_urlsafe(60))


hearth.add_command(check)
hearth.add_command(export)
hearth.add_command(load)
for command in (web.serve, web.check_settings, web.add_administrator, keeping.backup, keeping.restore, keeping.demo):
    hearth.add_command(command)
for command in (due, explain, forecast, drift):
    hearth.add_command(command)


def main() -> None:
    """Runs the command; an error of our own ends in one sentence, with the traceback in a file."""
    gc.disable()  # a command soon ends, and frames are freed without it
    os.environ.setdefault("_RJEM_MALLOC_CONF", KEEP_MEMORY)
    try:
        with files_told():
            hearth(prog_name="hearth")
    except click.ClickException as error:  # of what click itself writes, such as the help
        error.show()
        raise SystemExit(error.exit_code) from None
    except Exception as error:
        if os.environ.get("HEARTH_DEBUG"):
            raise
        click.echo(f"Hearth met an error of its own ({type(error).__name__}): {_keep_traceback()}", err=True)
        raise SystemExit(70) from None


def _keep_traceback() -> str:
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="hearth-", suffix=".log", delete=False, encoding="utf-8") as log:
        log.write(traceback.format_exc())
    return f"please report it with the file {log.name}"
