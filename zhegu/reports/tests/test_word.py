"""Word forms with placeholders: filled with what is known, and refused where they could run or fetch anything."""

import io
import json
import zipfile
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from zhegu.__main__ import main
from zhegu.accounts.models import Look
from zhegu.lib.texts import has_text, text
from zhegu.reports.models import Blank, Submission
from zhegu.reports.outside.word import filled_word, is_word, open_word
from zhegu.reports.outside.xlsx import Broken
from zhegu.reports.tests.test_views import visitor
from zhegu.sampling.tests.make import Day

LETTER = "填报单位:{{ unit }} 日期:{{ date }} 应采{{ 应采人数 }}人,实采{{ F1.sampled }}人。天气:{{ 天气 }}"


def letter(*paragraphs: str, rows: tuple[str, ...] = ()) -> bytes:
    """A Word form of these paragraphs, and a table with a line for each row of a form."""
    document, out = Document(), io.BytesIO()
    for words in paragraphs:
        document.add_paragraph(words)
    if rows:
        table = document.add_table(rows=3, cols=len(rows))
        table.cell(0, 0).text, table.cell(2, 0).text = "{%tr for row in F1.rows %}", "{%tr endfor %}"
        for place, words in enumerate(rows):
            table.cell(1, place).text = words
    document.save(out)
    return out.getvalue()


