import django.db.models.deletion
import zhegu.lib.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Root',
            fields=[
                ('id', models.UUIDField(default=zhegu.lib.ids.new_id, primary_key=True, serialize=False)),
                ('point', models.BinaryField(max_length=65, unique=True)),
                ('certificate', models.BinaryField()),
                ('made', models.DateTimeField()),
                ('printed', models.DateTimeField(null=True)),
                ('put_away', models.DateTimeField(null=True)),
                ('only', models.BooleanField(default=True, editable=False, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='CardKey',
            fields=[
                ('id', models.UUIDField(default=zhegu.lib.ids.new_id, primary_key=True, serialize=False)),
                ('role', models.PositiveSmallIntegerField()),
                ('month', models.CharField(max_length=7)),
                ('edition', models.PositiveSmallIntegerField(default=1)),
                ('kid', models.BinaryField(max_length=8, unique=True)),
                ('certificate', models.BinaryField()),
                ('opens', models.DateTimeField()),
                ('closes', models.DateTimeField()),
                ('listed', models.DateTimeField(null=True)),
                ('revoked', models.DateTimeField(null=True)),
                ('why', models.CharField(blank=True, max_length=200)),
                ('community', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='card_keys', to='places.place')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('community', 'role', 'month', 'edition'), name='one_card_key_per_role_and_month')],
            },
        ),
        migrations.CreateModel(
            name='ClosedRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round_no', models.PositiveIntegerField()),
                ('closed', models.DateTimeField()),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('community', 'round_no'), name='one_closed_round')],
            },
        ),
        migrations.CreateModel(
            name='IssuedCard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.PositiveSmallIntegerField(default=1)),
                ('round_no', models.PositiveIntegerField()),
                ('grid_no', models.PositiveIntegerField()),
                ('serial', models.BigIntegerField()),
                ('time', models.BigIntegerField()),
                ('iat', models.BigIntegerField()),
                ('exp', models.BigIntegerField()),
                ('holder', models.BinaryField(default=b'', max_length=10)),
                ('activated', models.DateTimeField(null=True)),
                ('revoked', models.DateTimeField(null=True)),
                ('why', models.CharField(blank=True, max_length=200)),
                ('purpose', models.CharField(default='sampling_card', max_length=24)),
                ('outbreak', models.UUIDField(null=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cards', to='cards.cardkey')),
            ],
            options={
                'indexes': [models.Index(fields=['community', 'round_no', 'grid_no'], name='cards_issue_communi_be0d19_idx'), models.Index(condition=models.Q(('revoked', None), _negated=True), fields=['exp'], name='card_revoked'), models.Index(condition=models.Q(('activated', None), ('holder', b'')), fields=['exp'], name='card_not_handed_out')],
                'constraints': [models.UniqueConstraint(fields=('community', 'kind', 'serial'), name='one_card_per_serial'), models.CheckConstraint(condition=models.Q(('serial__gte', 1), ('serial__lt', 9007199254740992)), name='card_serial_fits'), models.CheckConstraint(condition=models.Q(('round_no__gte', 1), ('round_no__lte', 65535)), name='card_round_fits'), models.CheckConstraint(condition=models.Q(('grid_no__gte', 1), ('grid_no__lte', 255)), name='card_grid_fits')],
            },
        ),
        migrations.CreateModel(
            name='SignedList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=10)),
                ('place', models.CharField(blank=True, max_length=15)),
                ('round_no', models.PositiveIntegerField(default=0)),
                ('seq', models.PositiveBigIntegerField()),
                ('made', models.DateTimeField()),
                ('facts', models.BinaryField(max_length=32)),
                ('signed', models.BinaryField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('what', 'place', 'round_no'), name='one_signed_list')],
            },
        ),
        migrations.CreateModel(
            name='CardCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.PositiveSmallIntegerField()),
                ('round_no', models.PositiveIntegerField()),
                ('grid_no', models.PositiveIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('community', 'kind', 'round_no', 'grid_no'), name='one_card_count')],
            },
        ),
    ]
