"""A picture is taken by its structure: nothing but JPEG, nothing beside the picture, nothing too large."""

import base64
import contextlib
import io
import random
import zipfile

import pytest
from PIL import Image

from zhegu.lib.pictures import MOST_BYTES, NotAPicture, clean, picture_of
from zhegu.lib.tests.make import jpeg


def test_the_picture_stays_and_what_the_camera_wrote_goes():
    exif = Image.Exif()
    exif[0x010F], exif[0x9286] = "Canary-Maker", "Canary-Place"
    for more in ({}, {"progressive": True}, {"optimize": True}):
        taken = jpeg(exif=exif, comment=b"Canary-Comment", **more)
        assert b"Canary" in taken
        kept = clean(taken + b"PK\x03\x04 Canary-Behind")
        assert b"Canary" not in kept and kept.endswith(b"\xff\xd9")
        assert Image.open(io.BytesIO(kept)).convert("RGB").tobytes() == Image.open(io.BytesIO(taken)).convert("RGB").tobytes()
        assert clean(kept) == kept


def test_what_is_no_picture_is_refused_by_name():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("../x.jpg", b"0" * 10_000_000)
    png = io.BytesIO()
    Image.new("RGB", (64, 64)).save(png, "PNG")
    whole = jpeg()
    frame = whole.index(b"\xff\xc0")
    huge = whole[: frame + 5] + b"\xff\xff\xff\xff" + whole[frame + 9 :]
    for wrong in (b"", b"\xff\xd8", b"<svg onload=x>" * 20, bomb.getvalue(), png.getvalue(), whole[:-300], whole[:2] + b"\xff\xd9" * 100, b"\xff\xd8" + b"\xff" * 5000):
        with pytest.raises(NotAPicture, match="not_a_picture"):
            clean(wrong)
    for large in (huge, b"\xff\xd8" + bytes(MOST_BYTES)):
        with pytest.raises(NotAPicture, match="too_large"):
            clean(large)
    for said in ("not base64 §", "A", base64.b64encode(b"GIF89a" * 30).decode()):
        with pytest.raises(NotAPicture):
            picture_of(said)
    assert picture_of(base64.b64encode(whole).decode()) == clean(whole)


def test_odd_bytes_are_answered():
    dice, whole = random.Random(24), jpeg()
    for _ in range(3000):
        odd = bytearray(whole)
        for _ in range(dice.randint(1, 6)):
            odd[dice.randrange(len(odd))] = dice.randrange(256)
        with contextlib.suppress(NotAPicture):
            clean(bytes(odd[: dice.randint(0, len(odd))]))
