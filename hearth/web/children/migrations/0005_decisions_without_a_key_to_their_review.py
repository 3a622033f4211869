"""The day of the review stands in place of the key to it; who is to do it and what came of it may be unknown."""

from django.db import migrations, models

MODELS = ('reviewdecision', 'historicalreviewdecision')


class Migration(migrations.Migration):

    dependencies = [('children', '0004_decisions_by_the_day_of_their_review')]

    operations = [
        migrations.AlterModelOptions(name='reviewdecision', options={'ordering': ('reviewed_on', 'pk')}),
        *(migrations.RemoveField(model_name=name, name='review') for name in MODELS),
        *(
            migrations.AlterField(model_name=name, name=column, field=field.clone())
            for name in MODELS
            for column, field in (
                ('reviewed_on', models.DateField(verbose_name='day of the review')),
                ('decision', models.TextField(verbose_name='decision')),
                ('owner', models.CharField(blank=True, max_length=500, null=True, verbose_name='who will do it')),
                ('outcome', models.TextField(blank=True, null=True, verbose_name='what came of it')),
            )
        ),
        *(
            migrations.RunSQL(
                f"UPDATE children_{name} SET outcome = NULL WHERE outcome = ''",  # names only  # noqa: S608  # nosec B608
                migrations.RunSQL.noop,
            )
            for name in MODELS
        ),
    ]
