"""Applications of rounds published before learn that their results were announced."""

from django.db import migrations


def announced(apps, _schema_editor):
    applications = apps.get_model("applications", "Application").objects
    for run in apps.get_model("selection", "SelectionRun").objects.filter(state="published"):
        rows = applications.filter(call=run.call_id, round_id=run.round_id, submitted_at__isnull=False)
        rows.update(announced_at=run.published_at)


class Migration(migrations.Migration):
    dependencies = [("selection", "0001_initial"), ("applications", "0003_professor_word")]
    operations = [migrations.RunPython(announced, migrations.RunPython.noop)]
