"""Composed → one Word document that LibreOffice and Word open, for whoever goes on editing.

In: `Composed` and the root of the workspace. Out: the bytes of a DOCX file (ECMA-376 transitional). Headings, lists,
tables, notes and links are the format's own; looks are named styles (docx_styles.py). Every citation is a footnote: the
first of a source gives its full reference, a later one and those of a letter the short form and the address; the
number in brackets is that of the list of references. A value from the ledger carries the style "Figure value".

Left out, because an edited file could not keep its promise: the code with which a PDF is checked.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import lxml.html
from babel.localedata import exists
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from docx.shared import Pt

from advokit.compose.composed import Composed, Reference
from advokit.language import tongue
from advokit.problems import OutputError
from advokit.render import docx_styles as styles
from advokit.render.docx_lines import Line, Look
from advokit.render.docx_package import FootnotesPart, clean, describe, pack, tidy, web_address
from advokit.render.docx_pictures import Picture, Pictures, chart_rows, words
from advokit.render.docx_styles import Css, style_id, twips
from advokit.render.docx_tables import cells_of, column_widths, new_table
from advokit.workspace import locale_folders

_MM = 72 / 25.4
_SENDER_TOP = 12.0
"""Where a letter's sender begins, in millimetres: the first page's upper margin in templates/letter/page.html."""
_LOGO = 28.8
"""The height of a logo in points, as in templates/base.css."""
_SENDER_RIGHT = 100.0
"""How far a sender on the right is moved, in millimetres, as in templates/letter/style.css."""

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset({*_HEADINGS, "address", "article", "aside", "blockquote", "dd", "div", "dl", "dt", "figcaption",
                     "figure", "footer", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "svg",
                     "table", "ul"})
_LEFT_OUT = frozenset({"verify"})
_STYLES: Mapping[str, str] = {
    "kicker": "Kicker", "brand": "Brand", "fact": "Fact", "block-title": "Block title", "note": "Note",
    "entry-label": "Entry label", "key-value": "Key value", "key-label": "Key label", "key-source": "Key source",
    "key-note": "Key source", "contact": "Note", "summary": "Summary", "method": "Note", "chart-words": "Note",
    "references": "Bibliography",
}
_LETTER_STYLES: Mapping[str, str] = {
    "sender": "Sender", "return-line": "Return line", "recipient": "envelope address", "place-date": "Date",
    "reference-line": "Reference line", "subject": "Subject", "salutation": "Salutation", "closing": "Closing",
    "signature": "Signature", "enclosures": "Enclosures", "window": "envelope address",
}
_MARKS: Mapping[str, Mapping[str, Any]] = {
    "b": {"bold": True}, "strong": {"bold": True}, "em": {"italic": True}, "i": {"italic": True},
    "cite": {"italic": True}, "sup": {"raised": "superscript"}, "sub": {"raised": "subscript"}, "s": {"struck": True},
    "del": {"struck": True}, "code": {"style": "Code"}, "kbd": {"style": "Code"},
}
_CLASS_MARKS: Mapping[str, Mapping[str, Any]] = {
    "figure": {"style": "Figure value"}, "fact-label": {"style": "Label"}, "unit": {"style": "Label", "bold": False},
    "sender-name": {"bold": True}, "status": {"style": "Strong"},
}


@dataclass
class _Item:
    """An item of a list: its first paragraph carries the number, the others only stand below it."""

    number: int
    level: int
    style: str
    used: bool = False


@dataclass(frozen=True)
class _Place:
    """Where the next paragraph goes, and what it takes from the elements around it."""

    container: Any
    width: float
    """In points."""
    style: str = ""
    item: _Item | None = None
    level: int = -1
    frame: str = ""
    keep: bool = False
    """Whether a paragraph stays on the page of the next one."""
    align: str = ""
    look: Look = field(default_factory=Look)


def render_docx(composed: Composed, root: Path) -> bytes:
    """Write one document as DOCX; raises OutputError with every picture that cannot be read."""
    return _Writer(composed, root).write()


class _Writer:
    """Holds what the steps of writing one document share."""

    def __init__(self, composed: Composed, root: Path) -> None:
        self.composed = replace(composed, html=clean(composed.html))
        self.root = lxml.html.document_fromstring(self.composed.html)
        self.letter = composed.window is not None
        self.language = _tag(composed.language, composed.country)
        self.tongue = tongue(composed.language, composed.country, locale_folders(root))
        self.pictures = Pictures(self.composed, root)
        self.drawings = {node: index for index, node in enumerate(self.root.xpath("//body//svg[not(ancestor::svg)]"))}
        self.references: dict[str, Reference] = {str(item.number): item for item in composed.references}
        self.page = styles.page_for(composed.paper, letter=self.letter)
        self.css = Css("\n".join(node.text or "" for node in self.root.iter("style")))
        self.document: Any = Document()
        self.notes = FootnotesPart.new(self.document)
        self.anchors = self._anchors()
        self.cited: set[str] = set()
        self.waiting_marks: list[str] = []
        self.titled = self.after_table = self.begun = False
        self.bullets: int | None = None

    def write(self) -> bytes:
        """Write the whole document."""
        right_to_left = self.root.get("dir") == "rtl"
        tidy(self.document, self.language, hyphenate=not self.letter)
        styles.apply_styles(self.document, self.css, self.language, letter=self.letter, right_to_left=right_to_left)
        styles.apply_page(self.document, self.page)
        styles.apply_lists(self.document)
        body = self.document.element.body
        place = _Place(body, self.page.text * _MM, look=Look(right_to_left=right_to_left))
        self._flow(self.root.find("body"), place)
        if self.pictures.problems:
            raise OutputError(dict.fromkeys(self.pictures.problems))
        section = self.document.sections[0]
        self._footer(section.footer)
        marks = self.root.find_class("mark")
        if self.letter and marks:
            self._fold_marks(section, marks)
        describe(self.document, self.composed, self.language)
        return pack(self.document)

    def _anchors(self) -> dict[str, str]:
        """Give the bookmark's name of each id that some link of the document leads to."""
        links = [node.get("href", "")[1:] for node in self.root.iter("a") if node.get("href", "").startswith("#")]
        known = [name for name in dict.fromkeys(links) if name]
        return {name: f"{re.sub('[^A-Za-z0-9]', '_', name)[:30]}_{index}" if not re.fullmatch(r"ref-\d+", name)
                else name.replace("-", "_") for index, name in enumerate(known, 1)}

    # Blocks

    def _flow(self, node: Any, place: _Place) -> None:
        """Write what an element holds: its blocks each by itself, what stands between them as paragraphs."""
        place = self._inside(node, place)
        inline: list[Any] = [node.text] if node.text else []
        for child in node:
            if isinstance(child.tag, str) and child.tag in _BLOCKS:
                self._loose(inline, place)
                inline = []
                self._block(child, place)
            elif isinstance(child.tag, str):
                inline.append(child)
            if child.tail:
                inline.append(child.tail)
        self._loose(inline, place)

    def _inside(self, node: Any, place: _Place) -> _Place:
        """Take language, style and alignment of an element over into its content."""
        self._mark(node)
        place = replace(place, look=self._look(node, place.look, marks=False))
        style = self._style(node)
        if {"date-right", "number"} & _classes(node):
            place = replace(place, align="right")
        if "chart-words" in _classes(node):
            place = replace(place, keep=True)
        return replace(place, style=style) if style else place

    def _loose(self, inline: list[Any], place: _Place) -> None:
        if any(not isinstance(item, str) or item.strip() for item in inline):
            self._paragraph(inline, place)

    def _block(self, node: Any, place: _Place) -> None:
        names, tag = _classes(node), node.tag
        if names & _LEFT_OUT or "mark" in names:
            return
        if tag in _HEADINGS:
            self._flow(node, replace(place, style=self._heading(node)))
        elif tag in ("ul", "ol"):
            self._list(node, self._inside(node, place))
        elif tag == "table":
            self._table(node, self._inside(node, place))
        elif tag == "svg":
            self._chart(node, place)
        elif "key-items" in names:
            self._key_figures(node, place)
        elif tag == "hr":
            self._open(replace(place, style="Rule"))
        elif tag == "pre":
            line = self._open(replace(place, style="Preformatted"))
            line.text(node.text_content().rstrip("\n"), place.look, keep_space=True)
            line.finish()
        else:
            self._flow(node, self._region(node, place))

    def _region(self, node: Any, place: _Place) -> _Place:
        """Place the parts of a letter that stand at a fixed place on the page; all else stays in the text."""
        names = _classes(node)
        if node.tag == "blockquote":
            return replace(place, style="Quote")
        if node.tag == "dt":
            return replace(place, style="Entry label")
        if not self.letter or self.composed.window is None:
            return place
        page, box = self.page, self.composed.window
        if "letterhead" in names:
            shift = _SENDER_RIGHT if "sender-right" in names else 0.0
            width = page.width - page.left - page.right - shift
            return replace(place, width=width * _MM, frame=_frame(page.left + shift, _SENDER_TOP, width,
                                                                  box.top - _SENDER_TOP))
        if "window" in names:
            padding = self.css.lengths(".window-lines", "padding")
            top, left = (padding[0] / _MM, padding[-1] / _MM) if len(padding) == 4 else (3.0, 5.0)
            return replace(place, width=(box.width - left) * _MM,
                           frame=_frame(box.left + left, box.top + top, box.width - left, box.height - top))
        return place

    def _heading(self, node: Any) -> str:
        level = int(node.tag[1])
        if level > 1:
            return f"heading {min(level - 1, 4)}"
        first, self.titled = not self.titled, True
        if self.letter:
            return "Subject" if first else "heading 1"
        return "Title" if first else "heading 1"

    def _list(self, node: Any, place: _Place) -> None:
        level = min(place.level + 1, 8)
        if node.tag == "ul":
            if self.bullets is None:
                self.bullets = styles.new_list(self.document, styles.BULLETS)
            number, style = self.bullets, "List Bullet"
        else:
            listed = place.style == "Bibliography"
            start = node.get("start", "1")
            number = styles.new_list(self.document, styles.REFERENCES if listed else styles.NUMBERS,
                                     int(start) if start.isdecimal() else 1)
            style = "Bibliography" if listed else "List Number"
        for child in node.iterchildren("li"):
            item = _Item(number, level, style)
            self._flow(child, replace(place, item=item, style=style, level=level))
            if not item.used:
                self._open(replace(place, item=item, style=style, level=level))

    def _table(self, node: Any, place: _Place) -> None:
        rows = cells_of(node)
        if not rows:
            return
        heads = len(node.findall("./thead/tr"))
        widths = column_widths(rows, place.width)
        spans = [[span for _, span in row] for row in rows]
        table = new_table("Figures table", spans, widths, heads)
        self._add_table(table, place)
        for index, (row, element) in enumerate(zip(rows, table.tr_lst, strict=True)):
            style = "Table head" if index < heads else "Table text"
            for (cell, _), target in zip(row, element.tc_lst, strict=True):
                look = place.look
                if index >= heads and (cell.get("scope") == "row" or "number" in _classes(cell)):
                    look = replace(look, bold=True)
                inner = _Place(target, place.width / len(widths), style, look=look)
                self._flow(cell, inner)
                _end_cell(target, style)
        self.after_table = True

    def _key_figures(self, node: Any, place: _Place) -> None:
        items = list(node)
        if not items:
            return
        widths = [place.width / len(items)] * len(items)
        table = new_table("Key figures", [[1] * len(items)], widths, 0)
        self._add_table(table, place)
        for item, cell in zip(items, table.tr_lst[0].tc_lst, strict=True):
            self._flow(item, _Place(cell, widths[0], "Key source", look=place.look))
            _end_cell(cell, "Key source")
        self.after_table = True

    def _add_table(self, table: Any, place: _Place) -> None:
        if self.after_table:  # Word joins two tables with nothing between them into one
            self._open(replace(place, style="Table gap"))
        place.container._insert_tbl(table)  # noqa: SLF001 - keeps the order of the schema
        self.after_table = False

    def _chart(self, node: Any, place: _Place) -> None:
        """Show a drawing, and below it the observations that it draws, as a table that can be edited."""
        line = self._open(replace(place, style="Picture"))
        self._drawing(node, line, place)
        line.finish()
        rows = chart_rows(node)
        if not rows:
            return
        heads = (self.tongue.say("As of"), self.tongue.say("How many"))
        widths = [place.width * 0.35, place.width * 0.25]
        table = new_table("Figures table", [[1, 1]] * (len(rows) + 1), widths, 1)
        self._add_table(table, place)
        looks = (place.look, replace(place.look, style="Figure value"))
        for index, row in enumerate([heads, *((row.date, row.value) for row in rows)]):
            for column, (text, cell) in enumerate(zip(row, table.tr_lst[index].tc_lst, strict=True)):
                inner = _Place(cell, widths[column], "Table text" if index else "Table head",
                               align="right" if column else "")
                line = self._open(inner)
                line.text(text, looks[column] if index else place.look)
                line.finish()
        self.after_table = True

    # Paragraphs

    def _paragraph(self, inline: Iterable[Any], place: _Place) -> None:
        line = self._open(place)
        self._inline(inline, line, place)
        line.finish()

    def _open(self, place: _Place) -> Line:
        """Add a paragraph with its properties, in the order of the schema."""
        style, number, left = place.style or "Normal", "", ""
        if place.item and not place.item.used:
            number = (f'<w:numPr><w:ilvl w:val="{place.item.level}"/><w:numId w:val="{place.item.number}"/></w:numPr>')
            place.item.used = True
        elif place.item and style == place.item.style:
            style, left = "List Continue", f'<w:ind w:left="{twips(styles.LEVEL * (place.item.level + 1))}"/>'
        in_text = place.container is self.document.element.body and not place.frame
        spacing = ""
        if self.letter and in_text and not self.begun:
            self.begun, spacing = True, f'<w:spacing w:before="{twips(self._body_from())}"/>'
        elif in_text and self.after_table and style == "Normal":
            style = "After table"
        self.after_table = self.after_table and not in_text
        align = f'<w:jc w:val="{place.align}"/>' if place.align else ""
        paragraph = place.container.add_p()
        keep = f'<w:pStyle w:val="{style_id(style)}"/>{"<w:keepNext/>" if place.keep else ""}{place.frame}'
        paragraph.insert(0, parse_xml(f'<w:pPr {nsdecls("w")}>{keep}{number}{spacing}{left}{align}</w:pPr>'))
        line = Line(paragraph, self.document.part)
        for name in self.waiting_marks:
            line.bookmark(list(self.anchors.values()).index(name) + 1, name)
        self.waiting_marks = []
        return line

    def _body_from(self) -> float:
        """Give how far below the upper margin a letter's text begins, in points."""
        box = self.composed.window
        below = (box.top + box.height - self.page.top) * _MM if box else 0.0
        return max(below + self.css.length(".letter-body", "padding-top", 24.0), 0.0)

    def _inline(self, content: Iterable[Any], line: Line, place: _Place) -> None:
        for item in content:
            if isinstance(item, str):
                line.text(item, place.look)
            else:
                self._element(item, line, place)

    def _element(self, node: Any, line: Line, place: _Place) -> None:
        """Write one inline element, without what follows it."""
        self._mark(node)
        names = _classes(node)
        inner = replace(place, look=self._look(node, place.look))
        if names & _LEFT_OUT:
            return
        if node.tag == "br":
            line.line_break()
        elif "citation" in names and node.get("data-reference") in self.references:
            line.note(self._note(self.references[node.get("data-reference")]))
        elif node.tag == "svg":
            self._drawing(node, line, place)
        elif node.tag == "img":
            self._image(node, line, place)
        elif node.tag == "a":
            self._link(node, line, inner)
        else:
            self._inline(_content(node), line, inner)
        if "fact-label" in names:
            line.tab()

    def _link(self, node: Any, line: Line, place: _Place) -> None:
        address = node.get("href", "")
        anchor = self.anchors.get(address[1:], "") if address.startswith("#") else ""
        target = web_address(address)
        if anchor or target:
            line.open_link(address="" if anchor else target or "", anchor=anchor)
            self._inline(_content(node), line, replace(place, look=replace(place.look, style="Hyperlink")))
            line.close_link()
        else:
            self._inline(_content(node), line, place)

    def _note(self, reference: Reference) -> int:
        """Write the footnote of one citation and give its number.

        A letter has one page, and its PDF too names its sources by the short form.
        """
        number, paragraph = self.notes.add()
        line = Line(paragraph, self.notes)
        place = _Place(None, 0)
        key = str(reference.number)
        if anchor := self.anchors.get(f"ref-{key}"):
            line.open_link(anchor=anchor)
            line.text(f"[{key}]", Look())
            line.close_link()
            line.text(" ", Look())
        full = lxml.html.fragment_fromstring(clean(reference.full), create_parent="span")
        if key not in self.cited and not self.letter:
            self.cited.add(key)
            self._inline(_content(full), line, place)
        else:
            short = lxml.html.fragment_fromstring(clean(reference.short), create_parent="span")
            self._inline(_content(short), line, place)
            links = [link for link in full.iter("a") if web_address(link.get("href", ""))]
            if links:  # the page where the words were read is named last
                line.text(". ", Look())
                self._link(links[-1], line, place)
        line.finish()
        return number

    # Marks and pictures

    def _mark(self, node: Any) -> None:
        if name := self.anchors.get(node.get("id", "")):
            self.waiting_marks.append(name)

    def _style(self, node: Any) -> str:
        known = {**_STYLES, **_LETTER_STYLES} if self.letter else _STYLES
        found = next((known[name] for name in node.get("class", "").split() if name in known), "")
        if not found and "imprint" in _classes(node):
            return "Imprint" if self.letter else "Note"
        return found

    def _look(self, node: Any, look: Look, *, marks: bool = True) -> Look:
        language = node.get("lang")
        if language:
            look = replace(look, language="" if language == self.composed.language else clean(language))
        if node.get("dir") in ("ltr", "rtl"):
            look = replace(look, right_to_left=node.get("dir") == "rtl")
        if marks:
            for name in node.get("class", "").split():
                look = replace(look, **_CLASS_MARKS.get(name, {}))
            look = replace(look, **_MARKS.get(node.tag, {}))
        return look

    def _drawing(self, node: Any, line: Line, place: _Place) -> None:
        self._show(self.pictures.drawing(self.drawings[node]), words(node), line, place.width)

    def _image(self, node: Any, line: Line, place: _Place) -> None:
        picture = self.pictures.file(node.get("src", ""))
        if picture is None:
            return
        if place.style == "Brand":
            picture = replace(picture, width=picture.width * _LOGO / picture.height, height=_LOGO)
        self._show(picture, node.get("alt", ""), line, place.width)

    def _show(self, picture: Picture, alternative: str, line: Line, width: float) -> None:
        """Put a picture into the line, no wider than there is room."""
        scale = min(1.0, width / picture.width) if width else 1.0
        inline = self.document.part.new_pic_inline(io.BytesIO(picture.content), Pt(picture.width * scale),
                                                   Pt(picture.height * scale))
        inline.docPr.set("descr", clean(alternative))
        drawing = OxmlElement("w:drawing")
        drawing.append(inline)
        line.element(drawing)

    # Around the text

    def _footer(self, footer: Any) -> None:
        """Write the running line, with the page's number and the number of pages as fields."""
        running = self.composed.running
        parts = [(running.campaign, running.edition), (running.as_of, running.ledger)]
        end = twips(self.page.text * _MM)
        for index, texts in enumerate(parts):
            paragraph = footer._element.add_p() if index else footer.paragraphs[0]._p  # noqa: SLF001
            for old in list(paragraph):
                paragraph.remove(old)
            tabs = f'<w:tabs><w:tab w:val="right" w:pos="{end}"/></w:tabs>'
            paragraph.insert(0, parse_xml(f'<w:pPr {nsdecls("w")}><w:pStyle w:val="Footer"/>{tabs}</w:pPr>'))
            line = Line(paragraph, footer.part)
            line.text(" · ".join(text for text in texts if text), Look())
            if index:
                line.tab()
                for part in re.split(r"(\{pages?\})", running.page):
                    if part in ("{page}", "{pages}"):
                        line.field("PAGE" if part == "{page}" else "NUMPAGES")
                    else:
                        line.text(part, Look())
            line.finish()

    def _fold_marks(self, section: Any, marks: Iterable[Any]) -> None:
        """Draw the marks for folding and punching on the first page, out of the way of the text."""
        section.different_first_page_header_footer = True
        self._footer(section.first_page_footer)
        header = section.first_page_header
        last = header.paragraphs[0]._p  # noqa: SLF001 - python-docx keeps the element there
        for mark in marks:
            top = re.search(r"top:\s*(-?\d+(?:\.\d+)?)mm", mark.get("style", ""))
            if top:
                frame = _frame(5.0, _SENDER_TOP + float(top[1]), 4.0, 0.5)
                last.addprevious(parse_xml(
                    f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="Header"/>{frame}<w:pBdr><w:top w:val="single" '
                    f'w:sz="4" w:space="0" w:color="{self.css.colours()["grey"]}"/></w:pBdr><w:spacing w:line="20" '
                    'w:lineRule="exact"/></w:pPr></w:p>'))


