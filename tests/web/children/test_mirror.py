"""Model and table cannot drift: same names, same kinds of column, same code lists, same needs."""

from __future__ import annotations

import dataframely as dy
import pytest
from django.db import models

from hearth.tables import catalogue
from hearth.web.children import mirror
from hearth.web.children.fields import CodeField, MomentField

KINDS: dict[type[object], tuple[type[models.Field], ...]] = {
    dy.String: (models.CharField, models.TextField),
    dy.Date: (models.DateField,),
    dy.Datetime: (MomentField,),
    dy.Bool: (models.BooleanField,),
    dy.Int64: (models.IntegerField,),
    dy.Float64: (models.FloatField,),
}


def test_every_stored_table_has_its_model() -> None:
    assert list(mirror.models()) == list(mirror.STORED)


@pytest.mark.parametrize("table", mirror.STORED)
def test_a_model_has_the_columns_of_its_table(table: str) -> None:
    model = mirror.models()[table]
    schema = catalogue.TABLES[table].columns()
    for name in mirror.columns(table):
        column, field = schema[name], model._meta.get_field(name)
        assert isinstance(field, KINDS[type(column)]), name
        assert not (isinstance(field, models.DateTimeField) and isinstance(column, dy.Date)), name
        assert field.null is bool(column.nullable), name
        codes_from = field.codes_from if isinstance(field, CodeField) else None
        assert codes_from == (column.metadata or {}).get("codes"), name


@pytest.mark.parametrize("table", mirror.STORED)
def test_a_row_says_whose_it_is(table: str) -> None:
    has = {field.name for field in mirror.models()[table]._meta.get_fields()}
    kind = catalogue.subject(table)
    is_child = kind == "child" and table != "people"
    assert "child" in has if is_child else set(catalogue.identity(table)) <= has


@pytest.mark.parametrize("model", mirror.records())
def test_no_two_constraints_or_indexes_share_a_name(model: type[models.Model]) -> None:
    everyone = [c.name for other in mirror.records() for c in (*other._meta.constraints, *other._meta.indexes)]
    assert all(everyone.count(c.name) == 1 for c in model._meta.constraints)
