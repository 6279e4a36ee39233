"""How a Word document looks: its styles, lists, typefaces, page and settings, each under a name an editor knows.

In: an empty document of python-docx, the language, and the colours and measures of the page's own CSS. Out: the same
document with advokit's styles in place of the library's (ECMA-376 part 1, 17.7 styles, 17.9 numbering, 17.6 sections).
Everything that is printed is set by a named style and nothing by hand, so that an editor changes a look in one place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from xml.sax.saxutils import quoteattr

import tinycss2
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from docx.shared import Mm

SERIF, SANS, MONO = "Source Serif Pro", "Source Sans Pro", "Courier New"
_INSTEAD = {SERIF: ("Source Serif 4,Georgia,Times New Roman", "roman"),
            SANS: ("Source Sans 3,Arial,Liberation Sans", "swiss"), MONO: ("Liberation Mono", "modern")}

PAPERS: Mapping[str, tuple[float, float]] = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
"""Width and height in millimetres."""


@dataclass(frozen=True)
class Page:
    """A page and its margins, in millimetres."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float

    @property
    def text(self) -> float:
        """The width of the text."""
        return self.width - self.left - self.right


def page_for(paper: str, *, letter: bool) -> Page:
    """Choose the margins: a letter's are those of its print, other documents get a measure of about 80 letters."""
    width, height = PAPERS.get(paper, PAPERS["a4"])
    if letter:
        return Page(width, height, 25, 24, 25, 20)
    return Page(width, height, 32, 32, 25, 25)


@dataclass(frozen=True)
class Style:
    """One paragraph style; sizes in points, colours by the name of the page's own token or as six hex digits."""

    name: str
    """The name that Word knows, in English; Word shows its built-in ones in the editor's own language."""
    based: str = "Normal"
    following: str = ""
    """The style of the next paragraph typed; the style itself if empty."""
    font: str = ""
    size: float = 0
    line: float = 0
    """The least height of a line."""
    before: float | None = None
    after: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    colour: str = ""
    left: float = 0
    hanging: float = 0
    tab: float = 0
    keep_next: bool = False
    keep_lines: bool = False
    no_hyphens: bool = False
    exact: bool = False
    """Whether a line may not grow beyond `line`."""
    rule: str = ""
    """`top`, `bottom` or `left`: a line on that side, in the accent."""
    outline: int | None = None

    @property
    def id(self) -> str:
        """The identifier by which paragraphs name the style."""
        return style_id(self.name)


def style_id(name: str) -> str:
    """Derive a style's identifier from its name, as Word does: `heading 1` → `Heading1`."""
    return "".join(word[:1].upper() + word[1:] for word in name.split())


_HEAD: Mapping[str, Any] = {"following": "Normal", "font": SANS, "bold": True, "keep_next": True, "keep_lines": True,
                            "no_hyphens": True}

BODY: tuple[Style, ...] = (
    Style("Normal", "", font=SERIF, size=10.8, line=15, before=0, after=7.5, colour="ink"),
    Style("Title", following="Summary", font=SERIF, size=26, line=29, after=14, bold=True, keep_next=True,
          keep_lines=True, no_hyphens=True),
    Style("heading 1", size=14, line=18, before=20, after=5, outline=0, **_HEAD),
    Style("heading 2", size=11.5, line=15, before=14, after=3, outline=1, **_HEAD),
    Style("heading 3", size=10.8, line=15, before=12, after=3, outline=2, **_HEAD),
    Style("heading 4", size=10.8, line=15, before=10, after=3, outline=3, colour="grey", **_HEAD),
    Style("Kicker", following="Title", font=SANS, size=9, line=14, before=0, after=7, bold=True, colour="accent",
          rule="top", keep_next=True),
    Style("Brand", following="Kicker", font=SANS, size=10.8, after=24, bold=True),
    Style("Fact", font=SANS, size=9, line=12, after=2, left=85, hanging=85, tab=85),
    Style("Summary", size=12, line=17, before=8, after=9),
    Style("Quote", left=15, italic=False),
    Style("Preformatted", font=MONO, size=9, line=12),
    Style("List Bullet", after=4),
    Style("List Number", after=4),
    Style("List Continue", after=4),
    Style("Block title", following="Normal", font=SANS, size=10.8, before=10, after=4, bold=True, keep_next=True),
    Style("After table", following="Normal", before=9),
    Style("Table gap", following="Normal", size=4, line=6, after=0, exact=True),
    Style("Rule", following="Normal", size=4, line=6, after=9, rule="bottom"),
    Style("caption", following="Normal", font=SANS, size=9, line=12, after=4, colour="grey"),
    Style("Note", font=SANS, size=9, line=12, after=4, colour="grey"),
    Style("Picture", following="caption", line=0, before=2, after=4, keep_next=True),
    Style("Entry label", following="Normal", font=SANS, size=9, line=13, before=5, after=1, bold=True, colour="grey",
          keep_next=True),
    Style("Table text", font=SANS, size=9, line=12, before=0, after=0),
    Style("Table head", "Table text", colour="grey", keep_next=True, no_hyphens=True),
    Style("Key value", following="Key label", size=22, line=26, after=0, no_hyphens=True, keep_next=True),
    Style("Key label", following="Key source", font=SANS, size=10, line=13, after=2, bold=True, keep_next=True),
    Style("Key source", font=SANS, size=9, line=12, after=2, colour="grey"),
    Style("Bibliography", font=SANS, size=9, line=12, after=4, left=25, hanging=25, no_hyphens=True),
    Style("header", font=SANS, size=7.6, line=10, after=0, colour="grey"),
    Style("footer", font=SANS, size=7.6, line=10, after=0, colour="grey", no_hyphens=True),
    Style("footnote text", font=SANS, size=7.6, line=10, after=1, no_hyphens=True),
)
"""The paragraph styles of every document."""

