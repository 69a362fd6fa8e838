"""The two typefaces every sheet is set in, and where to find them. Nothing else is ever embedded."""

import os
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import typst

CHINESE = "Noto Sans CJK SC"
TIBETAN = "DDC Uchen"
PACKAGES = {CHINESE: "fonts-noto-cjk", TIBETAN: "fonts-ddc-uchen"}
KNOWN_FOLDERS = (
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/truetype/tibetan",
    "/usr/share/fonts/truetype/ddc-uchen",
    "/usr/local/share/fonts",
)

Fonts = typst.Fonts


class FontMissing(LookupError):
    """A typeface the sheets need is not on this machine; says which, where it was sought, what to install."""

    def __init__(self, family: str, folders: Sequence[str]):
        self.family = family
        self.package = PACKAGES.get(family, "")
        super().__init__(
            f"font '{family}' not found in {', '.join(folders) or 'any folder'}; "
            f"install the Debian package {self.package} or name its folder"
        )


def find_fonts(*folders: str | Path) -> Fonts:
    """The typefaces in these folders (by default: where fontconfig or Debian keeps them).

    Raises FontMissing instead of ever setting a page in some other face.
    """
    return _load(tuple(str(folder) for folder in folders) or _usual_folders())


@cache
def _load(folders: tuple[str, ...]) -> Fonts:
    there = [folder for folder in folders if os.path.isdir(folder)]
    fonts = Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=there)
    families = set(fonts.families())
    for family in (CHINESE, TIBETAN):
        if family not in families:
            raise FontMissing(family, folders)
    return fonts


@cache
def _usual_folders() -> tuple[str, ...]:
    found = {folder for family in PACKAGES for folder in _asked_of_fontconfig(family)}
    return tuple(sorted(found)) if found else KNOWN_FOLDERS


def _asked_of_fontconfig(family: str) -> set[str]:
    """Folders of the files fontconfig knows for the family; none where fontconfig is not installed."""
    try:
        listed = subprocess.run(
            ["fc-list", family, "--format=%{file}\n"], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return set()
    return {os.path.dirname(line) for line in listed.stdout.splitlines() if line.strip()}
