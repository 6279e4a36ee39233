"""Pieces: what an expression of a text prints, kept out of the Markdown until the HTML is made.

In: HTML that advokit itself wrote. Out: tokens of private-use characters that Markdown passes through, so that
neither a value nor a stranger's text can ever become markup, and raw HTML in a text stays text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape

_TOKEN = re.compile("\ue000(\\d+)\ue001")
#: A paragraph that holds nothing but block pieces.
_ALONE = re.compile("<p>\\s*((?:\ue000\\d+\ue001\\s*)+)</p>")
_CITATION = re.compile("\ue002([^\ue003]*)\ue003")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Piece:
    """Something printed: HTML for the page, plain text for titles and attributes."""

    html: str
    text: str
    block: bool = False


def plain(html: str) -> str:
    """Give the text of a piece of advokit's own inline HTML, without its citations."""
    return re.sub(r"\s+", " ", unescape(_TAG.sub("", _CITATION.sub("", html)))).strip()


def text_piece(value: str) -> Piece:
    """Make a piece of plain text: whatever it contains, it prints as it is."""
    return Piece(escape(value, quote=False), value)


class Pieces:
    """The pieces of one document, by the number of their token."""

    def __init__(self) -> None:
        """Start with none."""
        self._pieces: list[Piece] = []

    def token(self, piece: Piece) -> str:
        """Keep a piece and give the token that stands for it."""
        self._pieces.append(piece)
        return f"\ue000{len(self._pieces) - 1}\ue001"

    def fill(self, html: str) -> str:
        """Put the pieces into HTML made by Markdown: inside attributes as text, elsewhere as HTML."""
        html = _ALONE.sub(self._alone, html)
        html = _TAG.sub(lambda match: _TOKEN.sub(self._attribute, match[0]), html)
        while _TOKEN.search(html):
            html = _TOKEN.sub(lambda match: self._pieces[int(match[1])].html, html)
        return html

    def fill_text(self, text: str) -> str:
        """Put the pieces into plain text."""
        while _TOKEN.search(text):
            text = _TOKEN.sub(lambda match: self._pieces[int(match[1])].text, text)
        return text

    def _alone(self, match: re.Match[str]) -> str:
        found = [self._pieces[int(number)] for number in _TOKEN.findall(match[1])]
        if all(piece.block for piece in found):
            return "\n".join(piece.html for piece in found)
        return match[0]

    def _attribute(self, match: re.Match[str]) -> str:
        return escape(self.fill_text(self._pieces[int(match[1])].text))

    def misplaced(self, html: str) -> bool:
        """Tell whether a block piece stands in the middle of a line."""
        rest = _ALONE.sub(lambda match: "" if self._alone(match) != match[0] else match[0], html)
        return any(self._pieces[int(number)].block for number in _TOKEN.findall(rest))


def citation_mark(source: str, via: str | None) -> str:
    """Give the mark that becomes a numbered citation when the page is whole."""
    return f"\ue002{source} {via or ''}\ue003"


def number_citations(html: str, write: Callable[[str, str | None], str]) -> str:
    """Replace each citation mark, in document order, by what `write(source, via)` gives."""
    def replace(match: re.Match[str]) -> str:
        source, _, via = match[1].partition(" ")
        return write(source, via or None)
    return _CITATION.sub(replace, html)
