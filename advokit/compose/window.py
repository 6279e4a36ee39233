"""Fitting an address into the window of an envelope: the largest type in which every line has room.

In: the lines of an address and a window of the country pack. Out: lines as they will stand, with size and leading, or
None where no readable size fits. Widths are those of the serif's own regular face.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from PIL import ImageFont

from advokit.countries import Window

#: Sizes tried, in points; DIN 5008 and GOV.UK Notify both want at least 8 points.
SIZES = (10.8, 10.2, 9.6, 9.0, 8.6)
#: Leading as a multiple of the size.
LEADING = 1.17
#: Space kept free on every side where the standard names none, in millimetres.
CLEARANCE = 1.2
_MM = 72 / 25.4


@dataclass(frozen=True)
class Fitted:
    """An address as it stands in its window."""

    lines: tuple[str, ...]
    size: float
    """In points."""
    leading: float
    """In points."""
    left: float
    """From the left edge of the window, in millimetres."""
    top: float
    """From the top edge of the window, in millimetres."""


@lru_cache(maxsize=1)
def _face() -> ImageFont.FreeTypeFont:
    path = files("font_source_serif_pro") / "files" / "SourceSerifPro-Regular.ttf"
    return ImageFont.truetype(str(path), 1000)


def width(text: str, size: float) -> float:
    """Measure a text in millimetres at a size in points."""
    return _face().getlength(text) / 1000 * size / _MM


def _wrapped(line: str, room: float, size: float) -> tuple[str, ...] | None:
    """Break a line between words; None where a single word is too long."""
    lines = [""]
    for word in line.split():
        longer = f"{lines[-1]} {word}".strip()
        if width(longer, size) <= room:
            lines[-1] = longer
        elif width(word, size) > room:
            return None
        else:
            lines.append(word)
    return tuple(lines)


def fit(lines: tuple[str, ...], window: Window, return_height: float = 0.0) -> Fitted | None:
    """Fit an address into a window's address zone; the clearance and the allowed shift are the standard's."""
    zone, box = window.zone, window.box
    free = (window.clearance or CLEARANCE) + (window.shift or 0.0)
    left, top = max(zone.left, box.left + free), max(zone.top, box.top + free) + return_height
    right, bottom = min(zone.left + zone.width, box.left + box.width - free), min(
        zone.top + zone.height, box.top + box.height - free)
    for size in SIZES:
        broken = [_wrapped(line, right - left, size) for line in lines]
        if any(part is None for part in broken):
            continue
        flat = tuple(line for part in broken if part for line in part)
        leading = round(size * LEADING, 2)
        if len(flat) * leading / _MM <= bottom - top and len(flat) <= (window.max_lines or 12):
            return Fitted(flat, size, leading, left - box.left, top - box.top)
    return None
