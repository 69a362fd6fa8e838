"""Whoever worked at a table sat there as a sampler; from now on each seat says what is done there."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

DUTIES = ["sampler", "registrar", "tube_keeper", "guide", "disinfector"]


def seat_everybody(apps, schema_editor):
    table, seat = apps.get_model("sampling", "Table"), apps.get_model("sampling", "Seat")
    seat.objects.bulk_create(
        seat(table_id=row.table_id, staff_id=row.staff_id, duty="sampler") for row in table.staff.through.objects.all()
    )


class Migration(migrations.Migration):
    dependencies = [("sampling", "0002_arrival"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.CreateModel(
            name="Seat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("duty", models.CharField(choices=[(duty, duty) for duty in DUTIES], max_length=12)),
                ("staff", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("table", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="seats", to="sampling.table")),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.UniqueConstraint(fields=("table", "staff"), name="one_seat_each_at_a_table"),
        ),
        migrations.RunPython(seat_everybody, migrations.RunPython.noop),
        migrations.RemoveField(model_name="table", name="staff"),
        migrations.AddField(
            model_name="table",
            name="staff",
            field=models.ManyToManyField(related_name="+", through="sampling.Seat", to=settings.AUTH_USER_MODEL),
        ),
    ]
