"""The professor's word gains its states; an application knows when the results were announced."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def given_so_far(apps, _schema_editor):
    """Every row so far is a yes of the professor named, for the product applied for."""
    for row in apps.get_model("applications", "ProfessorConfirmation").objects.select_related("application"):
        row.professor_id, row.product = row.application.professor_id, row.application.product
        row.state = "confirmed"
        row.save()


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0002_files_of_applying"),
        ("organisations", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "application",
            "announced_at",
            models.DateTimeField(blank=True, null=True, verbose_name="결과 공지 시각"),
        ),
        migrations.RenameField("professorconfirmation", "confirmed_by", "decided_by"),
        migrations.RenameField("professorconfirmation", "confirmed_at", "decided_at"),
        migrations.AlterField(
            "professorconfirmation",
            "decided_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            "professorconfirmation",
            "decided_at",
            models.DateTimeField(blank=True, null=True, verbose_name="답한 시각"),
        ),
        migrations.AddField(
            "professorconfirmation",
            "asked_at",
            models.DateTimeField(blank=True, null=True, verbose_name="요청 시각"),
        ),
        migrations.AddField(
            "professorconfirmation",
            "asked_times",
            models.PositiveSmallIntegerField(default=0, verbose_name="요청 횟수"),
        ),
        migrations.AddField(
            "professorconfirmation",
            "product",
            models.CharField(blank=True, max_length=32, verbose_name="확인한 상품"),
        ),
        migrations.AddField(
            "professorconfirmation", "reason", models.TextField(blank=True, verbose_name="사유")
        ),
        migrations.AddField(
            "professorconfirmation",
            "state",
            models.CharField(
                choices=[
                    ("asked", "확인 요청함"),
                    ("confirmed", "확인함"),
                    ("declined", "확인하지 않음"),
                ],
                default="asked",
                max_length=16,
                verbose_name="상태",
            ),
        ),
        migrations.AddField(
            "professorconfirmation",
            "professor",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="confirmations",
                to="organisations.professor",
            ),
        ),
        migrations.RunPython(given_so_far, migrations.RunPython.noop),
    ]
