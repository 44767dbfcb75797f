"""What a review is called, until when it is due, what the matrix said then; the models narrowed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def named(apps, _schema):
    """Reviews asked before get a reference too."""
    rows = apps.get_model("screening", "TechnicalReview").objects.filter(code="")
    for row in rows.iterator():
        row.code = f"TR-{row.pk:08d}"
        row.save(update_fields=["code"])


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0007_late_exception'),
        ('screening', '0003_lapsing'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='technicalreview',
            options={'ordering': ['routed_at', 'code']},
        ),
        migrations.AddField(
            model_name='technicalreview',
            name='claim',
            field=models.CharField(blank=True, max_length=16, verbose_name='요청할 때 지원 표의 값'),
        ),
        migrations.AddField(
            model_name='technicalreview',
            name='code',
            field=models.CharField(default='', max_length=16, verbose_name='검토 번호'),
            preserve_default=False,
        ),
        migrations.RunPython(named, migrations.RunPython.noop),
        migrations.AddField(
            model_name='technicalreview',
            name='due_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='기한'),
        ),
        migrations.AddField(
            model_name='technicalreview',
            name='effort_weeks',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='지원에 드는 인력(인주)'),
        ),
        migrations.AddField(
            model_name='technicalreview',
            name='sdk',
            field=models.CharField(blank=True, max_length=32, verbose_name='요청할 때 SDK 판'),
        ),
        migrations.CreateModel(
            name='ModelNarrowing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kept', models.JSONField(default=list, verbose_name='남긴 모델')),
                ('reason', models.TextField(verbose_name='사유')),
                ('narrowed_at', models.DateTimeField(verbose_name='좁힌 시각')),
                ('application', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='narrowing', to='applications.application')),
                ('narrowed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
    ]
