"""A camera made of a file: Chromium reads raw video frames (YUV4MPEG2), we draw codes into them.

The file holds one frame that Chromium shows again and again; `show` replaces it in place, so a
test can hold another code before the camera without starting the browser anew.
"""

from pathlib import Path

import segno

WIDTH, HEIGHT = 640, 480
HEADER = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode()
BLACK, WHITE, GREY = 16, 235, 128


def frame(code: str | None) -> bytes:
    """One frame with the code's QR as large as it fits, on white; None is an empty white wall."""
    rows = [bytearray([WHITE]) * WIDTH for _ in range(HEIGHT)]
    if code is not None:
        draw(rows, [list(row) for row in segno.make(code, micro=False, boost_error=False).matrix])
    return b"FRAME\n" + b"".join(rows) + bytes([GREY]) * (WIDTH * HEIGHT // 2)


def draw(rows: list[bytearray], matrix: list[list[int]]) -> None:
    """The matrix centred in the rows, with a quiet zone of four modules."""
    side = len(matrix)
    scale = HEIGHT // (side + 8)
    top, left = (HEIGHT - side * scale) // 2, (WIDTH - side * scale) // 2
    for y, modules in enumerate(matrix):
        line = b"".join(bytes([BLACK if dark else WHITE]) * scale for dark in modules)
        for row in rows[top + y * scale : top + (y + 1) * scale]:
            row[left : left + len(line)] = line


class Camera:
    """A file that Chromium takes for a camera."""

    def __init__(self, path: Path):
        self.path = path
        path.write_bytes(HEADER + frame(None))

    def show(self, code: str | None) -> None:
        """From now on the camera sees this code (None: nothing)."""
        with self.path.open("r+b") as file:
            file.seek(len(HEADER))
            file.write(frame(code))

    @property
    def flags(self) -> list[str]:
        return [
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={self.path}",
        ]