def _classes(node: Any) -> frozenset[str]:
    return frozenset((node.get("class") or "").split())


def _content(node: Any) -> list[Any]:
    """List what an element holds: text and elements, in their order."""
    found: list[Any] = [node.text] if node.text else []
    for child in node:
        if isinstance(child.tag, str):
            found.append(child)
        if child.tail:
            found.append(child.tail)
    return found


def _end_cell(cell: Any, style: str) -> None:
    """End a cell with a paragraph, as the format demands."""
    if not len(cell) or not str(cell[-1].tag).endswith("}p"):
        cell.append(parse_xml(f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{style_id(style)}"/></w:pPr></w:p>'))


def _frame(left: float, top: float, width: float, height: float) -> str:
    """Write the place of a frame on the page; measures in millimetres."""
    return (f'<w:framePr w:w="{twips(width * _MM)}" w:h="{twips(height * _MM)}" w:hRule="exact" w:hSpace="0" '
            f'w:wrap="around" w:vAnchor="page" w:hAnchor="page" w:x="{twips(left * _MM)}" w:y="{twips(top * _MM)}"/>')


def _tag(language: str, country: str) -> str:
    """Give the language tag with its region where such a pair is known: `en` and `gb` → `en-GB`."""
    language = clean(language)
    base, region = language.partition("-")[0], country.upper()
    return f"{language}-{region}" if language == base and exists(f"{base}_{region}") else language
