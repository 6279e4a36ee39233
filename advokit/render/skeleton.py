"""Letters of one kind, laid out once: a skeleton of what they share, and slots that are set for each of them.

In: a letter as WeasyPrint laid it out and drew it, and the texts of its slots. Out: a `Skeleton`, from which every
letter whose slots take as many lines comes out as WeasyPrint would draw it, in a fraction of the time. A skeleton is
taken only where its own letter, put together from it, has the very operators that WeasyPrint wrote; whatever is in
doubt is laid out as a whole. The file is written as ISO 32000-1, 7.5 has it, the page's content last, so that nothing
before it ever moves.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from advokit.compose.composed import Slots
from advokit.render.fonts import load_weasyprint
from advokit.render.setting import Line, Place, Setter

weasyprint = load_weasyprint()

_MATRIX = re.compile(rb"1 0 0 -1 (\S+) (\S+) Tm\Z")


@dataclass(frozen=True)
class SlotLine:
    """Where one line of a slot is drawn."""

    slot: int
    """The text that it belongs to, counted over all slots."""
    line: int
    """Which of its lines, from 0."""
    top: bytes
    """The height of its baseline, as the operator has it."""


@dataclass(frozen=True, eq=False)
class Frame:
    """What letters share whose slots hold as many texts: where and in which style each of these is set."""

    places: tuple[Place, ...]

    def lines(self, slots: Slots, setter: Setter) -> tuple[tuple[Line, ...], ...] | None:
        """Set the texts of a letter; None where one of them needs a whole layout."""
        found = []
        for text, place in zip(texts_of(slots), self.places, strict=True):
            lines = setter.lines(text, place)
            if not lines:
                return None
            found.append(lines)
        return tuple(found)


@dataclass(frozen=True)
class Skeleton:
    """A letter without the texts of its slots, ready to take others that need as many lines."""

    frame: Frame
    content: tuple[bytes | SlotLine, ...]
    """The page's content, in the order in which it is drawn."""
    words: tuple[str | int, ...]
    """What the page says in that order: texts, and the numbers of slots."""
    before: bytes
    """The file up to the page's content."""
    number: int
    """The number of the content's object."""
    after: bytes
    """The entries of the cross-reference stream but for its own."""
    trailer: bytes
    """What the trailer says beside the identifier."""
    digest: bytes
    """A digest of everything before the content."""

    def file(self, lines: Sequence[Sequence[Line]]) -> bytes:
        """Write the letter with these lines."""
        content = zlib.compress(self.content_of(lines), 6)
        head = f"{self.number} 0 obj\n<</Filter /FlateDecode/Length {len(content)}>>\nstream\n".encode()
        body = self.before + head + content + b"\nendstream\nendobj\n"
        table = self.after + _entry(1, len(body), 0)
        name = hashlib.md5(self.digest + content, usedforsecurity=False).hexdigest()
        count = len(table) // _WIDTH
        return body + b"".join((
            f"{count - 1} 0 obj\n<</Type /XRef/Index [0 {count}]/W [1 4 2]/Size {count}/Length {len(table)}".encode(),
            self.trailer, f"/ID [<{name}> <{name}>]>>\nstream\n".encode(), table,
            f"\nendstream\nendobj\nstartxref\n{len(body)}\n%%EOF\n".encode()))

    def content_of(self, lines: Sequence[Sequence[Line]]) -> bytes:
        """Write the page's content with these lines."""
        return b"\n".join(self._drawn(lines))

    def _drawn(self, lines: Sequence[Sequence[Line]]) -> Iterator[bytes]:
        for part in self.content:
            if isinstance(part, bytes):
                yield part
            else:
                line = lines[part.slot][part.line]
                begin = _number(self.frame.places[part.slot].begin(line))
                yield b"BT\n1 0 0 -1 " + begin + b" " + part.top + b" Tm\n" + line.operators + b"\nET"

    def says(self, slots: Slots) -> str:
        """Give the text of a letter's page, in the order in which it is drawn."""
        texts = texts_of(slots)
        return "".join(part if isinstance(part, str) else texts[part] for part in self.words)


def texts_of(slots: Slots) -> tuple[str, ...]:
    """Give the texts of all slots in one row."""
    return tuple(text for _, texts in slots for text in texts)


# From a laid-out letter

