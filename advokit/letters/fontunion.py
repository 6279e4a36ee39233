"""One typeface for a whole file, out of the small cuttings of it that single letters carry.

In: font objects of letters. Out: for each typeface one font object that holds every glyph any of them needs. Glyph
numbers stay, because a cutting keeps the numbers of the whole typeface (`Identity-H`); so the letters' drawings stay as
they are. What is no such cutting, or contradicts the others (one number with two outlines, widths or meanings), stays a
font of its own.
"""

from __future__ import annotations

import hashlib
import io
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._g_l_y_f import Glyph

from advokit.letters.pdfwriter import PdfWriter

#: How deeply glyphs may be put together from others.
_DEPTH = 8
#: The tables that decide how a glyph is drawn, beside outlines and widths; they must be equal.
_SHARED = ("cvt ", "fpgm", "prep")
_PAIR = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<((?:[0-9A-Fa-f]{4})+)>")
_MAXIMA = ("maxPoints", "maxContours", "maxCompositePoints", "maxCompositeContours", "maxZones", "maxTwilightPoints",
           "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements", "maxSizeOfInstructions",
           "maxComponentElements", "maxComponentDepth")


@dataclass(frozen=True)
class _Shape:
    """One glyph as it is drawn, whatever the numbers of the glyphs that it is put together from."""

    data: bytes
    """Its outline as TrueType writes it; numbers of components are zero."""
    metrics: tuple[int, int]
    """Advance and left side bearing, in the font's own units."""
    at: tuple[int, ...] = ()
    """Where in `data` the numbers of its components stand."""
    parts: tuple[_Shape, ...] = ()


@dataclass
class _Cutting:
    """What one letter holds of a typeface."""

    fixed: tuple[bytes, ...]
    """Its three dictionaries (font, descendant, descriptor) without what is cut."""
    drawing: bytes
    """A digest of what else decides how its glyphs are drawn."""
    shapes: dict[int, _Shape]
    widths: dict[int, bytes]
    meanings: dict[int, bytes]
    box: tuple[int, ...]
    font: TTFont
    size: int
    """How many glyphs its numbering has."""


@dataclass
class _Union:
    """The glyphs of one typeface so far."""

    number: int
    base: _Cutting
    shapes: dict[int, _Shape] = field(default_factory=dict)
    widths: dict[int, bytes] = field(default_factory=dict)
    meanings: dict[int, bytes] = field(default_factory=dict)
    box: tuple[int, ...] = (0, 0, 0, 0)
    size: int = 0
    maxima: dict[str, int] = field(default_factory=dict)

    def take(self, cutting: _Cutting) -> bool:
        """Take in the glyphs of a cutting, or none of them where they contradict those at hand."""
        pairs: tuple[tuple[dict[int, Any], dict[int, Any]], ...] = (
            (self.shapes, cutting.shapes), (self.widths, cutting.widths), (self.meanings, cutting.meanings))
        if any(mine.get(glyph, value) != value for mine, theirs in pairs for glyph, value in theirs.items()):
            return False
        for mine, theirs in pairs:
            mine.update(theirs)
        left, bottom, right, top = cutting.box
        self.box = (min(self.box[0], left), min(self.box[1], bottom), max(self.box[2], right), max(self.box[3], top))
        self.size = max(self.size, cutting.size)
        limits = cutting.font["maxp"]
        self.maxima = {name: max(self.maxima.get(name, 0), getattr(limits, name)) for name in _MAXIMA}
        return True


