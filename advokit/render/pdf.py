
"""Composed → PDF: one file that is PDF/UA-1 (ISO 14289-1) and PDF/A-3a (ISO 19005-3) at once.

In: `Composed`, whose HTML is laid out by WeasyPrint. Out: the bytes of the PDF, with its citation footer on every
page, the ledger extract attached, and the problems met on the way. Nothing reads the clock: the same input gives
the same bytes.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from advokit import __version__
from advokit.compose.composed import Composed
from advokit.problems import OutputError, Problem
from advokit.render import footer
from advokit.render.fetcher import FetchLimits, WorkspaceFetcher
from advokit.render.fonts import font_css, load_weasyprint
from advokit.render.messages import Messages
from advokit.render.structure import finish
from advokit.render.warm import Warm
from advokit.squeezing import with_short_addresses

weasyprint = load_weasyprint()

BASE_CSS = """
/* Archival PDF wants pictures that are not smoothed by the reader. */
* { image-rendering: crisp-edges }
html { font-family: "Advokit Serif" }
li > p:first-child { display: inline }
"""
"""What stands before the styles of every document."""

EXTRACT_NAME = "ledger-extract.json"
"""The name of the attached ledger extract."""

MAX_FOOTER_SHARE = 0.45
"""Footers higher than this share of a page are refused."""

MAX_LAYOUTS = 25
"""Layouts tried before a document is said not to settle; three or four are usual."""

LINK_SCHEMES = ("https", "http", "mailto", "tel")
"""What a link may point to outside the document."""

_BODY = re.compile(r"""<body(?:\s+[^\s=>]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+))?)*\s*>""", re.IGNORECASE)
_HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)


@dataclass(frozen=True)
class Rendering:
    """A finished PDF."""

    pdf: bytes
    """The file."""
    pages: int
    """How many pages it has."""
    layouts: int
    """How many layouts it took until the footers fitted."""
    warnings: tuple[Problem, ...]
    """What the template should mend; an error would have stopped the rendering."""


@dataclass(frozen=True)
class _Layout:
    """One layout of the document and what matters of it for the footers."""

    document: Any
    cited: tuple[tuple[int, ...], ...]
    """The references that each page cites."""
    margins: tuple[float, ...]
    """The bottom margin of each page, in CSS pixels."""
    footers: tuple[float, ...]
    """How high each page's footer came out."""
    flow: footer.Flow
    """Where on the unrolled text the citations stand."""


def render_pdf(composed: Composed, workspace_root: Path, limits: FetchLimits | None = None) -> bytes:
    """Render one document to PDF, or raise `OutputError` with every problem that prevents it."""
    return render(composed, workspace_root, limits).pdf


class Onlooker(Protocol):
    """Who looks on while a document is written, such as one who takes its skeleton."""

    def laid_out(self, document: Any) -> None:
        """Look at the layout before it is drawn."""
        ...

    def drawn(self, pdf: Any) -> None:
        """Look at the objects of the file before they are written."""
        ...


def render(composed: Composed, workspace_root: Path, limits: FetchLimits | None = None,
           warm: Warm | None = None, onlooker: Onlooker | None = None) -> Rendering:
    """Render one document to PDF and keep the warnings, or raise `OutputError` with every problem.

    `warm` holds what documents of one kind share in one process; the bytes are the same without it.
    """
    fetcher = WorkspaceFetcher(workspace_root, limits)
    with Messages(composed, workspace_root) as messages:
        try:
            layout, layouts = _Press(composed, fetcher, warm).settle()
            pdf = _write(layout.document, composed, onlooker)
        except OutputError as error:
            raise OutputError({*error.problems, *messages.problems(), *fetcher.problems(composed.template)}) from None
        except (Exception, weasyprint.urls.FatalURLFetchingError) as error:
            # WeasyPrint fails on some markup with errors of every kind; a person needs the place, not its traceback.
            raise OutputError([*messages.problems(), *fetcher.problems(composed.template), _failure(composed, error)]
                              ) from error
    problems = (*messages.problems(), *fetcher.problems(composed.template), *_link_problems(composed, layout))
    if any(problem.severity == "error" for problem in problems):
        raise OutputError(set(problems))
    return Rendering(pdf, len(layout.document.pages), layouts, tuple(sorted(set(problems))))


