"""All addresses: each app's `urls.py` is gathered here, in the order of the house."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include(f"{app}.urls"))
    for app in reversed(settings.INSTALLED_APPS)
    if app.startswith("zhegu.") and find_spec(f"{app}.urls")
]
