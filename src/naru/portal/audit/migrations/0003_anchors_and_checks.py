"""Published heads, append-only in the database too, and checks of the chains."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from naru.portal.audit import triggers


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0002_append_only'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Verification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField(verbose_name='요청 시각')),
                ('length', models.PositiveBigIntegerField(verbose_name='기록 수')),
                ('seen', models.PositiveBigIntegerField(default=0, verbose_name='읽은 기록 수')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='끝난 시각')),
                ('broken_number', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='어긋난 번호')),
                ('code', models.CharField(blank=True, max_length=20, verbose_name='어긋난 까닭')),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('chain', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='verifications', to='audit.chain')),
            ],
            options={
                'verbose_name': '기록줄 검증',
                'verbose_name_plural': '기록줄 검증',
            },
        ),
        migrations.CreateModel(
            name='Anchor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveBigIntegerField(verbose_name='번호')),
                ('head', models.CharField(max_length=64, verbose_name='해시')),
                ('at', models.DateTimeField(verbose_name='공표 시각')),
                ('chain', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='anchors', to='audit.chain')),
            ],
            options={
                'verbose_name': '공표한 해시',
                'verbose_name_plural': '공표한 해시',
                'constraints': [models.UniqueConstraint(fields=('chain', 'number'), name='anchor_number_once')],
            },
        ),
        migrations.RunPython(
            lambda apps, editor: triggers.install(editor.connection, "audit_anchor"),
            lambda apps, editor: triggers.remove(editor.connection, "audit_anchor"),
        ),
    ]
