"""One paragraph of a Word document being written: runs, links, notes and pictures in their order.

In: text and marks, piece by piece, as HTML has them (white space collapses, CSS Text 3, 4.1.1). Out: the runs of one
paragraph element (ECMA-376 part 1, 17.3.2). A space is held back until something follows it, so that none ends a
paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from advokit.render.docx_package import clean
from advokit.render.docx_styles import style_id

_SPACE = re.compile("[ \t\n\r\f]+")


@dataclass(frozen=True)
class Look:
    """How a run of text differs from its paragraph."""

    style: str = ""
    """The name of a character style."""
    bold: bool = False
    italic: bool = False
    struck: bool = False
    raised: str = ""
    """`superscript`, `subscript` or nothing."""
    language: str = ""
    """The language, where it is not the document's."""
    right_to_left: bool = False


class Line:
    """Writes into one paragraph element of one part."""

    def __init__(self, paragraph: Any, part: Any, *, fresh: bool = True) -> None:
        """Begin at the end of the paragraph; `fresh` says that nothing stands there yet."""
        self.paragraph, self.part = paragraph, part
        self._parent = paragraph
        self._fresh, self._waiting, self._after_note = fresh, False, False

    @property
    def empty(self) -> bool:
        """Say whether nothing was written yet."""
        return self._fresh

    def text(self, text: str, look: Look, *, keep_space: bool = False) -> None:
        """Write text; white space shrinks to one space unless it is to be kept."""
        text = clean(text)
        if keep_space:
            for index, part in enumerate(text.split("\n")):
                if index:
                    self.line_break()
                self._write(part, look)
            return
        for index, word in enumerate(_SPACE.split(text)):
            if index:
                self._waiting = not self._fresh
            if word:
                self._word(word, look)

    def _word(self, word: str, look: Look) -> None:
        self._space(look)
        last = self._last_text(look)
        if last is not None:
            last.text += word
        else:
            self._write(word, look)

    def _last_text(self, look: Look | None = None) -> Any:
        """Give the text that stands last, if it looks so."""
        last = self._parent[-1] if len(self._parent) else None
        known = last is not None and last.get("look")
        return last[-1] if last is not None and known and (look is None or known == repr(look)) else None

    def _space(self, look: Look | None = None) -> None:
        """Write the space that was held back, outside of marked words: a marked value begins and ends with itself."""
        if not self._waiting:
            return
        self._waiting = False
        before = None if look is None else self._last_text(look)
        plain = replace(look or Look(), style="")
        if before is None:
            before = self._last_text(plain)
        if before is not None:
            before.text += " "
        else:
            self._write(" ", plain)

    def _write(self, text: str, look: Look) -> None:
        run = self._run(look)
        content = OxmlElement("w:t")
        content.set(qn("xml:space"), "preserve")
        content.text = text
        run.append(content)
        run.set("look", repr(look))
        self._fresh = self._after_note = False

    def _run(self, look: Look) -> Any:
        run = OxmlElement("w:r")
        properties = OxmlElement("w:rPr")
        for tag, value in _properties(look):
            child = OxmlElement(f"w:{tag}")
            if value:
                child.set(qn("w:val"), value)
            properties.append(child)
        if len(properties):
            run.append(properties)
        self._parent.append(run)
        return run

    def line_break(self) -> None:
        """Begin a new line of the same paragraph."""
        self._run(Look()).append(OxmlElement("w:br"))
        self._waiting, self._fresh, self._after_note = False, True, False

    def tab(self) -> None:
        """Go to the next tab stop; a space that follows is swallowed."""
        self._run(Look()).append(OxmlElement("w:tab"))
        self._waiting, self._fresh = False, True

    def note(self, number: int) -> None:
        """Set the mark of a footnote; two marks in a row are told apart by a comma."""
        if self._after_note:
            self._write(",", Look(style="footnote reference"))
        mark = OxmlElement("w:footnoteReference")
        mark.set(qn("w:id"), str(number))
        self._run(Look(style="footnote reference")).append(mark)
        self._fresh, self._after_note = False, True

    def element(self, element: Any) -> None:
        """Put a finished element into a run of its own."""
        self._space()
        self._run(Look()).append(element)
        self._fresh = self._after_note = False

    def field(self, instruction: str) -> None:
        """Put in a field that the program fills, such as PAGE."""
        self._space()
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), instruction)
        self._parent.append(field)
        outer, self._parent = self._parent, field
        self._write("1", Look())
        self._parent = outer

    def bookmark(self, number: int, name: str) -> None:
        """Mark this place as the target of links."""
        for tag in ("bookmarkStart", "bookmarkEnd"):
            mark = OxmlElement(f"w:{tag}")
            mark.set(qn("w:id"), str(number))
            if tag == "bookmarkStart":
                mark.set(qn("w:name"), name)
            self._parent.append(mark)

    def open_link(self, *, address: str = "", anchor: str = "") -> None:
        """Begin a link to an address of the web or to a bookmark."""
        self._space()
        link = OxmlElement("w:hyperlink")
        if address:
            link.set(qn("r:id"), self.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        else:
            link.set(qn("w:anchor"), anchor)
        link.set(qn("w:history"), "1")
        self.paragraph.append(link)
        self._parent = link

    def close_link(self) -> None:
        """End the link; what follows stands in the paragraph again."""
        self._parent = self.paragraph

    def finish(self) -> None:
        """Take out what was only noted while writing."""
        for run in self.paragraph.iter(qn("w:r")):
            run.attrib.pop("look", None)  # noted in `_write`


def _properties(look: Look) -> list[tuple[str, str]]:
    """Give the properties of a run in the order of the schema."""
    found = [("rStyle", style_id(look.style))] if look.style else []
    for tags, value in ((("b", "bCs"), look.bold), (("i", "iCs"), look.italic), (("strike",), look.struck)):
        found += [(tag, "") for tag in tags if value]
    if look.raised:
        found.append(("vertAlign", look.raised))
    if look.right_to_left:
        found.append(("rtl", ""))
    if look.language:
        found.append(("lang", look.language))
    return found