LETTER: tuple[Style, ...] = (
    Style("Sender", font=SANS, size=8.6, line=11.5, after=0, no_hyphens=True),
    Style("Return line", font=SANS, size=7.6, line=10, after=0, colour="grey", no_hyphens=True),
    Style("envelope address", size=10.8, line=12.6, after=0, no_hyphens=True, exact=True),
    Style("Date", following="Salutation", after=15, no_hyphens=True),
    Style("Reference line", font=SANS, size=8.6, colour="grey"),
    Style("Subject", following="Salutation", after=15, bold=True, no_hyphens=True, keep_next=True, outline=0),
    Style("Salutation", following="Normal", after=7.5, no_hyphens=True),
    Style("Closing", following="Signature", before=7.5, after=0, keep_next=True, no_hyphens=True),
    Style("Signature", before=39, after=0, no_hyphens=True),
    Style("Enclosures", font=SANS, before=15, after=0, size=8.6, no_hyphens=True),
    Style("Imprint", font=SANS, size=7.6, line=10, before=15, colour="grey"),
)
"""The paragraph styles that only a letter has."""

_CHARACTERS: tuple[tuple[str, str], ...] = (
    ("footnote reference", '<w:vertAlign w:val="superscript"/>'),
    ("Hyperlink", '<w:u w:val="single" w:color="{hairline}"/>'),
    ("Strong", "<w:b/><w:bCs/>"),
    ("Emphasis", "<w:i/><w:iCs/>"),
    ("Figure value", '<w:shd w:val="clear" w:color="auto" w:fill="E8EEF0"/>'),
    ("Label", '<w:color w:val="{grey}"/>'),
    ("Code", f'<w:rFonts w:ascii="{MONO}" w:hAnsi="{MONO}" w:cs="{MONO}"/>'),
)
"""The character styles. "Figure value" stands behind each number that comes from the ledger: nearly nothing on
paper, plain on a screen, and to be searched for by its name."""

COLOURS: Mapping[str, str] = {"ink": "1C2126", "accent": "1D4F5C", "grey": "585F66", "hairline": "B4B9BE"}


class Css:
    """The declarations of a page's own styles, by selector; later ones win."""

    def __init__(self, text: str) -> None:
        """Read a style sheet; what cannot be read is left out."""
        self._found: dict[tuple[str, str], str] = {}
        for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
            if rule.type == "qualified-rule":
                selectors = tinycss2.serialize(rule.prelude).split(",")
                for item in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
                    if item.type == "declaration":
                        for selector in selectors:
                            self._found[" ".join(selector.split()), item.name] = tinycss2.serialize(item.value).strip()

    def lengths(self, selector: str, name: str) -> tuple[float, ...]:
        """Give the lengths of a property in points."""
        units = {"mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0, "pt": 1.0, "": 0.0}
        found = re.findall(r"(-?\d+(?:\.\d+)?)(mm|cm|in|pt|)(?=\s|$)", self._found.get((selector, name), ""))
        return tuple(float(number) * units[unit] for number, unit in found)

    def length(self, selector: str, name: str, default: float) -> float:
        """Give the first length of a property in points, or the default."""
        return next(iter(self.lengths(selector, name)), default)

    def colours(self) -> dict[str, str]:
        """Give the page's colours as six hex digits, a brand's own included."""
        found = dict(COLOURS)
        for name in found:
            value = self._found.get((":root", f"--{name}"), "").lstrip("#")
            if re.fullmatch(r"[0-9A-Fa-f]{3}", value):
                value = "".join(digit * 2 for digit in value)
            if re.fullmatch(r"[0-9A-Fa-f]{6}", value):
                found[name] = value.upper()
        return found


def apply_styles(document: Any, css: Css, language: str, *, letter: bool, right_to_left: bool) -> None:
    """Put advokit's styles in place of the library's."""
    root = document.styles.element
    for old in root.xpath("w:docDefaults | w:style"):
        root.remove(old)
    root.insert(0, _defaults(language))
    colours = css.colours()
    for style in (*BODY, *(_letter_styles(css) if letter else ())):
        root.append(_paragraph_style(style, colours, right_to_left=right_to_left))
    root.append(_plain_style("character", "Default Paragraph Font", ""))
    for name, look in _CHARACTERS:
        based = '<w:basedOn w:val="DefaultParagraphFont"/>'
        root.append(_plain_style("character", name, f"{based}<w:rPr>{look.format(**colours)}</w:rPr>"))
    margins = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in
                      (("top", 0), ("left", 0), ("bottom", 0), ("right", 0)))
    root.append(_plain_style("table", "Normal Table", f"<w:tblPr><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"))
    root.append(_table_style("Figures table", colours, inside=True))
    root.append(_table_style("Key figures", colours, inside=False))


