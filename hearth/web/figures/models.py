"""The figures of the day as they were worked out: in words and numbers, for the public and for those entitled."""

from __future__ import annotations

import re
from datetime import date

from django.db import models

from hearth.reports.wording import sentence

UNCHANGED, SAME = "no clear change", "No clear change: "
COLOURS = {"good": "green", "near": "yellow", "bad": "red", "plain": "blue"}


class Figure(models.Model):
    """One measure on the day, as the scorecard says it; ``is_public`` is the version with small numbers withheld."""

    measure = models.CharField(max_length=80)
    is_public = models.BooleanField()
    as_of = models.DateField()
    period_start = models.DateField(null=True)
    shown = models.CharField("the figure in words", max_length=200, blank=True)
    basis = models.CharField("what it is made of", max_length=200, blank=True)
    not_known = models.PositiveIntegerField(null=True)
    status = models.CharField(max_length=60, blank=True)
    tone = models.CharField(max_length=10, blank=True)
    because = models.TextField(blank=True)
    moved = models.TextField("direction in words", blank=True)
    unavailable = models.TextField("why there is no figure", blank=True)
    series = models.JSONField("months: day, value or null, figure in words, made of", default=list)
    bands = models.JSONField("bands: words, number, share", default=list)
    compared = models.JSONField("published figures: whose, year, figure", default=list)
    comparison_note = models.TextField("what must be known of the published figures", blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("measure", "is_public"), name="one_figure_a_measure"),)

    def __str__(self) -> str:
        return f"{self.measure}: {self.shown}"

    @property
    def colour(self) -> str:
        """The colour of the status's tag; its words say the same."""
        return COLOURS.get(self.tone, "grey")

    @property
    def sorts_by(self) -> float:
        """The figure as a number, by which a table is sorted; below all others where there is none."""
        found = re.search(r"\d[\d,]*(?:\.\d+)?", self.shown)
        return float(found[0].replace(",", "")) if found else -1

    @property
    def direction(self) -> str:
        """The direction as a sentence, without what the status says already; empty where that says it all."""
        said = sentence(self.moved.removeprefix(SAME if self.status == UNCHANGED else ""))
        return "" if said == self.because else said

    @property
    def reason(self) -> str:
        """Why the status is so; of no clear change the direction says it."""
        return "" if self.status == UNCHANGED else self.because

    @property
    def months(self) -> list[tuple[date, str, str]]:
        """The months, the latest first: day, figure and what it is made of in words."""
        return [(date.fromisoformat(on), said, made) for on, _, said, made in reversed(self.series)]


class Behind(models.Model):
    """The children behind a figure: for each the key, the day, numerator, denominator (null: not known) and facts."""

    measure = models.CharField(max_length=80, unique=True)
    rows = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.measure


class Paper(models.Model):
    """A paper of the day, as it was made: the public scorecard, which names no child."""

    name = models.CharField(max_length=80, unique=True)
    as_of = models.DateField()
    body = models.TextField()

    def __str__(self) -> str:
        return self.name
