"""A finished file → every text in it, wherever a file hides one, and the names of the private list among them.

In: the bytes of a file and its name. Out: `Finding`s that name the entry and the part of the file, never the name. A
PDF is read page by page, and again with its pages joined and their footers left out, so that no page break hides a
name; then every string of every object (title, bookmarks, links, alternative texts, names of attachments), the XMP,
attachments, and what is readable in pictures. DOCX, HTML, TXT and EML likewise. Text that is only drawn, in a picture
or as curves, is not read.
"""

from __future__ import annotations

import email
import email.policy
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from advokit.safeguarding.matching import Guard

#: Longest attachment that is read, in bytes, and how deep files lie in files.
MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 4
_MAX_LEVEL = 12
_MACHINE = re.compile(r"^[\w.+-]+:|^[#/]|^\S+$")


@dataclass(frozen=True)
class Part:
    """One text of a file."""

    where: str
    """Such as "page 2", "the metadata", "an attachment"."""
    text: str
    machine: bool = False


@dataclass(frozen=True)
class Finding:
    """A name of the list in a part of a file."""

    entry: int
    where: str


def scan_file(content: bytes, name: str, guard: Guard) -> list[Finding]:
    """Find every name of the list in a finished file and in its name."""
    if not guard:
        return []
    found: dict[Finding, None] = {}
    for part in (Part("the file name", name, machine=True), *parts_of(content, name)):
        for hit in guard.find(part.text, machine=part.machine):
            found[Finding(hit.entry, part.where)] = None
    return list(found)


def parts_of(content: bytes, name: str, depth: int = 0) -> Iterator[Part]:
    """List every text of a file, by the kind of file that its name says."""
    suffix = name.rpartition(".")[2].lower()
    if content.startswith(b"%PDF-"):
        suffix = "pdf"
    elif content.startswith(b"PK\x03\x04"):
        suffix = "docx"
    if len(content) > MAX_BYTES or depth > MAX_DEPTH:
        return
    reader = _READERS.get(suffix)
    if reader:
        yield from reader(content, depth)
    elif content.startswith((b"\x89PNG", b"\xff\xd8", b"GIF8", b"RIFF")):
        yield Part("a picture", _readable(content))
    else:
        yield Part("the text", _decoded(content))


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    return content.decode("utf-8-sig", "replace")


def _readable(content: bytes) -> str:
    """Take the runs of text out of binary data, in UTF-8 and UTF-16, as pictures carry them in their metadata."""
    runs = re.findall(rb"(?:[\x20-\x7e]|[\xc3-\xd4][\x80-\xbf]){6,}", content)
    wide = re.findall(rb"(?:[\x20-\x7e]\x00|[\x00-\xff]\x04){6,}", content)
    return "\n".join(
        [*(run.decode("utf-8", "replace") for run in runs), *(run.decode("utf-16-le", "replace") for run in wide)]
    )


def _inner(content: bytes, name: str, where: str, depth: int) -> Iterator[Part]:
    yield Part(where, name, machine=True)
    for part in parts_of(content, name, depth + 1):
        yield Part(where, part.text, part.machine)


# PDF ------------------------------------------------------------------------------------------------------------


def _pdf(content: bytes, depth: int) -> Iterator[Part]:
    import pikepdf
    import pypdfium2

    try:
        pages = _pages(content)
        for number, text in enumerate(pages, 1):
            yield Part(f"page {number}", text)
        yield Part("the text across pages", _across(pages))
        with pikepdf.open(io.BytesIO(content)) as pdf:
            yield from _pdf_objects(pdf, depth)
    except (pikepdf.PdfError, pypdfium2.PdfiumError):
        yield Part("the file", _readable(content))


