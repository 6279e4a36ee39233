"""Standard sheets of address labels, by the number under which shops sell them.

Measures are millimetres from the left and top edge of the sheet, as the makers' templates give them (general
knowledge, to be tried on plain paper first).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from advokit.countries import PAPER_SIZES, Rect
from advokit.countries.model import PaperName


@dataclass(frozen=True)
class Sheet:
    """One kind of label sheet."""

    paper: PaperName
    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    step_x: float
    step_y: float

    @property
    def count(self) -> int:
        """Give how many labels a sheet has."""
        return self.columns * self.rows

    def box(self, index: int) -> Rect:
        """Give the place of a label, counted from 0 along the rows."""
        row, column = divmod(index, self.columns)
        return Rect(left=self.left + column * self.step_x, top=self.top + row * self.step_y, width=self.width,
                    height=self.height)

    @property
    def fits(self) -> bool:
        """Tell whether all labels lie on the paper."""
        width, height = PAPER_SIZES[self.paper]
        last = self.box(self.count - 1)
        return last.right <= width + 0.01 and last.bottom <= height + 0.01


#: Avery's numbers, which other makers name too.
SHEETS: Mapping[str, Sheet] = {
    "L7160": Sheet("a4", 3, 7, 63.5, 38.1, 7.25, 15.15, 66.04, 38.1),
    "L7163": Sheet("a4", 2, 7, 99.1, 38.1, 4.65, 15.15, 101.6, 38.1),
    "L7162": Sheet("a4", 2, 8, 99.1, 33.9, 4.65, 12.9, 101.6, 33.9),
    "3475": Sheet("a4", 3, 8, 70.0, 36.0, 0.0, 4.5, 70.0, 36.0),
    "5160": Sheet("letter", 3, 10, 66.675, 25.4, 4.7625, 12.7, 69.85, 25.4),
    "5163": Sheet("letter", 2, 5, 101.6, 50.8, 3.96875, 12.7, 104.775, 50.8),
}
