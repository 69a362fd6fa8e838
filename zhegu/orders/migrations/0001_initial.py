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
            name='Desk',
            fields=[
                ('community', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='places.place')),
                ('last_order', models.PositiveIntegerField(default=0)),
                ('last_batch', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.UUIDField(default=zhegu.lib.ids.new_id, primary_key=True, serialize=False)),
                ('no', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('goods', 'goods'), ('gas', 'gas'), ('medicine', 'medicine')], max_length=8)),
                ('name', models.CharField(max_length=80)),
                ('cut_off', models.DateTimeField()),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=80)),
                ('closed', models.DateTimeField(null=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='places.place')),
            ],
            options={
                'ordering': ['-no'],
                'constraints': [models.UniqueConstraint(fields=('community', 'no'), name='one_batch_of_a_number')],
            },
        ),
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('no', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('goods', 'goods'), ('gas', 'gas'), ('medicine', 'medicine')], max_length=8)),
                ('source', models.CharField(choices=[('chat', 'chat'), ('workbook', 'workbook'), ('call', 'call'), ('menu', 'menu'), ('slip', 'slip'), ('round', 'round')], max_length=8)),
                ('door', models.CharField(blank=True, max_length=40)),
                ('asker', zhegu.vault.fields.SealedText(blank=True, default='')),
                ('phone', zhegu.vault.fields.SealedText(blank=True, default='')),
                ('note', zhegu.vault.fields.SealedText(blank=True, default='')),
                ('urgent', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=80)),
                ('cancelled', models.DateTimeField(null=True)),
                ('delivered', models.DateTimeField(null=True)),
                ('batch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='orders.batch')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='places.place')),
                ('grid', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('household', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='registers.household')),
                ('outbreak', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outbreaks.outbreak')),
            ],
            options={
                'ordering': ['no'],
                'indexes': [models.Index(fields=['community', 'kind', '-no'], name='orders_orde_communi_9748ee_idx'), models.Index(condition=models.Q(('batch', None), ('cancelled', None), ('delivered', None)), fields=['community', 'kind'], name='orders_open')],
                'constraints': [models.UniqueConstraint(fields=('community', 'no'), name='one_order_of_a_number'), models.CheckConstraint(condition=models.Q(('cancelled', None), ('delivered', None), _connector='OR'), name='never_cancelled_and_delivered')],
            },
        ),
        migrations.CreateModel(
            name='Back',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=80)),
                ('reason', models.CharField(choices=[('not_home', 'not_home'), ('refused', 'refused'), ('wrong', 'wrong'), ('damaged', 'damaged'), ('sold_out', 'sold_out'), ('cannot_be_filled', 'cannot_be_filled'), ('no_time', 'no_time'), ('other', 'other')], max_length=20)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.batch')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='backs', to='orders.order')),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='OrderLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('item', models.CharField(max_length=80)),
                ('quantity', models.PositiveIntegerField()),
                ('unit', models.CharField(blank=True, max_length=20)),
                ('spec', models.CharField(blank=True, max_length=40)),
                ('price', models.BigIntegerField(null=True)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='orders.order')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('order', 'position'), name='one_line_at_a_position'), models.CheckConstraint(condition=models.Q(('quantity__gte', 1)), name='a_line_asks_for_something'), models.CheckConstraint(condition=models.Q(('price', None), ('price__gte', 0), _connector='OR'), name='a_price_is_not_below_nought')],
            },
        ),
    ]
