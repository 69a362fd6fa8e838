import django.db.models.deletion
import zhegu.deliveries.rules.custody
import zhegu.lib.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('orders', '0001_initial'),
        ('outbreaks', '0001_initial'),
        ('places', '0001_initial'),
        ('registers', '0005_fewer_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='ErrandRun',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('deliver', 'deliver'), ('collect', 'collect'), ('collect-process-return', 'collect-process-return')], max_length=24)),
                ('name', models.CharField(max_length=80)),
                ('depot', models.CharField(blank=True, max_length=80)),
                ('station', models.CharField(blank=True, max_length=80)),
                ('station_metres', models.PositiveIntegerField(default=0)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=80)),
                ('plan', models.JSONField(default=dict)),
                ('planned', models.DateTimeField(null=True)),
                ('begun', models.DateTimeField(null=True)),
                ('closed', models.DateTimeField(null=True)),
                ('paid', models.BigIntegerField(null=True)),
                ('batch', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='run', to='orders.batch')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='places.place')),
                ('outbreak', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outbreaks.outbreak')),
            ],
            options={
                'ordering': ['-at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('begun', None), ('planned__isnull', False), _connector='OR'), name='a_run_begins_planned'), models.CheckConstraint(condition=models.Q(('closed', None), ('begun__isnull', False), _connector='OR'), name='a_run_closes_begun')],
            },
        ),
        migrations.CreateModel(
            name='GridWay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('metres', models.PositiveIntegerField()),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.place')),
                ('one', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.place')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.place')),
            ],
            options={
                'ordering': ['one__no', 'other__no'],
                'constraints': [models.UniqueConstraint(fields=('one', 'other'), name='one_way_between_grids')],
            },
        ),
        migrations.CreateModel(
            name='Parcel',
            fields=[
                ('id', models.UUIDField(default=zhegu.lib.ids.new_id, primary_key=True, serialize=False)),
                ('no', models.PositiveSmallIntegerField()),
                ('thing', models.CharField(choices=[('parcel', 'parcel'), ('cylinder', 'cylinder'), ('bag', 'bag')], max_length=8)),
                ('what', models.CharField(blank=True, max_length=120)),
                ('size', models.CharField(blank=True, max_length=40)),
                ('mark', models.CharField(blank=True, max_length=40)),
                ('price', models.BigIntegerField(default=0)),
                ('holder', models.CharField(max_length=80)),
                ('links', models.PositiveSmallIntegerField(default=0)),
                ('collected', models.DateTimeField(null=True)),
                ('filled', models.DateTimeField(null=True)),
                ('disinfected', models.DateTimeField(null=True)),
                ('returned', models.DateTimeField(null=True)),
                ('unfit', models.CharField(blank=True, choices=[('leaking', 'leaking'), ('expired', 'expired'), ('damaged', 'damaged'), ('no_gas', 'no_gas')], max_length=10)),
                ('order', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='parcels', to='orders.order')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parcels', to='deliveries.errandrun')),
            ],
            options={
                'ordering': ['no'],
            },
        ),
        migrations.CreateModel(
            name='HandOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('n', models.PositiveSmallIntegerField()),
                ('ref', models.UUIDField(db_index=True)),
                ('giver', models.CharField(max_length=80)),
                ('taker', models.CharField(max_length=80)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=80)),
                ('witness', models.CharField(choices=[('both', 'both'), ('door', 'door'), ('paper', 'paper'), ('taken_back', 'taken_back')], max_length=10)),
                ('knocked', models.DateTimeField(null=True)),
                ('called', models.BooleanField(default=False)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('confirmed', models.DateTimeField(null=True)),
                ('confirmed_by', models.CharField(blank=True, max_length=80)),
                ('parcel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='chain', to='deliveries.parcel')),
            ],
            options={
                'ordering': ['parcel', 'n'],
                'indexes': [models.Index(condition=models.Q(('confirmed', None), ('witness', 'both')), fields=['taker'], name='to_be_confirmed')],
                'constraints': [models.UniqueConstraint(fields=('parcel', 'n'), name='one_link_of_a_chain'), models.CheckConstraint(condition=models.Q(('giver', models.F('taker')), _negated=True), name='from_one_to_another'), models.CheckConstraint(condition=models.Q(models.Q(('witness', zhegu.deliveries.rules.custody.Witness['DOOR']), _negated=True), ('knocked__isnull', False), _connector='OR'), name='the_door_was_knocked_at')],
            },
        ),
        migrations.CreateModel(
            name='RunMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('truck', models.PositiveSmallIntegerField(null=True)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='team', to='deliveries.errandrun')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('run', 'staff'), name='once_in_a_team')],
            },
        ),
        migrations.CreateModel(
            name='RunStop',
            fields=[
                ('id', models.UUIDField(default=zhegu.lib.ids.new_id, primary_key=True, serialize=False)),
                ('no', models.PositiveSmallIntegerField()),
                ('door', models.CharField(max_length=40)),
                ('x', models.IntegerField(default=0)),
                ('y', models.IntegerField(default=0)),
                ('urgent', models.BooleanField(default=False)),
                ('due', models.BigIntegerField(default=0)),
                ('skipped', models.DateTimeField(null=True)),
                ('skip_reason', models.CharField(blank=True, choices=[('not_home', 'not_home'), ('refused', 'refused'), ('wrong', 'wrong'), ('damaged', 'damaged'), ('sold_out', 'sold_out'), ('cannot_be_filled', 'cannot_be_filled'), ('no_time', 'no_time'), ('other', 'other')], max_length=20)),
                ('grid', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('household', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registers.household')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stops', to='deliveries.errandrun')),
            ],
            options={
                'ordering': ['no'],
                'constraints': [models.UniqueConstraint(fields=('run', 'no'), name='one_stop_of_a_number')],
            },
        ),
        migrations.AddField(
            model_name='parcel',
            name='stop',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parcels', to='deliveries.runstop'),
        ),
        migrations.CreateModel(
            name='CashEntry',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('top_up', 'top_up'), ('lent', 'lent'), ('spent', 'spent'), ('change', 'change')], max_length=8)),
                ('fen', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=80)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('undone', models.DateTimeField(null=True)),
                ('stop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cash', to='deliveries.runstop')),
            ],
            options={
                'ordering': ['at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('fen__gt', 0)), name='cash_moves_something'), models.CheckConstraint(condition=models.Q(models.Q(('kind', zhegu.deliveries.rules.custody.CashKind['LENT']), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='lent_for_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='CashCount',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('fen', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=80)),
                ('stop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='counts', to='deliveries.runstop')),
            ],
            options={
                'ordering': ['at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('fen__gte', 0)), name='a_count_is_not_below_nought')],
            },
        ),
        migrations.CreateModel(
            name='RunTruck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('no', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=60)),
                ('capacity', models.PositiveSmallIntegerField()),
                ('shift_minutes', models.PositiveSmallIntegerField()),
                ('out', models.DateTimeField(null=True)),
                ('driven', models.PositiveIntegerField(null=True)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='trucks', to='deliveries.errandrun')),
            ],
            options={
                'ordering': ['no'],
                'constraints': [models.UniqueConstraint(fields=('run', 'no'), name='one_truck_of_a_number')],
            },
        ),
        migrations.CreateModel(
            name='RunVisit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('truck', models.PositiveSmallIntegerField()),
                ('day', models.PositiveSmallIntegerField()),
                ('position', models.PositiveIntegerField()),
                ('place', models.CharField(max_length=8)),
                ('minute', models.PositiveIntegerField()),
                ('collect', models.JSONField(default=list)),
                ('hand_back', models.JSONField(default=list)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='deliveries.errandrun')),
                ('stop', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='deliveries.runstop')),
            ],
            options={
                'ordering': ['truck', 'position'],
                'constraints': [models.UniqueConstraint(fields=('run', 'truck', 'position'), name='one_visit_at_a_position')],
            },
        ),
        migrations.AddIndex(
            model_name='parcel',
            index=models.Index(fields=['run', 'holder'], name='deliveries__run_id_8072cb_idx'),
        ),
        migrations.AddConstraint(
            model_name='parcel',
            constraint=models.UniqueConstraint(fields=('run', 'no'), name='one_parcel_of_a_number'),
        ),
        migrations.AddConstraint(
            model_name='parcel',
            constraint=models.UniqueConstraint(condition=models.Q(('mark', ''), _negated=True), fields=('run', 'mark'), name='one_cylinder_of_a_mark'),
        ),
        migrations.AddConstraint(
            model_name='parcel',
            constraint=models.CheckConstraint(condition=models.Q(('holder', ''), _negated=True), name='somebody_holds_it'),
        ),
        migrations.AddConstraint(
            model_name='parcel',
            constraint=models.CheckConstraint(condition=models.Q(('filled', None), ('unfit', ''), _connector='OR'), name='filled_or_unfit'),
        ),
        migrations.AddConstraint(
            model_name='parcel',
            constraint=models.CheckConstraint(condition=models.Q(('filled', None), ('collected__isnull', False), _connector='OR'), name='collected_before_filled'),
        ),
        migrations.AddConstraint(
            model_name='parcel',
            constraint=models.CheckConstraint(condition=models.Q(('disinfected', None), ('filled__isnull', False), models.Q(('unfit', ''), _negated=True), _connector='OR'), name='filled_before_disinfected'),
        ),
        migrations.AddConstraint(
            model_name='parcel',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('thing', zhegu.deliveries.rules.custody.Thing['CYLINDER']), _negated=True), ('returned', None), ('disinfected__isnull', False), _connector='OR'), name='disinfected_before_returned'),
        ),
        migrations.AddConstraint(
            model_name='parcel',
            constraint=models.CheckConstraint(condition=models.Q(('returned', None), ('holder', 'door'), _connector='OR'), name='returned_is_at_the_door'),
        ),
    ]
