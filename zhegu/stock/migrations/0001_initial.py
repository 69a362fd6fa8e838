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
            name='Item',
            fields=[
                ('id', models.UUIDField(default=zhegu.lib.ids.new_id, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80)),
                ('name_bo', models.CharField(blank=True, max_length=120)),
                ('spec', models.CharField(blank=True, max_length=60)),
                ('unit', models.CharField(max_length=20)),
                ('kind', models.CharField(choices=[('protective', 'protective'), ('disinfectant', 'disinfectant'), ('food', 'food'), ('daily', 'daily'), ('medical', 'medical'), ('equipment', 'equipment'), ('kit', 'kit'), ('other', 'other')], max_length=14)),
                ('eat_now', models.BooleanField(default=False)),
                ('code', models.CharField(blank=True, max_length=40)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='places.place')),
            ],
            options={
                'ordering': ['kind', 'name', 'spec'],
                'constraints': [models.UniqueConstraint(fields=('community', 'name', 'spec', 'unit'), name='one_item_of_a_name')],
            },
        ),
        migrations.CreateModel(
            name='Lot',
            fields=[
                ('id', models.UUIDField(default=zhegu.lib.ids.new_id, primary_key=True, serialize=False)),
                ('number', models.CharField(blank=True, max_length=40)),
                ('expiry', models.DateField(null=True)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lots', to='stock.item')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('item', 'number', 'expiry'), name='one_lot', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='Slip',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('no', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('purchase', 'purchase'), ('donation', 'donation'), ('from_above', 'from_above'), ('to_others', 'to_others'), ('transfer', 'transfer'), ('issue', 'issue'), ('loss', 'loss'), ('count', 'count'), ('pack', 'pack'), ('undo', 'undo')], max_length=12)),
                ('at', models.DateTimeField(db_index=True)),
                ('by', models.CharField(max_length=80)),
                ('counterpart', models.CharField(blank=True, max_length=120)),
                ('receiver', models.CharField(blank=True, max_length=80)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('undoes', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_by', to='stock.slip')),
            ],
            options={
                'ordering': ['-no'],
                'constraints': [models.UniqueConstraint(fields=('community', 'no'), name='one_slip_of_a_number')],
            },
        ),
        migrations.CreateModel(
            name='Donation',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('no', models.PositiveIntegerField()),
                ('day', models.DateField()),
                ('donor_kind', models.CharField(choices=[('person', 'person'), ('firm', 'firm'), ('unit', 'unit'), ('anonymous', 'anonymous')], max_length=10)),
                ('donor', models.CharField(blank=True, max_length=120)),
                ('contact', zhegu.vault.fields.SealedText(blank=True)),
                ('cash', models.BigIntegerField(default=0)),
                ('goods', models.CharField(blank=True, max_length=200)),
                ('value', models.BigIntegerField(default=0)),
                ('purpose', models.CharField(blank=True, max_length=200)),
                ('used_for', models.CharField(blank=True, max_length=200)),
                ('public', models.BooleanField(default=False)),
                ('received_by', models.CharField(max_length=80)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('slip', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='donation', to='stock.slip')),
            ],
            options={
                'ordering': ['-no'],
                'constraints': [models.UniqueConstraint(fields=('community', 'no'), name='one_receipt_of_a_number'), models.CheckConstraint(condition=models.Q(('cash__gte', 0), ('value__gte', 0)), name='gifts_are_not_debts')],
            },
        ),
        migrations.CreateModel(
            name='Store',
            fields=[
                ('id', models.UUIDField(default=zhegu.lib.ids.new_id, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80)),
                ('name_bo', models.CharField(blank=True, max_length=120)),
                ('kind', models.CharField(choices=[('yard', 'yard'), ('warehouse', 'warehouse'), ('garage', 'garage'), ('checkpoint', 'checkpoint'), ('shop', 'shop')], max_length=12)),
                ('closed', models.DateTimeField(null=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stores', to='places.place')),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('community', 'name'), name='one_store_of_a_name')],
            },
        ),
        migrations.CreateModel(
            name='Move',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bin', models.CharField(blank=True, max_length=20)),
                ('amount', models.BigIntegerField()),
                ('price', models.BigIntegerField(default=0)),
                ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='stock.lot')),
                ('slip', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='stock.slip')),
                ('into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.store')),
                ('out_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.store')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='a_move_moves_something'), models.CheckConstraint(condition=models.Q(models.Q(('into', None), ('out_of', None), _negated=True), models.Q(('out_of', None), ('into', None), models.Q(('out_of', models.F('into')), _negated=True), _connector='OR')), name='a_move_goes_somewhere')],
            },
        ),
        migrations.CreateModel(
            name='Balance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bin', models.CharField(blank=True, max_length=20)),
                ('amount', models.BigIntegerField()),
                ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='balances', to='stock.lot')),
                ('store', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='balances', to='stock.store')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('store', 'lot'), name='one_balance'), models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='stock_is_never_negative')],
            },
        ),
    ]
