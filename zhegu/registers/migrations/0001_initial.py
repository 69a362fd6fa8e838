import django.db.models.deletion
import zhegu.lib.ids
import zhegu.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Household',
            fields=[
                ('id', models.UUIDField(default=zhegu.lib.ids.new_id, primary_key=True, serialize=False)),
                ('no', models.CharField(blank=True, max_length=40)),
                ('head_name', models.CharField(blank=True, max_length=120)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('door', models.CharField(blank=True, max_length=40)),
                ('order', models.PositiveIntegerField(default=0)),
                ('ended', models.DateTimeField(null=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='households', to='places.place')),
                ('grid', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
            options={
                'indexes': [models.Index(fields=['community', 'no'], name='registers_h_communi_77da54_idx'), models.Index(fields=['grid', 'order'], name='registers_h_grid_id_e2d963_idx'), models.Index(fields=['community', 'door'], name='registers_h_communi_beb725_idx')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.UUIDField(default=zhegu.lib.ids.new_id, primary_key=True, serialize=False)),
                ('residence', models.CharField(choices=[('resident', 'Resident'), ('incomer', 'Incomer')], default='resident', max_length=10)),
                ('relation', models.CharField(blank=True, max_length=40)),
                ('name', models.CharField(max_length=120)),
                ('name_bo', models.CharField(blank=True, max_length=200)),
                ('nickname', models.CharField(blank=True, max_length=80)),
                ('sex', models.CharField(blank=True, max_length=1)),
                ('birth_date', models.DateField(null=True)),
                ('birth_year', models.PositiveSmallIntegerField(null=True)),
                ('id_kind', models.CharField(blank=True, max_length=24)),
                ('id_valid', models.BooleanField(default=False)),
                ('id_number', zhegu.vault.fields.SealedText(blank=True, default='')),
                ('id_index', models.BinaryField(default=b'', max_length=16)),
                ('id_tail_index', models.BinaryField(default=b'', max_length=16)),
                ('phone', zhegu.vault.fields.SealedText(blank=True, default='')),
                ('phone_index', models.BinaryField(default=b'', max_length=16)),
                ('phone_tail_index', models.BinaryField(default=b'', max_length=16)),
                ('note', zhegu.vault.fields.SealedText(blank=True, default='')),
                ('code', models.CharField(max_length=17, unique=True)),
                ('presence', models.CharField(choices=[('here', 'Here'), ('away', 'Away'), ('moved_away', 'Moved Away'), ('died', 'Died')], default='here', max_length=12)),
                ('presence_since', models.DateField(null=True)),
                ('added', models.DateTimeField()),
                ('purpose', models.CharField(default='register', max_length=24)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='places.place')),
                ('grid', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('household', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='members', to='registers.household')),
                ('merged_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='registers.person')),
            ],
            options={
                'indexes': [models.Index(fields=['community', 'presence'], name='registers_p_communi_0d75c3_idx'), models.Index(fields=['grid', 'name'], name='registers_p_grid_id_f9a19e_idx'), models.Index(condition=models.Q(('id_index', b''), _negated=True), fields=['id_index'], name='person_by_id'), models.Index(condition=models.Q(('id_tail_index', b''), _negated=True), fields=['id_tail_index'], name='person_by_id_tail'), models.Index(condition=models.Q(('phone_index', b''), _negated=True), fields=['phone_index'], name='person_by_phone'), models.Index(condition=models.Q(('phone_tail_index', b''), _negated=True), fields=['phone_tail_index'], name='person_by_phone_tail')],
            },
        ),
        migrations.CreateModel(
            name='NameKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=10)),
                ('key', models.CharField(max_length=200)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keys', to='registers.person')),
            ],
            options={
                'indexes': [models.Index(fields=['community', 'key'], name='registers_n_communi_110c58_idx')],
            },
        ),
    ]
