"""The code on the card: small enough to print, plain enough to read."""

import pytest
import zxingcpp
from PIL import Image

from zhegu.cards.outside.qr import QUIET, qr_matrix, qr_svg, svg_path
from zhegu.cards.outside.signing import sign_card
from zhegu.cards.tests.test_signing import CARD, DESK
from zhegu.lib.codes import resident_code

TEXT = sign_card(DESK, CARD)
RESIDENT = resident_code(bytes(range(10)))


def picture(matrix: list[list[int]], scale: int = 4) -> Image.Image:
    side = len(matrix) + 2 * QUIET
    image = Image.new("L", (side, side), 255)
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            if dark:
                image.putpixel((x + QUIET, y + QUIET), 0)
    return image.resize((side * scale, side * scale), Image.Resampling.NEAREST)


@pytest.mark.parametrize(("text", "modules"), [(TEXT, 61), (RESIDENT, 25)])
def test_the_code_has_its_size_and_reads_back(text: str, modules: int) -> None:
    matrix = qr_matrix(text)
    assert {len(matrix), *(len(row) for row in matrix)} == {modules}
    read = zxingcpp.read_barcode(picture(matrix))
    assert read.text == text


def test_a_card_at_32_millimetres_keeps_its_modules_large_enough() -> None:
    assert 32 / (len(qr_matrix(TEXT)) + 2 * QUIET) >= 0.45


def test_text_that_is_not_alphanumeric_makes_no_code() -> None:
    with pytest.raises(ValueError, match=r"."):
        qr_matrix("hc1:lower")


def test_the_picture_draws_each_dark_module_once() -> None:
    matrix = qr_matrix(RESIDENT)
    drawn = sum(int(run.split("h")[1].split("v")[0]) for run in svg_path(matrix).split("z") if run)
    assert drawn == sum(map(sum, matrix))
    assert qr_svg(RESIDENT).startswith("<svg ")