class _Press:
    """Lays one document out again and again until its footers fit."""

    def __init__(self, composed: Composed, fetcher: WorkspaceFetcher, warm: Warm | None = None) -> None:
        self._composed = composed
        self._fetcher = fetcher
        self._warm = warm
        self._font_config = warm.fonts if warm else weasyprint.text.fonts.FontConfiguration()
        self._cache: dict[str, Any] = {}
        self._before, self._head, self._between, after = _split(composed)
        self._after = with_short_addresses(after)
        self._base = f"<style>{font_css()}{BASE_CSS}{footer.FOOTER_CSS}</style>"
        self.references_at_end = 'id="ref-' in composed.html

    def settle(self) -> tuple[_Layout, int]:
        """Find the layout in which each page's footer holds exactly what the page cites."""
        if self._warm and (known := self._as_before(self._warm)):
            return known, 1
        everything = tuple(reference.number for reference in self._composed.references)
        # The first layout only measures: every reference at the foot of the first page, and no room for them.
        layout = self._lay_out((footer.PagePlan(everything, 0.0),), 1)
        own, heights = layout.margins, _heights(layout.document.pages[0])
        plan = footer.predict(layout.flow, heights, own)
        cited = [page.numbers for page in plan]
        measured: tuple[float, ...] = ()
        for count in range(2, MAX_LAYOUTS + 1):
            plan = footer.next_plan(plan, cited, heights, own, measured)
            self._refuse_tall(plan, layout)
            layout = self._lay_out(plan, len(cited))
            settled = footer.is_settled(plan, layout.cited, _padded(own, len(layout.cited)), layout.footers)
            if settled and len(layout.cited) == len(cited):
                if self._warm and len(cited) == 1 and count == 2:
                    self._warm.plans[self._kind()] = tuple(plan), own
                return layout, count
            cited, measured = list(layout.cited), layout.footers
            if count == 2:
                plan = footer.trimmed(plan, cited, heights)  # from here on, margins only grow
        raise OutputError([Problem(
            self._composed.text, 0, 0, "error", "footer-unsettled",
            f"the citation footers of {self._composed.document} {self._composed.edition} do not settle in "
            f"{MAX_LAYOUTS} layouts", "Move a citation, or let the page break elsewhere.")])

    def _kind(self) -> tuple[object, ...]:
        """Give all that the footer of a document's only page depends on."""
        return self._base, self._head, self._composed.references, self._composed.running

    def _as_before(self, warm: Warm) -> _Layout | None:
        """Try the footer with which the document before, of one page with the same references, came out."""
        plan, own = warm.plans.get(self._kind(), ((), ()))
        if not plan:
            return None
        layout = self._lay_out(plan, 1)
        fits = len(layout.cited) == 1 and footer.is_settled(plan, layout.cited, own, layout.footers)
        return layout if fits else None

    def _lay_out(self, plan: Sequence[footer.PagePlan], pages: int) -> _Layout:
        """Lay the document out with these footers, saying that it has so many pages."""
        page_css = f"<style>{footer.footers_css(plan)}</style>"
        footers = footer.footers_html(self._composed, plan, pages, links=not self.references_at_end)
        text = f"{self._before}{self._base}{self._head}{page_css}{self._between}{footers}{self._after}"
        source = weasyprint.HTML(string=text, url_fetcher=self._fetcher, base_url=None)
        numbers = _citations(source.etree_element)
        with self._warm.applied() if self._warm else nullcontext():
            document = source.render(font_config=self._font_config, cache=self._cache, pdf_variant="pdf/a-3a")
        cited = tuple(tuple(sorted({numbers[name] for name in page.anchors if name in numbers}))
                      for page in document.pages)
        margins = tuple(float(_box(page).margin_bottom) for page in document.pages)
        return _Layout(document, cited, margins, tuple(_footer_height(page) for page in document.pages),
                       _flow(document.pages, numbers))

    def _refuse_tall(self, plan: Sequence[footer.PagePlan], layout: _Layout) -> None:
        """Stop where footers would leave too little of a page for its text."""
        problems = []
        for index, (page, laid_out) in enumerate(zip(plan, layout.document.pages, strict=False), start=1):
            if page.margin > MAX_FOOTER_SHARE * laid_out.height:
                problems.append(Problem(
                    self._composed.text, 0, 0, "error", "footer-too-tall",
                    f"page {index} of {self._composed.document} {self._composed.edition} cites {len(page.numbers)} "
                    f"sources, whose footer would fill more than {MAX_FOOTER_SHARE:.0%} of the page",
                    "Cite fewer sources so close together, or shorten their titles."))
        if problems:
            raise OutputError(problems)


