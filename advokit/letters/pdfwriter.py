"""A PDF file written from front to back, its objects forgotten as soon as they stand (ISO 32000-1, 7.5).

In: objects as bytes and pages of other PDFs. Out: one file with object streams and a cross-reference stream. No library
at hand does this: those that join PDFs hold every object of the result until it is saved. Whatever equals something
that stands already (typefaces, pictures, resources) is written once.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from array import array
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import pikepdf

#: Objects that share one object stream, and pages below one node of the page tree.
_TOGETHER, _KIDS = 100, 64
#: How deeply objects may lie in one another; what pages of letters need is far below.
_DEPTH = 60
#: What a page has that means nothing on paper or would point out of the file: links, and the tie to the tags.
_LEFT = {"/Annots", "/StructParents", "/Tabs", "/Parent", "/B", "/AA", "/PieceInfo", "/Metadata"}

Own = Callable[[pikepdf.Object, "PdfWriter"], int | None]
"""Takes an indirect object over instead of copying it: gives the number of what stands for it, or None."""


class PdfWriter:
    """One PDF being written; use it with `with`. Without `finish`, no whole file is left."""

    def __init__(self, path: Path, *, own: Own = lambda _object, _writer: None) -> None:
        """Open the file, readable by its owner alone; `own` may take over objects of other PDFs."""
        self._own = own
        self._file: IO[bytes] = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
        self._at = 0
        self._hash = hashlib.sha256()
        self._where, self._index = array("Q", [0]), array("i", [-1])
        self._held: list[tuple[int, bytes]] = []
        self._same: dict[bytes, int] = {}
        self._tree = self.number()
        self._kids: list[int] = []
        self._nodes: list[tuple[int, int]] = []
        self.pages = 0
        """How many pages stand."""
        self._write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        """Close the file."""
        self._file.close()

    # Objects

    def number(self) -> int:
        """Reserve the number of an object that is written later."""
        self._where.append(0)
        self._index.append(-1)
        return len(self._where) - 1

    def put(self, number: int, body: bytes) -> None:
        """Write an object that is no stream."""
        self._held.append((number, body))
        if len(self._held) >= _TOGETHER:
            self._flush()

    def put_stream(self, number: int, entries: bytes, data: bytes) -> None:
        """Write a stream; `entries` is its dictionary without brackets and length."""
        self._where[number] = self._at
        self._write(b"%d 0 obj\n<<%s /Length %d>>\nstream\n" % (number, entries, len(data)))
        self._write(data)
        self._write(b"\nendstream\nendobj\n")

    def shared(self, body: bytes) -> int:
        """Write an object, unless an equal one stands already; gives its number."""
        return self._once(hashlib.blake2b(body, digest_size=16).digest(), lambda number: self.put(number, body))

    def _once(self, key: bytes, write: Callable[[int], None]) -> int:
        number = self._same.get(key)
        if number is None:
            number = self._same[key] = self.number()
            write(number)
        return number

    # Pages

    def add_page(self, page: pikepdf.Page) -> int:
        """Add a page of another PDF; gives its number."""
        copy = _Copy(self, self._own)
        entries = []
        for name, value in page.obj.items():
            if name == "/Contents":
                entries.append(b"/Contents " + copy.contents(value))
            elif name == "/Resources":
                entries.append(b"/Resources %d 0 R" % self.shared(copy.value(value, direct=True)))
            elif name not in _LEFT:
                entries.append(_name(name) + b" " + copy.value(value))
        return self._page(entries)

    def add_blank(self, width: float, height: float) -> int:
        """Add an empty page; measures in points."""
        return self._page([b"/MediaBox [0 0 %.6g %.6g]" % (width, height), b"/Resources <<>>", b"/Type /Page"])

    def _page(self, entries: list[bytes]) -> int:
        if len(self._kids) == _KIDS or not self._nodes:
            self._close_node()
            self._nodes.append((self.number(), 0))
        number = self.number()
        self.put(number, b"<<" + b" ".join([*sorted(entries), b"/Parent %d 0 R" % self._nodes[-1][0]]) + b">>")
        self._kids.append(number)
        self.pages += 1
        return number

    def _close_node(self) -> None:
        """Write the node of the page tree that is full, or the last one."""
        if self._kids:
            node, _ = self._nodes[-1]
            self._nodes[-1] = node, len(self._kids)
            self.put(node, b"<</Type /Pages /Parent %d 0 R /Count %d /Kids [%s]>>" % (
                self._tree, len(self._kids), references(self._kids)))
        self._kids = []

    # The end

    def finish(self, catalog: bytes = b"", info: bytes = b"") -> None:
        """Write the page tree, the catalog and the cross-reference stream; the file is whole after this."""
        self._close_node()
        self.put(self._tree, b"<</Type /Pages /Count %d /Kids [%s]>>" % (
            self.pages, references([node for node, _ in self._nodes])))
        root, about = self.number(), self.number()
        self.put(root, b"<</Type /Catalog /Pages %d 0 R %s>>" % (self._tree, catalog))
        self.put(about, b"<<%s>>" % info)
        self._flush()
        number, start = self.number(), self._at
        self._where[number] = start
        rows = bytearray(b"\0\0\0\0\0\0\xff\xff")
        for place, index in zip(self._where[1:], self._index[1:], strict=True):
            rows += bytes((1 if index < 0 else 2,)) + place.to_bytes(5, "big") + max(index, 0).to_bytes(2, "big")
        name = self._hash.hexdigest()[:32].encode()
        self.put_stream(number, b"/Type /XRef /Size %d /W [1 5 2] /Root %d 0 R /Info %d 0 R /ID [<%s> <%s>]"
                                b" /Filter /FlateDecode" % (len(self._where), root, about, name, name),
                        zlib.compress(bytes(rows), 9))
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)
        self._file.flush()
        os.fsync(self._file.fileno())

    def _flush(self) -> None:
        """Write the objects held back as one object stream."""
        if not self._held:
            return
        number, at, head = self.number(), 0, []
        for index, (held, body) in enumerate(self._held):
            self._where[held], self._index[held] = number, index
            head.append(b"%d %d" % (held, at))
            at += len(body) + 1
        first = b" ".join(head) + b"\n"
        data = first + b"".join(body + b"\n" for _, body in self._held)
        count, self._held = len(self._held), []
        self.put_stream(number, b"/Type /ObjStm /N %d /First %d /Filter /FlateDecode" % (count, len(first)),
                        zlib.compress(data, 9))

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._hash.update(data)
        self._at += len(data)


class _Copy:
    """Takes what one page needs out of its file, what lies deepest first."""

    def __init__(self, writer: PdfWriter, own: Own) -> None:
        self._writer, self._own = writer, own
        self._known: dict[tuple[int, int], int] = {}

    def contents(self, value: pikepdf.Object) -> bytes:
        """Copy the page's own drawing, which equals no other page's."""
        parts = list(value.as_list()) if isinstance(value, pikepdf.Array) else [value]
        numbers = []
        for part in parts:
            number = self._writer.number()
            self._writer.put_stream(number, self._entries(part, 0), part.read_raw_bytes())
            numbers.append(number)
        return b"[" + references(numbers) + b"]" if len(numbers) != 1 else b"%d 0 R" % numbers[0]

    def value(self, value: Any, depth: int = 0, *, direct: bool = False) -> bytes:
        """Write a value of another PDF with this file's numbers."""
        if depth > _DEPTH:
            raise ValueError("the objects of a page point at one another in a circle")
        if isinstance(value, pikepdf.Object) and value.is_indirect and not direct:
            return b"%d 0 R" % self._indirect(value, depth)
        if isinstance(value, pikepdf.Dictionary | Mapping):
            return b"<<" + self._items(value, depth) + b">>"
        if isinstance(value, pikepdf.Array):
            return b"[" + b" ".join(self.value(item, depth + 1) for item in value.as_list()) + b"]"
        return _scalar(value)

    def _indirect(self, value: pikepdf.Object, depth: int) -> int:
        known = self._known.get(value.objgen)
        if known is not None:
            return known
        number = self._own(value, self._writer)
        if number is None:
            if isinstance(value, pikepdf.Stream):
                entries, data = self._entries(value, depth), value.read_raw_bytes()
                key = hashlib.blake2b(entries + b"\0" + data, digest_size=16).digest()
                number = self._writer._once(key, lambda own: self._writer.put_stream(own, entries, data))  # noqa: SLF001 - one machine in two classes
            else:
                number = self._writer.shared(self.value(value, depth, direct=True))
        self._known[value.objgen] = number
        return number

    def _items(self, value: Any, depth: int) -> bytes:
        return b" ".join(sorted(_name(name) + b" " + self.value(item, depth + 1) for name, item in value.items()))

    def _entries(self, stream: pikepdf.Object, depth: int) -> bytes:
        return b" ".join(sorted(_name(name) + b" " + self.value(item, depth + 1) for name, item in stream.items()
                                if name != "/Length"))


