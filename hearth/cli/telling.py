"""What the commands say: frames on the screen or in a file, problems at the end, one sentence for an error."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import polars as pl

    from hearth.returns.dfe_statistics import Published
    from hearth.tables.record import Record
    from hearth.timescales.limits import Limits

KINDS_SHOWN = 8


def open_record(source: Path, authority: str | None) -> Record:
    """The record in SOURCE; one sentence when nothing can be read."""
    from hearth.returns.source import SourceError, open_source

    try:
        return open_source(source, authority=authority)
    except SourceError as error:
        raise click.ClickException(str(error)) from error


def open_parts(source: Path, authority: str | None) -> Iterator[Record]:
    """The record in SOURCE, in parts where it is large; one sentence when nothing can be read."""
    from hearth.returns.source import SourceError
    from hearth.returns.source import open_parts as opened

    try:
        yield from opened(source, authority=authority)
    except SourceError as error:
        raise click.ClickException(str(error)) from error


def own_limits() -> Limits:
    """The limits in force here: the council's own values where hearth.toml lies in the working folder."""
    from tomllib import TOMLDecodeError

    from hearth.timescales.limits import in_force

    try:
        return in_force(Path.cwd())
    except TOMLDecodeError as error:
        raise click.ClickException(f"hearth.toml cannot be read: {error}.") from error
    except ValueError as error:
        raise click.ClickException(f"hearth.toml: {error}.") from error


def open_published(folder: Path | None) -> Published | None:
    """The Department's statistics in the folder; None when no folder is named."""
    if folder is None:
        return None
    if not folder.is_dir():
        raise click.ClickException(f"{folder} is not a folder: name the folder that holds the Department's files.")
    from hearth.returns import dfe_statistics

    return dfe_statistics.read(folder)


def known_measures(ids: tuple[str, ...], *, derived: bool = False) -> tuple[str, ...] | None:
    """The measure ids asked for, checked, with those that duties give by themselves if wanted; None for the usual."""
    from hearth.measures.catalogue import every

    if derived:
        return (*_known(ids, list(every()), "measure", "hearth measures"), *_derived(ids))
    return _known(ids, list(every()), "measure", "hearth measures") or None


def _derived(ids: tuple[str, ...]) -> list[str]:
    from hearth.measures.catalogue import MEASURES, every

    return [id_ for id_ in every() if id_ not in MEASURES or not ids]


def known_duty(duty: str) -> None:
    """Checks the id of a duty; one sentence with the nearest id when there is none."""
    from hearth.timescales.duty import words

    _known((duty,), list(words()), "duty", "hearth duties")


def known_breakdowns(columns: tuple[str, ...]) -> tuple[str, ...]:
    """The breakdown columns asked for, checked."""
    from hearth.measures.breakdowns import BREAKDOWNS

    return _known(columns, list(BREAKDOWNS), "breakdown", "hearth measure --help")


def _known(words: tuple[str, ...], known: list[str], kind: str, where: str) -> tuple[str, ...]:
    for word in words:
        if word not in known:
            near = get_close_matches(word, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known[:12])} ({where})."
            raise click.UsageError(f"There is no {kind} called {word!r}: {hint}")
    return words


def show(frame: pl.DataFrame, form: str, output: Path | None, title: str) -> None:
    """Writes a frame in the form asked for."""
    from hearth.cli import output as writing

    try:
        writing.write(frame, form, output, title=title)
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def show_figures(figures: pl.DataFrame, form: str, output: Path | None, by: tuple[str, ...]) -> None:
    """Writes figures; in json each row carries its breakdown as an object."""
    from hearth.cli import output as writing

    if form == "json":
        writing.write_text(writing.as_json(writing.nested(figures, by)), output)
    else:
        show(figures, form, output, "Measures")


def tell_problems(record: Record, output: Path | None) -> None:
    """Says at the end what was wrong with the input, and lists all of it in a file beside the output."""
    found, counts = record.problems, record.counts
    if counts.height:
        read, kept, aside = (counts[name].sum() for name in ("read", "kept", "set_aside"))
        click.echo(f"{read:,} rows read: {kept:,} kept, {aside:,} set aside.", err=True)
    if found.height:
        _tell_kinds(found)
        _list_all(found, output)


def _tell_kinds(found: pl.DataFrame) -> None:
    import polars as pl

    kinds = found.group_by("file", "column", "problem", "effect", maintain_order=True).len("times")
    kinds = kinds.sort(pl.col("effect") == "noted", -pl.col("times").cast(pl.Int64))
    for row in kinds.head(KINDS_SHOWN).iter_rows(named=True):
        where = " ".join(filter(None, (row["file"], row["column"])))
        click.echo(f"  {row['times']:>5} x {where}: {row['problem']} ({row['effect']})", err=True)
    if kinds.height > KINDS_SHOWN:
        click.echo(f"        and {kinds.height - KINDS_SHOWN} more kinds", err=True)


def _list_all(found: pl.DataFrame, output: Path | None) -> None:
    from hearth.cli import output as writing

    if output is None:
        click.echo(f"{found.height:,} problems in all: with --output they are listed in a file beside it.", err=True)
        return
    beside = output.with_name(f"{output.stem}-problems.csv")
    writing.write(found, "csv", beside)
    click.echo(f"All {found.height:,} problems are listed in {beside}", err=True)


def few(words: Sequence[str]) -> str:
    """The first six words and how many more."""
    return ", ".join(words[:6]) + (f" and {len(words) - 6} more" if len(words) > 6 else "")


@contextmanager
def working(what: str) -> Iterator[None]:
    """A spinner on long work; quiet when not a terminal."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(what):
        yield
