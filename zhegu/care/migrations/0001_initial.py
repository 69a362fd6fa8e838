import django.db.models.deletion
import zhegu.lib.ids
import zhegu.vault.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('places', '0001_initial'),
        ('registers', '0005_fewer_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='CareNeed',
            fields=[
                ('id', models.UUIDField(default=zhegu.lib.ids.new_id, primary_key=True, serialize=False)),
                ('categories', models.JSONField(default=list)),
                ('every_days', models.PositiveSmallIntegerField(default=7)),
                ('illness', zhegu.vault.fields.SealedText(blank=True, default='')),
                ('medicine', zhegu.vault.fields.SealedText(blank=True, default='')),
                ('medicine_until', models.DateField(null=True)),
                ('due_on', models.DateField(null=True)),
                ('contact_name', zhegu.vault.fields.SealedText(blank=True, default='')),
                ('contact_phone', zhegu.vault.fields.SealedText(blank=True, default='')),
                ('need', zhegu.vault.fields.SealedText(blank=True, default='')),
                ('source', models.CharField(choices=[('office', 'office'), ('note', 'note'), ('survey', 'survey')], max_length=8)),
                ('since', models.DateTimeField()),
                ('by', models.CharField(max_length=80)),
                ('last_contact', models.DateTimeField(null=True)),
                ('ended', models.DateTimeField(null=True)),
                ('ended_why', zhegu.vault.fields.SealedText(blank=True, default='')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('helper', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='care', to='registers.person')),
            ],
            options={
                'indexes': [models.Index(fields=['community', 'ended'], name='care_carene_communi_04c357_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended', None)), fields=('person',), name='one_open_care')],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=80)),
                ('how', models.CharField(choices=[('phone', 'phone'), ('door', 'door'), ('message', 'message')], max_length=8)),
                ('reached', models.BooleanField(default=True)),
                ('need', zhegu.vault.fields.SealedText(blank=True, default='')),
                ('result', zhegu.vault.fields.SealedText(blank=True, default='')),
                ('undone', models.DateTimeField(null=True)),
                ('care', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='care.careneed')),
            ],
            options={
                'ordering': ['-at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Hint',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('source', models.CharField(choices=[('office', 'office'), ('note', 'note'), ('survey', 'survey')], max_length=8)),
                ('categories', models.JSONField(default=list)),
                ('words', zhegu.vault.fields.SealedText(blank=True, default='')),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=80)),
                ('settled', models.DateTimeField(null=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('household', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='registers.household')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='registers.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('household', None), ('person', None), _negated=True), name='a_hint_is_about_somebody')],
            },
        ),
    ]
