"""What every record keeps beside its facts: who recorded it and when, from which load, every earlier version."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, NoReturn, Self, TypeVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from simple_history.models import HistoricalRecords

from hearth.tables import catalogue
from hearth.web.children.fields import text


class NeverDeletedError(TypeError):
    """A record was to be deleted: our own bug, because records are withdrawn and corrections keep the old version."""


M = TypeVar("M", bound=models.Model)


class Records(models.QuerySet[M]):
    """Rows of a record: read, never deleted."""

    def delete(self) -> NoReturn:
        """Refused."""
        raise NeverDeletedError("Records are withdrawn with a reason, never deleted: children.recording.withdraw")


class Everything(models.Manager[M]):
    """All rows, withdrawn ones among them."""

    def get_queryset(self) -> Records[M]:
        """Every row."""
        return Records(self.model, using=self._db)


class Standing(Everything[M]):
    """The rows that stand: those not withdrawn."""

    def get_queryset(self) -> Records[M]:
        """Without what was withdrawn."""
        return super().get_queryset().filter(is_withdrawn=False)


class Kept(models.Model):
    """Authorship, source, version and history of a row; a row withdrawn is kept and no longer counts."""

    batch = models.ForeignKey(
        "intake.Batch", models.PROTECT, null=True, blank=True, editable=False, related_name="+", db_index=False
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", db_index=False
    )
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    note = models.TextField("note", null=True, blank=True)
    is_withdrawn = models.BooleanField(default=False, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = Standing()
    everything = Everything()
    history = HistoricalRecords(inherit=True, no_db_index=["batch", "recorded_by"])

    table: ClassVar[str] = ""
    """The table of ``hearth.tables`` that the model carries; empty for what only the web keeps."""
    called_by: ClassVar[Sequence[str]] = ()
    """Columns that ``called`` says already."""
    told_by: ClassVar[str] = ""
    """The column whose words say what happened where the kind of row does not: a chronology calls the row by them."""
    kept_back: ClassVar[Sequence[str]] = ()
    """Columns that pages leave out where the row ``is_kept_back``: they are shown on a page of their own."""

    told_if_so: ClassVar[Sequence[str]] = ()
    """Questions of which only a yes is worth telling: pages leave out a no, which nobody asked about."""

    class Meta:
        abstract = True

    @property
    def source(self) -> str:
        """Where the row comes from: "hearth" when recorded here, else the load."""
        return "hearth" if self.batch_id is None else f"load {self.batch_id}"

    @property
    def called(self) -> str:
        """What a page calls the row, where that says more than its kind."""
        return ""

    @property
    def is_kept_back(self) -> bool:
        """Whether the row says things that not everybody who reads the record may know."""
        return False

    @classmethod
    def as_of(cls, moment: datetime) -> models.QuerySet[Self]:
        """The rows as they stood at that moment, withdrawn ones among them."""
        return cls.history.as_of(moment)  # type: ignore[no-any-return]  # the history has no types

    def delete(self, *_: object, **__: object) -> NoReturn:
        """Refused."""
        raise NeverDeletedError("Records are withdrawn with a reason, never deleted: children.recording.withdraw")


class ChildRecord(Kept):
    """A record that belongs to a child."""

    child = models.ForeignKey("children.Child", models.PROTECT)

    class Meta:
        abstract = True


class AuthorityRecord(Kept):
    """A record about no one child: about a fostering household, a home or the authority itself."""

    authority = text("responsible authority", required=True)

    class Meta:
        abstract = True

    @property
    def whose(self) -> tuple[str, ...]:
        """Whom the row is about, as the log says it: the sort (foster_carer), the authority, the identifier."""
        return catalogue.subject(self.table), *(getattr(self, column) for column in catalogue.identity(self.table))
