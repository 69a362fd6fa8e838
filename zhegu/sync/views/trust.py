"""The page from which a phone installs the authority, before it can open anything else safely."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zhegu.lib.texts import LANGUAGES, text
from zhegu.sync.outside import authority

HTML_LANG = {"zh": "zh-CN", "bo": "bo", "en": "en"}


def _certificate():
    """The authority's certificate; Http404 where this server has none."""
    path = settings.DATA / "keys" / "lan-authority.crt"
    if not path.exists():
        raise Http404
    return path


@require_GET
def trust(request: HttpRequest) -> HttpResponse:
    """Three steps in three languages, and the fingerprint to compare with the office's screen."""
    path = settings.DATA / "keys" / "lan-authority.crt"
    steps = [
        {
            "lang": HTML_LANG[lang],
            "title": text("sync.trust_title", lang),
            "why": text("sync.trust_why", lang),
            "steps": [text(f"sync.trust_step_{n}", lang) for n in (1, 2, 3)],
            "android": text("sync.trust_for_android", lang),
            "apple": text("sync.trust_for_apple", lang),
            "compare": text("sync.trust_compare", lang),
            "none": text("sync.trust_none", lang),
        }
        for lang in LANGUAGES
    ]
    shown = authority.fingerprint(path) if path.exists() else ""
    return render(request, "sync/trust.html", {"steps": steps, "fingerprint": shown})


@require_GET
def trust_crt(request: HttpRequest) -> HttpResponse:
    """For Android and computers."""
    response = HttpResponse(authority.der(_certificate()), content_type="application/x-x509-ca-cert")
    response["Content-Disposition"] = 'attachment; filename="zhegu.crt"'
    return response


@require_GET
def trust_mobileconfig(request: HttpRequest) -> HttpResponse:
    """For Apple devices."""
    title, words = text("sync.trust_profile", "zh"), text("sync.trust_why", "zh")
    content = authority.mobileconfig(_certificate(), title, words)
    response = HttpResponse(content, content_type="application/x-apple-aspen-config")
    response["Content-Disposition"] = 'attachment; filename="zhegu.mobileconfig"'
    return response
