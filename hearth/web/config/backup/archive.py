"""The file of a backup: a tar with a list of what is in it, each part with its digest, read back after writing."""

from __future__ import annotations

import hashlib
import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

CONTENTS = "hearth-backup.json"
FORM = 1
PIECE = 1 << 20


class BackupError(Exception):
    """A backup cannot be made, read or put back; the message is one plain sentence."""


@dataclass
class Contents:
    """What a backup says of itself: which database, when, at which step of its tables, and each part's digest."""

    kind: str
    taken_at: str
    migrations: list[list[str]]
    rows: dict[str, int]
    parts: dict[str, str] = field(default_factory=dict)
    form: int = FORM


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            found.update(piece)
    return found.hexdigest()


def write(to: Path, contents: Contents, folder: Path) -> None:
    """Writes the parts in the folder as the file ``to``, whole or not at all, and reads it back.

    Raises BackupError when it cannot be written, or what was written is not what was meant.
    """
    if to.exists() and not to.is_file():
        raise BackupError(f"{to} is no file: name one that is, or that is not there yet.")
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    contents.parts = {path.relative_to(folder).as_posix(): digest(path) for path in paths}
    (folder / CONTENTS).write_text(json.dumps(asdict(contents), indent=1), encoding="utf-8")
    part = to.with_name(f"{to.name}.part")
    try:
        with tarfile.open(part, "w:gz", compresslevel=1) as tar:
            for name in (CONTENTS, *contents.parts):
                tar.add(folder / name, arcname=name)
        part.chmod(0o600)
        with opened(part):
            part.replace(to)
    except OSError as error:
        raise BackupError(f"{to} cannot be written ({error.strerror or error}).") from error
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def opened(path: Path) -> Iterator[tuple[Contents, Path]]:
    """The backup's contents and a folder with its parts, each checked against its digest.

    Raises BackupError when the file is no backup, or damaged.
    """
    import tempfile

    with tempfile.TemporaryDirectory(prefix="hearth-") as name:
        folder = Path(name)
        try:
            with tarfile.open(path, "r:gz") as tar:
                tar.extractall(folder, filter="data")
            contents = _read(folder / CONTENTS)
        except (OSError, tarfile.TarError, EOFError, ValueError, TypeError) as error:
            raise BackupError(f"{path} is not a backup of Hearth, or it is damaged ({error}).") from error
        _check(path, contents, folder)
        yield contents, folder


def _read(path: Path) -> Contents:
    said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if said.get("form") != FORM:
        raise ValueError(f"its form is {said.get('form')!r}, and this Hearth reads {FORM}")
    return Contents(**said)


def _check(path: Path, contents: Contents, folder: Path) -> None:
    for name, wanted in contents.parts.items():
        part = folder / name
        if not part.is_file() or digest(part) != wanted:
            raise BackupError(f"{path} is damaged: its part {name} is not what was written.")