def _split(composed: Composed) -> tuple[str, str, str, str]:
    """Cut the HTML where styles and footers go in: before and inside the head, up to the body, and the rest."""
    head, body = _HEAD.search(composed.html), _BODY.search(composed.html)
    close = composed.html.lower().find("</head>")
    if head is None or body is None or not head.end() <= close <= body.start():
        raise OutputError([Problem(composed.template, 0, 0, "error", "template-incomplete",
                                   "the template gives no complete HTML document",
                                   "Begin with <!doctype html><html><head>…</head><body>.")])
    text = composed.html
    return text[:head.end()], text[head.end():close], text[close:body.end()], text[body.end():]


def _citations(root: Any) -> dict[str, int]:
    """Read which anchors are citations, and of which reference."""
    found = {}
    for element in root.iter():
        attributes = element.attrib if isinstance(element.tag, str) else {}
        if "citation" in attributes.get("class", "").split() and "id" in attributes:
            number = attributes.get("data-reference", "")
            if number.isdecimal():
                found[attributes["id"]] = int(number)
    return found


def _padded(values: Sequence[float], length: int) -> list[float]:
    """Cut or lengthen a list by its last value: later pages look like the last one known."""
    return [values[min(index, len(values) - 1)] for index in range(length)]


def _box(page: Any) -> Any:
    """Give the box tree of a page, which WeasyPrint's public interface lacks: footers must be measured."""
    return page._page_box  # noqa: SLF001


def _flow(pages: Sequence[Any], numbers: Mapping[str, int]) -> footer.Flow:
    """Unroll a layout into one strip of text, without the gaps at the ends of its pages."""
    units: list[footer.Unit] = []
    divided: set[Any] = set()
    start = 0.0
    for page in pages:
        box = _box(page)
        cited = sorted((place[3], numbers[name]) for name, place in page.anchors.items() if name in numbers)
        found = [(top, bottom) for child in box.children if not getattr(child, "at_keyword", "")
                 for top, bottom, _ in _joined(_pieces(child, divided))]
        shift, low = start - box.margin_top, box.margin_top
        for index, (top, bottom) in enumerate(found, start=1):
            # A citation belongs to the first piece that reaches below it, and none is lost.
            count = len(cited) if index == len(found) else sum(end <= bottom + 0.5 for end, _ in cited)
            units.append(footer.Unit(top + shift, bottom + shift, frozenset(number for _, number in cited[:count])))
            del cited[:count]
            low = max(low, bottom)
        start += low - box.margin_top
    return footer.Flow(tuple(units), tuple(float(_box(page).height) for page in pages))


def _pieces(box: Any, divided: set[Any]) -> Iterator[tuple[float, float, bool]]:
    """Yield what a page break does not divide: top, bottom, and whether it also stays with what follows."""
    boxes = weasyprint.formatting_structure.boxes
    style: Any = box.style
    children: Any = getattr(box, "children", ())
    after = style["break_after"] in ("avoid", "avoid-page")
    whole = not children or style["break_inside"] in ("avoid", "avoid-page") or isinstance(
        box, boxes.TableRowBox | boxes.GridBox | boxes.FlexBox)
    if whole:
        top = box.position_y + box.margin_top  # a break swallows margins
        yield top, top + box.border_height(), after
    elif isinstance(children[0], boxes.LineBox):
        # A paragraph that a page has already divided may be divided there.
        begins, ends = box.element not in divided, children[-1].resume_at is None
        divided.add(None if ends else box.element)
        count, first, last = len(children), style["orphans"] if begins else 0, style["widows"] if ends else 0
        for index, line in enumerate(children, start=1):
            together = index < first or index > count - last or (begins and ends and count < first + last)
            stays = together if index < count else after and ends
            yield line.position_y, line.position_y + line.height, stays
    else:
        found = [piece for child in children if child.is_in_normal_flow() for piece in _pieces(child, divided)]
        yield from found[:-1]
        yield from ((top, bottom, stays or after) for top, bottom, stays in found[-1:])


def _joined(pieces: Iterable[tuple[float, float, bool]]) -> Iterator[tuple[float, float, bool]]:
    """Join pieces that stay together."""
    begun: tuple[float, float] | None = None
    for top, bottom, stays in pieces:
        begun = (min(begun[0], top), max(begun[1], bottom)) if begun else (top, bottom)
        if not stays:
            yield *begun, False
            begun = None
    if begun:
        yield *begun, False


def _footer_boxes(page: Any) -> Iterator[Any]:
    """Yield the margin box that holds a page's footer, if it has one."""
    for box in _box(page).children:
        if getattr(box, "at_keyword", "") == "@bottom-left" and box.is_generated:
            yield box


