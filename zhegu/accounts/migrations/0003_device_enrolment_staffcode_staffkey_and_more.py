import django.db.models.deletion
import zhegu.lib.ids
import zhegu.vault.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_wrongpassword'),
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Device',
            fields=[
                ('id', models.UUIDField(default=zhegu.lib.ids.new_id, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60)),
                ('table_no', models.PositiveIntegerField()),
                ('token_hash', models.BinaryField(max_length=32, unique=True)),
                ('token_prefix', models.CharField(max_length=8)),
                ('enrolled_by', models.CharField(max_length=80)),
                ('enrolled_at', models.DateTimeField()),
                ('expires', models.DateTimeField()),
                ('revoked', models.DateTimeField(null=True)),
                ('last_seen', models.DateTimeField(null=True)),
                ('unsent', models.PositiveIntegerField(null=True)),
                ('emptied', models.DateTimeField(null=True)),
                ('written_off', models.DateTimeField(null=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='places.place')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('community', 'table_no'), name='one_device_per_table_no')],
            },
        ),
        migrations.CreateModel(
            name='Enrolment',
            fields=[
                ('id', models.UUIDField(default=zhegu.lib.ids.new_id, primary_key=True, serialize=False)),
                ('token_hash', models.BinaryField(max_length=32, unique=True)),
                ('code_hash', models.BinaryField(max_length=32, unique=True)),
                ('made_by', models.CharField(max_length=80)),
                ('made_at', models.DateTimeField()),
                ('expires', models.DateTimeField()),
                ('asked_by', models.CharField(blank=True, max_length=40)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='places.place')),
                ('device', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to='accounts.device')),
            ],
        ),
        migrations.CreateModel(
            name='StaffCode',
            fields=[
                ('id', models.UUIDField(default=zhegu.lib.ids.new_id, primary_key=True, serialize=False)),
                ('code_hash', models.BinaryField(max_length=32, unique=True)),
                ('made_by', models.CharField(max_length=80)),
                ('made_at', models.DateTimeField()),
                ('expires', models.DateTimeField()),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='places.place')),
                ('device', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to='accounts.device')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='StaffKey',
            fields=[
                ('id', models.UUIDField(default=zhegu.lib.ids.new_id, primary_key=True, serialize=False)),
                ('key', zhegu.vault.fields.SealedText()),
                ('since', models.DateTimeField()),
                ('revoked', models.DateTimeField(null=True)),
                ('device', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keys', to='accounts.device')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('device', 'staff'), name='one_key_per_device_and_person')],
            },
        ),
    ]
