"""The address of a person is a row of its own: see the migration before."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('children', '0006_addresses_of_people'),
    ]

    operations = [
        migrations.RemoveField(model_name='familymember', name='address'),
        migrations.RemoveField(model_name='historicalfamilymember', name='address'),
    ]
