import django.db.models.deletion
import zhegu.lib.ids
import zhegu.monitoring.rules
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
            name='Measure',
            fields=[
                ('id', models.UUIDField(default=zhegu.lib.ids.new_id, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=40)),
                ('laid', models.UUIDField(db_index=True)),
                ('ground', models.CharField(choices=[('exposure', 'exposure'), ('arrival', 'arrival'), ('case', 'case'), ('directive', 'directive'), ('other', 'other')], max_length=10)),
                ('evidence', zhegu.vault.fields.SealedText(blank=True, default='')),
                ('exposure_place', zhegu.vault.fields.SealedText(blank=True, default='')),
                ('exposed', models.DateTimeField(null=True)),
                ('risk', models.CharField(blank=True, max_length=20)),
                ('day0', models.DateField()),
                ('holds_from', models.DateField()),
                ('begun', models.DateTimeField()),
                ('by', models.CharField(max_length=80)),
                ('second', models.BooleanField()),
                ('approved', models.DateTimeField(null=True)),
                ('approved_by', models.CharField(blank=True, max_length=80)),
                ('stage_ends', models.JSONField(default=list)),
                ('looked_on', models.DateField()),
                ('review_on', models.DateField()),
                ('clinic_agreed', models.DateTimeField(null=True)),
                ('ended', models.DateTimeField(null=True)),
                ('how', models.CharField(blank=True, choices=[('released', 'released'), ('phase_over', 'phase_over'), ('transferred', 'transferred'), ('mistaken', 'mistaken'), ('contest_upheld', 'contest_upheld'), ('declined', 'declined'), ('lapsed', 'lapsed'), ('died', 'died')], max_length=16)),
                ('ended_by', models.CharField(blank=True, max_length=80)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='places.place')),
                ('household', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registers.household')),
                ('outbreak', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outbreaks.outbreak')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registers.person')),
                ('place', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
            options={
                'ordering': ['begun', 'id'],
                'indexes': [models.Index(fields=['community', 'ended', 'review_on'], name='monitoring__communi_c102ca_idx'), models.Index(fields=['person', 'ended'], name='monitoring__person__019daf_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('person', None), ('place__isnull', False)), models.Q(('person__isnull', False), ('place', None)), _connector='OR'), name='on_a_person_or_a_place'), models.CheckConstraint(condition=models.Q(models.Q(('ended', None), ('how', '')), models.Q(('ended__isnull', False), models.Q(('how', ''), _negated=True)), _connector='OR'), name='ended_somehow'), models.UniqueConstraint(condition=models.Q(('ended', None)), fields=('outbreak', 'code', 'person'), name='one_open_measure_a_person'), models.UniqueConstraint(condition=models.Q(('ended', None)), fields=('outbreak', 'code', 'place'), name='one_open_measure_a_place')],
            },
        ),
        migrations.CreateModel(
            name='Contest',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=80)),
                ('words', zhegu.vault.fields.SealedText()),
                ('answered', models.DateTimeField(null=True)),
                ('answered_by', models.CharField(blank=True, max_length=80)),
                ('answer', zhegu.vault.fields.SealedText(blank=True, default='')),
                ('upheld', models.BooleanField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registers.person')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contests', to='monitoring.measure')),
            ],
            options={
                'ordering': ['at', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('answered', None)), fields=('measure', 'person'), name='one_open_contest_a_person')],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.UUIDField(default=zhegu.lib.ids.new_id, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=80)),
                ('did', models.CharField(choices=[('laid', 'laid'), ('approved', 'approved'), ('stage', 'stage'), ('reviewed', 'reviewed'), ('clinic', 'clinic'), ('contested', 'contested'), ('answered', 'answered'), ('ended', 'ended')], max_length=10)),
                ('note', zhegu.vault.fields.SealedText(blank=True, default='')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='monitoring.measure')),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Check',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('day', models.DateField()),
                ('slot', models.CharField(choices=[('morning', 'morning'), ('evening', 'evening')], max_length=8)),
                ('by', models.CharField(max_length=80)),
                ('how', models.CharField(choices=[('self', 'self'), ('phone', 'phone'), ('door', 'door'), ('link', 'link')], max_length=6)),
                ('reached', models.CharField(choices=[('yes', 'yes'), ('no_answer', 'no_answer'), ('refused', 'refused')], default=zhegu.monitoring.rules.Reached['YES'], max_length=10)),
                ('temperature', models.PositiveSmallIntegerField(null=True)),
                ('symptoms', models.JSONField(default=list)),
                ('mood', models.PositiveSmallIntegerField(null=True)),
                ('note', zhegu.vault.fields.SealedText(blank=True, default='')),
                ('abnormal', models.BooleanField(default=False)),
                ('handled', models.DateTimeField(null=True)),
                ('handled_by', models.CharField(blank=True, max_length=80)),
                ('handling', zhegu.vault.fields.SealedText(blank=True, default='')),
                ('undone', models.DateTimeField(null=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('outbreak', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outbreaks.outbreak')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registers.person')),
            ],
            options={
                'ordering': ['-at', '-id'],
                'indexes': [models.Index(fields=['community', 'day', 'slot'], name='monitoring__communi_831d92_idx'), models.Index(fields=['person', '-at'], name='monitoring__person__88c275_idx'), models.Index(condition=models.Q(('abnormal', True), ('handled', None), ('undone', None)), fields=['community'], name='for_the_clinic')],
            },
        ),
    ]