class FontUnion:
    """The typefaces of one file; `take` is what a `PdfWriter` asks about each object, `finish` writes the fonts."""

    def __init__(self) -> None:
        """Begin without any typeface."""
        self._unions: dict[tuple[bytes, ...], list[_Union]] = {}
        self._seen: dict[bytes, int] = {}

    def take(self, value: pikepdf.Object, writer: PdfWriter) -> int | None:
        """Take a font over; gives the number of the font that will stand for it, or None for anything else."""
        if not isinstance(value, pikepdf.Dictionary) or value.get("/Type") != "/Font" or value.get(
                "/Subtype") != "/Type0" or value.get("/Encoding") != "/Identity-H" or "/ToUnicode" not in value:
            return None
        below, descriptor = value.DescendantFonts[0], value.DescendantFonts[0].get("/FontDescriptor")
        if below.get("/CIDToGIDMap") != "/Identity" or "/W" not in below or not descriptor or \
                "/FontFile2" not in descriptor:
            return None
        parts = (descriptor.FontFile2.read_raw_bytes(), value.ToUnicode.read_raw_bytes(),
                 below.W.unparse(resolved=True), *(fixed := _fixed(value, below, descriptor)))
        seen = hashlib.blake2b(b"\0".join(hashlib.sha256(part).digest() for part in parts), digest_size=16).digest()
        if seen not in self._seen:
            try:
                cutting = _read(value, below, descriptor, fixed)
            except Exception:  # noqa: BLE001 - a font that this cannot read stays as it is
                cutting = None
            if cutting is None:
                return None
            self._seen[seen] = self._joined(cutting, writer)
        return self._seen[seen]

    def _joined(self, cutting: _Cutting, writer: PdfWriter) -> int:
        unions = self._unions.setdefault((*cutting.fixed, cutting.drawing), [])
        for union in unions:
            if union.take(cutting):
                return union.number
        union = _Union(writer.number(), cutting)
        union.take(cutting)
        unions.append(union)
        return union.number

    def finish(self, writer: PdfWriter) -> None:
        """Write every typeface."""
        for union in (union for unions in self._unions.values() for union in unions):
            file, about, below, meaning = (writer.number() for _ in range(4))
            data = _file(union)
            writer.put_stream(file, b"/Length1 %d /Filter /FlateDecode" % len(data), zlib.compress(data, 9))
            font_, below_, descriptor = union.base.fixed
            box = b" ".join(b"%d" % side for side in union.box)
            writer.put(about, b"<<%s /FontBBox [%s] /FontFile2 %d 0 R>>" % (descriptor, box, file))
            widths = b" ".join(b"%d [%s]" % (glyph, width) for glyph, width in sorted(union.widths.items()))
            writer.put(below, b"<<%s /FontDescriptor %d 0 R /W [%s]>>" % (below_, about, widths))
            writer.put_stream(meaning, b"/Filter /FlateDecode", zlib.compress(_meanings(union.meanings), 9))
            writer.put(union.number, b"<<%s /DescendantFonts [%d 0 R] /ToUnicode %d 0 R>>" % (font_, below, meaning))


def _fixed(font: pikepdf.Object, below: pikepdf.Object, descriptor: pikepdf.Object) -> tuple[bytes, ...]:
    """Write what must be equal in all cuttings of a typeface: its dictionaries without what is cut."""
    return tuple(_entries(part, leave) for part, leave in (
        (font, {"/DescendantFonts", "/ToUnicode"}), (below, {"/FontDescriptor", "/W"}),
        (descriptor, {"/FontFile2", "/FontBBox", "/CIDSet"})))


def _entries(part: pikepdf.Object, leave: set[str]) -> bytes:
    copy = pikepdf.Dictionary({name: value for name, value in part.items() if name not in leave})
    return b" ".join(sorted(pikepdf.Name(name).unparse() + b" " + _unparsed(value) for name, value in copy.items()))


def _unparsed(value: Any) -> bytes:
    return value.unparse(resolved=True) if isinstance(value, pikepdf.Object) else str(value).encode()




def _read(font: pikepdf.Object, below: pikepdf.Object, descriptor: pikepdf.Object,
          fixed: tuple[bytes, ...]) -> _Cutting | None:
    """Read a cutting; None where it is none that can be joined with others."""
    meaning = font.ToUnicode.read_bytes()
    widths = _widths(below.W)
    if b"bfrange" in meaning or widths is None:
        return None
    data = TTFont(io.BytesIO(descriptor.FontFile2.read_bytes()), lazy=True, recalcBBoxes=False, recalcTimestamp=False)
    if "glyf" not in data or not {"head", "hhea", "hmtx", "maxp"} <= set(data.keys()):
        return None
    reading = _Shapes(data)
    shapes = {glyph: reading.shape(glyph) for glyph in {0, *widths} if glyph < reading.size}
    shared = b"".join(hashlib.sha256(data.reader[tag] if tag in data else b"").digest() for tag in _SHARED)
    drawing = shared + b"%d %d" % (data["head"].unitsPerEm, data["head"].flags)
    meanings = {int(glyph, 16): text.lower() for glyph, text in _PAIR.findall(meaning.split(b"endcodespacerange")[-1])}
    return _Cutting(fixed, drawing, shapes, widths, meanings,
                    tuple(int(side) for side in descriptor.FontBBox.as_list()), data, reading.size)