@dataclass(frozen=True)
class _Spot:
    """One text of a slot as it came out in a layout."""

    place: Place
    boxes: tuple[Any, ...]
    """WeasyPrint's text boxes, one a line."""


class Taker:
    """Looks on while a letter is written, and takes its skeleton."""

    def __init__(self, slots: Slots, setter: Setter) -> None:
        """Say what the slots of the letter hold."""
        self._slots, self._setter = slots, setter
        self.one_page = False
        """Whether the letter keeps to one page; one that does not says nothing about others."""
        self._page: Any = None
        self._pdf: Any = None
        self._spots: tuple[_Spot, ...] | None = None

    def laid_out(self, document: Any) -> None:
        """Take in the layout before it is drawn, and give its typefaces the repertoire."""
        self.one_page = len(document.pages) == 1
        if self.one_page:
            self._page = document.pages[0]._page_box  # noqa: SLF001 - the public interface has no boxes
            self._spots = _spots(self._page, self._slots)
            if self._spots:
                self._setter.equip(document.fonts, [spot.place.style for spot in self._spots])

    def drawn(self, pdf: Any) -> None:
        """Take in the objects of the file before they are written."""
        self._pdf = pdf

    def skeleton(self, frame: Frame | None = None) -> Skeleton | None:
        """Give the skeleton once the file is written; None where the letter must be laid out as a whole.

        `frame` is that of letters before it, to which it must keep.
        """
        if not self._spots or self._pdf is None:
            return None
        frame = frame or Frame(tuple(spot.place for spot in self._spots))
        lines = frame.lines(self._slots, self._setter)
        if lines is None or any([line.text for line in parts] != [box.text for box in spot.boxes]
                                for parts, spot in zip(lines, self._spots, strict=True)):
            return None
        stream = _object(self._pdf, _object(self._pdf, self._pdf.page_references[0])["Contents"])
        operators = [_bytes(item) for item in stream.stream]
        read = _read(operators, self._page, self._spots)
        if read is None:
            return None
        before, after, trailer = _file(self._pdf, stream)
        made = Skeleton(frame, *read, before, stream.number, after, trailer, hashlib.sha256(before).digest())
        return made if made.content_of(lines) == b"\n".join(operators) else None


def _spots(page: Any, slots: Slots) -> tuple[_Spot, ...] | None:
    """Find where the texts of the slots stand; None where a block of theirs is missing or holds something else."""
    if any(box.is_floated() for box in page.descendants()):
        return None  # what flows round a float depends on how wide that is
    blocks: dict[str, list[Any]] = {}
    for box in _plain_blocks(page):
        for name in (box.element.get("class") or "").split() if box.element is not None else ():
            blocks.setdefault(name, []).append(box)
    wanted: dict[str, int] = {}
    for name, _ in slots:
        wanted[name] = wanted.get(name, 0) + 1
    if any(len(blocks.get(name, ())) != count for name, count in wanted.items()):
        return None
    found: list[_Spot] = []
    for name, texts in slots:
        spots = _of_block(blocks[name].pop(0), len(texts))
        if spots is None:
            return None
        found += spots
    return tuple(found)


def _plain_blocks(box: Any) -> Iterator[Any]:
    """Yield the blocks whose width no text decides: not in tables, columns or boxes that shrink."""
    for child in getattr(box, "children", ()):
        if type(child) is weasyprint.formatting_structure.boxes.BlockBox and child.is_in_normal_flow():
            yield child
            yield from _plain_blocks(child)


def _of_block(block: Any, count: int) -> list[_Spot] | None:
    """Read how the texts of one block are set: each begins a line of its own."""
    boxes = weasyprint.formatting_structure.boxes
    style = block.style
    align = style["text_align_all"] if style["text_align_last"] == "auto" else style["text_align_last"]
    if (not all(isinstance(line, boxes.LineBox) for line in block.children) or style["direction"] != "ltr"
            or align not in {"start", "end", "left", "right"} or align != style["text_align_all"]
            or style["text_indent"].value):
        return None
    groups: list[list[Any]] = []
    begins = True
    for line in block.children:
        inside = list(line.descendants())
        texts = [box for box in inside if isinstance(box, boxes.TextBox) and box.text.strip()]
        painted = any(box.background or box.border_width() != box.padding_width() for box in inside
                      if isinstance(box, boxes.InlineBox))
        if len(texts) != 1 or painted:
            return None
        if begins:
            groups.append([])
        groups[-1] += texts
        begins = any(box.element_tag == "br" for box in inside)
    if len(groups) != count:
        return None
    return [_Spot(Place(group[0].style, block.content_box_x(), block.width, align in {"end", "right"}), tuple(group))
            for group in groups]