def _letter_styles(css: Css) -> Iterable[Style]:
    """Give the letter's styles; the address is set in the size that was found to fit its window."""
    for style in LETTER:
        if style.name == "envelope address":
            yield replace(style, size=css.length(".window .recipient", "font-size", style.size),
                          line=css.length(".window .recipient", "line-height", style.line))
        else:
            yield style


def _defaults(language: str) -> Any:
    tag = quoteattr(language)
    return parse_xml(
        f'<w:docDefaults {nsdecls("w")}><w:rPrDefault><w:rPr>{_fonts(SERIF)}<w:sz w:val="22"/><w:szCs w:val="22"/>'
        f"<w:lang w:val={tag} w:eastAsia={tag} w:bidi={tag}/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>")


def _fonts(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def _paragraph_style(style: Style, colours: Mapping[str, str], *, right_to_left: bool) -> Any:
    based = f'<w:basedOn w:val="{style_id(style.based)}"/>' if style.based else ""
    following = f'<w:next w:val="{style_id(style.following)}"/>' if style.following else ""
    default = "" if style.based else ' w:default="1"'
    custom = "" if style.name in _BUILT_IN or style.name.startswith("heading") else ' w:customStyle="1"'
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="paragraph"{default}{custom} w:styleId="{style.id}">'
        f'<w:name w:val="{style.name}"/>'
        f"{based}{following}<w:qFormat/><w:pPr>{_paragraph_look(style, colours, right_to_left)}</w:pPr>"
        f"<w:rPr>{_run_look(style, colours)}</w:rPr></w:style>")


_BUILT_IN = frozenset({"Normal", "Title", "Quote", "List Bullet", "List Number", "List Continue", "caption", "header",
                       "footer", "Bibliography", "footnote text", "footnote reference", "Hyperlink", "Strong",
                       "Emphasis", "Default Paragraph Font", "Normal Table", "envelope address", "Date", "Salutation",
                       "Closing", "Signature"})


def _paragraph_look(style: Style, colours: Mapping[str, str], right_to_left: bool) -> str:  # noqa: FBT001
    """Write a style's paragraph properties in the order of the schema."""
    parts = []
    if style.keep_next:
        parts.append("<w:keepNext/>")
    if style.keep_lines:
        parts.append("<w:keepLines/>")
    if style.name == "Normal":
        parts.append("<w:widowControl/>")
    if style.rule:
        colour = colours["accent"]
        parts.append(f'<w:pBdr><w:{style.rule} w:val="single" w:sz="10" w:space="4" w:color="{colour}"/></w:pBdr>')
    if style.tab:
        parts.append(f'<w:tabs><w:tab w:val="left" w:pos="{twips(style.tab)}"/></w:tabs>')
    if style.no_hyphens:
        parts.append("<w:suppressAutoHyphens/>")
    if style.name == "Normal" and right_to_left:
        parts.append("<w:bidi/>")
    rule = "exact" if style.exact else "atLeast"
    spacing = "".join([f' w:before="{twips(style.before)}"' if style.before is not None else "",
                       f' w:after="{twips(style.after)}"' if style.after is not None else "",
                       f' w:line="{twips(style.line)}" w:lineRule="{rule}"' if style.line else ""])
    if spacing:
        parts.append(f"<w:spacing{spacing}/>")
    if style.left:
        parts.append(f'<w:ind w:left="{twips(style.left)}" w:hanging="{twips(style.hanging)}"/>')
    if style.outline is not None:
        parts.append(f'<w:outlineLvl w:val="{style.outline}"/>')
    return "".join(parts)


