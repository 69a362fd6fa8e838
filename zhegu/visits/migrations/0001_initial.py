import django.db.models.deletion
import zhegu.lib.ids
import zhegu.vault.fields
import zhegu.visits.rules
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('outbreaks', '0002_reviews_and_risk_areas'),
        ('places', '0001_initial'),
        ('registers', '0005_fewer_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Campaign',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('no', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=80)),
                ('name_bo', models.CharField(blank=True, max_length=120)),
                ('questions', models.JSONField(default=list)),
                ('masks', models.BooleanField(default=False)),
                ('advice', models.CharField(blank=True, max_length=400)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('opened_at', models.DateTimeField()),
                ('opened_by', models.CharField(max_length=80)),
                ('closed_at', models.DateTimeField(null=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='campaigns', to='places.place')),
                ('outbreak', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outbreaks.outbreak')),
            ],
            options={
                'ordering': ['-no'],
                'constraints': [models.UniqueConstraint(fields=('community', 'no'), name='one_campaign_of_a_number'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='a_campaign_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='Door',
            fields=[
                ('id', models.UUIDField(default=zhegu.lib.ids.new_id, primary_key=True, serialize=False)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('where', models.CharField(blank=True, max_length=200)),
                ('order', models.PositiveIntegerField(default=0)),
                ('people', models.PositiveIntegerField(default=0)),
                ('added_at', models.DateTimeField(null=True)),
                ('added_by', models.CharField(blank=True, max_length=80)),
                ('standing', models.CharField(choices=[('done', 'done'), ('excused', 'excused'), ('missing', 'missing'), ('moved', 'moved'), ('not_found', 'not_found')], default=zhegu.visits.rules.Standing['MISSING'], max_length=10)),
                ('clash', models.BooleanField(default=False)),
                ('visit', models.UUIDField(null=True)),
                ('word', models.UUIDField(null=True)),
                ('excuse', models.CharField(blank=True, max_length=12)),
                ('reason', models.CharField(blank=True, max_length=20)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='doors', to='visits.campaign')),
                ('grid', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('household', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registers.household')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registers.person')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
            options={
                'indexes': [models.Index(fields=['campaign', 'standing', 'grid'], name='visits_door_campaig_21232c_idx')],
                'constraints': [models.UniqueConstraint(fields=('campaign', 'household'), name='one_door_a_household'), models.UniqueConstraint(fields=('campaign', 'person'), name='one_door_a_person'), models.CheckConstraint(condition=models.Q(('household', None), ('name', ''), ('person', None), _negated=True), name='a_door_is_somebodys'), models.CheckConstraint(condition=models.Q(('added_at', None), models.Q(('added_by', ''), _negated=True), _connector='OR'), name='an_added_door_has_an_author')],
            },
        ),
        migrations.CreateModel(
            name='Said',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('what', models.CharField(choices=[('visit', 'visit'), ('excuse', 'excuse'), ('gone', 'gone'), ('missing', 'missing'), ('back', 'back')], max_length=8)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=80)),
                ('on_behalf', models.CharField(blank=True, max_length=80)),
                ('from_paper', models.BooleanField(default=False)),
                ('follows', models.UUIDField(null=True)),
                ('code', models.CharField(blank=True, max_length=20)),
                ('answers', zhegu.vault.fields.SealedText(blank=True, default='')),
                ('masks', models.PositiveSmallIntegerField(default=0)),
                ('advised', models.BooleanField(default=False)),
                ('note', zhegu.vault.fields.SealedText(blank=True, default='')),
                ('undone', models.DateTimeField(null=True)),
                ('aside', models.DateTimeField(null=True)),
                ('door', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='said', to='visits.door')),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
    ]
