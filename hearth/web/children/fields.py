"""The kinds of column a record is made of: the same kinds, by the same names, as those of the tables."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, overload

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from hearth.tables import codes

if TYPE_CHECKING:
    Characters = models.CharField[Any, Any]
    Moments = models.DateTimeField[Any, Any]
else:
    Characters, Moments = models.CharField, models.DateTimeField

LONGEST = 500
"""Of a text column that the tables carry; what a worker writes has no such limit (``words``)."""


class CodeField(Characters):
    """A code of a list in ``hearth/tables/codes``, which gives the choices: a longer list asks for no migration."""

    def __init__(self, *args: Any, codes_from: str, **options: Any) -> None:
        self.codes_from = codes_from
        options["choices"] = [(code.code, code.label) for code in codes.load(codes_from).values()]
        options.setdefault("max_length", 60)
        super().__init__(*args, **options)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """What a migration writes: the name of the list in place of its codes."""
        name, path, args, options = super().deconstruct()
        options.pop("choices", None)
        return name, path, [*args], {**options, "codes_from": self.codes_from}


class MomentField(Moments):
    """A day and time of day, UK local time, without zone: what a person said, not an instant."""

    def get_internal_type(self) -> str:
        """A kind of its own, so that the database's adapters leave the zone alone."""
        return "MomentField"

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """A timestamp without zone."""
        return "timestamp" if connection.vendor == "postgresql" else "datetime"

    def get_prep_value(self, value: Any) -> Any:
        """Local time, whatever the zone it was given in."""
        given = self.to_python(value)
        if isinstance(given, datetime) and timezone.is_aware(given):
            return timezone.make_naive(given)
        return given

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        """As the database's driver wants it."""
        given = value if prepared else self.get_prep_value(value)
        return given if given is None or connection.vendor == "postgresql" else str(given)


def _may_lack(required: bool) -> dict[str, Any]:
    return {} if required else {"null": True, "blank": True}


@overload
def text(words: str = ..., *, required: Literal[True]) -> models.CharField[str, str]: ...
@overload
def text(words: str = ..., *, required: Literal[False] = ...) -> models.CharField[str | None, str | None]: ...
def text(words: str = "", *, required: bool = False) -> Any:
    """A short text or identifier; null where it is not known."""
    return models.CharField(words or None, max_length=LONGEST, **_may_lack(required))


@overload
def code(codes_from: str, words: str = ..., *, required: Literal[True]) -> models.CharField[str, str]: ...
@overload
def code(
    codes_from: str, words: str = ..., *, required: Literal[False] = ...
) -> models.CharField[str | None, str | None]: ...
def code(codes_from: str, words: str = "", *, required: bool = False) -> Any:
    """A code of the list named."""
    return CodeField(words or None, codes_from=codes_from, **_may_lack(required))


@overload
def day(words: str = ..., *, required: Literal[True]) -> models.DateField[date, date]: ...
@overload
def day(words: str = ..., *, required: Literal[False] = ...) -> models.DateField[date | None, date | None]: ...
def day(words: str = "", *, required: bool = False) -> Any:
    """A calendar day."""
    return models.DateField(words or None, **_may_lack(required))


def moment(words: str = "") -> MomentField:
    """A day and time of day, UK local time."""
    return MomentField(words or None, null=True, blank=True)


def yes_no(words: str = "") -> models.BooleanField[bool | None, bool | None]:
    """Yes, no, or null for not known."""
    return models.BooleanField(words or None, null=True, blank=True)


def whole(words: str = "") -> models.IntegerField[int | None, int | None]:
    """A whole number."""
    return models.IntegerField(words or None, null=True, blank=True)


def number(words: str = "") -> models.FloatField[float | None, float | None]:
    """A number with decimals."""
    return models.FloatField(words or None, null=True, blank=True)


def words(about: str = "") -> models.TextField[str, str]:
    """What somebody wrote; empty where nothing was written."""
    return models.TextField(about or None, blank=True, default="")
