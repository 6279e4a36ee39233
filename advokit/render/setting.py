"""Lines of variable text, set by WeasyPrint's own text engine but without a page around them.

In: a text, the style and the width in which a laid-out letter has set such a text before. Out: `Line`s: where they
break, how wide they are, and the operators that draw them (ISO 32000-1, 9.4), the same as in a whole layout. Only the
characters of a known repertoire are set, so that the typefaces of a print run are the same in every letter.
"""

from __future__ import annotations

import copy
import unicodedata
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from advokit.render.fonts import load_weasyprint

weasyprint = load_weasyprint()

#: Lines remembered: addresses, salutations and dates come back from letter to letter.
_LINES = 20_000
#: Ligatures of the built-in serif and of most others begin with this letter.
_LIGATURE = "f"
#: Spaces that do not break draw the glyph of another one.
_SPACES = "\u00a0"
_PUNCTUATION = "‘’‚“”„«»‹›–—…•€№′″ʼ"
#: Letters beside A to Z that a language writes; names from elsewhere bring more of them.
_OWN_LETTERS = {
    "cs": "áčďéěíňóřšťúůýž", "da": "æøåé", "de": "äöüß", "es": "áéíñóúü¿¡ªº", "et": "äõöüšž", "fi": "äöå",
    "fr": "àâæçéèêëîïôœùûüÿ", "ga": "áéíóú", "hr": "ćčđšž", "hu": "áéíóöőúüű", "it": "àèéìîòù", "lt": "ąčęėįšųūž",
    "lv": "āčēģīķļņšūž", "nl": "áéëïóöü", "nb": "æøåé", "pl": "ąćęłńóśźż", "pt": "áâãàçéêíóôõú", "ro": "ăâîșț",
    "sk": "áäčďéíĺľňóôŕšťúýž", "sl": "čšž",
    "sv": "åäöé", "tr": "çğıöşüİ", "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
}
_ASCII = "".join(map(chr, range(0x21, 0x7F)))
_WIDE = "".join(map(chr, (*range(0xA1, 0x180), *range(0x400, 0x460)))) + "ȘșȚțẞҐґ"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text as it is drawn."""

    text: str
    width: float
    """In CSS pixels."""
    operators: bytes
    """What follows the text matrix, up to the end of the text object."""


@dataclass(frozen=True)
class Place:
    """How a text stands on its page, the same in every letter of a kind."""

    style: Any
    """WeasyPrint's computed style of the text."""
    left: float
    """Where its lines begin at the earliest, in CSS pixels."""
    room: float
    """How long its lines may be, in CSS pixels."""
    align_end: bool
    """Whether its lines end together."""

    def begin(self, line: Line) -> float:
        """Give the place where a line begins."""
        free = self.room - line.width
        return self.left + free if self.align_end and free > 0 else self.left


def repertoires(language: str) -> tuple[str, ...]:
    """List the characters that letters in a language are set with: those of the language, and those of its neighbours.

    A letter carries the typefaces of the smaller one that will do, so that files stay small.
    """
    letters = _OWN_LETTERS.get(language.partition("-")[0], "")
    own = _ASCII + letters + "".join(letter.upper() for letter in letters if len(letter.upper()) == 1) + _PUNCTUATION
    return tuple("".join(char for char in dict.fromkeys(text) if unicodedata.category(char) not in {"Cf", "Mn"})
                 for text in (own, own + _WIDE))


class Setter:
    """Sets lines in the styles of one kind of letter; what it has set once, it remembers."""

    def __init__(self, characters: str) -> None:
        """Begin with no style; `characters` is the repertoire."""
        self._repertoire = characters
        self.characters = frozenset(characters + _SPACES + " ")
        """What it can set, if the typefaces can."""
        self._styles: dict[tuple[str, ...], _Style] = {}
        self._lines: OrderedDict[tuple[tuple[str, ...], float, str], tuple[Line, ...] | None] = OrderedDict()

    def equip(self, fonts: dict[Any, Any], styles: Iterable[Any]) -> None:
        """Give a document's typefaces the repertoire, in an order that depends on the styles only."""
        for style in styles:
            for key, font in self._style(style).fonts.items():
                if key not in fonts:
                    fonts[key] = copy.copy(font)
                    fonts[key].to_unicode, fonts[key].widths = {}, {}
                fonts[key].to_unicode = {**font.to_unicode, **fonts[key].to_unicode}
                fonts[key].widths = {**font.widths, **fonts[key].widths}

    def lines(self, text: str, place: Place) -> tuple[Line, ...] | None:
        """Set a text; None where it holds what the repertoire lacks, or what only a whole layout can judge."""
        style = self._style(place.style)
        key = style.key, place.room, text
        if key in self._lines:
            self._lines.move_to_end(key)
            return self._lines[key]
        found = self._lines[key] = style.lines(text, place.room)
        if len(self._lines) > _LINES:
            self._lines.popitem(last=False)
        return found

    def _style(self, style: Any) -> _Style:
        key = tuple(str(style[name]) for name in _PROPERTIES)
        if key not in self._styles:
            self._styles[key] = _Style(key, style, self._repertoire)
        return self._styles[key]


