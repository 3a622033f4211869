"""`hearth check`: the statutory return by the published rules, on the screen, as data, as a workbook or a page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hearth.cli.faults import files_told
from hearth.cli.options import AUTHORITY, OUTPUT, SOURCE, CommandWithSeveral, Several, several
from hearth.cli.telling import few, working

if TYPE_CHECKING:
    import polars as pl

    from hearth.returns.ssda903.checking import Checked
    from hearth.returns.ssda903.checking.source import Return
    from hearth.returns.ssda903.checking.summary import Overview

FORMATS = ("table", "json", "csv", "xlsx", "html")
GROUPS = ("rule", "child", "worker", "team", "none")
FOUND, COULD_NOT = 1, 2
"""Exit status when something was found, and when it could not be checked; 0 when nothing was found."""
PATH = click.Path(path_type=Path)


class CouldNotCheckError(click.ClickException):
    """One plain sentence on why nothing could be checked."""

    exit_code = COULD_NOT


@click.command(cls=CommandWithSeveral)
@SOURCE
@click.option("--last-year", type=PATH, help="Folder of last year's return, for the rules that compare the two.")
@click.option("--providers", type=PATH, help="The regulator's register of settings (workbook or CSV).")
@click.option("--year", type=click.IntRange(2017, 2100), help="Year in which the collection ends; else the dates tell.")
@click.option("--only", multiple=True, cls=Several, metavar="CODE ...", help="Only these rules.")
@click.option("--group", type=click.Choice(GROUPS), default="rule", show_default=True, help="How a table is grouped.")
@click.option("--teams", type=PATH, help="CSV of worker and team, to group by team.")
@click.option("--compare", type=PATH, help="The json of an earlier run: says what is fixed, new and still there.")
@AUTHORITY
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@OUTPUT
def check(
    *,
    source: Path,
    last_year: Path | None,
    providers: Path | None,
    year: int | None,
    only: tuple[str, ...],
    group: str,
    teams: Path | None,
    compare: Path | None,
    authority: str | None,
    form: str,
    output: Path | None,
) -> None:
    """Check the SSDA903 return in SOURCE by the published rules.

    Ends with status 0 when nothing was found, 1 when something was, 2 when it could not be checked.
    """
    if form == "xlsx" and output is None:
        raise click.UsageError("xlsx cannot be shown in the terminal: name a file with --output.")
    with working("Reading the return"):
        found = _read(source, last_year, providers, year, authority)
    with working("Checking"):
        checked = _checked(found, providers, several(only))
    findings = _since(checked.findings, compare)
    overview = _overview(found, checked, findings, _teams(teams))
    with files_told(CouldNotCheckError):
        _show(overview, form, output, group)
    _tell(overview)
    if not checked.rules_run:
        raise CouldNotCheckError("None of the rules could be checked; the reasons are given with --format json.")
    raise SystemExit(FOUND if checked.findings.height else 0)


def _read(
    source: Path, last_year: Path | None, providers: Path | None, year: int | None, authority: str | None
) -> Return:
    from hearth.returns.files import SourceError
    from hearth.returns.ssda903.checking import source as reading

    if providers is not None and not providers.is_file():
        raise CouldNotCheckError(f"There is no file {providers}; check the name of the register of providers.")
    try:
        return reading.read(source, last_year, year=year, authority=authority)
    except SourceError as error:
        raise CouldNotCheckError(str(error)) from error


def _checked(found: Return, providers: Path | None, only: tuple[str, ...]) -> Checked:
    from hearth.returns.ssda903.checking import MetadataError, check

    facts = {
        "collection_year": found.year,
        "authority": found.authority,
        "file_format": found.file_format,
        "providers": providers,
    }
    try:
        return check(found.tables, facts, rules=only or None)
    except MetadataError as error:
        raise click.UsageError(str(error)) from error


def _since(findings: pl.DataFrame, compare: Path | None) -> pl.DataFrame:
    """The findings; beside an earlier run's, those that are fixed as well, and what is new or still there."""
    if compare is None:
        return findings
    import polars as pl

    from hearth.returns.ssda903.checking.findings import SCHEMA
    from hearth.returns.ssda903.checking.summary import compared

    try:
        rows = json.loads(compare.read_text(encoding="utf-8"))["findings"]
        earlier = pl.DataFrame(rows, schema=SCHEMA)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CouldNotCheckError(
            f"{compare} is no json of an earlier run; make it with hearth check --format json."
        ) from error
    return compared(findings, earlier)


def _teams(path: Path | None) -> Mapping[str, str]:
    """Worker to team from a CSV file: its first column holds the worker, its second the team."""
    if path is None:
        return {}
    from hearth.returns.files import read_text_table
    from hearth.tables.problems import Problems

    frame = read_text_table(path, Problems()) if path.is_file() else None
    if frame is None or frame.width < 3:
        raise CouldNotCheckError(f"{path} cannot be read: give a CSV file of worker and team, with headings.")
    return dict(frame.drop("row").select(frame.columns[:2]).drop_nulls().iter_rows())


def _overview(found: Return, checked: Checked, findings: pl.DataFrame, teams: Mapping[str, str]) -> Overview:
    from hearth.returns.ssda903.checking import summary

    workers = summary.workers_of(found.tables)
    whose = summary.teams_of(workers, teams) if teams else {}
    return summary.Overview(
        found.year, found.authority, findings, checked.not_run, len(checked.rules_run), workers, whose
    )


def _show(overview: Overview, form: str, output: Path | None, group: str) -> None:
    from hearth.cli import output as writing

    if form == "json":
        writing.write_text(_json(overview), output)
    elif form == "csv":
        from polars import col

        writing.write(overview.findings.with_columns(col("fields").list.join(", ")), "csv", output)
    elif form == "table":
        rows = overview.grouped(group)
        writing.write(rows.drop("look_at") if group == "rule" else rows, "table", output, title=overview.title)
    else:
        _write_paper(overview, form, output)


def _json(overview: Overview) -> str:
    """An object of two lists: what was found, one object a row, and the rules that were not run."""
    return f'{{"findings": {overview.findings.write_json()},\n"not_run": {overview.not_run.write_json()}}}\n'


def _write_paper(overview: Overview, form: str, output: Path | None) -> None:
    from hearth.cli import output as writing
    from hearth.reports import return_page, return_workbook

    if form == "html":
        writing.write_text(return_page.render(overview), output)
    elif output is not None:
        return_workbook.write(overview, output)


def _tell(overview: Overview) -> None:
    """What was found in one line, and which rules did not run and why, on the error stream."""
    found, children, _ = overview.counts()
    click.echo(f"{overview.rules_run} rules checked: {found:,} findings on {children:,} children.", err=True)
    if overview.is_compared:
        said = ", ".join(f"{times:,} {word}" for word, times in overview.since().items())
        click.echo(f"Beside the earlier run: {said}.", err=True)
    for reason, codes in overview.not_run.group_by("reason", maintain_order=True).agg("code").iter_rows():
        click.echo(f"{'Rules' if len(codes) > 1 else 'Rule'} {few(codes)}: {reason}.", err=True)
