"""The peer of P2: Django REST framework with bulk_create, from PyPI in an environment of its own.

    with serving(folder) as peer: …      Absent is raised where the environment cannot be made.

One view checks a list of operations with a serializer and writes it with `bulk_create`, skipping ids it
has: what a careful team writes in an afternoon. It signs nothing, journals nothing and counts nothing.
"""

import contextlib
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.support.load import Post
from tests.support.ports import free_port

WANTED = ["django>=5.2,<5.3", "djangorestframework", "granian"]

APP = '''
import django
from django.conf import settings
settings.configure(
    SECRET_KEY="x", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, INSTALLED_APPS=["rest_framework"], USE_TZ=True,
    DATA_UPLOAD_MAX_MEMORY_SIZE=64 << 20,
    REST_FRAMEWORK={"DEFAULT_AUTHENTICATION_CLASSES": [], "DEFAULT_PERMISSION_CLASSES": [], "UNAUTHENTICATED_USER": None},
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "peer.sqlite3", "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON"}}})
django.setup()
from django.db import connection, models, transaction
from django.urls import path
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

class Op(models.Model):
    ref = models.UUIDField(primary_key=True)
    round = models.UUIDField()
    person = models.UUIDField(db_index=True)
    tube = models.UUIDField(db_index=True)
    label = models.CharField(max_length=40)
    ratio = models.IntegerField()
    position = models.IntegerField()
    serial = models.BigIntegerField(null=True)
    kid = models.CharField(max_length=64)
    at = models.DateTimeField()
    at_home = models.BooleanField()
    override = models.CharField(max_length=200, blank=True)
    class Meta:
        app_label = "peer"

class OpSerializer(serializers.ModelSerializer):
    ref = serializers.UUIDField()
    class Meta:
        model = Op
        fields = "__all__"

class Push(APIView):
    def post(self, request):
        ops = OpSerializer(data=request.data["items"], many=True)
        ops.is_valid(raise_exception=True)
        with transaction.atomic():
            Op.objects.bulk_create([Op(**one) for one in ops.validated_data], ignore_conflicts=True, batch_size=500)
        return Response({"items": [{"ref": str(one["ref"]), "status": "accepted"} for one in ops.validated_data]})

urlpatterns = [path("push", Push.as_view())]
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
if __name__ == "__main__":
    with connection.schema_editor() as editor:
        editor.create_model(Op)
'''


class Absent(RuntimeError):
    """The peer cannot be had here."""


@dataclass(frozen=True)
class Peer:
    """The running peer."""

    port: int
    pid: int


def _environment(folder: Path) -> Path:
    python = folder / "env" / "bin" / "python"
    if not (folder / "env" / "made").exists():
        made = subprocess.run([sys.executable, "-m", "venv", folder / "env"], capture_output=True).returncode
        if made or subprocess.run([python, "-m", "pip", "install", "-q", *WANTED], capture_output=True).returncode:
            raise Absent("Django REST framework could not be installed")
        (folder / "env" / "made").touch()
    return python


@contextlib.contextmanager
def serving(folder: Path, data: Path) -> Iterator[Peer]:
    """The peer on a database of its own in `data`; `folder` keeps its environment."""
    folder.mkdir(parents=True, exist_ok=True)
    python = _environment(folder)
    (data / "peer.py").write_text(APP)
    environment = {**os.environ, "PYTHONPATH": str(data)}
    subprocess.run([python, "peer.py"], cwd=data, env=environment, check=True, capture_output=True)
    port = free_port()
    command = [python, "-m", "granian", "--interface", "wsgi", "--port", str(port), "peer:application"]
    process = subprocess.Popen(command, cwd=data, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port, process)
        yield Peer(port, process.pid)
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int, process: subprocess.Popen) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/nothing", timeout=2)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise Absent("the peer did not start")


def post(items: Sequence[Mapping[str, Any]]) -> Post:
    """The same operations as the peer takes them, from envelopes of our own."""
    ops = []
    for item in items:
        said = json.loads(item["envelope"])
        body = said["body"]
        card = body["card"] or {}
        ops.append({
            "ref": said["ref"], "round": body["round"], "person": body["person"], "tube": body["tube"]["id"],
            "label": body["tube"]["label"], "ratio": body["tube"]["ratio"], "position": body["position"],
            "serial": card.get("serial"), "kid": card.get("kid", ""), "at": said["at"], "at_home": body["at_home"],
            "override": body["override"],
        })  # fmt: skip
    return Post("/push", {"Content-Type": "application/json"}, json.dumps({"items": ops}).encode())
