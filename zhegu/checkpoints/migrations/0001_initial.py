import django.db.models.deletion
import zhegu.lib.ids
import zhegu.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('outbreaks', '0001_initial'),
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Gate',
            fields=[
                ('id', models.UUIDField(default=zhegu.lib.ids.new_id, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80)),
                ('name_bo', models.CharField(blank=True, max_length=120)),
                ('road', models.CharField(blank=True, max_length=120)),
                ('opens', models.TimeField(null=True)),
                ('closes', models.TimeField(null=True)),
                ('checks', models.JSONField(default=list)),
                ('plate_prefix', models.CharField(blank=True, max_length=4)),
                ('closed', models.DateTimeField(null=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='gates', to='places.place')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('community', 'name'), name='one_gate_of_a_name')],
            },
        ),
        migrations.CreateModel(
            name='DayCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('vehicles_in', models.PositiveIntegerField(default=0)),
                ('vehicles_out', models.PositiveIntegerField(default=0)),
                ('people_in', models.PositiveIntegerField(default=0)),
                ('people_out', models.PositiveIntegerField(default=0)),
                ('turned_back', models.PositiveIntegerField(default=0)),
                ('fever', models.PositiveIntegerField(default=0)),
                ('referred', models.PositiveIntegerField(default=0)),
                ('gate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='days', to='checkpoints.gate')),
            ],
            options={
                'ordering': ['day', 'gate__name'],
                'constraints': [models.UniqueConstraint(fields=('gate', 'day'), name='one_count_a_gate_and_day')],
            },
        ),
        migrations.CreateModel(
            name='Crossing',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=80)),
                ('direction', models.CharField(choices=[('in', 'in'), ('out', 'out')], max_length=3)),
                ('vehicle', models.CharField(choices=[('none', 'none'), ('car', 'car'), ('truck', 'truck'), ('bus', 'bus'), ('motorcycle', 'motorcycle'), ('tractor', 'tractor'), ('ambulance', 'ambulance'), ('other', 'other')], max_length=12)),
                ('plate', models.CharField(blank=True, max_length=20)),
                ('plate_key', models.CharField(blank=True, max_length=20)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('id_number', zhegu.vault.fields.SealedText(blank=True, default='')),
                ('phone', zhegu.vault.fields.SealedText(blank=True, default='')),
                ('people', models.PositiveSmallIntegerField(default=1)),
                ('coming_from', models.CharField(blank=True, max_length=80)),
                ('going_to', models.CharField(blank=True, max_length=80)),
                ('errand', models.CharField(choices=[('home', 'home'), ('supply', 'supply'), ('work', 'work'), ('herding', 'herding'), ('medical', 'medical'), ('duty', 'duty'), ('transit', 'transit'), ('other', 'other')], max_length=12)),
                ('checks', models.JSONField(default=dict)),
                ('temperature', models.PositiveSmallIntegerField(null=True)),
                ('tested_at', models.DateTimeField(null=True)),
                ('doses', models.PositiveSmallIntegerField(null=True)),
                ('card_serial', models.BigIntegerField(null=True)),
                ('card_kid', models.CharField(blank=True, max_length=64)),
                ('card', models.CharField(blank=True, max_length=6)),
                ('permit_no', models.CharField(blank=True, max_length=40)),
                ('outcome', models.CharField(choices=[('pass', 'pass'), ('pass_with_measure', 'pass_with_measure'), ('turned_back', 'turned_back'), ('referred_clinic', 'referred_clinic')], max_length=20)),
                ('why', models.CharField(choices=[('all_ok', 'all_ok'), ('allowed', 'allowed'), ('resident', 'resident'), ('emergency', 'emergency'), ('not_shown', 'not_shown'), ('card_doubt', 'card_doubt'), ('from_risk_area', 'from_risk_area'), ('check_not_ok', 'check_not_ok'), ('card_bad', 'card_bad'), ('closed_hours', 'closed_hours'), ('no_permit', 'no_permit'), ('not_let_out', 'not_let_out'), ('fever', 'fever'), ('symptoms', 'symptoms')], max_length=20)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('offline', models.BooleanField(default=False)),
                ('recheck', models.CharField(blank=True, choices=[('agrees', 'agrees'), ('not_allowed', 'not_allowed'), ('card_withdrawn', 'card_withdrawn')], max_length=16)),
                ('reconciled', models.DateTimeField(null=True)),
                ('reconciled_by', models.CharField(blank=True, max_length=80)),
                ('undone', models.DateTimeField(null=True)),
                ('emptied', models.BooleanField(default=False)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('outbreak', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outbreaks.outbreak')),
                ('gate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='crossings', to='checkpoints.gate')),
            ],
            options={
                'ordering': ['-at', '-id'],
                'indexes': [models.Index(fields=['gate', '-at'], name='checkpoints_gate_id_a86cda_idx'), models.Index(fields=['community', '-at'], name='checkpoints_communi_7294f9_idx'), models.Index(fields=['community', 'plate_key', '-at'], name='checkpoints_communi_510f35_idx'), models.Index(condition=models.Q(('offline', True), ('reconciled', None)), fields=['community'], name='to_be_reconciled')],
                'constraints': [models.CheckConstraint(condition=models.Q(('people__gte', 1)), name='somebody_crosses')],
            },
        ),
        migrations.CreateModel(
            name='Allowed',
            fields=[
                ('id', models.UUIDField(default=zhegu.lib.ids.new_id, primary_key=True, serialize=False)),
                ('plate', models.CharField(max_length=20)),
                ('plate_key', models.CharField(db_index=True, max_length=20)),
                ('errand', models.CharField(choices=[('home', 'home'), ('supply', 'supply'), ('work', 'work'), ('herding', 'herding'), ('medical', 'medical'), ('duty', 'duty'), ('transit', 'transit'), ('other', 'other')], max_length=12)),
                ('whose', models.CharField(blank=True, max_length=120)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('given_by', models.CharField(max_length=80)),
                ('ended', models.DateTimeField(null=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('gate', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='checkpoints.gate')),
            ],
            options={
                'ordering': ['until', 'plate_key'],
                'constraints': [models.CheckConstraint(condition=models.Q(('until__gt', models.F('since'))), name='a_permission_lasts')],
            },
        ),
    ]
