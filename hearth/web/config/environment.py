"""Reads the settings that the environment gives; what cannot be used ends in one sentence."""

from __future__ import annotations

import os
import re
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from platformdirs import user_data_path

YES = frozenset({"1", "yes", "true", "on"})
NO = frozenset({"", "0", "no", "false", "off"})
ENVIRONMENTS = ("production", "demo", "development")


def text(name: str, default: str = "") -> str:
    """The variable as it is, without spaces around it."""
    return os.environ.get(name, default).strip()


def flag(name: str) -> bool:
    """A yes or no; absent is no."""
    value = text(name).lower()
    if value not in YES | NO:
        raise ImproperlyConfigured(f"{name} is {value!r}: write 1 for yes or 0 for no.")
    return value in YES


def whole(name: str, default: int, least: int = 1) -> int:
    """A whole number, not below the least that makes sense."""
    value = text(name)
    if not value:
        return default
    if not value.isdecimal() or int(value) < least:
        raise ImproperlyConfigured(f"{name} is {value!r}: write a whole number, {least} or more.")
    return int(value)


def several(name: str) -> list[str]:
    """A list written with commas."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def hosts(where: str) -> list[str]:
    """The names under which the service is reached; this machine alone where none is given. Raises for every name."""
    named = several("HEARTH_HOSTS")
    open_to_all = [name for name in named if not name.strip("*.")]
    if open_to_all and where == "production":
        raise ImproperlyConfigured(
            f"HEARTH_HOSTS has {open_to_all[0]!r}, which is every name: write the names under which Hearth is reached."
        )
    return named or ["localhost", "127.0.0.1", "[::1]"]


def environment() -> str:
    """production, demo or development. Where nothing is said it is production, so that the safe one is the default."""
    named = text("HEARTH_ENVIRONMENT").lower()
    if named and named not in ENVIRONMENTS:
        raise ImproperlyConfigured(f"HEARTH_ENVIRONMENT is {named!r}: it is one of {', '.join(ENVIRONMENTS)}.")
    if named:
        return named
    if flag("HEARTH_DEMO"):
        return "demo"
    return "development" if flag("HEARTH_DEBUG") else "production"


def folder() -> Path:
    """Where Hearth keeps its database and files: HEARTH_DATA, or the place this system keeps such things."""
    named = text("HEARTH_DATA")
    return Path(named).expanduser().resolve() if named else user_data_path("hearth")


def authority() -> str:
    """The ONS code of the council whose record this is; "" where it is not set."""
    code = text("HEARTH_AUTHORITY").upper()
    if code and not re.fullmatch(r"E\d{8}", code):
        raise ImproperlyConfigured(f"HEARTH_AUTHORITY is {code!r}: write the council's ONS code, such as E10000020.")
    return code


def secret_key(where: str) -> str:
    """The key that signs sessions. Only outside production may it be absent: then a well-known one stands in."""
    key = text("HEARTH_SECRET_KEY")
    if where != "production":
        return key or WELL_KNOWN_KEY
    if not key:
        raise ImproperlyConfigured(
            "HEARTH_SECRET_KEY is not set: make one with `hearth secret-key`, set it, then start again."
        )
    if key == WELL_KNOWN_KEY or len(key) < LEAST_KEY or len(set(key)) < LEAST_LETTERS:
        raise ImproperlyConfigured(
            f"HEARTH_SECRET_KEY is a default or too short: make one of {LEAST_KEY} letters or more with "
            "`hearth secret-key`."
        )
    return key


WELL_KNOWN_KEY = "for-made-up-children-only-never-for-a-record-of-real-ones"
LEAST_KEY = 50
LEAST_LETTERS = 10


def refuse_in_production(where: str, *, demo: bool, debug: bool) -> None:
    """Stops the start when a record of real children would be open to anyone. Raises ImproperlyConfigured."""
    if where != "production":
        return
    for name, wrong in (("HEARTH_DEMO", demo), ("HEARTH_DEBUG", debug)):
        if wrong:
            raise ImproperlyConfigured(f"{name} is set in production: unset it, or say HEARTH_ENVIRONMENT=demo.")
