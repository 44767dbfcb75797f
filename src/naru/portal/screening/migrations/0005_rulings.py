"""Rulings on findings, only ever added; each finding carries its mark, each card what it comes to."""

import json
from hashlib import sha256

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F

from naru.portal.audit import triggers

TABLE = "screening_findingruling"


def marked(apps, _schema):
    """Findings kept before get their mark, cards come to what the rules proposed."""
    findings = apps.get_model("screening", "ScreeningFinding").objects
    for row in findings.iterator():
        said = json.dumps([row.clause, row.code, row.outcome, row.facts], ensure_ascii=False)
        row.mark = sha256(said.encode()).hexdigest()[:16]
        row.save(update_fields=["mark"])
    apps.get_model("screening", "Screening").objects.update(outcome=F("proposed"))


class Migration(migrations.Migration):

    dependencies = [
        ('screening', '0004_asked_and_due'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='screening',
            name='outcome',
            field=models.CharField(default='', max_length=16, verbose_name='판단별 결정까지 더한 결과'),
        ),
        migrations.AddField(
            model_name='screeningfinding',
            name='mark',
            field=models.CharField(default='', max_length=16, verbose_name='판단의 표지'),
        ),
        migrations.CreateModel(
            name='FindingRuling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('clause', models.CharField(max_length=8, verbose_name='조항')),
                ('code', models.CharField(max_length=64, verbose_name='부호')),
                ('mark', models.CharField(blank=True, max_length=16, verbose_name='판단의 표지')),
                ('found', models.CharField(blank=True, max_length=16, verbose_name='규칙의 판단')),
                ('before', models.CharField(max_length=16, verbose_name='앞의 판단')),
                ('after', models.CharField(max_length=16, verbose_name='정한 판단')),
                ('said_ko', models.TextField(blank=True, verbose_name='판단의 내용')),
                ('said_en', models.TextField(blank=True, verbose_name='finding')),
                ('reason', models.TextField(blank=True, verbose_name='사유')),
                ('ruled_at', models.DateTimeField(verbose_name='정한 시각')),
                ('ruled_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('screening', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rulings', to='screening.screening')),
            ],
            options={
                'ordering': ['screening', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('after', models.F('found')), models.Q(('reason', ''), _negated=True), _connector='OR'), name='ruling_against_the_rules_has_reason')],
            },
        ),
        migrations.RunPython(marked, migrations.RunPython.noop),
        migrations.RunPython(
            lambda apps, editor: triggers.install(editor.connection, TABLE),
            lambda apps, editor: triggers.remove(editor.connection, TABLE),
        ),
    ]
