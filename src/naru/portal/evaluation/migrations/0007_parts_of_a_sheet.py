"""What was entered per element, the scorecard it was entered under, and the page that saved it."""

from django.db import migrations, models

from naru.portal.audit import triggers

TABLE = "evaluation_scoresheet"


def _again(apps, editor):
    """A rebuilt table has lost its triggers."""
    triggers.remove(editor.connection, TABLE)
    triggers.install(editor.connection, TABLE)


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0006_relations")]
    operations = [
        migrations.AddField(
            "scoresheet", "parts", models.JSONField(default=dict, verbose_name="평가요소별 점수")
        ),
        migrations.AddField(
            "scoresheet",
            "scorecard",
            models.CharField(blank=True, default="", max_length=64, verbose_name="평가항목의 해시"),
            preserve_default=False,
        ),
        migrations.AddField(
            "scoresheet",
            "origin",
            models.CharField(blank=True, default="", max_length=16, verbose_name="저장한 화면"),
            preserve_default=False,
        ),
        migrations.RunPython(_again, _again),
    ]
