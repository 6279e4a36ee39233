"""The parts of a Word file around its text: footnotes, properties, settings, and the archive that holds them.

In: a document of python-docx. Out: the same with a part for footnotes (ECMA-376 part 1, 17.11; python-docx has none),
with nothing left of the library's own template, and at last bytes (OPC, ECMA-376 part 2) that depend on nothing but
the document: no clock, no machine, no account.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import Any
from urllib.parse import quote, urlsplit

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from docx.parts.story import StoryPart

from advokit import __version__
from advokit.compose.composed import Composed
from advokit.render.docx_styles import font_table, settings

MAX_PROPERTY = 255
"""The most characters a core property may have."""
MAX_ADDRESS = 2_000
"""The most characters of a link that Word opens."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_APP = ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.openxmlformats.org/'
        'officeDocument/2006/extended-properties"><Application>advokit</Application><AppVersion>{version}</AppVersion>'
        "</Properties>")


def clean(text: str) -> str:
    """Leave out the characters that XML 1.0 cannot hold: controls, halves of pairs, non-characters."""
    return _NOT_XML.sub("", text)


def web_address(address: str) -> str | None:
    """Give an address that Word accepts as the target of a link; None for one that would make the file unreadable."""
    address = clean(address).strip()
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    known = (parts.scheme in ("http", "https") and parts.netloc) or (parts.scheme == "mailto" and parts.path)
    if not known or len(address) > MAX_ADDRESS:
        return None
    return quote(re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", address), safe="%/:?#@!$&'()*+,;=~-._")


class FootnotesPart(StoryPart):
    """The part that holds the footnotes; paragraphs are written into it as into the text."""

    @classmethod
    def new(cls, document: Any) -> FootnotesPart:
        """Add the part to a document, with the two lines that separate notes from text."""
        lines = "".join(
            f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:before="0" w:after="40" '
            f'w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>'
            for number, kind in ((-1, "separator"), (0, "continuationSeparator")))
        element: Any = parse_xml(f'<w:footnotes {nsdecls("w", "r")}>{lines}</w:footnotes>')
        part = cls(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, element, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        return part

    @property
    def part(self) -> FootnotesPart:
        """Give the part itself, so that it can stand as the parent of its paragraphs."""
        return self

    def add(self) -> tuple[int, Any]:
        """Add an empty footnote; give its number and its paragraph element, which begins with the reference mark."""
        number = len(self.element) - 1
        note = parse_xml(
            f'<w:footnote {nsdecls("w")} w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr><w:r>'
            '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> '
            "</w:t></w:r></w:p></w:footnote>")
        self.element.append(note)
        return number, note[0]


def tidy(document: Any, language: str, *, hyphenate: bool) -> None:
    """Take out what the library's template brought along, and put in settings and typefaces."""
    part, package = document.part, document.part.package
    unwanted = ((part.rels, ("customXml", "stylesWithEffects", "webSettings")), (package.rels, ("thumbnail",)))
    for relations, kinds in unwanted:
        for identity in [name for name, relation in relations.items() if relation.reltype.endswith(kinds)]:
            del relations[identity]
    for relations in (part.rels, package.rels):
        for relation in relations.values():
            if relation.reltype.endswith("/fontTable"):
                relation.target_part._blob = font_table()  # noqa: SLF001
            elif relation.reltype.endswith("/extended-properties"):
                relation.target_part._blob = _APP.format(version=_app_version()).encode()  # noqa: SLF001
    root = document.settings.element
    for old in list(root):
        root.remove(old)
    root.extend(settings(language, hyphenate=hyphenate))


def _app_version() -> str:
    """Write the version as the format wants it: two numbers."""
    major, minor = [*re.findall(r"\d+", __version__), "0", "0"][:2]
    return f"{int(major):02d}.{int(minor):04d}"


def describe(document: Any, composed: Composed, language: str) -> None:
    """Fill in the properties from what was composed; the clock and the account of whoever builds do not enter."""
    moment = dt.datetime.combine(composed.date, dt.time())
    properties = document.core_properties
    properties.title, properties.subject = _property(composed.title), _property(composed.description)
    properties.author = properties.last_modified_by = _property(composed.publisher)
    properties.keywords = _property(", ".join(composed.keywords))
    properties.comments = _property(f"{composed.running.as_of}. {composed.running.ledger}".strip(". "))
    properties.language, properties.category = language, _property(composed.document)
    properties.identifier = composed.ledger_digest
    properties.revision, properties.created, properties.modified = 1, moment, moment


def _property(text: str) -> str:
    text = " ".join(clean(text).split())
    return text if len(text) <= MAX_PROPERTY else f"{text[:MAX_PROPERTY - 1]}…"


def pack(document: Any) -> bytes:
    """Write the file: the same document gives the same bytes on every day and every machine."""
    written = io.BytesIO()
    document.save(written)
    packed = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(packed, "w") as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            target.writestr(entry, source.read(name), compresslevel=6)
    return packed.getvalue()
