import django.db.models.deletion
import zhegu.lib.ids
import zhegu.sampling.rules.words
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0003_device_enrolment_staffcode_staffkey_and_more'),
        ('accounts', '__first__'),
        ('outbreaks', '0001_initial'),
        ('places', '0001_initial'),
        ('registers', '0002_search_merges_traces'),
    ]

    operations = [
        migrations.CreateModel(
            name='Undo',
            fields=[
                ('sample', models.UUIDField(primary_key=True, serialize=False)),
                ('community', models.CharField(max_length=15)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=80)),
                ('device', models.CharField(blank=True, max_length=40)),
            ],
        ),
        migrations.CreateModel(
            name='Line',
            fields=[
                ('id', models.UUIDField(default=zhegu.lib.ids.new_id, primary_key=True, serialize=False)),
                ('residence', models.CharField(choices=[('resident', 'Resident'), ('incomer', 'Incomer')], max_length=10)),
                ('standing', models.CharField(choices=[('done', 'done'), ('excused', 'excused'), ('missing', 'missing'), ('moved', 'moved'), ('not_found', 'not_found')], default=zhegu.sampling.rules.words.Standing['MISSING'], max_length=10)),
                ('single_why', models.CharField(blank=True, choices=[('contact', 'contact'), ('isolated', 'isolated'), ('febrile', 'febrile'), ('infant', 'infant'), ('awaiting_recheck', 'awaiting_recheck')], max_length=20)),
                ('excuse', models.CharField(blank=True, choices=[('infant', 'infant'), ('ill', 'ill'), ('away', 'away'), ('elsewhere', 'elsewhere'), ('other', 'other')], max_length=10)),
                ('excuse_note', models.CharField(blank=True, max_length=200)),
                ('excused_by', models.CharField(blank=True, max_length=80)),
                ('excused_at', models.DateTimeField(null=True)),
                ('gone', models.CharField(blank=True, choices=[('moved', 'moved'), ('not_found', 'not_found')], max_length=10)),
                ('gone_by', models.CharField(blank=True, max_length=80)),
                ('gone_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, choices=[('refused', 'refused'), ('not_at_home', 'not_at_home'), ('not_called', 'not_called'), ('no_answer', 'no_answer'), ('will_come', 'will_come'), ('cannot_come', 'cannot_come'), ('other', 'other')], max_length=12)),
                ('reason_note', models.CharField(blank=True, max_length=200)),
                ('called', models.BooleanField(default=False)),
                ('comes_at', models.DateTimeField(null=True)),
                ('noted_by', models.CharField(blank=True, max_length=80)),
                ('noted_at', models.DateTimeField(null=True)),
                ('version', models.UUIDField(null=True)),
                ('added_reason', models.CharField(blank=True, max_length=16)),
                ('added_by', models.CharField(blank=True, max_length=80)),
                ('added_at', models.DateTimeField(null=True)),
                ('grid', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('household', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registers.household')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registers.person')),
            ],
        ),
        migrations.CreateModel(
            name='Conflict',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('what', models.CharField(max_length=10)),
                ('said', models.CharField(max_length=40)),
                ('by', models.CharField(max_length=80)),
                ('at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(null=True)),
                ('settled_by', models.CharField(blank=True, max_length=80)),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conflicts', to='sampling.line')),
            ],
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.UUIDField(default=zhegu.lib.ids.new_id, primary_key=True, serialize=False)),
                ('no', models.PositiveIntegerField()),
                ('name', models.CharField(blank=True, max_length=60)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('mix_ratio', models.PositiveSmallIntegerField()),
                ('single_only', models.JSONField(default=list)),
                ('infant_below_months', models.PositiveSmallIntegerField(null=True)),
                ('excuse_infants', models.BooleanField(default=False)),
                ('body_site', models.CharField(default='throat', max_length=10)),
                ('opened_at', models.DateTimeField()),
                ('opened_by', models.CharField(max_length=80)),
                ('without_grid_reason', models.CharField(blank=True, max_length=200)),
                ('closed_at', models.DateTimeField(null=True)),
                ('closed_by', models.CharField(blank=True, max_length=80)),
                ('difference_note', models.CharField(blank=True, max_length=400)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='places.place')),
                ('outbreak', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='outbreaks.outbreak')),
                ('recheck_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rechecks', to='sampling.round')),
            ],
            options={
                'ordering': ['-no'],
                'constraints': [models.UniqueConstraint(fields=('community', 'no'), name='one_round_per_number'), models.CheckConstraint(condition=models.Q(('no__gte', 1), ('no__lte', 65535)), name='round_number_fits_a_card'), models.CheckConstraint(condition=models.Q(('mix_ratio__in', (1, 5, 10, 20))), name='round_ratio_is_validated'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='round_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('device', models.CharField(max_length=40)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=80)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='sampling.round')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('round', 'device'), name='one_report_per_phone_and_round')],
            },
        ),
        migrations.AddField(
            model_name='line',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='sampling.round'),
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('to', models.CharField(max_length=120)),
                ('courier', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=80)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='sampling.round')),
            ],
        ),
        migrations.CreateModel(
            name='Table',
            fields=[
                ('id', models.UUIDField(default=zhegu.lib.ids.new_id, primary_key=True, serialize=False)),
                ('no', models.PositiveSmallIntegerField()),
                ('device', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.device')),
                ('grids', models.ManyToManyField(related_name='+', to='places.place')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tables', to='sampling.round')),
                ('staff', models.ManyToManyField(related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['no'],
                'constraints': [models.UniqueConstraint(fields=('round', 'no'), name='one_table_per_number')],
            },
        ),
        migrations.CreateModel(
            name='Slot',
            fields=[
                ('id', models.UUIDField(default=zhegu.lib.ids.new_id, primary_key=True, serialize=False)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('people', models.PositiveIntegerField()),
                ('called_at', models.DateTimeField(null=True)),
                ('called_by', models.CharField(blank=True, max_length=80)),
                ('grid', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slots', to='sampling.round')),
                ('table', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slots', to='sampling.table')),
            ],
            options={
                'ordering': ['starts_at', 'table__no'],
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.UUIDField(default=zhegu.lib.ids.new_id, primary_key=True, serialize=False)),
                ('households', models.IntegerField(default=0)),
                ('residents', models.IntegerField(default=0)),
                ('incomers', models.IntegerField(default=0)),
                ('done', models.IntegerField(default=0)),
                ('excused', models.IntegerField(default=0)),
                ('missing', models.IntegerField(default=0)),
                ('moved', models.IntegerField(default=0)),
                ('not_found', models.IntegerField(default=0)),
                ('single', models.IntegerField(default=0)),
                ('mixed', models.IntegerField(default=0)),
                ('at_home', models.IntegerField(default=0)),
                ('cards', models.IntegerField(default=0)),
                ('swabs', models.IntegerField(default=0)),
                ('tubes', models.IntegerField(default=0)),
                ('grid', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tallies', to='sampling.round')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('round', 'grid'), name='one_tally_per_grid'), models.UniqueConstraint(condition=models.Q(('grid', None)), fields=('round',), name='one_tally_without_a_grid')],
            },
        ),
        migrations.CreateModel(
            name='Tube',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('label', models.CharField(max_length=40)),
                ('ratio', models.PositiveSmallIntegerField()),
                ('device', models.CharField(blank=True, max_length=40)),
                ('opened_at', models.DateTimeField()),
                ('swabs', models.PositiveIntegerField(default=0)),
                ('result', models.CharField(blank=True, choices=[('negative', 'negative'), ('positive', 'positive'), ('grey', 'grey')], max_length=10)),
                ('result_at', models.DateTimeField(null=True)),
                ('result_by', models.CharField(blank=True, max_length=80)),
                ('grid', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('handover', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tubes', to='sampling.handover')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tubes', to='sampling.round')),
            ],
            options={
                'ordering': ['opened_at', 'label'],
                'indexes': [models.Index(fields=['round', 'label'], name='sampling_tu_round_i_abd328_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ratio__in', (1, 5, 10, 20))), name='tube_ratio_is_validated'), models.CheckConstraint(condition=models.Q(('result', ''), models.Q(('result_by', ''), _negated=True), _connector='OR'), name='result_has_an_author')],
            },
        ),
        migrations.CreateModel(
            name='Sample',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('serial', models.BigIntegerField(null=True)),
                ('kid', models.BinaryField(default=b'', max_length=32)),
                ('card', models.CharField(blank=True, max_length=40)),
                ('taken_at', models.DateTimeField()),
                ('taken_by', models.CharField(max_length=80)),
                ('device', models.CharField(blank=True, max_length=40)),
                ('at_home', models.BooleanField(default=False)),
                ('body_site', models.CharField(max_length=10)),
                ('override', models.CharField(blank=True, max_length=200)),
                ('aside', models.CharField(blank=True, choices=[('duplicate', 'duplicate'), ('after_closing', 'after_closing')], max_length=16)),
                ('undone_at', models.DateTimeField(null=True)),
                ('undone_by', models.CharField(blank=True, max_length=80)),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='samples', to='sampling.line')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registers.person')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='samples', to='sampling.round')),
                ('tube', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='samples', to='sampling.tube')),
            ],
            options={
                'indexes': [models.Index(fields=['round', 'taken_at'], name='sampling_sa_round_i_bf8fe6_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('aside', ''), ('undone_at', None)), fields=('round', 'person'), name='one_valid_sample_per_person_and_round'), models.UniqueConstraint(condition=models.Q(('card', 'active'), ('undone_at', None)), fields=('serial', 'kid'), name='a_card_is_one_persons'), models.CheckConstraint(condition=models.Q(models.Q(('card', 'active'), _negated=True), ('serial__isnull', False), _connector='OR'), name='active_card_has_a_serial')],
            },
        ),
        migrations.AddIndex(
            model_name='line',
            index=models.Index(fields=['round', 'standing', 'grid'], name='sampling_li_round_i_679d99_idx'),
        ),
        migrations.AddIndex(
            model_name='line',
            index=models.Index(fields=['round', 'grid'], name='sampling_li_round_i_805959_idx'),
        ),
        migrations.AddConstraint(
            model_name='line',
            constraint=models.UniqueConstraint(fields=('round', 'person'), name='one_line_per_person_and_round'),
        ),
        migrations.AddConstraint(
            model_name='line',
            constraint=models.CheckConstraint(condition=models.Q(('excuse', ''), models.Q(('excused_by', ''), _negated=True), _connector='OR'), name='excuse_has_an_author'),
        ),
        migrations.AddConstraint(
            model_name='line',
            constraint=models.CheckConstraint(condition=models.Q(('gone', ''), models.Q(('gone_by', ''), _negated=True), _connector='OR'), name='gone_has_an_author'),
        ),
        migrations.AddConstraint(
            model_name='line',
            constraint=models.CheckConstraint(condition=models.Q(('added_at', None), models.Q(('added_by', ''), ('added_reason', ''), _negated=True), _connector='OR'), name='addition_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='line',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('standing', zhegu.sampling.rules.words.Standing['EXCUSED']), _negated=True), models.Q(('excuse', ''), _negated=True), _connector='OR'), name='excused_by_an_excuse'),
        ),
        migrations.AddConstraint(
            model_name='line',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('standing', zhegu.sampling.rules.words.Standing['MOVED']), _negated=True), ('gone', zhegu.sampling.rules.words.Gone['MOVED']), _connector='OR'), name='moved_only_if_gone'),
        ),
        migrations.AddConstraint(
            model_name='line',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('standing', zhegu.sampling.rules.words.Standing['NOT_FOUND']), _negated=True), ('gone', zhegu.sampling.rules.words.Gone['NOT_FOUND']), _connector='OR'), name='not_found_only_if_gone'),
        ),
    ]