def _name(name: str) -> bytes:
    return pikepdf.Name(name).unparse()


def _scalar(value: Any) -> bytes:
    if isinstance(value, pikepdf.Object):
        return value.unparse()
    if value is None:
        return b"null"
    if isinstance(value, bool):
        return b"true" if value else b"false"
    if isinstance(value, int | Decimal):
        return format(value, "f").encode() if isinstance(value, Decimal) else b"%d" % value
    raise TypeError(f"a page holds a {type(value).__name__}")


def references(numbers: list[int]) -> bytes:
    """Write references to objects."""
    return b" ".join(b"%d 0 R" % number for number in numbers)


# Bookmarks

@dataclass
class _Item:
    """A bookmark that waits until it is known what follows it."""

    number: int
    title: str
    page: int
    parent: int
    before: int
    first: int = 0
    last: int = 0
    count: int = 0


class Outline:
    """Bookmarks in chapters with entries, closed at first (12.3.3); each is written when its successor is known."""

    def __init__(self, writer: PdfWriter) -> None:
        """Begin without any bookmark."""
        self._writer = writer
        self._root, self._first, self._count = writer.number(), 0, 0
        self._chapter: _Item | None = None
        self._entry: _Item | None = None
        self._key: str | None = None

    def chapter(self, title: str, page: int) -> _Item:
        """Begin a chapter; `page` is the number of a page's object."""
        self._end_entry()
        before = self._chapter
        item = _Item(self._writer.number(), title, page, self._root, before.number if before else 0)
        if before:
            self._put(before, item.number)
        self._first, self._chapter, self._key = self._first or item.number, item, None
        self._count += 1
        return item

    def entry(self, key: str, chapter: str, title: str, page: int) -> None:
        """Add an entry to the chapter with this key, or begin that chapter."""
        above = self._chapter
        if above is None or self._key != key:
            above = self.chapter(chapter, page)
            self._key = key
        before = self._entry
        item = _Item(self._writer.number(), title, page, above.number, before.number if before else 0)
        if before:
            self._put(before, item.number)
        above.first, above.last, above.count = above.first or item.number, item.number, above.count + 1
        self._entry = item

    def finish(self) -> int:
        """Write the last bookmarks; gives the number for the catalog."""
        self._end_entry()
        last = self._chapter
        if last:
            self._put(last, 0)
        ends = b" /First %d 0 R /Last %d 0 R" % (self._first, last.number) if last else b""
        self._writer.put(self._root, b"<</Type /Outlines /Count %d%s>>" % (self._count, ends))
        return self._root

    def _end_entry(self) -> None:
        if self._entry:
            self._put(self._entry, 0)
        self._entry = None

    def _put(self, item: _Item, after: int) -> None:
        links = ((b"Prev", item.before), (b"Next", after), (b"First", item.first), (b"Last", item.last))
        more = b"".join(b" /%s %d 0 R" % link for link in links if link[1])
        closed = b" /Count %d" % -item.count if item.count else b""
        self._writer.put(item.number, b"<</Title %s /Parent %d 0 R /Dest [%d 0 R /Fit]%s%s>>" % (
            pikepdf.String(item.title).unparse(), item.parent, item.page, more, closed))
