"""An upper office's Word form with placeholders: `{{ unit }}`, `{{ F1.due }}`, `{{ 应采人数 }}`, rows by `{%tr for r in F1.rows %}`.

Whoever sends a form must not be able to run anything with it. What the placeholders may say is a short list (names,
fields, loops over rows, conditions); everything else is refused before it is rendered, in a sandbox without functions,
filters or attributes of Python. Nothing is fetched: links to templates, pictures and objects outside are refused.
"""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import ChainableUndefined, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from zhegu.reports.outside.headers import dictionary
from zhegu.reports.outside.xlsx import Broken, Package
from zhegu.reports.outside.xlsx.package import local_name, open_package, too_large, tree
from zhegu.reports.rules.blanks.naming import Meant, main_form, meant

DOCUMENT_TYPES = ("wordprocessingml.document.main+xml", "wordprocessingml.template.main+xml")
ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.For, nodes.If, nodes.Const,
    nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not,
)  # fmt: skip
RUNS_SOMETHING = re.compile(rb"(?:instrText|fldSimple)[^<]*?[>\"'\s](?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|RD|MACROBUTTON)\b", re.I)
BRINGS_ALONG = ("/aFChunk", "/oleObject", "/package", "/attachedTemplate", "/control", "/subDocument")
MOST_BYTES = 4 * 2**20
MOST_ROWS = 3000
LOOPED = "rows"


@dataclass(frozen=True)
class Named:
    """A placeholder: the name before the dot (a form, or empty) and the field asked for."""

    form: str
    field: str

    @property
    def words(self) -> str:
        return f"{self.form}.{self.field}" if self.form else self.field


class _Checked(ImmutableSandboxedEnvironment):
    """Renders only templates whose every piece is on the short list; remembers which names they use."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=ChainableUndefined, cache_size=0)
        self.globals.clear()
        self.filters.clear()
        self.tests.clear()
        self.names: dict[Named, None] = {}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        self._look(template, {})
        return template

    def _look(self, node: nodes.Node, loops: Mapping[str, str]) -> None:
        if not isinstance(node, ALLOWED) or (isinstance(node, nodes.Getattr) and node.attr.startswith("_")):
            raise Broken("reports.word_not_allowed", {"what": type(node).__name__})
        if isinstance(node, nodes.For):
            loops = loops | self._loop(node, loops)
            for child in (*node.body, *node.else_):
                self._look(child, loops)
            return
        if isinstance(node, nodes.Getattr):
            self._field(node, loops)
            return
        if isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in loops:
            self.names[Named("", node.name)] = None
        for child in node.iter_child_nodes():
            self._look(child, loops)

    def _loop(self, node: nodes.For, loops: Mapping[str, str]) -> dict[str, str]:
        """`for row in F1.rows`, and nothing else; never a loop inside a loop."""
        over = node.iter
        fits = isinstance(over, nodes.Getattr) and isinstance(over.node, nodes.Name) and over.attr == LOOPED
        if loops or not fits or not isinstance(node.target, nodes.Name) or node.recursive or node.test:
            raise Broken("reports.word_not_allowed", {"what": "for"})
        return {node.target.name: over.node.name}

    def _field(self, node: nodes.Getattr, loops: Mapping[str, str]) -> None:
        if not isinstance(node.node, nodes.Name):
            raise Broken("reports.word_not_allowed", {"what": node.attr})
        form = loops.get(node.node.name, node.node.name)
        self.names[Named(form, node.attr)] = None


@dataclass(frozen=True)
class WordForm:
    """A Word form as sent, and the placeholders on it in the order of reading."""

    content: bytes
    names: tuple[Named, ...]


def is_word(content: bytes) -> bool:
    """Whether the bytes look like a Word document, by the part every one of them has."""
    return b"word/document" in content


def open_word(content: bytes) -> WordForm:
    """The form of these bytes; raises Broken where it is none, is too large, or could do or fetch anything."""
    package = open_package(content, DOCUMENT_TYPES)
    _check(package)
    checked = _Checked()
    _rendered(content, {}, checked)
    return WordForm(content, tuple(checked.names))


def filled_word(form: WordForm, values: Mapping[str, Any]) -> bytes:
    """The form with the values in place of its placeholders; what is not known stays empty. Raises Broken."""
    rows = sum(len(one[LOOPED]) for one in values.values() if isinstance(one, Mapping) and LOOPED in one)
    if rows > MOST_ROWS:
        raise Broken("reports.word_too_many_rows", {"rows": rows, "most": MOST_ROWS})
    return _rendered(form.content, values, _Checked())


def placeholders_of(form: WordForm) -> list[tuple[Named, Meant]]:
    """What each placeholder is taken for; `rows` of a form are no placeholder of their own."""
    names = [one for one in form.names if one.field != LOOPED and not _names_a_form(form, one)]
    main = main_form(dictionary(), [(one.form, one.field) for one in names])
    return [(one, meant(dictionary(), one.form, one.field, main)) for one in names]


def _names_a_form(form: WordForm, one: Named) -> bool:
    return not one.form and any(other.form == one.field for other in form.names)


def _rendered(content: bytes, values: Mapping[str, Any], checked: _Checked) -> bytes:
    out = io.BytesIO()
    try:
        document = DocxTemplate(io.BytesIO(content))
        document.render(dict(values), checked, autoescape=True)
        document.save(out)
    except TemplateError as bad:
        raise Broken("reports.word_placeholder", {"what": str(bad.message)[:80]}) from bad
    except (KeyError, ValueError, AttributeError, etree.LxmlError) as bad:
        raise Broken("reports.blank_broken", {}) from bad
    return out.getvalue()


def _check(package: Package) -> None:
    for name in package.names:
        content = package.read(name)
        if not name.endswith((".xml", ".rels")):
            continue
        if len(content) > MOST_BYTES:
            raise too_large()
        root = tree(content)
        if RUNS_SOMETHING.search(content):
            raise Broken("reports.blank_runs_something", {})
        if name.endswith(".rels") and any(_reaches_out(one) for one in _relations(root)):
            raise Broken("reports.word_reaches_out", {})


def _relations(root: Any) -> Iterator[tuple[str, bool]]:
    for one in root.iter():
        if local_name(one) == "Relationship":
            yield one.get("Type", ""), one.get("TargetMode") == "External"


def _reaches_out(relation: tuple[str, bool]) -> bool:
    """Anything but a link a reader may click: a template, picture or object of elsewhere, or one brought along."""
    kind, outside = relation
    return (outside and not kind.endswith("/hyperlink")) or kind.endswith(BRINGS_ALONG)
