"""When a report was locked: of those there already, from their approvals and who led where at each of them."""

from typing import Any

from django.db import migrations, models
from django.db.models import Q

LEVELS = {"community": 12, "town": 9, "county": 6}


def fill(apps: Any, schema_editor: Any) -> None:
    """The first approval after which every level that had somebody who led there had spoken."""
    grants = apps.get_model("accounts", "RoleGrant").objects.filter(role="leader")
    for report in apps.get_model("reports", "PeriodReport").objects.select_related("community"):
        spoken = set()
        for step in report.steps.order_by("at", "pk"):
            if step.step not in LEVELS:
                continue
            spoken.add(step.step)
            then = grants.filter(Q(until=None) | Q(until__gt=step.at), since__lte=step.at)
            codes = {report.community.code[:long]: level for level, long in LEVELS.items()}
            led = {codes[code] for code in then.filter(place__code__in=codes).values_list("place__code", flat=True)}
            if spoken >= led | {"community"}:
                report.locked_at = step.at
                report.save(update_fields=["locked_at"])
                break


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_capacity"), ("reports", "0006_own_columns")]

    operations = [
        migrations.AddField(model_name="periodreport", name="locked_at", field=models.DateTimeField(null=True)),
        migrations.AlterField(
            model_name="periodstep",
            name="step",
            field=models.CharField(
                choices=[
                    ("handed", "handed"), ("community", "community"), ("town", "town"), ("county", "county"),
                    ("closed", "closed"), ("returned", "returned"),
                ],
                max_length=10,
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]  # fmt: skip
