"""A print opens in the window and is kept by no browser; a missing font is a refusal that names it."""

from types import SimpleNamespace

import pytest

from zhegu.lib.answers import RefusedError
from zhegu.lib.paper import FontMissing
from zhegu.pages.paper import printed


def asked(lang: str = "bo") -> SimpleNamespace:
    return SimpleNamespace(community=SimpleNamespace(name="", code="540526101001"), user=SimpleNamespace(name="甲"), lang=lang)


@pytest.mark.parametrize(("lang", "both"), [("zh", ("zh", "bo")), ("bo", ("bo", "zh")), ("en", ("en",))])
def test_the_print_says_who_and_in_which_languages_and_is_not_kept(lang, both):
    seen = []
    answer = printed(asked(lang), lambda imprint: seen.append(imprint) or b"%PDF-")
    assert (answer.content, answer["Content-Type"], answer["Cache-Control"]) == (b"%PDF-", "application/pdf", "no-store")
    assert (seen[0].office, seen[0].by, seen[0].langs) == ("540526101001", "甲", both)


def test_a_missing_font_is_named():
    def draw(imprint):
        raise FontMissing("Noto Sans CJK SC", ["somewhere"])

    with pytest.raises(RefusedError) as refused:
        printed(asked(), draw)
    assert refused.value.refused.facts == {"family": "Noto Sans CJK SC", "package": "fonts-noto-cjk"}
