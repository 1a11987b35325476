"""Gives the file the named cell style "Input", which XlsxWriter cannot write by itself.

A reviewer can select all inputs by their style; colour is never the only sign. The overridden
methods are XlsxWriter's own, of the version that is pinned.
"""

from xlsxwriter import Workbook
from xlsxwriter.packager import Packager
from xlsxwriter.styles import Styles, XFormatType

INPUT_STYLE = 1
"""Place of the style among the file's styles; 0 is Normal."""

_BUILT_IN_INPUT = 20
"""Number of the style "Input" among the built-in styles of ECMA-376."""


class StyledWorkbook(Workbook):  # type: ignore[misc]
    """A workbook whose formats may belong to the style "Input" (`xf_id` is INPUT_STYLE)."""

    def _get_packager(self) -> Packager:
        return _Packager()


class _Packager(Packager):  # type: ignore[misc]
    def _write_styles_file(self) -> None:
        book = self.workbook
        styles = _Styles()
        styles._set_style_properties(
            [
                book.xf_formats, book.palette, book.font_count, book.num_formats,
                book.border_count, book.fill_count, book.custom_colors, book.dxf_formats,
                book.has_comments,
            ]
        )  # fmt: skip
        styles._set_xml_writer(self._filename("xl/styles.xml"))
        styles._assemble_xml_file()


class _Styles(Styles):  # type: ignore[misc]
    def _write_cell_style_xfs(self) -> None:
        example = next(f for f in self.xf_formats if f.xf_id == INPUT_STYLE)
        self._xml_start_tag("cellStyleXfs", [("count", 2)])
        self._write_xf(self.xf_formats[0], XFormatType.STYLE)
        self._xml_empty_tag(
            "xf",
            [
                ("numFmtId", 0), ("fontId", example.font_index), ("fillId", example.fill_index),
                ("borderId", example.border_index), ("applyNumberFormat", 0),
            ],
        )  # fmt: skip
        self._xml_end_tag("cellStyleXfs")

    def _write_cell_styles(self) -> None:
        self._xml_start_tag("cellStyles", [("count", 2)])
        self._write_cell_style("Input", INPUT_STYLE, _BUILT_IN_INPUT)
        self._write_cell_style()
        self._xml_end_tag("cellStyles")
