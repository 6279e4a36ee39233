"""The pictures of a Word document: what they are, and what a reader who does not see them is told.

In: an `img` or `svg` of the composed HTML. Out: bytes that Word and LibreOffice show. A drawing is set by WeasyPrint
in the document's own typefaces and turned into dots; the numbers in it stand beside it as a table, because nobody can
edit a picture.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image

from advokit.compose.composed import Composed
from advokit.problems import Problem
from advokit.render.fetcher import WorkspaceFetcher
from advokit.render.fonts import font_css, load_weasyprint

# Here and not where it is used: a fenced child may read what it has not imported before, but may not change how
# fonts are found.
weasyprint = load_weasyprint()

DOTS = 300
"""Dots to an inch of a drawing."""
_SVG = re.compile(r"<svg\b[^>]*?(/?)>|</svg>")


@dataclass(frozen=True)
class Picture:
    """A picture and its size in points."""

    content: bytes
    """PNG or JPEG."""
    width: float
    height: float


@dataclass(frozen=True)
class ChartRow:
    """One observation of a chart, as its two labels print it."""

    date: str
    value: str
    observation: str


class Pictures:
    """Reads and draws the pictures of one document."""

    def __init__(self, composed: Composed, root: Path) -> None:
        """Keep the drawings as they were written: an HTML parser loses the case of SVG's names."""
        self._template, self._root = composed.template, root
        self.problems: list[Problem] = []
        self._drawings = list(_drawings(composed.html.partition("<body")[2]))

    def drawing(self, index: int) -> Picture:
        """Turn the drawing that stands at this place in the document into dots."""
        markup = self._drawings[index]
        width, height = _size(markup)
        page = (f"<style>{font_css()}html, body {{ margin: 0 }}"
                f"svg {{ display: block; width: {width}pt; height: {height}pt }}"
                f"@page {{ margin: 0; size: {width}pt {height}pt }}</style>{markup}")
        pdf = weasyprint.HTML(string=page, url_fetcher=WorkspaceFetcher(self._root)).write_pdf()
        document = pypdfium2.PdfDocument(pdf)
        image = document[0].render(scale=DOTS / 72).to_pil()
        document.close()
        written = io.BytesIO()
        image.save(written, "PNG", optimize=True)
        return Picture(written.getvalue(), width, height)

    def file(self, address: str) -> Picture | None:
        """Read a picture of the workspace; where it cannot be had, remember the problem."""
        fetcher = WorkspaceFetcher(self._root)
        try:
            answer = fetcher.fetch(address)
            content: bytes = answer.read()
            if (answer.content_type or "").startswith("image/svg"):
                self._drawings.append(content.decode("utf-8"))
                return self.drawing(len(self._drawings) - 1)
            return _dots(content)
        except (OSError, ValueError) as error:
            self.problems.append(Problem(
                self._template, 0, 0, "error", "not-loaded", f"'{address[:80]}' is not loaded: {error}",
                getattr(error, "hint", "") or "Save it again as PNG, JPEG or SVG."))
            return None


def _drawings(html: str) -> Iterator[str]:
    """Yield each drawing as it is written, with the drawings inside it."""
    depth = begin = 0
    for tag in _SVG.finditer(html):
        if tag[0].startswith("</"):
            depth -= 1
        elif not tag[1]:
            begin = begin if depth else tag.start()
            depth += 1
        if depth == 0:
            yield html[begin if tag[0].startswith("</") else tag.start():tag.end()]
        depth = max(depth, 0)


def _dots(content: bytes) -> Picture:
    """Keep a PNG as it is and write anything else anew, because Word refuses some kinds of JPEG."""
    with Image.open(io.BytesIO(content)) as image:
        dots = image.info.get("dpi", (96, 96))[0] or 96
        size = image.width * 72 / float(dots), image.height * 72 / float(dots)
        if image.format == "PNG":
            return Picture(content, *size)
        written = io.BytesIO()
        image.convert("RGB").save(written, "JPEG", quality=92, dpi=(round(float(dots)),) * 2)
    return Picture(written.getvalue(), *size)


def _size(markup: str) -> tuple[float, float]:
    """Read a drawing's size in points from its own attributes, else from its view box."""
    head = markup[:markup.find(">") + 1]
    units: Mapping[str, float] = {"pt": 1.0, "mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0, "px": 0.75, "": 0.75}
    found = {name: float(number) * units[unit] for name, number, unit in
             re.findall(r'\s(width|height)="(\d+(?:\.\d+)?)(pt|mm|cm|in|px|)"', head)}
    if box := re.search(r'viewBox="[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)"', head):
        found = {"width": float(box[1]) * 0.75, "height": float(box[2]) * 0.75} | found
    return max(found.get("width", 300.0), 1.0), max(found.get("height", 150.0), 1.0)


def chart_rows(svg: Any) -> list[ChartRow]:
    """Read the observations of a chart off its labels.

    A chart in rows writes each date before its value; one on a scale of time writes years, then each value before
    its date.
    """
    labels = [node for node in svg.iter("text") if _kind(node) in ("figure", "field")]
    if not any(_kind(node) == "figure" for node in labels):
        return []
    after = _kind(labels[-1]) == "field"
    rows = []
    for index, node in enumerate(labels):
        if _kind(node) == "figure":
            beside = index + 1 if after else index - 1
            date = labels[beside] if 0 <= beside < len(labels) and _kind(labels[beside]) == "field" else None
            rows.append(ChartRow("" if date is None else date.text_content(), node.text_content(),
                                 node.get("data-observation", "")))
    return rows


def _kind(node: Any) -> str:
    return str(node.get("class", "")).split(" ")[0]


def words(svg: Any) -> str:
    """Give what a drawing says to those who do not see it: its title and its description."""
    return ". ".join(" ".join(node.text_content().split()).rstrip(".") for node in svg if node.tag in ("title", "desc"))