#: What of a style decides over the lines of a text. Colour and place are the skeleton's.
_PROPERTIES = (
    "font_family", "font_size", "font_weight", "font_style", "font_stretch", "font_kerning", "font_language_override",
    "font_feature_settings", "font_variant_alternates", "font_variant_caps", "font_variant_east_asian",
    "font_variant_ligatures", "font_variant_numeric", "font_variant_position", "font_variation_settings", "hyphens",
    "hyphenate_character", "hyphenate_limit_chars", "hyphenate_limit_zone", "lang", "letter_spacing", "line_height",
    "overflow_wrap", "text_decoration_line", "white_space", "word_break", "word_spacing", "direction", "visibility")


class _Style:
    """One style, and the typefaces with the repertoire in it."""

    def __init__(self, key: tuple[str, ...], style: Any, characters: str) -> None:
        self.key, self._style = key, style
        self.fonts: dict[Any, Any] = {}
        self._stream = weasyprint.pdf.stream.Stream(self.fonts, (0, 0, 0, 0), {}, {}, None, {}, None)
        self._draw("a")
        family = next(iter(self.fonts.values()))
        self._take_in(characters)
        self.known = frozenset(char for char in characters if char in family.to_unicode.values()) | set(_SPACES + " ")
        for text in (" ".join(_LIGATURE + char for char in characters if char.isalpha() and char in self.known),
                     "ffi ffl", f"a{_SPACES}a"):
            self._draw(text)

    def lines(self, text: str, room: float) -> tuple[Line, ...] | None:
        """Set a text; None where the repertoire does not do."""
        if not text or not self.known.issuperset(text) or "  " in text or text != text.strip(" "):
            return None
        if self._style["text_decoration_line"] != "none" or self._style["visibility"] != "visible":
            return None
        sizes = self._sizes()
        with _kept_layouts():
            lines = tuple(_drawn(self._stream, part) for part in _broken(text, self._style, room))
        if self._sizes() == sizes:
            return lines
        self._back_to(sizes)  # a ligature or a typeface that the repertoire lacks
        return None

    def _draw(self, text: str) -> None:
        with _kept_layouts():
            for part in _broken(text, self._style, 1e6):
                _drawn(self._stream, part)

    def _take_in(self, characters: str) -> None:
        """Draw characters, leaving out those with which another typeface would have to help."""
        sizes = self._sizes()
        self._draw(" ".join(characters))
        if len(self.fonts) > 1:
            self._back_to(sizes)
            if len(characters) > 1:
                self._take_in(characters[:len(characters) // 2])
                self._take_in(characters[len(characters) // 2:])

    def _sizes(self) -> list[int]:
        return [len(font.to_unicode) for font in self.fonts.values()]

    def _back_to(self, sizes: list[int]) -> None:
        """Forget what came in since."""
        for key in list(self.fonts)[len(sizes):]:
            del self.fonts[key]
        for font, size in zip(self.fonts.values(), sizes, strict=True):
            for glyph in list(font.to_unicode)[size:]:
                del font.to_unicode[glyph]


def _broken(text: str, style: Any, room: float) -> Iterator[Any]:
    """Break a text into lines, as a paragraph that holds nothing else is broken; yields WeasyPrint's text boxes.

    The steps are those of `layout.inline.get_next_linebox` of WeasyPrint 70 for a line with a single text box.
    """
    inline = weasyprint.layout.inline
    box = weasyprint.formatting_structure.boxes.TextBox("p", style, None, text)
    encoded, skip = text.encode(), 0
    context = _Context()
    while skip is not None:
        while encoded[skip:skip + 1] == b" ":
            skip += 1
        if skip >= len(encoded):
            return
        part, skip, _ = inline.split_text_box(context, box, room, skip)
        if part is None:
            return
        stripped = part.text.rstrip(" ")
        if stripped != part.text:
            part.text = stripped
            again, _, _ = inline.split_text_box(context, part, None, 0)
            part.width = again.width
        yield part


class _Context:
    """What breaking lines asks of a layout: its dictionaries for hyphens."""

    def __init__(self) -> None:
        self.dictionaries: dict[Any, Any] = {}


@contextmanager
def _kept_layouts() -> Iterator[None]:
    """Let WeasyPrint keep the shaped lines that it measures, which it else shapes once more to draw them."""
    layout = weasyprint.text.line_break.Layout
    release = layout.deactivate
    layout.deactivate = lambda _self: None
    try:
        yield
    finally:
        layout.deactivate = release


def _drawn(stream: Any, part: Any) -> Line:
    """Draw one line into a stream of its own, as `draw.text.draw_text` does."""
    stream.stream.clear()
    stream.begin_text()
    weasyprint.draw.text.draw_first_line(stream, part, "clip", "none", weasyprint.matrix.Matrix(d=-1))
    stream.end_text()
    part.pango_layout.deactivate()
    operators = [item if isinstance(item, bytes) else str(item).encode() for item in stream.stream]
    return Line(part.text, part.width, b"\n".join(operators[2:-1]))