class _Shapes:
    """Reads the glyphs of a cutting with what they are put together from."""

    def __init__(self, font: TTFont) -> None:
        self._order = font.getGlyphOrder()
        self._glyphs, self._metrics = font["glyf"].glyphs, font["hmtx"].metrics
        self.size = len(self._order)

    def shape(self, number: int, depth: int = 0) -> _Shape:
        name = self._order[number]
        data, metrics = bytes(getattr(self._glyphs[name], "data", b"")), self._metrics[name]
        places = _components(data)
        if not places:
            return _Shape(data, metrics)
        if depth > _DEPTH:
            raise ValueError("a glyph is put together from itself")
        parts = tuple(self.shape(int.from_bytes(data[at:at + 2], "big"), depth + 1) for at in places)
        return _Shape(_with(data, places, (0,) * len(places)), metrics, places, parts)


def _components(data: bytes) -> tuple[int, ...]:
    """Give where in an outline the numbers of its components stand (OpenType, `glyf`)."""
    if len(data) < 10 or data[0] < 0x80:
        return ()
    places, at, more = [], 10, True
    while more:
        flags = int.from_bytes(data[at:at + 2], "big")
        places.append(at + 2)
        scale = 2 if flags & 0x0008 else 4 if flags & 0x0040 else 8 if flags & 0x0080 else 0
        at += 4 + (4 if flags & 0x0001 else 2) + scale
        more = bool(flags & 0x0020) and at < len(data)
    return tuple(places)


def _with(data: bytes, places: tuple[int, ...], numbers: Sequence[int]) -> bytes:
    """Write other numbers of components into an outline."""
    changed = bytearray(data)
    for at, number in zip(places, numbers, strict=True):
        changed[at:at + 2] = number.to_bytes(2, "big")
    return bytes(changed)


def _widths(array: pikepdf.Object) -> dict[int, bytes] | None:
    """Read an array of widths (9.7.4.3); None where it is written otherwise than glyph by glyph."""
    found: dict[int, bytes] = {}
    items = list(array.as_list())
    while items:
        first = items.pop(0)
        if not items or not isinstance(items[0], pikepdf.Array):
            return None
        for glyph, width in enumerate(items.pop(0).as_list(), int(first)):
            found[glyph] = str(width).encode()
    return found


def _file(union: _Union) -> bytes:
    """Put a TrueType file together from the glyphs of all cuttings."""
    font = union.base.font
    numbered: dict[int, tuple[bytes, tuple[int, int]]] = {}
    spare: dict[_Shape, int] = {}

    def place(shape: _Shape, number: int) -> None:
        numbered[number] = b"", shape.metrics
        numbers = [part_of(part) for part in shape.parts]
        numbered[number] = _with(shape.data, shape.at, numbers), shape.metrics

    def part_of(shape: _Shape) -> int:
        """Give the number of a component: behind all numbers that the letters' drawings use."""
        if shape not in spare:
            spare[shape] = union.size + len(spare)
            place(shape, spare[shape])
        return spare[shape]

    for number, shape in sorted(union.shapes.items()):
        place(shape, number)
    order = [f"glyph{number:05d}" for number in range(union.size + len(spare))]
    glyf, table = newTable("glyf"), newTable("hmtx")
    glyf.glyphOrder = order
    glyf.glyphs = {name: Glyph(numbered.get(number, (b"",))[0]) for number, name in enumerate(order)}
    table.metrics = {name: numbered.get(number, (b"", (0, 0)))[1] for number, name in enumerate(order)}
    for tag in set(font.keys()) - {"head", "hhea", "maxp", "GlyphOrder", *_SHARED}:
        del font[tag]
    head, limits = font["head"], font["maxp"]
    head.xMin, head.yMin, head.xMax, head.yMax = union.box
    font.setGlyphOrder(order)
    font["glyf"], font["hmtx"], font["loca"] = glyf, table, newTable("loca")
    for name, most in union.maxima.items():
        setattr(limits, name, most)
    stream = io.BytesIO()
    font.save(stream, reorderTables=None)
    return stream.getvalue()


def _meanings(meanings: dict[int, bytes]) -> bytes:
    """Write a ToUnicode map (9.10.3)."""
    pairs = [b"<%04x> <%s>" % pair for pair in sorted(meanings.items())]
    blocks = [pairs[at:at + 100] for at in range(0, len(pairs), 100)]
    body = b"\n".join(b"%d beginbfchar\n%s\nendbfchar" % (len(block), b"\n".join(block)) for block in blocks)
    return (b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo\n<< /Registry (Adobe)\n"
            b"/Ordering (UCS)\n/Supplement 0\n>> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
            b"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n" + body +
            b"\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
