import django.db.models.deletion
import zhegu.lib.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0001_initial'),
        ('reports', '0002_about_days'),
    ]

    operations = [
        migrations.AddField(
            model_name='submission',
            name='cells',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='submission',
            name='sent_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='submission',
            name='sent_to',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.CreateModel(
            name='Blank',
            fields=[
                ('id', models.UUIDField(default=zhegu.lib.ids.new_id, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('asked_by', models.CharField(blank=True, max_length=120)),
                ('content', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('kept_at', models.DateTimeField()),
                ('kept_by', models.CharField(max_length=80)),
                ('dropped_at', models.DateTimeField(null=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
            options={
                'ordering': ['-kept_at'],
                'indexes': [models.Index(fields=['community', 'kept_at'], name='reports_bla_communi_0d40c4_idx')],
            },
        ),
        migrations.AddField(
            model_name='submission',
            name='blank',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='filled', to='reports.blank'),
        ),
        migrations.CreateModel(
            name='Meaning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(max_length=8)),
                ('path', models.CharField(max_length=400)),
                ('means', models.CharField(max_length=80)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=80)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('community', 'form', 'path'), name='one_meaning_a_header')],
            },
        ),
    ]
