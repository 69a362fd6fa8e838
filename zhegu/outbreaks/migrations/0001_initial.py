import django.db.models.deletion
import zhegu.lib.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('places', '0001_initial'),
        ('registers', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Outbreak',
            fields=[
                ('id', models.UUIDField(default=zhegu.lib.ids.new_id, primary_key=True, serialize=False)),
                ('profile_id', models.CharField(max_length=80)),
                ('profile', models.JSONField()),
                ('opened', models.DateTimeField()),
                ('closed', models.DateTimeField(null=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outbreaks', to='places.place')),
            ],
            options={
                'ordering': ['-opened'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed', None)), fields=('community', 'profile_id'), name='one_open_outbreak_per_disease')],
            },
        ),
        migrations.CreateModel(
            name='Standing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('isolated', 'isolated'), ('contact', 'contact'), ('none', 'none')], max_length=10)),
                ('since', models.DateTimeField()),
                ('outbreak', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='standings', to='outbreaks.outbreak')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registers.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('outbreak', 'person'), name='one_standing_per_person')],
            },
        ),
        migrations.CreateModel(
            name='Tested',
            fields=[
                ('id', models.UUIDField(default=zhegu.lib.ids.new_id, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('result', models.CharField(choices=[('negative', 'negative'), ('positive', 'positive'), ('grey', 'grey')], max_length=10)),
                ('outbreak', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tests', to='outbreaks.outbreak')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registers.person')),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'at'], name='outbreaks_t_person__e7b652_idx')],
                'constraints': [models.UniqueConstraint(fields=('outbreak', 'person', 'at'), name='one_result_per_swab')],
            },
        ),
    ]