def changed(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    out, was = io.BytesIO(), zipfile.ZipFile(io.BytesIO(content))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in was.namelist():
            made.writestr(name, was.read(name).replace(old, new) if name == part else was.read(name))
    return out.getvalue()


def words_of(content: bytes) -> list[str]:
    document = Document(io.BytesIO(content))
    return [one.text for one in document.paragraphs] + [cell.text for table in document.tables for row in table.rows for cell in row.cells]


def in_property(words: str) -> bytes:
    document, out = Document(), io.BytesIO()
    document.core_properties.title = words
    document.save(out)
    return out.getvalue()


RELATION = b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"%s/></Relationships>'
RELS = "word/_rels/document.xml.rels"


def related(kind: bytes, target: bytes, outside: bool = True) -> bytes:
    mode = b' TargetMode="External"' if outside else b""
    return changed(letter("x"), RELS, b"</Relationships>", RELATION % (kind, target, mode))


HOSTILE = {
    "Python's insides": lambda: letter("{{ ''.__class__.__mro__ }}"),
    "a field that begins with a line": lambda: letter("{{ unit.__class__ }}"),
    "a call": lambda: letter("{{ unit() }}"),
    "a filter": lambda: letter("{{ unit|attr('x') }}"),
    "a huge number": lambda: letter("{{ 9 ** 9 ** 9 }}"),
    "a long text": lambda: letter("{{ 'a' * 999999999 }}"),
    "a loop over numbers": lambda: letter("{% for x in range(999999999) %}x{% endfor %}"),
    "a loop in a loop": lambda: letter("{% for a in F1.rows %}{% for b in F1.rows %}x{% endfor %}{% endfor %}"),
    "another file": lambda: letter("{% include '/etc/passwd' %}"),
    "a macro": lambda: letter("{% macro m() %}x{% endmacro %}"),
    "a value set": lambda: letter("{% set x = unit %}"),
    "half a placeholder": lambda: letter("{{ unit"),
    "a placeholder in the title": lambda: in_property("{{ ''.__class__ }}"),
    "a template of elsewhere": lambda: related(b"attachedTemplate", b"http://example.invalid/t.dotm"),
    "a picture of elsewhere": lambda: related(b"image", b"http://example.invalid/p.png"),
    "an object brought along": lambda: related(b"oleObject", b"embeddings/o.bin", outside=False),
    "a field that fetches": lambda: changed(letter("x"), "word/document.xml", b"<w:t>x</w:t>", b'<w:instrText>DDEAUTO c:\\\\cmd.exe</w:instrText>'),
    "entities": lambda: changed(letter("x"), "word/document.xml", b"<w:document", b'<!DOCTYPE d [<!ENTITY a "a">]><w:document'),
    "a bomb": lambda: changed(letter("x"), "word/document.xml", b"<w:t>x</w:t>", b"<w:t>" + b"0" * (30 * 2**20) + b"</w:t>"),
    "macros": lambda: changed(letter("x"), "[Content_Types].xml", b"</Types>", b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'),
    "half a file": lambda: letter("x")[:2000] + b"word/document",
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_means_harm_is_refused_with_a_sentence(kind):
    content = HOSTILE[kind]()
    assert is_word(content)
    with pytest.raises(Broken) as refused:
        open_word(content)
    assert has_text(refused.value.reason)


def test_a_value_is_written_as_text_and_never_read_as_a_template():
    evil = "{{ 7 }}<w:p/>&"
    assert words_of(filled_word(open_word(letter("{{ unit }}")), {"unit": evil})) == [evil]


@pytest.fixture
def day(db) -> Day:
    made = Day().open()
    made.take(made.people[0])
    return made


def test_the_command_line_tells_and_fills(day, tmp_path, capsys):
    blank, out = tmp_path / "a.docx", tmp_path / "b.docx"
    blank.write_bytes(letter(LETTER, rows=("{{ row.grid }}", "{{ row.due }}", "{{ row.sampled }}")))
    assert main(["forms", "inspect", str(blank), "--json"]) == 0
    told = {one["placeholder"]: (one["form"], one["field"]) for one in json.loads(capsys.readouterr().out)["placeholders"]}
    assert told["应采人数"] == ("F1", "due") and told["unit"] == ("head", "unit") and told["天气"][1] is None
    assert main(["forms", "fill", str(blank), "--community", day.community.code, "--out", str(out), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [one["placeholder"] for one in said["unfilled"]] == ["天气"]
    written = words_of(out.read_bytes())
    assert "应采6人,实采1人。天气:" in written[0]
    assert written.count("2") == 3, "a line for each grid"
    assert Submission.objects.get(pk=UUID(said["submission"])).cells["F1.sampled"]["value"] == 1


def test_the_office_puts_a_word_form_in_and_takes_the_filled_one(day):
    ana = visitor(day.office)
    file = SimpleUploadedFile("通报.docx", letter(LETTER))
    address = ana.post(reverse("reports:blanks"), {"file": file, "asked_by": "县"})["Location"]
    page = ana.get(address).content.decode()
    assert "应采人数" in page and text("reports.word_unknown", "zh") in page
    answer = ana.post(address + "fill/")
    assert answer["Content-Type"].endswith("wordprocessingml.document") and "实采1人" in words_of(answer.content)[0]
    ana.post(address + "request/", {"asked_by": "县", "ground": "文", "every": "day"})
    kept = Blank.objects.get()
    first = day.round.opened_at.date().isoformat()
    assert ana.get(reverse("reports:periods")).status_code == 200 and first
    assert ana.get(address).status_code == 200 and kept.filled.count() == 1


def test_a_hostile_form_is_not_kept(day):
    ana = visitor(day.office)
    file = SimpleUploadedFile("a.docx", letter("{{ ''.__class__ }}"))
    assert ana.post(reverse("reports:blanks"), {"file": file}).status_code == 422
    assert not Blank.objects.exists()


def test_who_was_named_is_on_record(day):
    ana = visitor(day.office)
    rows = letter("x", rows=("{{ row.name }}",)).replace(b"F1.rows", b"F1.rows")
    named = changed(rows, "word/document.xml", b"F1.rows", b"F3.rows")
    address = ana.post(reverse("reports:blanks"), {"file": SimpleUploadedFile("n.docx", named)})["Location"]
    before = Look.objects.count()
    answer = ana.post(address + "fill/")
    assert day.people[2].name in " ".join(words_of(answer.content))
    assert Look.objects.count() == before + 1
