"""The tables of a Word document: rows and cells, widths, and a head that is repeated on every page.

In: an HTML table. Out: a table element (ECMA-376 part 1, 17.4) with empty cells, to be filled by the caller. Widths
are measured from the words, because LibreOffice takes them as they are written.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

from advokit.render.docx_styles import style_id, twips

_LETTER = 4.7
"""The mean width of a letter of a table, in points, with some room."""

#: White space, but for no-break spaces, and the numbers of citations, which become small marks.
_UNMEASURED = re.compile(r"(?:[ \t\n\r\f]|\[\d+\])+")

Row = list[tuple[Any, int]]
"""The cells of a row, each with the number of columns it spans."""


def cells_of(table: Any) -> list[Row]:
    """List the rows of an HTML table, each cell with the number of columns it spans; short rows are left short."""
    rows = []
    for row in table.xpath("./tr | ./thead/tr | ./tbody/tr | ./tfoot/tr"):
        cells = [(cell, _span(cell)) for cell in row if cell.tag in ("td", "th")]
        if cells:
            rows.append(cells)
    width = max((sum(span for _, span in row) for row in rows), default=0)
    for row in rows:
        cell, span = row[-1]
        row[-1] = (cell, span + width - sum(found for _, found in row))
    return rows


def _span(cell: Any) -> int:
    text = cell.get("colspan", "1")
    return min(max(int(text), 1), 50) if text.isdecimal() else 1


def column_widths(rows: Sequence[Row], width: float) -> list[float]:
    """Share the width among the columns: each has room for its longest word, the rest goes where most text stands."""
    least, wanted = _needs(rows)
    if sum(least) >= width or not any(wanted):
        total = sum(least)
        return [width * part / total for part in least]
    low, high = 0.0, width / max(wanted)
    for _ in range(40):  # the widths grow with the scale, so that halving finds the one that fills the line
        scale = (low + high) / 2
        filled = sum(max(part, scale * share) for part, share in zip(least, wanted, strict=True))
        low, high = (scale, high) if filled < width else (low, scale)
    found = [max(part, low * share) for part, share in zip(least, wanted, strict=True)]
    return [part * width / sum(found) for part in found]


def _needs(rows: Sequence[Row]) -> tuple[list[float], list[float]]:
    """Measure each column: room for its longest word, and a share by the longest text in it."""
    count = sum(span for _, span in rows[0])
    least, wanted = [9.0] * count, [0.0] * count
    for row in rows:
        column = 0
        for cell, span in row:
            text = _UNMEASURED.sub(" ", cell.text_content()).strip(" ")
            if span == 1:
                longest = max(len(word) for word in re.split("[ -]", text))
                least[column] = max(least[column], longest * _LETTER + 9)
                wanted[column] = max(wanted[column], math.sqrt(len(text)))
            column += span
    return least, wanted


def new_table(style: str, spans: Sequence[Sequence[int]], widths: Sequence[float], heads: int) -> Any:
    """Make a table of empty cells; the first `heads` rows are its head."""
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    rows = []
    for index, row in enumerate(spans):
        column, cells = 0, []
        for span in row:
            wide = twips(sum(widths[column:column + span]))
            joined = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
            cells.append(f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{joined}</w:tcPr></w:tc>')
            column += span
        head = "<w:tblHeader/>" if index < heads else ""
        rows.append(f'<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{"".join(cells)}</w:tr>')
    look = f'w:firstRow="{int(heads > 0)}" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"'
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="{style_id(style)}"/><w:tblW w:w="{twips(sum(widths))}" '
        f'w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook {look}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f'{"".join(rows)}</w:tbl>')
