"""The log names the children of each list that was shown, and the database keeps that too from being changed."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from hearth.web.access.append_only import guard, release

TABLES = ("access_listing", "access_listedchild")


def keep(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for table in TABLES:
        guard(editor, table)


def let_go(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for table in TABLES:
        release(editor, table)


class Migration(migrations.Migration):
    dependencies = [("access", "0006_throttle")]

    operations = [
        migrations.CreateModel(
            name="Listing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True, verbose_name="digest of the children's keys")),
            ],
        ),
        migrations.AddField(
            model_name="auditevent",
            name="listing",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="access.listing",
                verbose_name="children listed",
            ),
        ),
        migrations.CreateModel(
            name="ListedChild",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("child_id", models.BigIntegerField(verbose_name="child")),
                (
                    "listing",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="access.listing",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("child_id", "listing"), name="child_listed_once")]
            },
        ),
        migrations.RunPython(keep, let_go),
    ]
