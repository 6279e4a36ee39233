"""A finished PDF → its pages as text with positions, its structure, links and attachments.

In: the bytes of a PDF. Out: frozen values; nothing of the renderer's knowledge goes in. Text and positions come from
PDFium, structure from pikepdf (ISO 32000-1, 14.6 to 14.8). Positions are millimetres from the page's left and top edge.
"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

_MM = 25.4 / 72
_MAX_DEPTH = 200


@dataclass(frozen=True)
class Rectangle:
    """A place on a page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        """The middle point."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def holds(self, x: float, y: float) -> bool:
        """Say whether a point lies inside or on the edge."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@dataclass(frozen=True)
class Char:
    """One character as it stands on the page."""

    text: str
    """As in the text layer."""
    place: Rectangle
    """The ink's box."""
    mcid: int
    """Its marked content, or -1 where it belongs to none."""
    artifact: bool
    """Whether it is marked as decoration of the page."""
    hidden: bool
    """Whether a clipping path cuts it away."""
    space_before: bool
    """Whether a space or a line's end stands before it."""
    run: int
    """Which piece of text of the content stream it belongs to, counted within its page."""


@dataclass(frozen=True)
class Page:
    """One page."""

    width: float
    height: float
    chars: tuple[Char, ...]
    """In the order of the content stream, spaces left out."""
    targets: tuple[str, ...]
    """The named destinations that its links lead to."""
    uris: tuple[str, ...]
    """The addresses that its links lead to."""


@dataclass(frozen=True)
class Element:
    """One element of the structure that holds content, in reading order."""

    kind: str
    """Such as P or H1."""
    page: int
    """From 0."""
    mcid: int
    """Its marked content."""


@dataclass(frozen=True)
class Attachment:
    """One attached file."""

    name: str
    content: bytes
    relationship: str


@dataclass(frozen=True)
class Reading:
    """Everything read from one PDF."""

    pages: tuple[Page, ...]
    structure: tuple[Element, ...]
    """Marked content in reading order."""
    pictures_without_words: int
    """Figures of the structure with no alternative text."""
    language: str
    title: str
    author: str
    tagged: bool
    shows_title: bool
    bookmarks: int
    destinations: Mapping[str, int]
    """The page, from 0, of each named destination."""
    attachments: tuple[Attachment, ...]
    fonts_not_embedded: tuple[str, ...]
    actions: tuple[str, ...]
    """What the file would do by itself: scripts, programs, forms."""
    properties: str
    """The XMP metadata, as text."""


class UnreadablePdfError(ValueError):
    """The bytes are no PDF that can be read."""


def read_pdf(data: bytes) -> Reading:
    """Read a PDF, or raise `UnreadablePdfError` with a reason."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return _read(data, pdf)
    except (pikepdf.PdfError, pypdfium2.PdfiumError) as error:
        raise UnreadablePdfError(str(error)) from None


def _read(data: bytes, pdf: pikepdf.Pdf) -> Reading:
    """Gather everything from the open file."""
    root: Any = pdf.Root
    numbers: dict[Any, int] = {page.objgen: index for index, page in enumerate(pdf.pages)}
    walk = _Structure(numbers)
    if "/StructTreeRoot" in root:
        walk.read(root.StructTreeRoot.get("/K"), "", None, 0)
    preferences = root.get("/ViewerPreferences", {})
    return Reading(
        pages=tuple(_pages(data, pdf)), structure=tuple(walk.elements), pictures_without_words=walk.without_words,
        language=str(root.get("/Lang", "")), title=str(pdf.docinfo.get("/Title", "")),
        author=str(pdf.docinfo.get("/Author", "")), tagged=bool(root.get("/MarkInfo", {}).get("/Marked", False)),
        shows_title=bool(preferences.get("/DisplayDocTitle", False)), bookmarks=_bookmarks(root),
        destinations=_destinations(root, numbers), attachments=tuple(_attachments(pdf)),
        fonts_not_embedded=tuple(sorted(set(_bare_fonts(pdf)))), actions=tuple(sorted(set(_actions(pdf)))),
        properties=root.Metadata.read_bytes().decode("utf-8", "replace") if "/Metadata" in root else "")


@dataclass(frozen=True)
class Glance:
    """What a first page shows, and nothing of its structure: enough for a file like one that was read as a whole."""

    pages: int
    width: float
    height: float
    text: str
    """In the order of the content stream."""
    pieces: tuple[Rectangle, ...]
    """The ink of its texts, piece by piece."""
    boxed: str
    """The text that stands, wholly or in part, inside the box that was asked for."""


def glance(data: bytes, box: Rectangle) -> Glance:
    """Read what the first page shows, and what of it stands inside a box; raises `UnreadablePdfError`."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadablePdfError(str(error)) from None
    try:
        page = document[0]
        width, height = page.get_size()
        text = page.get_textpage()
        pieces = tuple(Rectangle(left * _MM, (height - top) * _MM, right * _MM, (height - bottom) * _MM)
                       for left, bottom, right, top in map(text.get_rect, range(text.count_rects())))
        boxed = text.get_text_bounded(box.left / _MM, height - box.bottom / _MM, box.right / _MM,
                                      height - box.top / _MM)
        return Glance(len(document), width * _MM, height * _MM, text.get_text_range(), pieces, boxed)
    finally:
        document.close()


