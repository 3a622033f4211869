"""What goes wrong with files outside Hearth: missing, not ours to read, a full disk. One sentence, and no traceback."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click


class Commands(click.Group):
    """The commands; where a file or a disk refuses, each ends in a sentence."""

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command. Raises ClickException in place of an error of the operating system."""
        with files_told():
            return super().invoke(ctx)


@contextmanager
def files_told(kind: type[click.ClickException] = click.ClickException) -> Iterator[None]:
    """Raises ``kind``, with a sentence, in place of an error of the operating system. A closed pipe stays one."""
    try:
        yield
    except click.ClickException:
        raise
    except Exception as error:
        fault = _of_a_file(error)
        if fault is None:
            raise
        raise kind(_said(fault)) from error


def _of_a_file(error: Exception) -> OSError | None:
    """The error of the operating system that this is, or that a library gave another name."""
    for one in (error, *error.args, error.__cause__):
        if isinstance(one, OSError):
            return None if one.errno == errno.EPIPE else one
    return None


def _said(fault: OSError) -> str:
    if fault.filename is None:
        said = fault.strerror or str(fault).splitlines()[0]
        return f"What was asked for cannot be read or written: {said}."
    return f"{fault.filename} cannot be read or written: {fault.strerror}. Check the name, the rights and the disk."
