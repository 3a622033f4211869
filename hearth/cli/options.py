"""What the commands take: a source, a day, a form, several words after one option."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

FORMATS = ("table", "json", "csv", "parquet", "xlsx")
SOURCE = click.argument("source", type=click.Path(path_type=Path))
OUTPUT = click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file.")
AUTHORITY = click.option("--authority", help="The authority's ONS code, where the source does not tell.")
FORM = click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)


FIRST, LAST = date(1900, 1, 1), date(2100, 12, 31)
"""Days that can be asked about: another was mistyped."""
CODE = re.compile(r"[EWSN]\d{8}")


class Day(click.ParamType[date]):
    """A date as 2026-03-31 or 31/03/2026."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Reads the date, or fails with one sentence that names the value."""
        if isinstance(value, date):
            return value
        for form in ("%Y-%m-%d", "%d/%m/%Y"):
            try:
                day = datetime.strptime(str(value), form).date()
            except ValueError:
                continue
            if not FIRST <= day <= LAST:
                self.fail(f"{value!r} is not between {FIRST.year} and {LAST.year}: check the year.", param, ctx)
            return day
        self.fail(f"{value!r} is not a date: write it as 2026-03-31 or 31/03/2026.", param, ctx)


class Code(click.ParamType[str]):
    """The ONS code of an authority."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Reads the code, or fails with one sentence that names the value."""
        code = str(value).strip().upper()
        if not CODE.fullmatch(code):
            self.fail(f"{value!r} is no ONS code of an authority: write it as E10000020.", param, ctx)
        return code


AS_OF = click.option("--as-of", type=Day(), required=True, help="The day asked about: nothing later is known.")


class Several(click.Option):
    """An option that takes several values: repeated, with commas, or one after another."""


class CommandWithSeveral(click.Command):
    """A command whose ``Several`` options take all the words that follow, up to the next option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Repeats the option's name before each further word."""
        names = {name for p in self.params if isinstance(p, Several) for name in p.opts}
        spread: list[str] = []
        option, seen = "", 0
        for word in args:
            if word.startswith("-"):
                option, seen = (word if word in names else ""), 0
            elif option:
                seen += 1
                if seen > 1:
                    spread.append(option)
            spread.append(word)
        return super().parse_args(ctx, spread)


def several(values: Sequence[str]) -> tuple[str, ...]:
    """The words of an option that takes several, whether repeated or with commas."""
    return tuple(word for value in values for word in value.replace(",", " ").split())
