"""Reads of personal data, and the batches they are folded in; the database keeps folded rows."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from naru.portal.audit import triggers


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0003_anchors_and_checks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReadBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rows', models.PositiveIntegerField(verbose_name='열람 수')),
                ('root', models.CharField(max_length=64, verbose_name='해시')),
                ('at', models.DateTimeField(verbose_name='시각')),
            ],
            options={
                'verbose_name': '열람 묶음',
                'verbose_name_plural': '열람 묶음',
            },
        ),
        migrations.CreateModel(
            name='Read',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='시각')),
                ('record_class', models.CharField(max_length=20, verbose_name='자료 종류')),
                ('ids', models.JSONField(default=list, verbose_name='자료 번호')),
                ('route', models.CharField(max_length=80, verbose_name='화면')),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('batch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reads', to='audit.readbatch')),
            ],
            options={
                'verbose_name': '열람 기록',
                'verbose_name_plural': '열람 기록',
            },
        ),
        migrations.RunPython(
            lambda apps, editor: triggers.install(editor.connection, "audit_read"),
            lambda apps, editor: triggers.remove(editor.connection, "audit_read"),
        ),
    ]
