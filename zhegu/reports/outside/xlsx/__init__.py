"""The only files that know how an .xlsx is built: opened within limits, read as plain cells, patched byte by byte."""

from zhegu.reports.outside.xlsx.package import Broken, Package, open_package
from zhegu.reports.outside.xlsx.patching import patched
from zhegu.reports.outside.xlsx.reading import Part, read_sheets

__all__ = ["Broken", "Package", "Part", "open_package", "patched", "read_sheets"]
