import django.db.models.deletion
import zhegu.lib.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('leads', models.BooleanField(default=False)),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-leads', 'staff__name'],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.UUIDField(default=zhegu.lib.ids.new_id, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('gate', 'gate'), ('sampling', 'sampling'), ('supplies', 'supplies'), ('disinfection', 'disinfection'), ('patrol', 'patrol'), ('errands', 'errands'), ('medicine', 'medicine'), ('broadcast', 'broadcast'), ('standby', 'standby'), ('other', 'other')], max_length=12)),
                ('name', models.CharField(max_length=80)),
                ('name_bo', models.CharField(blank=True, max_length=120)),
                ('closed', models.DateTimeField(null=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
            options={
                'ordering': ['kind', 'name'],
                'constraints': [models.UniqueConstraint(fields=('community', 'name'), name='one_post_of_a_name')],
            },
        ),
        migrations.CreateModel(
            name='Shift',
            fields=[
                ('id', models.UUIDField(default=zhegu.lib.ids.new_id, primary_key=True, serialize=False)),
                ('starts', models.DateTimeField()),
                ('ends', models.DateTimeField()),
                ('cancelled', models.DateTimeField(null=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('crew', models.ManyToManyField(related_name='+', through='rosters.Duty', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shifts', to='rosters.post')),
            ],
            options={
                'ordering': ['starts', 'post__name'],
                'indexes': [models.Index(fields=['community', 'ends'], name='rosters_shi_communi_daf1d8_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends__gt', models.F('starts'))), name='a_shift_lasts'), models.UniqueConstraint(condition=models.Q(('cancelled', None)), fields=('post', 'starts'), name='one_shift_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='HandedOver',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=80)),
                ('notes', models.TextField(blank=True)),
                ('counts', models.JSONField(default=dict)),
                ('taken_at', models.DateTimeField(null=True)),
                ('taken_by', models.CharField(blank=True, max_length=80)),
                ('undone', models.DateTimeField(null=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('shift', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='handovers', to='rosters.shift')),
            ],
            options={
                'ordering': ['-at', '-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('undone', None)), fields=('shift',), name='a_shift_is_handed_over_once')],
            },
        ),
        migrations.AddField(
            model_name='duty',
            name='shift',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='duties', to='rosters.shift'),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.UniqueConstraint(fields=('shift', 'staff'), name='once_in_a_shift'),
        ),
    ]