class _Structure:
    """Walks the structure tree in reading order."""

    def __init__(self, numbers: Mapping[Any, int]) -> None:
        self._numbers = numbers
        self.elements: list[Element] = []
        self.without_words = 0

    def read(self, node: Any, kind: str, page: int | None, depth: int) -> None:
        """Read one node: an element, a list of kids or a marked content id."""
        if node is None or depth > _MAX_DEPTH:
            return
        if isinstance(node, int):
            if page is not None:
                self.elements.append(Element(kind, page, node))
        elif isinstance(node, pikepdf.Array):
            for kid in node:
                self.read(kid, kind, page, depth + 1)
        elif isinstance(node, pikepdf.Dictionary) and "/Obj" not in node:
            if "/Pg" in node:
                page = self._numbers.get(node.Pg.objgen, page)
            if "/MCID" in node:
                self.read(int(node.MCID), kind, page, depth + 1)
                return
            kind = str(node.get("/S", "/"))[1:]
            if kind == "Figure" and not str(node.get("/Alt", "")).strip():
                self.without_words += 1
            self.read(node.get("/K"), kind, page, depth + 1)


def _pages(data: bytes, pdf: pikepdf.Pdf) -> Iterator[Page]:
    """Read the text of each page, and where its links lead."""
    document = pypdfium2.PdfDocument(data)
    try:
        for index, structure in enumerate(pdf.pages):
            page = document[index]
            width, height = page.get_size()
            targets, uris = _links(structure)
            yield Page(width * _MM, height * _MM, tuple(_chars(page, height)), targets, uris)
    finally:
        document.close()


def _links(page: pikepdf.Page) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Read the destinations and addresses of a page's links."""
    targets, uris = [], []
    notes: Any = page.obj.get("/Annots", ())
    for note in notes:
        action: Any = note.get("/A", {})
        target = note.get("/Dest", action.get("/D"))
        if isinstance(target, pikepdf.String | pikepdf.Name):
            targets.append(str(target).removeprefix("/"))
        if "/URI" in action:
            uris.append(str(action.URI))
    return tuple(targets), tuple(uris)


@dataclass(frozen=True)
class _Mark:
    """What is the same for all characters of one piece of text in the content stream."""

    run: int
    mcid: int
    artifact: bool
    clip: Rectangle | None


def _chars(page: Any, height: float) -> Iterator[Char]:
    """Read every visible character of a page."""
    textpage = page.get_textpage()
    marks: dict[int, _Mark] = {}
    frames = dict(_frames(page))
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    space = True
    for index in range(pdfium.FPDFText_CountChars(textpage)):
        text = chr(pdfium.FPDFText_GetUnicode(textpage, index))
        if pdfium.FPDFText_IsGenerated(textpage, index) == 1 or text.isspace() or text == "\0":
            space = True
            continue
        item = pdfium.FPDFText_GetTextObject(textpage, index)
        key = ctypes.addressof(item.contents)
        if key not in marks:
            marks[key] = _mark(item, frames.get(key), height, len(marks))
        mark = marks[key]
        pdfium.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
        place = Rectangle(left.value * _MM, (height - top.value) * _MM, right.value * _MM,
                          (height - bottom.value) * _MM)
        hidden = mark.clip is not None and not mark.clip.holds(*place.middle)
        yield Char(text, place, mark.mcid, mark.artifact, hidden, space, mark.run)
        space = False


