"""The peer of P4: django-import-export with tablib, from PyPI in an environment of its own, on SQLite.

`measure(workbook)` gives its CPU seconds; Absent is raised where the environment cannot be made.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / ".bench" / "import_export"
WANTED = ["django==5.2.*", "django-import-export==4.4.3", "tablib[xlsx]"]

SCRIPT = '''
import json, re, sys, time
from datetime import date, datetime

import django
from django.conf import settings

settings.configure(
    INSTALLED_APPS=["import_export", "__main__"], DEFAULT_AUTO_FIELD="django.db.models.BigAutoField", USE_TZ=True,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": sys.argv[2]}},
)
django.setup()
from django.core.exceptions import ValidationError
from django.db import connection, models
from import_export import fields, resources, widgets
from tablib import Dataset

WEIGHTS, CHECKS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"


def checked_id(value):
    if value and (len(value) != 18 or CHECKS[sum(int(d) * w for d, w in zip(value, WEIGHTS)) % 11] != value[17]):
        raise ValidationError("id")


def checked_phone(value):
    if value and not re.fullmatch("1[3-9][0-9]{9}", value):
        raise ValidationError("phone")


class Household(models.Model):
    number = models.CharField(max_length=20, unique=True)
    head = models.CharField(max_length=120)

    class Meta:
        app_label = "__main__"


class Person(models.Model):
    serial = models.IntegerField(unique=True)
    grid = models.CharField(max_length=20, db_index=True)
    household = models.ForeignKey(Household, models.PROTECT)
    name = models.CharField(max_length=120, db_index=True)
    relation = models.CharField(max_length=40)
    sex = models.CharField(max_length=2)
    number = models.CharField(max_length=20, blank=True, db_index=True, validators=[checked_id])
    birth = models.DateField(null=True)
    phone = models.CharField(max_length=20, blank=True, validators=[checked_phone])
    address = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        app_label = "__main__"


class Day(widgets.Widget):
    def clean(self, value, row=None, **kwargs):
        if isinstance(value, datetime):
            return value.date()
        parts = [int(p) for p in re.findall("[0-9]+", str(value or ""))]
        if len(parts) == 1 and parts[0] > 10**7:
            parts = [parts[0] // 10000, parts[0] // 100 % 100, parts[0] % 100]
        return date(*parts) if len(parts) == 3 else None


class Plain(resources.ModelResource):
    birth = fields.Field("birth", "birth", widget=Day())
    household = fields.Field("household", "household", widget=widgets.ForeignKeyWidget(Household, "number"))

    def before_import_row(self, row, **kwargs):
        """What the register marks as amiss is left blank, so that the row is kept as ours is."""
        Household.objects.get_or_create(number=str(row["household"]), defaults={"head": row["head"]})
        for field, check in (("number", checked_id), ("phone", checked_phone)):
            row[field] = str(row[field] or "")
            try:
                check(row[field])
            except (ValidationError, ValueError):
                row[field] = ""

    class Meta:
        model = Person
        import_id_fields = ["serial"]
        skip_unchanged = True
        clean_model_instances = True


class Bulk(Plain):
    class Meta(Plain.Meta):
        use_bulk = True
        batch_size = 1000
        clean_model_instances = False
        skip_unchanged = False


NAMES = ["serial", "grid", "household", "head", "name", "relation", "sex", "number", "birth", "phone", "address", "note"]
found = {}
for word, kind in (("plain", Plain), ("bulk", Bulk)):
    with connection.schema_editor() as editor:
        editor.create_model(Household)
        editor.create_model(Person)
    began = time.process_time()
    data = Dataset().load(open(sys.argv[1], "rb"), format="xlsx")
    data.headers = NAMES
    result = kind().import_data(data, dry_run=True, raise_errors=False, use_transactions=True)
    found["peer_" + word + "_dry"] = time.process_time() - began
    began = time.process_time()
    data = Dataset().load(open(sys.argv[1], "rb"), format="xlsx")
    data.headers = NAMES
    result = kind().import_data(data, raise_errors=False, use_transactions=True)
    found["peer_" + word] = time.process_time() - began
    assert not result.has_errors() and not result.has_validation_errors(), result.invalid_rows[:1]
    assert Person.objects.count() == len(data)
    with connection.schema_editor() as editor:
        editor.delete_model(Person)
        editor.delete_model(Household)
print(json.dumps(found))
'''


class Absent(RuntimeError):
    """The peer cannot be had here."""


def _python() -> Path:
    """Python of the peer's own environment, made once."""
    python = FOLDER / "env" / "bin" / "python"
    if not (FOLDER / "made").exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        made = subprocess.run([sys.executable, "-m", "venv", FOLDER / "env"], capture_output=True)
        got = made.returncode or subprocess.run(
            [python, "-m", "pip", "install", "-q", *WANTED], capture_output=True
        ).returncode
        if got:
            raise Absent("django-import-export could not be installed")
        (FOLDER / "made").touch()
    return python


def measure(workbook: Path) -> dict[str, float]:
    """CPU seconds of a whole import: `peer_plain` validated, `peer_bulk` not."""
    python = _python()
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "peer.py"
        script.write_text(SCRIPT)
        env = {k: v for k, v in os.environ.items() if not k.startswith(("ZHEGU", "DJANGO"))}
        command = [python, script, workbook, Path(folder) / "peer.sqlite3"]
        done = subprocess.run(command, capture_output=True, text=True, env=env)
    if done.returncode:
        raise Absent(f"it did not import: {done.stderr.strip().splitlines()[-1:]}")
    return json.loads(done.stdout)
