"""Fitting an address into the window of an envelope: the largest type in which every line has room and reads well.

In: the lines of an address, and the rectangle that the window shows however the sheet slips. Out: lines as they will
stand, with size and leading, or why no readable size fits. Widths are those of the serif's own regular face.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from PIL import ImageFont

from advokit.countries import Rect

#: Sizes tried, in points: never below 9. DIN 5008 and GOV.UK Notify want 8 points at least, postal readers about 10.
SIZES = (10.8, 10.2, 9.6, 9.0)
#: A line is set a little smaller, down to this size, before it is broken.
EASY = 9.6
#: Leading as a multiple of the size.
LEADING = 1.17
#: Sizes of the line with the sender's address above that of the recipient, in points.
RETURN_SIZES = (7.5, 7.0, 6.5, 6.0)
#: The height of that line, in millimetres.
RETURN_HEIGHT = 4.0
_MM = 72 / 25.4
_SMALL_WORD = re.compile(r"[^\W\d_]{1,3}|[&+/–-]")


@dataclass(frozen=True)
class Fitted:
    """An address as it stands in its window."""

    lines: tuple[str, ...]
    size: float
    """In points."""
    leading: float
    """In points."""
    left: float
    """From the left edge of the sheet, in millimetres."""
    top: float
    """From the top edge of the sheet, in millimetres."""


@dataclass(frozen=True)
class Misfit:
    """Why an address has no room, even in the smallest type."""

    line: str
    """The line that is to blame: the one that cannot be broken, or the longest."""
    why: str
    """In words: how wide it is, or how many lines there are."""


@lru_cache(maxsize=1)
def _face() -> ImageFont.FreeTypeFont:
    path = files("font_source_serif_pro") / "files" / "SourceSerifPro-Regular.ttf"
    return ImageFont.truetype(str(path), 1000)


@lru_cache(maxsize=4096)
def _ink(character: str) -> tuple[float, float]:
    """Give how far the ink of a character begins before its place and ends after it, in thousandths of the size."""
    face = _face()
    left, _, right, _ = face.getbbox(character, anchor="ls")
    return max(-left, 0.0), max(right - face.getlength(character), 0.0)


@lru_cache(maxsize=4096)
def _length(text: str) -> float:
    return _face().getlength(text) + (_ink(text[-1])[1] if text else 0.0)


def width(text: str, size: float) -> float:
    """Measure a text in millimetres at a size in points, up to the end of its ink."""
    return _length(text) / 1000 * size / _MM


def overhang(text: str, size: float) -> float:
    """Measure how far the ink of a text begins before its place, as the tail of a j does, in millimetres."""
    return _ink(text[0])[0] / 1000 * size / _MM if text else 0.0


def fit(lines: Sequence[str], safe: Rect, *, max_lines: int | None = None, max_characters: int | None = None,
        align: float | None = None) -> Fitted | Misfit:
    """Fit an address into what a window always shows; `align` is the left edge of the text, taken where it is inside.

    Of the sizes down to EASY the one with the fewest lines is taken, and of those the largest; then smaller ones.
    """
    left = safe.left + max((overhang(line, SIZES[0]) for line in lines), default=0.0)
    if align is not None and left <= align <= left + 20:
        left = align
    room = safe.right - left
    found: list[tuple[tuple[str, ...], float, float]] = []
    misfit = Misfit(max(lines, key=len, default=""), "there are no lines")
    for size in SIZES:
        if found and size < EASY:
            break
        flat, misfit = _flat(lines, room, size, max_characters, misfit)
        if flat is None:
            continue
        leading = round(size * LEADING, 2)
        most = min(max_lines or 12, int((safe.bottom - safe.top + 0.01) * _MM / leading))
        if len(flat) <= most:
            found.append((flat, size, leading))
        else:
            misfit = Misfit(max(lines, key=lambda line: width(line, size)),
                            f"with long lines broken there are {len(flat)} lines, and the window takes {most}")
    if not found:
        return misfit
    flat, size, leading = min(found, key=lambda item: len(item[0]))
    return Fitted(flat, size, leading, left, safe.top)


def _flat(lines: Sequence[str], room: float, size: float, most: int | None,
          before: Misfit) -> tuple[tuple[str, ...] | None, Misfit]:
    """Break every line that needs it; None and the reason where one of them cannot be broken."""
    flat: list[str] = []
    for line in lines:
        broken = broken_line(line, room, size, most)
        if broken is None:
            limit = f"{room:.0f} mm" + (f" and {most} characters" if most else "")
            return None, Misfit(line, f"it is {width(line, size):.0f} mm wide in {size:g} points, a line takes {limit},"
                                      " and a word of it is too long to be broken")
        flat += broken
    return tuple(flat), before


def broken_line(line: str, room: float, size: float, most: int | None = None) -> tuple[str, ...] | None:
    """Break a line between words into as few and as even parts as can be; None where a word alone is too long.

    A number stays with the word beside it and a small word with the next one, wherever that is possible.
    """
    def fits(text: str) -> bool:
        return width(text, size) <= room and len(text) <= (most or len(text))

    line = " ".join(line.split())
    if fits(line):
        return (line,)
    words = [part for word in line.split() for part in ((word,) if fits(word) else _at_hyphens(word))]
    if not all(fits(_joined((word,))) for word in words):
        return None
    best: list[tuple[int, float, tuple[str, ...]] | None] = [None] * len(words) + [(0, 0.0, ())]
    for start in range(len(words) - 1, -1, -1):
        for end in range(start + 1, len(words) + 1):
            text = _joined(words[start:end])
            rest = best[end]
            if not fits(text):
                break
            if rest is None:
                continue
            ragged = ((room - width(text, size)) / room) ** 2 if len(words) > 1 else 0.0
            poor = _poor(words[end - 1], words[end]) if end < len(words) else 0.0
            option = (rest[0] + 1, rest[1] + ragged + poor, (text, *rest[2]))
            if (here := best[start]) is None or option[:2] < here[:2]:
                best[start] = option
    return best[0][2] if best[0] else None


def _joined(words: Sequence[str]) -> str:
    """Put words together again; what was broken at a hyphen without a space."""
    return "".join(word + ("" if word.endswith("\u2060") or index == len(words) - 1 else " ")
                   for index, word in enumerate(words)).replace("\u2060", "")


def _at_hyphens(word: str) -> Iterator[str]:
    """Part a word behind its hyphens and strokes; a word joiner marks that no space stood there."""
    parts = re.findall(r"[^/-]+[/-]?|[/-]", word)
    yield from (f"{part}\u2060" for part in parts[:-1])
    yield parts[-1]


def _poor(word: str, following: str) -> float:
    """Tell how poor it is to break a line between two words, on the scale of raggedness."""
    number = any(char.isdigit() for char in word) or any(char.isdigit() for char in following)
    if number:
        return 2.0
    if word.endswith((",", "\u2060")):
        return 0.0
    return 0.5 if _SMALL_WORD.fullmatch(word.rstrip(".")) or word.endswith(".") else 0.1


def return_line(parts: Sequence[str], room: float) -> tuple[str, float] | None:
    """Write the sender's address as one small line, and give its size; None where it has no room."""
    text = " · ".join(part for part in parts if part)
    size = next((size for size in RETURN_SIZES if width(text, size) <= room), None)
    return (text, size) if text and size else None
