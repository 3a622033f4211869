"""Loads of a council's data: files given, what was read of them, by whom, what was wrong, and whether it was undone."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from hearth.tables import catalogue
from hearth.tables.record import KINDS


class Batch(models.Model):
    """One load, done in one transaction."""

    kind = models.CharField("kind of source", max_length=40)
    said = models.CharField("what was loaded, in words", max_length=500)
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    loaded_at = models.DateTimeField(default=timezone.now)
    carries = models.JSONField("what the source is able to carry; null: not kept, so everything", null=True)
    snapshot_on = models.DateField("day the source speaks of", null=True)
    speaks_to = models.DateField("last day on which something happened in the source", null=True)
    overwrote_owned = models.BooleanField("what Hearth recorded was overwritten", default=False)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "load"
        ordering = ("-loaded_at", "-pk")

    def __str__(self) -> str:
        return f"{self.said}, {self.loaded_at:%d %B %Y}"

    @property
    def kind_in_words(self) -> str:
        """The kind of source, in words."""
        return KINDS.get(self.kind, self.kind)


class TableCount(models.Model):
    """What a load did to one table."""

    COUNTS: ClassVar[tuple[str, ...]] = ("new", "changed", "unchanged", "withdrawn", "kept", "set_aside")

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="counts")
    table = models.CharField(max_length=60)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    withdrawn = models.PositiveIntegerField("no longer in the source", default=0)
    kept = models.PositiveIntegerField("kept as recorded in Hearth", default=0)
    set_aside = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The table in words."""
        return catalogue.title(self.table)


class Problem(models.Model):
    """What was wrong with one cell, row or file of a load, what to do, and what was done with it."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="problems")
    file = models.CharField(max_length=300)
    row = models.PositiveIntegerField("row below the heading", null=True)
    column = models.CharField(max_length=200, null=True)
    value = models.CharField("value in the source", max_length=200, null=True)
    ours = models.CharField("value in Hearth", max_length=200, null=True)
    child_id = models.CharField("identifier of the child", max_length=500, null=True)
    problem = models.TextField()
    remedy = models.TextField()
    effect = models.CharField("what was done", max_length=60)

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("batch", "effect"), name="problem_by_effect"),)

    def __str__(self) -> str:
        return f"{self.file}: {self.problem}"


class Upload(models.Model):
    """Files given on the page, kept privately until they are loaded or dropped."""

    class State(models.TextChoices):
        """How far it has come."""

        READING = "reading", "being read"
        READY = "ready", "ready to load"
        LOADING = "loading", "being loaded"
        LOADED = "loaded", "loaded"
        FAILED = "failed", "could not be loaded"
        DROPPED = "dropped", "dropped"

    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)
    folder = models.CharField(max_length=60, unique=True)
    files = models.JSONField(default=list)
    authority = models.CharField(max_length=20, blank=True)
    overwrite_owned = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READING)
    said = models.TextField("what came of it", blank=True)
    preview = models.JSONField(null=True)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-given_at", "-pk")

    def __str__(self) -> str:
        return ", ".join(self.files)


class Check(models.Model):
    """A return checked by the published rules: of files given, or of the live record as its return would be today."""

    upload = models.OneToOneField(Upload, models.CASCADE, null=True, related_name="check_made")
    run_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    run_at = models.DateTimeField(default=timezone.now)
    said = models.CharField("what was checked", max_length=500)
    year = models.PositiveIntegerField("year in which the collection ends")
    rules_run = models.PositiveIntegerField(default=0)
    not_run = models.JSONField("rules that could not be checked, with the reason", default=list)
    findings = models.JSONField(default=list)

    class Meta:
        ordering = ("-run_at", "-pk")

    def __str__(self) -> str:
        return f"{self.said}, year to 31 March {self.year}"