def _footer_height(page: Any) -> float:
    """Measure a page's footer as it came out."""
    return float(sum(child.margin_height() for box in _footer_boxes(page) for child in box.children))


def _heights(page: Any) -> footer.Heights:
    """Measure the parts of a footer that holds every reference, whether they stand in a list or run on."""
    boxes = [child for box in _footer_boxes(page) for child in box.descendants()]
    classes = [(box, "" if box.element is None else box.element.get("class", "")) for box in boxes]
    section = next((box for box, kind in classes if kind == "page-references"), None)
    total = _footer_height(page)
    if section is None:
        return footer.Heights(total, 0.0, {})
    references: dict[int, float] = {}
    found = [(box, int(box.element.get("data-reference"))) for box, kind in classes
             if kind == "page-reference" and not box.element_tag.endswith(("::before", "::after"))]
    inline = [item for item in found if isinstance(item[0], weasyprint.formatting_structure.boxes.InlineBox)]
    height = float(section.margin_height())
    if not inline:
        for box, number in found:
            references.setdefault(number, float(box.margin_height()))
        return footer.Heights(total - height, height - sum(references.values()), references)
    for box, number in inline:  # one piece a line
        references[number] = references.get(number, 0.0) + float(box.margin_width())
    lines = [box for box in section.descendants() if isinstance(box, weasyprint.formatting_structure.boxes.LineBox)]
    line = float(lines[0].height)
    return footer.Heights(total - height, height - line * len(lines), references, float(section.width), line)


def _write(document: Any, composed: Composed, onlooker: Onlooker | None = None) -> bytes:
    """Write a settled layout, with metadata and the ledger extract."""
    moment = dt.datetime.combine(composed.date, dt.time(), dt.UTC)
    metadata = document.metadata
    metadata.title, metadata.description = composed.title, composed.description
    metadata.authors, metadata.keywords = [composed.publisher], list(composed.keywords)
    metadata.generator = f"advokit {__version__}"
    metadata.created = metadata.modified = moment.isoformat()
    metadata.attachments = []
    _declare_accessible(metadata)
    attachment = weasyprint.Attachment(
        string=composed.extract, name=EXTRACT_NAME, description="Ledger extract", created=moment, modified=moment,
        relationship="Source")
    shorts = {f"ref-{reference.number}": _plain(reference.short) for reference in composed.references}

    def finisher(_: Any, pdf: Any) -> None:
        finish(pdf, shorts, keep_sources='id="ref-' not in composed.html)
        if onlooker:
            onlooker.drawn(pdf)

    if onlooker:
        onlooker.laid_out(document)
    return bytes(document.write_pdf(pdf_variant="pdf/a-3a", attachments=[attachment], finisher=finisher))


_UA_XMP = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>\
</rdf:Description><rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA Universal Accessibility \
Schema</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>The part of ISO 14289 to which the \
file conforms</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag>\
</pdfaExtension:schemas></rdf:Description>"""


def _declare_accessible(metadata: Any) -> None:
    """Let the XMP also say PDF/UA-1, inside its single rdf:RDF, with the schema that PDF/A demands for it."""
    original = metadata.generate_rdf_metadata

    def generate(variant: str, version: int, conformance: str) -> bytes:
        xmp: bytes = original(variant, version, conformance)
        return xmp.replace(b"</rdf:RDF>", _UA_XMP + b"</rdf:RDF>")

    metadata.generate_rdf_metadata = generate


def _plain(markup: str) -> str:
    """Take the tags out of inline HTML."""
    return html.unescape(re.sub(r"<[^>]+>", "", markup))


def _link_problems(composed: Composed, layout: _Layout) -> Iterator[Problem]:
    """Find links that a reader's program should not follow."""
    for page in layout.document.pages:
        for kind, target, _, _ in page.links:
            scheme = urlsplit(target).scheme.lower() if kind == "external" else "https"
            if kind == "attachment" or scheme not in LINK_SCHEMES:
                yield Problem(composed.template, 0, 0, "error", "link-scheme",
                              f"a link to '{target[:80]}' may not stand in a document",
                              f"Links are {', '.join(LINK_SCHEMES)}, or #name inside the document.")


def _failure(composed: Composed, error: BaseException) -> Problem:
    """Say that WeasyPrint gave up, in one sentence."""
    reason = " ".join(str(error).split())[:200] or type(error).__name__
    return Problem(composed.template, 0, 0, "error", "layout-failed",
                   f"the page layout of {composed.document} {composed.edition} fails: {reason}",
                   "Undo the last change of the template or its styles.")
