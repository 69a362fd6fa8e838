import django.db.models.deletion
import zhegu.lib.ids
import zhegu.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('outbreaks', '0001_initial'),
        ('places', '0001_initial'),
        ('registers', '0005_fewer_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Arrival',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('party', models.UUIDField(db_index=True)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=80)),
                ('way', models.CharField(choices=[('office', 'office'), ('grid_worker', 'grid_worker'), ('gate', 'gate'), ('self', 'self')], max_length=12)),
                ('kind', models.CharField(choices=[('returnee', 'returnee'), ('incomer', 'incomer')], max_length=10)),
                ('name', models.CharField(max_length=120)),
                ('sex', models.CharField(blank=True, max_length=1)),
                ('birth_year', models.PositiveSmallIntegerField(null=True)),
                ('id_number', zhegu.vault.fields.SealedText(blank=True, default='')),
                ('phone', zhegu.vault.fields.SealedText(blank=True, default='')),
                ('hukou', models.CharField(blank=True, max_length=80)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('came_from', models.CharField(max_length=80)),
                ('via', models.CharField(blank=True, max_length=200)),
                ('left', models.DateField(null=True)),
                ('arrived', models.DateTimeField()),
                ('transport', models.CharField(choices=[('car', 'car'), ('coach', 'coach'), ('train', 'train'), ('plane', 'plane'), ('lorry', 'lorry'), ('foot', 'foot'), ('other', 'other')], max_length=8)),
                ('transport_no', models.CharField(blank=True, max_length=40)),
                ('health_code', models.CharField(blank=True, choices=[('green', 'green'), ('yellow', 'yellow'), ('red', 'red'), ('none', 'none')], max_length=8)),
                ('test', models.CharField(blank=True, choices=[('none', 'none'), ('waiting', 'waiting'), ('negative', 'negative'), ('positive', 'positive')], max_length=8)),
                ('tested_at', models.DateTimeField(null=True)),
                ('doses', models.PositiveSmallIntegerField(null=True)),
                ('risk', models.CharField(blank=True, max_length=20)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('measure', models.CharField(blank=True, max_length=60)),
                ('decided', models.DateTimeField(null=True)),
                ('decided_by', models.CharField(blank=True, max_length=80)),
                ('decided_why', models.CharField(blank=True, max_length=200)),
                ('undone', models.DateTimeField(null=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('grid', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('outbreak', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outbreaks.outbreak')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registers.person')),
            ],
            options={
                'ordering': ['-arrived', '-id'],
                'indexes': [models.Index(fields=['community', '-arrived'], name='arrivals_ar_communi_f7ce78_idx'), models.Index(condition=models.Q(('decided', None), ('undone', None)), fields=['community'], name='arrivals_to_decide')],
            },
        ),
        migrations.CreateModel(
            name='Leg',
            fields=[
                ('id', models.UUIDField(default=zhegu.lib.ids.new_id, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('place', zhegu.vault.fields.SealedText()),
                ('what', zhegu.vault.fields.SealedText(blank=True, default='')),
                ('by', models.CharField(max_length=80)),
                ('at', models.DateTimeField()),
                ('arrival', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='legs', to='arrivals.arrival')),
            ],
            options={
                'ordering': ['day', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.UUIDField(default=zhegu.lib.ids.new_id, primary_key=True, serialize=False)),
                ('where', models.CharField(max_length=120)),
                ('token_hash', models.BinaryField(max_length=32, unique=True)),
                ('made_by', models.CharField(max_length=80)),
                ('made_at', models.DateTimeField()),
                ('expires', models.DateTimeField()),
                ('revoked', models.DateTimeField(null=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.place')),
                ('grid', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
            options={
                'ordering': ['-made_at'],
            },
        ),
        migrations.CreateModel(
            name='Site',
            fields=[
                ('id', models.UUIDField(default=zhegu.lib.ids.new_id, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80)),
                ('contractor', models.CharField(blank=True, max_length=120)),
                ('contact', models.CharField(blank=True, max_length=80)),
                ('contact_phone', zhegu.vault.fields.SealedText(blank=True, default='')),
                ('leave_ban', models.BooleanField(default=False)),
                ('closed', models.DateTimeField(null=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('grid', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('community', 'name'), name='one_site_of_a_name')],
            },
        ),
        migrations.CreateModel(
            name='Try',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(max_length=45)),
                ('at', models.DateTimeField(db_index=True)),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tries', to='arrivals.notice')),
            ],
        ),
        migrations.CreateModel(
            name='Worker',
            fields=[
                ('id', models.UUIDField(default=zhegu.lib.ids.new_id, primary_key=True, serialize=False)),
                ('origin', models.CharField(blank=True, max_length=80)),
                ('since', models.DateField()),
                ('dorm', models.CharField(blank=True, max_length=40)),
                ('doses', models.PositiveSmallIntegerField(null=True)),
                ('left', models.DateField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registers.person')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='workers', to='arrivals.site')),
            ],
            options={
                'ordering': ['since', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('left', None)), fields=('site', 'person'), name='works_there_once')],
            },
        ),
    ]
