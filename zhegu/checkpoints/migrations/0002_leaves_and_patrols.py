import django.db.models.deletion
import zhegu.lib.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('checkpoints', '0001_initial'),
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Route',
            fields=[
                ('id', models.UUIDField(default=zhegu.lib.ids.new_id, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80)),
                ('name_bo', models.CharField(blank=True, max_length=120)),
                ('points', models.JSONField(default=list)),
                ('closed', models.DateTimeField(null=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('community', 'name'), name='one_route_of_a_name')],
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('point', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=80)),
                ('found', models.CharField(choices=[('nothing', 'nothing'), ('gathering', 'gathering'), ('outside', 'outside'), ('no_mask', 'no_mask'), ('shop', 'shop')], max_length=12)),
                ('people', models.PositiveSmallIntegerField(default=0)),
                ('did', models.CharField(choices=[('nothing', 'nothing'), ('sent_home', 'sent_home'), ('explained', 'explained'), ('reported', 'reported')], max_length=12)),
                ('undone', models.DateTimeField(null=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('route', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='checkpoints.route')),
            ],
            options={
                'ordering': ['-at', '-id'],
                'indexes': [models.Index(fields=['community', '-at'], name='checkpoints_communi_6cc366_idx')],
            },
        ),
        migrations.CreateModel(
            name='Leave',
            fields=[
                ('id', models.UUIDField(default=zhegu.lib.ids.new_id, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80)),
                ('grids', models.JSONField(default=list)),
                ('weekdays', models.JSONField(default=list)),
                ('opens', models.TimeField(null=True)),
                ('closes', models.TimeField(null=True)),
                ('card_hours', models.PositiveSmallIntegerField(null=True)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('given_by', models.CharField(max_length=80)),
                ('ended', models.DateTimeField(null=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
            options={
                'ordering': ['since', 'name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('until__gt', models.F('since'))), name='a_leave_lasts')],
            },
        ),
    ]
