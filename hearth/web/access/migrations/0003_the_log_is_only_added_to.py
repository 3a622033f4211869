"""The database refuses to change or remove a line of the log."""

from django.db import migrations

from hearth.web.access.append_only import guard, release

TABLE = "access_auditevent"


class Migration(migrations.Migration):
    dependencies = [("access", "0002_the_log")]

    operations = [
        migrations.RunPython(lambda apps, editor: guard(editor, TABLE), lambda apps, editor: release(editor, TABLE))
    ]