def _pages(content: bytes) -> list[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        found = []
        for page in document:
            text = page.get_textpage()
            found.append(str(text.get_text_range()).replace("\r\n", "\n").replace("\ufffe", "\u00ad"))
            text.close()
            page.close()
        return found
    finally:
        document.close()


def _across(pages: list[str]) -> str:
    """Join pages without their citation footers and running lines: what is numbered or repeats at their ends."""
    lines = [[line.strip() for line in page.split("\n") if line.strip()] for page in pages]
    often = Counter(_shape(line) for page in lines for line in set(page))
    joined = []
    for page in lines:
        body = [line for line in page if often[_shape(line)] < 2 or len(pages) < 2]
        joined.append("\n".join(_without_footer(body)))
    return "\n".join(joined)


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def _without_footer(body: list[str]) -> list[str]:
    """Drop the block of numbered references with which a page ends."""
    starts = [index for index, line in enumerate(body) if re.match(r"\d{1,3}[.\s]\s*\S", line)]
    end = next(
        (index for index in starts if index > len(body) // 3 and re.match(r"\d{1,3}[.\s]", body[index])), len(body)
    )
    return body[:end]


def _pdf_objects(pdf: Any, depth: int) -> Iterator[Part]:
    import pikepdf

    seen = {text for item in (*pdf.objects, pdf.trailer) for text in _strings(item) if len(text) > 2}
    for text in sorted(seen):
        yield Part("the metadata, a link, a bookmark or an alternative text", text, machine=_is_machine(text))
    attached = {
        item.objgen for item in pdf.objects if isinstance(item, pikepdf.Stream) and item.get("/Type") == "/EmbeddedFile"
    }
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Stream):
            continue
        if item.get("/Type") == "/Metadata":
            yield from _xml(item.read_bytes(), "the metadata")
        elif item.get("/Subtype") == "/Image" and "/DCTDecode" in str(item.get("/Filter", "")):
            yield Part("a picture", _readable(item.read_raw_bytes()))
    for name, spec in pdf.attachments.items():
        for one in spec.obj.EF.values():
            attached.discard(one.objgen)
        yield from _inner(spec.get_file().read_bytes(), spec.filename or str(name), "an attachment", depth)
    for number in attached:
        yield from _inner(pdf.get_object(number).read_bytes(), "", "an attachment", depth)


def _strings(item: Any, level: int = 0) -> Iterator[str]:
    """List the strings and names of one object; objects that it only refers to come by themselves."""
    import pikepdf

    if isinstance(item, pikepdf.String):
        yield str(item)
    elif level < _MAX_LEVEL and isinstance(item, pikepdf.Array):
        for one in item:
            if not getattr(one, "is_indirect", False):
                yield from _strings(one, level + 1)
    elif level < _MAX_LEVEL and isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        for key in item.keys():  # noqa: SIM118 - a pikepdf dictionary iterates over nothing else
            yield str(key)[1:]
            if not getattr(item[key], "is_indirect", False):
                yield from _strings(item[key], level + 1)


def _is_machine(text: str) -> bool:
    return len(text) < 2000 and bool(_MACHINE.match(text)) and " " not in text.strip()


# Other files ----------------------------------------------------------------------------------------------------


def _docx(content: bytes, depth: int) -> Iterator[Part]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            total = 0
            for info in archive.infolist():
                total += info.file_size
                if total > MAX_BYTES:
                    return
                data = archive.read(info)
                where = f"the part {info.filename.rpartition('/')[2]}" if info.filename.isascii() else "a part"
                yield Part("the name of a part", info.filename, machine=True)
                if info.filename.endswith((".xml", ".rels")):
                    yield from _xml(data, where)
                else:
                    yield from _inner(data, info.filename, "a part", depth)
            yield Part("the comment of the file", _decoded(archive.comment))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError):
        yield Part("the file", _readable(content))


_BLOCKS = frozenset(
    {
        "p",
        "tc",
        "li",
        "td",
        "th",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "div",
        "title",
        "text",
        "creator",
        "section",
        "footnote",
        "comment",
        "dd",
        "dt",
        "br",
        "table",
        "tr",
        "figcaption",
        "caption",
        "header",
        "footer",
        "blockquote",
    }
)


def _xml(content: bytes, where: str) -> Iterator[Part]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        yield Part(where, _decoded(content))
        return
    yield from _tree(root, where)


def _html(content: bytes, _depth: int) -> Iterator[Part]:
    import lxml.html
    from lxml import etree

    text = _decoded(content)
    try:
        root = lxml.html.document_fromstring(content if content.lstrip()[:5] == b"<?xml" else text)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        yield Part("the text", text)
        return
    yield from _tree(root, "the text")


def _tree(root: Any, where: str) -> Iterator[Part]:
    """Read the text of a tree, blocks apart, and beside it attributes, comments, styles and data in addresses."""
    pieces: list[str] = []

    def walk(node: Any) -> Iterator[Part]:
        if not isinstance(node.tag, str):
            yield Part(f"{where} (a comment)", node.text or "")
        else:
            tag = node.tag.rpartition("}")[2].lower()
            if tag in _BLOCKS:
                pieces.append("\n")
            for key, value in node.attrib.items():
                yield Part(
                    f"{where} (attribute {str(key).rpartition('}')[2]})", str(value), machine=_is_machine(str(value))
                )
            pieces.append(node.text or "")
            for child in node:
                yield from walk(child)
            if tag in _BLOCKS:
                pieces.append("\n")
        pieces.append(node.tail or "")

    yield from walk(root)
    yield Part(where, "".join(pieces))


def _text(content: bytes, _depth: int) -> Iterator[Part]:
    yield Part("the text", re.sub(r"(?<=\w)=\n(?=\w)", "", _decoded(content)))


def _json(content: bytes, _depth: int) -> Iterator[Part]:
    try:
        yield from (Part("the text", text, machine=_is_machine(text)) for text in strings_of(json.loads(content)))
    except ValueError:
        yield Part("the text", _decoded(content))


def strings_of(value: Any) -> Iterator[str]:
    """List every string of a value as JSON or YAML gives it, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield str(key)
            yield from strings_of(item)
    elif isinstance(value, Iterable):
        for item in value:
            yield from strings_of(item)


def _eml(content: bytes, depth: int) -> Iterator[Part]:
    message = email.message_from_bytes(content, policy=email.policy.default)
    for key, value in message.items():
        yield Part(f"the header {key}", str(value))
    for part in message.walk():
        if part.is_multipart():
            continue
        name = part.get_filename() or ("part.html" if part.get_content_type() == "text/html" else "part.txt")
        data = part.get_payload(decode=True)
        if isinstance(data, bytes):
            yield from _inner(data, name, "the body" if not part.get_filename() else "an attachment", depth)


_READERS: Mapping[str, Callable[[bytes, int], Iterator[Part]]] = {
    "pdf": _pdf,
    "docx": _docx,
    "html": _html,
    "htm": _html,
    "svg": lambda content, _depth: _xml(content, "a picture"),
    "xml": lambda content, _depth: _xml(content, "the text"),
    "txt": _text,
    "md": _text,
    "json": _json,
    "eml": _eml,
}
