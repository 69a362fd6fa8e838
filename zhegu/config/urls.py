"""All addresses: each app's `urls.py` is gathered here, in the order of the house."""

from importlib.util import find_spec

from django.apps import apps
from django.urls import include, path

ROOMS = ["office", "sync", "reports", "sampling", "cards", "outbreaks", "registers", "accounts", "places", "journal"]

urlpatterns = [
    path("", include(f"zhegu.{room}.urls"))
    for room in ROOMS
    if apps.is_installed(f"zhegu.{room}") and find_spec(f"zhegu.{room}.urls")
]
