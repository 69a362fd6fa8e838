import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("orders", "0002_medicine"), ("places", "__first__")]

    operations = [
        migrations.CreateModel(
            name="Shop",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80)),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("token_hash", models.BinaryField(max_length=32, unique=True)),
                ("community", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place")),
            ],
            options={
                "ordering": ["name"],
                "constraints": [models.UniqueConstraint(fields=("community", "name"), name="one_shop_of_a_name")],
            },
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("item", models.CharField(max_length=80)),
                ("unit", models.CharField(blank=True, max_length=20)),
                ("spec", models.CharField(blank=True, max_length=40)),
                ("price", models.BigIntegerField()),
                ("stock", models.PositiveIntegerField(null=True)),
                ("per_home", models.PositiveIntegerField(null=True)),
                ("off", models.DateTimeField(null=True)),
                ("shop", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="offers", to="orders.shop")),
            ],
            options={
                "ordering": ["item", "spec"],
                "constraints": [
                    models.UniqueConstraint(fields=("shop", "day", "item", "spec"), name="one_offer_of_a_thing_a_day"),
                    models.CheckConstraint(condition=Q(price__gte=0), name="an_offer_costs_not_below_nought"),
                ],
            },
        ),
        migrations.AddField(
            model_name="orderline",
            name="offer",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="orders.offer"),
        ),
    ]