def _read(operators: Sequence[bytes], page: Any, spots: Sequence[_Spot]
          ) -> tuple[tuple[bytes | SlotLine, ...], tuple[str | int, ...]] | None:
    """Part the content of a page into what is shared and the lines of the slots, and tell what it says."""
    boxes = weasyprint.formatting_structure.boxes
    drawn = [box for box in page.descendants() if isinstance(box, boxes.TextBox) and box.text.strip()]
    at = {(_number(box.position_x), _number(box.position_y + box.baseline)): box for box in drawn}
    lines = {id(box): (slot, number) for slot, spot in enumerate(spots) for number, box in enumerate(spot.boxes)}
    content: list[bytes | SlotLine] = []
    words: list[str | int] = []
    shared: list[bytes] = []
    index = 0
    while index < len(operators):
        matrix = _MATRIX.match(operators[index + 1]) if operators[index] == b"BT" else None
        box = at.pop((matrix[1], matrix[2]), None) if matrix else None
        slot = lines.pop(id(box), None)
        if matrix and box is None:
            return None  # two texts in one place, or a text that no box holds
        if slot is not None and matrix:
            content += [*([b"\n".join(shared)] if shared else []), SlotLine(*slot, matrix[2])]
            shared, index = [], operators.index(b"ET", index)
            words += [slot[0]] if not slot[1] else []
        else:
            words += [box.text] if box is not None else []
            shared.append(operators[index])
        index += 1
    return None if lines else ((*content, *([b"\n".join(shared)] if shared else [])), tuple(words))


# The file

_WIDTH = 7


def _entry(kind: int, first: int, second: int) -> bytes:
    """Write one entry of a cross-reference stream."""
    return bytes((kind,)) + first.to_bytes(4, "big") + second.to_bytes(2, "big")


def _file(pdf: Any, content: Any) -> tuple[bytes, bytes, bytes]:
    """Write everything but the page's content and the cross-references, which come last."""
    objects = [item for item in pdf.objects if not _is_container(item)]
    parts, place, entries = [b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"], 15, [_entry(0, 0, 65535)] * len(objects)

    def add(number: int, data: bytes) -> None:
        nonlocal place
        while len(entries) <= number:
            entries.append(b"")
        entries[number] = _entry(1, place, 0)
        parts.append(data)
        place += len(data)

    packed = [item for item in objects if item.free != "f" and item.compressible]
    for item in objects:
        if item.free != "f" and not item.compressible and item is not content:
            add(item.number, item.indirect + b"\n")
    index, bodies, offset = [], [], 0
    for order, item in enumerate(packed):
        data = item.data
        entries[item.number] = _entry(2, len(objects), order)
        index.append(f"{item.number} {offset}")
        bodies.append(data)
        offset += len(data) + 1
    head = " ".join(index).encode()
    stream = zlib.compress(b"\n".join((head, *bodies)), 9)
    add(len(objects), f"{len(objects)} 0 obj\n<</Type /ObjStm/N {len(packed)}/First {len(head) + 1}/Filter /FlateDecode"
                      f"/Length {len(stream)}>>\nstream\n".encode() + stream + b"\nendstream\nendobj\n")
    entries[content.number] = _entry(1, place, 0)
    trailer = b"/Root " + pdf.catalog.reference + (b"/Info " + pdf.info.reference if pdf.info else b"")
    return b"".join(parts), b"".join(entries), trailer


def _is_container(item: Any) -> bool:
    """Tell what `pydyf` adds when it writes: its own object stream and cross-references."""
    return isinstance(item, weasyprint.pdf.pydyf.Stream) and item.extra.get("Type") in {"/ObjStm", "/XRef"}


def _object(pdf: Any, reference: bytes) -> Any:
    """Follow a reference."""
    return pdf.objects[int(reference.split()[0])]


def _bytes(item: Any) -> bytes:
    """Write an operand or operator as `pydyf` does."""
    return bytes(weasyprint.pdf.pydyf._to_bytes(item))  # noqa: SLF001 - the same writing is the point


def _number(value: float) -> bytes:
    """Write a number as `pydyf` does."""
    return _bytes(float(value))
