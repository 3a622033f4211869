"""Decisions are told by the day of their review, as the table of decisions has it: the day is taken from the review."""

from django.db import migrations, models

COPY = """
    UPDATE {table} SET reviewed_on = COALESCE(
        (SELECT held_on FROM children_review r WHERE r.id = {table}.review_id), DATE(recorded_at)
    )
"""
"""Where the review has no day, that on which the decision was recorded."""
TABLES = ("children_reviewdecision", "children_historicalreviewdecision")


class Migration(migrations.Migration):

    dependencies = [('children', '0003_drafts')]

    operations = [
        *(
            migrations.AddField(
                name, 'reviewed_on', models.DateField(null=True, verbose_name='day of the review')
            )
            for name in ('reviewdecision', 'historicalreviewdecision')
        ),
        *(migrations.RunSQL(COPY.format(table=table), migrations.RunSQL.noop) for table in TABLES),
    ]
