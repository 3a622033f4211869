"""The triggers of the log anew: on SQLite they now also refuse a line put in the place of another."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from hearth.web.access.append_only import GUARDED, guard, release


def renew(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for table in GUARDED:
        release(editor, table)
        guard(editor, table)


class Migration(migrations.Migration):
    dependencies = [("access", "0007_lists_in_the_log")]

    operations = [migrations.RunPython(renew, migrations.RunPython.noop)]
