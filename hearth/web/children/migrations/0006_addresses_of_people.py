"""Addresses belong to the child or to somebody around the child; those written with a person become rows of their own."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import hearth.web.children.fields

CARRIED = ("batch_id", "recorded_by_id", "recorded_at", "is_withdrawn")


def _own_rows(apps: Any, _: Any) -> None:
    """An address written with a person becomes an address of the person, with its first version in the history."""
    address = apps.get_model("children", "Address")
    history = apps.get_model("children", "HistoricalAddress")
    people = apps.get_model("children", "FamilyMember").objects.exclude(address=None).exclude(address="")
    for person in people.iterator():
        facts = {name: getattr(person, name) for name in CARRIED}
        facts |= {"child_id": person.child_id, "member_id": person.pk, "kind": "other", "lines": person.address}
        row = address.objects.create(**facts)
        history.objects.create(
            id=row.pk, revision=row.revision, history_date=person.recorded_at, history_type="+",
            history_user_id=person.recorded_by_id, history_change_reason="Was kept with the person", **facts,
        )


class Migration(migrations.Migration):

    dependencies = [
        ('children', '0005_decisions_without_a_key_to_their_review'),
    ]

    operations = [
        migrations.AddField(
            model_name='address',
            name='member',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='addresses', to='children.familymember', verbose_name='whose'),
        ),
        migrations.AddField(
            model_name='historicaladdress',
            name='member',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='children.familymember', verbose_name='whose'),
        ),
        migrations.AlterField(
            model_name='address',
            name='is_withheld',
            field=models.BooleanField(blank=True, null=True, verbose_name='confidential'),
        ),
        migrations.AlterField(
            model_name='address',
            name='kind',
            field=hearth.web.children.fields.CodeField(codes_from='address_kind', max_length=60, verbose_name='kind of address'),
        ),
        migrations.AlterField(
            model_name='historicaladdress',
            name='is_withheld',
            field=models.BooleanField(blank=True, null=True, verbose_name='confidential'),
        ),
        migrations.AlterField(
            model_name='historicaladdress',
            name='kind',
            field=hearth.web.children.fields.CodeField(codes_from='address_kind', max_length=60, verbose_name='kind of address'),
        ),
        migrations.RunPython(_own_rows, migrations.RunPython.noop),
    ]
