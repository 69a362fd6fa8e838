"""The zip of a workbook: opened within limits, written again with every untouched part as it was.

Limits (seen to refuse a bomb well under five seconds and 300 MB): a blank form is small, so whatever is
larger is not one.
"""

import copy
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from typing import Any

from lxml import etree

FILE_BYTES = 16 * 2**20
PART_BYTES = 24 * 2**20
ALL_BYTES = 64 * 2**20
PARTS = 2000
CHUNK = 2**16
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OFFICE_DOCUMENT = "/officeDocument"
WORKBOOK_TYPES = ("spreadsheetml.sheet.main+xml", "spreadsheetml.template.main+xml")
MACRO_TYPES = ("macroEnabled", "vbaProject", "ms-office.vba", "excel4", "macrosheet")
RUNS_SOMETHING = (b"<ddeLink", b":ddeLink", b"<oleLink", b":oleLink")


@dataclass
class Broken(Exception):
    """The file cannot be used as a blank form; `reason` is a text key, `values` fill its placeholders."""

    reason: str
    values: dict[str, Any]

    def __str__(self) -> str:
        return self.reason


def too_large() -> Broken:
    return Broken("reports.blank_too_large", {"megabytes": FILE_BYTES // 2**20})


class Package:
    """A workbook's parts by name, in their order; a part is inflated when asked for."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self._zip = zipfile.ZipFile(io.BytesIO(content))
        self.infos = self._zip.infolist()
        self.names = [info.filename for info in self.infos]
        self._inflated = 0
        self._kept: dict[str, bytes] = {}

    def read(self, name: str) -> bytes:
        """One part; raises Broken where it is missing, damaged or too large."""
        if name not in self._kept:
            if name not in self.names:
                raise Broken("reports.blank_broken", {})
            self._kept[name] = self._inflate(self._zip.getinfo(name))
        return self._kept[name]

    def _inflate(self, info: zipfile.ZipInfo) -> bytes:
        pieces: list[bytes] = []
        size = 0
        with self._zip.open(info) as part:
            while piece := part.read(CHUNK):
                size += len(piece)
                if size > PART_BYTES or self._inflated + size > ALL_BYTES:
                    raise too_large()
                pieces.append(piece)
        self._inflated += size
        return b"".join(pieces)

    def with_parts(self, changed: Mapping[str, bytes]) -> bytes:
        """The workbook again, with these parts in place of the old ones; order and all others as they were."""
        out = io.BytesIO()
        self._inflated = 0
        with zipfile.ZipFile(out, "w") as archive:
            archive.comment = self._zip.comment
            for info in self.infos:
                content = changed[info.filename] if info.filename in changed else self._inflate(info)
                same = copy.copy(info)
                same.flag_bits &= 0x800
                archive.writestr(same, content, compress_type=info.compress_type)
        return out.getvalue()

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """Relations of a part: id → (type, part it leads to)."""
        folder = dirname(name)
        relations = join(folder, "_rels", name.rpartition("/")[2] + ".rels")
        if relations not in self.names:
            return {}
        found = {}
        for relation in tree(self.read(relations)):
            target = relation.get("Target", "")
            if relation.get("TargetMode") == "External":
                continue
            path = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
            found[relation.get("Id", "")] = (relation.get("Type", ""), path)
        return found


def open_package(content: bytes, kinds: tuple[str, ...] = WORKBOOK_TYPES) -> Package:
    """The workbook (or document of those kinds); raises Broken naming what is wrong, before anything large is inflated."""
    if len(content) > FILE_BYTES:
        raise too_large()
    if content[:8] == OLE:
        raise Broken("reports.blank_old_or_locked", {})
    try:
        package = Package(content)
        _check(package, kinds)
        return package
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, RuntimeError, KeyError) as bad:
        raise Broken("reports.blank_not_a_workbook", {}) from bad


def _check(package: Package, kinds: tuple[str, ...]) -> None:
    if len(package.infos) > PARTS or sum(info.file_size for info in package.infos) > ALL_BYTES:
        raise too_large()
    if len(set(package.names)) != len(package.names):
        raise Broken("reports.blank_broken", {})
    if any(info.flag_bits & 0x1 for info in package.infos):
        raise Broken("reports.blank_old_or_locked", {})
    if "[Content_Types].xml" not in package.names:
        raise Broken("reports.blank_not_a_workbook", {})
    types = package.read("[Content_Types].xml")
    if any(kind.casefold().encode() in types.lower() for kind in MACRO_TYPES):
        raise Broken("reports.blank_macros", {})
    if not any(kind.encode() in types for kind in kinds):
        raise Broken("reports.blank_not_a_workbook", {})
    links = [name for name in package.names if "/externalLinks/" in name and name.endswith(".xml")]
    if any(sign in package.read(name) for name in links for sign in RUNS_SOMETHING):
        raise Broken("reports.blank_runs_something", {})


def tree(content: bytes) -> Any:
    """An XML part as a tree, without entities, document types or the network; raises Broken."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as bad:
        raise Broken("reports.blank_broken", {}) from bad
    if root.getroottree().docinfo.doctype:
        raise Broken("reports.blank_broken", {})
    return root


def local_name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