def _frames(page: Any) -> Iterator[tuple[int, Any]]:
    """Yield, for every object inside a form XObject, the form that the page itself shows: it carries the marks."""
    waiting: list[tuple[Any, Any]] = []
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        item = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_FORM:
            waiting.append((item, item))
    while waiting:
        form, frame = waiting.pop()
        for index in range(pdfium.FPDFFormObj_CountObjects(form)):
            item = pdfium.FPDFFormObj_GetObject(form, index)
            yield ctypes.addressof(item.contents), frame
            if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_FORM:
                waiting.append((item, frame))


def _mark(item: Any, frame: Any, height: float, run: int) -> _Mark:
    """Read how a piece of text is marked and clipped; inside a form, by the form's marks."""
    holder = item if frame is None else frame
    names = []
    buffer = ctypes.create_string_buffer(64)
    length = ctypes.c_ulong()
    for index in range(pdfium.FPDFPageObj_CountMarks(holder)):
        mark = pdfium.FPDFPageObj_GetMark(holder, index)
        pdfium.FPDFPageObjMark_GetName(mark, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), 64, length)
        names.append(buffer.raw[:max(length.value - 2, 0)].decode("utf-16-le"))
    return _Mark(run, pdfium.FPDFPageObj_GetMarkedContentID(holder), "Artifact" in names, _clip(holder, height))


def _clip(item: Any, height: float) -> Rectangle | None:
    """Give the box of what clips a piece of text, or None."""
    path = pdfium.FPDFPageObj_GetClipPath(item)
    box: Rectangle | None = None
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(max(pdfium.FPDFClipPath_CountPaths(path), 0) if path else 0):
        points = []
        for number in range(pdfium.FPDFClipPath_CountPathSegments(path, index)):
            segment = pdfium.FPDFClipPath_GetPathSegment(path, index, number)
            if segment and pdfium.FPDFPathSegment_GetPoint(segment, x, y):
                points.append((x.value * _MM, (height - y.value) * _MM))
        if points:
            xs, ys = [point[0] for point in points], [point[1] for point in points]
            found = Rectangle(min(xs), min(ys), max(xs), max(ys))
            box = found if box is None else Rectangle(max(box.left, found.left), max(box.top, found.top),
                                                      min(box.right, found.right), min(box.bottom, found.bottom))
    return box


def _destinations(root: Any, numbers: Mapping[Any, int]) -> dict[str, int]:
    """Read the named destinations."""
    names = root.get("/Names", {})
    if "/Dests" not in names:
        return {}
    return {str(name): numbers[target[0].objgen] for name, target in pikepdf.NameTree(names.Dests).items()
            if isinstance(target, pikepdf.Array) and target[0].objgen in numbers}


def _attachments(pdf: pikepdf.Pdf) -> Iterator[Attachment]:
    """Read the attached files."""
    for name, spec in pdf.attachments.items():
        yield Attachment(spec.filename or str(name), spec.get_file().read_bytes(),
                         str(spec.obj.get("/AFRelationship", "/"))[1:])


def _bookmarks(root: Any) -> int:
    """Count the bookmarks of the first level."""
    count, item = 0, root.get("/Outlines", {}).get("/First")
    while item is not None and count < 10_000:
        count, item = count + 1, item.get("/Next")
    return count


def _bare_fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Name the fonts whose letters do not come with the file."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font" and "/DescendantFonts" not in item:
            descriptor: Any = item.get("/FontDescriptor", {})
            if item.get("/Subtype") != "/Type3" and not any(
                    key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                yield str(item.get("/BaseFont", "/a font"))[1:]


def _actions(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Name what the file would do by itself, and forms."""
    root: Any = pdf.Root
    if "/OpenAction" in root and isinstance(root.OpenAction, pikepdf.Dictionary):
        yield "an action on opening"
    if "/JavaScript" in root.get("/Names", {}):
        yield "a script"
    if "/AcroForm" in root:
        yield "a form"
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary):
            if "/AA" in item:
                yield "an automatic action"
            kind = item.get("/S")
            if isinstance(kind, pikepdf.Name) and kind in ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData"):
                yield {"/JavaScript": "a script", "/Launch": "a program"}.get(str(kind), "a form")
