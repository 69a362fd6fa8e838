"""Plain builders: a picture as phones send it."""

import base64
import io

from PIL import Image


def jpeg(side: int = 64, **more: object) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((side, side), 60).convert("RGB").save(out, "JPEG", **more)
    return out.getvalue()


def a_picture(**more: object) -> str:
    """In base64."""
    return base64.b64encode(jpeg(**more)).decode()
