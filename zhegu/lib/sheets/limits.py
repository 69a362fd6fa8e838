"""How much a workbook may hold, found out before it is opened."""

import io
import marshal
import re
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

FILE_BYTES = 40 * 1024 * 1024
INFLATED_BYTES = 200 * 1024 * 1024
ROWS = 200_000
CELLS = 6_000_000
"""Rows × columns of the rectangle that holds everything: the reader keeps all of it."""

CPU_SECONDS, SECONDS = 5, 40
MEMORY = 420 * 1024 * 1024
"""For the process that opens what cannot be measured: its computing time, its whole time, its memory."""

TOO_LARGE = "tables.workbook_too_large"

_ROW = re.compile(rb"<(?:\w+:)?row\b")
_ROW_NUMBER = re.compile(rb"<(?:\w+:)?row\b[^>]{0,400}?\br=[\"'](\d{1,9})")
_FAR_CELL = re.compile(rb"\br=[\"']((?:[B-Z][A-Z]|[A-Z]{3})\d{1,9})[\"']")


class TooLarge(Exception):
    """More rows, cells or bytes than a register needs."""


class Broken(Exception):
    """The file could not be opened."""

    def __init__(self, protected: bool = False):
        super().__init__()
        self.protected = protected


def shown() -> dict[str, Any]:
    """The limits as a message names them."""
    return {"rows": ROWS, "megabytes": FILE_BYTES // (1024 * 1024)}


def check_zip(content: bytes) -> bool:
    """Raises TooLarge where the parts inflate to too much or a sheet spans too many rows or cells.

    True where all sheets were measured; other zipped formats (.ods, .xlsb) can say much in few bytes.
    The sizes written in the archive are not believed: every part is inflated piece by piece, counted
    and forgotten.
    """
    left = INFLATED_BYTES
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if len(parts) > 2000 or sum(part.file_size for part in parts) > INFLATED_BYTES:
            raise TooLarge
        for part in parts:
            measure = _Measure()
            for piece in _inflated(content, part):
                left -= len(piece)
                if left < 0:
                    raise TooLarge
                measure.take(piece)  # a sheet may stand under any name
        return any(part.filename == "xl/workbook.xml" for part in parts)


def _inflated(content: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    header = content[part.header_offset : part.header_offset + 30]
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile("no part where one is announced")
    names = struct.unpack("<HH", header[26:30])
    start = part.header_offset + 30 + sum(names)
    packed = memoryview(content)[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        yield bytes(packed)
        return
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile("unusual compression")
    stream, rest = zlib.decompressobj(-15), bytes(packed)
    while not stream.eof:
        try:
            piece = stream.decompress(rest, 1 << 20)
        except zlib.error as broken:
            raise zipfile.BadZipFile("broken part") from broken
        rest = stream.unconsumed_tail
        if not piece and not rest:
            raise zipfile.BadZipFile("cut off")
        yield piece


class _Measure:
    """Counts the rows of one sheet and finds its farthest row and column, piece by piece."""

    def __init__(self) -> None:
        self.rows, self.last_row, self.columns, self.tail = 0, 0, 52, b""

    def take(self, piece: bytes) -> None:
        text = self.tail + piece
        self.tail = text[-200:]
        self.rows += len(_ROW.findall(piece))
        for number in _ROW_NUMBER.findall(text):
            self.last_row = max(self.last_row, int(number))
        for cell in _FAR_CELL.findall(text):
            self.columns = max(self.columns, _column(cell))
            self.last_row = max(self.last_row, int(cell.lstrip(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ")))
        rows = max(self.rows, self.last_row)
        if rows > ROWS or rows * self.columns > max(CELLS, ROWS * 52):
            raise TooLarge


def _column(cell: bytes) -> int:
    number = 0
    for letter in re.match(rb"[A-Z]+", cell)[0]:  # type: ignore[index]
        number = number * 26 + letter - 64
    return number


def in_a_process(content: bytes) -> list[tuple[str, list[list[Any]], list[Any]]]:
    """The cells of a file that cannot be measured beforehand, read by a process of limited memory."""
    command = [sys.executable, "-m", "zhegu.lib.sheets.limits"]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as late:
        raise TooLarge from late
    if done.returncode == 3:
        raise Broken(protected=done.stdout == b"protected")
    if done.returncode:
        raise TooLarge
    from zhegu.lib.sheets.passing import unpacked

    return unpacked(marshal.loads(done.stdout))  # noqa: S302 - our own process wrote it


def _serve() -> int:
    """The process's side: workbook on stdin, cells on stdout; 3 where it is no workbook."""
    import resource

    import python_calamine as calamine

    from zhegu.lib.sheets.passing import packed
    from zhegu.lib.sheets.workbook import read_cells

    content = sys.stdin.buffer.read()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        found = read_cells(content)
    except calamine.CalamineError as broken:
        sys.stdout.write("protected" if isinstance(broken, calamine.PasswordError) else "broken")
        return 3
    sys.stdout.buffer.write(marshal.dumps(packed(found)))
    return 0


if __name__ == "__main__":
    sys.exit(_serve())
