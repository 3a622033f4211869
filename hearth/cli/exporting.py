"""`hearth export`: what leaves the house in the formats that others read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hearth.cli.options import AUTHORITY, SOURCE
from hearth.cli.telling import open_record, tell_problems, working

if TYPE_CHECKING:
    from hearth.tables.record import Record


@click.command()
@SOURCE
@click.option("--kind", type=click.Choice(("ssda903",)), required=True, help="What to write.")
@click.option("--year", type=click.IntRange(2017, 2100), required=True, help="Year in which the collection ends.")
@AUTHORITY
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Folder to write to.")
def export(*, source: Path, kind: str, year: int, authority: str | None, output: Path) -> None:
    """Write the statutory return (SSDA903) of a year from SOURCE: the CSV files, and the same as XML.

    The XML form does not hold social workers or deprivation of liberty orders: those are in the CSV files only.
    """
    with working("Reading the source"):
        record = open_record(source, authority)
    with working("Writing the return"):
        written = _write(record, output, year)
    click.echo(f"Return of the year to 31 March {year} written to {output}: {written}.", err=True)
    tell_problems(record, output / kind)


def _write(record: Record, output: Path, year: int) -> str:
    from hearth.returns.files import SourceError
    from hearth.returns.ssda903 import writing, writing_xml

    try:
        writing.write(record, output, year)
        if len(record.authorities) == 1:
            writing_xml.write(record, output / f"ssda903-{year}.xml", year)
            return "CSV files and XML"
    except SourceError as error:
        raise click.ClickException(f"{output} cannot be written: {error}.") from error
    return "CSV files in a folder for each authority"