def _run_look(style: Style, colours: Mapping[str, str]) -> str:
    parts = [_fonts(style.font)] if style.font else []
    for tag, value in (("b", style.bold), ("i", style.italic)):
        if value is not None:
            parts.append(f'<w:{tag} w:val="{int(value)}"/><w:{tag}Cs w:val="{int(value)}"/>')
    if style.colour:
        parts.append(f'<w:color w:val="{colours[style.colour]}"/>')
    if style.size:
        parts.append(f'<w:sz w:val="{round(style.size * 2)}"/><w:szCs w:val="{round(style.size * 2)}"/>')
    return "".join(parts)


def _plain_style(kind: str, name: str, inner: str) -> Any:
    default = ' w:default="1"' if name in ("Default Paragraph Font", "Normal Table") else ""
    custom = "" if name in _BUILT_IN else ' w:customStyle="1"'
    hidden = "<w:semiHidden/>" if default else "<w:qFormat/>"
    head, _, rest = inner.partition("/>") if inner.startswith("<w:basedOn") else ("", "", inner)
    based = f"{head}/>" if head else ""
    return parse_xml(f'<w:style {nsdecls("w")} w:type="{kind}"{default}{custom} w:styleId="{style_id(name)}">'
                     f'<w:name w:val="{name}"/>{based}{hidden}{rest}</w:style>')


def _table_style(name: str, colours: Mapping[str, str], *, inside: bool) -> Any:
    """Make a table of horizontal hairlines, or a row of boxes under one strong rule."""
    def line(side: str, size: int, colour: str) -> str:
        return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colours[colour]}"/>'

    lines = (line("bottom", 6, "ink") + line("insideH", 4, "hairline") if inside
             else line("top", 10, "accent") + line("bottom", 4, "hairline"))
    margins = '<w:top w:w="40" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/>'
    margins += '<w:right w:w="140" w:type="dxa"/>'
    first = (f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>{line("bottom", 6, "ink")}</w:tcBorders></w:tcPr>'
             "</w:tblStylePr>") if inside else ""
    return _plain_style("table", name, f'<w:basedOn w:val="NormalTable"/><w:tblPr><w:tblBorders>{lines}</w:tblBorders>'
                        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>{first}")


def apply_page(document: Any, page: Page, *, footer: float = 10.0) -> None:
    """Set paper and margins."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(page.width), Mm(page.height)
    section.left_margin, section.right_margin = Mm(page.left), Mm(page.right)
    section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
    section.header_distance, section.footer_distance = Mm(8), Mm(footer)


BULLETS, NUMBERS, REFERENCES = 1, 2, 3
"""The kinds of lists, by the number of their abstract definition."""

LEVEL = 18.0
"""How far each level of a list is indented, in points."""


def apply_lists(document: Any) -> None:
    """Define the lists: bullets, numbers, and the references with their number in brackets."""
    root = document.part.numbering_part.element
    for old in list(root):
        root.remove(old)
    kinds = ((BULLETS, "bullet", "•", LEVEL), (NUMBERS, "decimal", "%{}.", LEVEL),
             (REFERENCES, "decimal", "[%{}]", 25.0))
    for number, form, text, hang in kinds:
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:lvlText w:val="{text.format(level + 1)}"/><w:lvlJc w:val="left"/><w:pPr>'
            f'<w:ind w:left="{twips(hang + LEVEL * level)}" w:hanging="{twips(hang)}"/></w:pPr></w:lvl>'
            for level in range(9))
        root.append(parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">'
                              f'<w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'))


def new_list(document: Any, kind: int, start: int = 1) -> int:
    """Begin a list of its own, which counts from `start`, and give the number that its paragraphs name."""
    root = document.part.numbering_part.element
    number = len(root.xpath("w:num")) + 1
    starts = (start, *[1] * 8) if kind != BULLETS else ()
    levels = "".join(f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{first}"/></w:lvlOverride>'
                     for level, first in enumerate(starts))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{kind}"/>{levels}'
                          "</w:num>"))
    return number


def font_table() -> bytes:
    """Write the part that names the typefaces and what to take where they are not installed."""
    fonts = "".join(f'<w:font w:name="{name}"><w:altName w:val="{instead}"/><w:family w:val="{family}"/></w:font>'
                    for name, (instead, family) in _INSTEAD.items())
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<w:fonts {nsdecls("w")}>{fonts}</w:fonts>'.encode()


def settings(language: str, *, hyphenate: bool) -> Iterable[Any]:
    """Give the children of the settings part, in the order of the schema."""
    inner = (f'<w:zoom w:percent="100"/><w:autoHyphenation w:val="{int(hyphenate)}"/><w:defaultTabStop w:val="720"/>'
             '<w:characterSpacingControl w:val="doNotCompress"/>'
             '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
             '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
             f'w:val="15"/></w:compat><w:themeFontLang w:val={quoteattr(language)}/>'
             '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>')
    return list(parse_xml(f'<w:settings {nsdecls("w")}>{inner}</w:settings>'))


def twips(points: float) -> int:
    """Convert points to twentieths of a point."""
    return round(points * 20)
