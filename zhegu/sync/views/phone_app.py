"""The phone app's own files, from where it was built."""

import gzip
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

KINDS = {
    ".css": "text/css; charset=utf-8", ".html": "text/html; charset=utf-8", ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8", ".json": "application/json", ".mp3": "audio/mpeg", ".ogg": "audio/ogg",
    ".png": "image/png", ".svg": "image/svg+xml", ".txt": "text/plain; charset=utf-8", ".wasm": "application/wasm",
    ".wav": "audio/wav", ".webmanifest": "application/manifest+json", ".woff2": "font/woff2",
}  # fmt: skip
SQUEEZED = {".css", ".html", ".js", ".json", ".svg", ".wasm", ".webmanifest"}
FOR_EVER = "public, max-age=31536000, immutable"
ASK_FIRST = "no-cache"


@lru_cache(maxsize=256)
def _squeezed(path: Path, changed: int, size: int) -> bytes:
    return gzip.compress(path.read_bytes(), 6, mtime=0)


def _file(request: HttpRequest, name: str, *, keep: bool = False) -> HttpResponse:
    """A built file; Http404 for what was not built or lies outside."""
    root = Path(settings.PHONE_DIST)
    path = (root / name).resolve()
    if not path.is_relative_to(root.resolve()) or not path.is_file():
        raise Http404
    response = HttpResponse(content_type=KINDS.get(path.suffix, "application/octet-stream"))
    response["Cache-Control"] = FOR_EVER if keep else ASK_FIRST
    if path.suffix in SQUEEZED:
        response["Vary"] = "Accept-Encoding"
    if path.suffix in SQUEEZED and "gzip" in request.headers.get("Accept-Encoding", ""):
        stat = path.stat()
        response.content = _squeezed(path, stat.st_mtime_ns, stat.st_size)
        response["Content-Encoding"] = "gzip"
    else:
        response.content = path.read_bytes()
    return response


@require_safe
def phone(request: HttpRequest) -> HttpResponse:
    """The app's one page; says plainly where the app was not built."""
    try:
        return _file(request, "index.html")
    except Http404:
        return render(request, "sync/not_built.html", status=503)


@require_safe
def phone_file(request: HttpRequest, path: str) -> HttpResponse:
    """A file of the app; hashed ones are kept for ever."""
    return _file(request, path, keep=path.startswith("assets/"))


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """At the root, so that it may look after every address; asked for anew each time."""
    return _file(request, "sw.js")


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What makes it an app on the home screen."""
    return _file(request, "manifest.webmanifest")
