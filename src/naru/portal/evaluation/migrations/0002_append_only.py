"""Saved states of score sheets are append-only in the database too."""

from django.db import migrations

from naru.portal.audit import triggers

TABLE = "evaluation_scoresheet"


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0001_initial")]
    operations = [
        migrations.RunPython(
            lambda apps, editor: triggers.install(editor.connection, TABLE),
            lambda apps, editor: triggers.remove(editor.connection, TABLE),
        )
    ]
