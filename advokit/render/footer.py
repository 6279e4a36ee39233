"""The citation footer: what stands at the foot of each page, as HTML and page rules.

In: references, the running line, and which numbers each page cites. Out: HTML and CSS Paged Media to lay out, and
the next plan once a layout is known. The plan is a fixed point: lay out, look which citations stand on each page,
give each page exactly those references and a margin as high as they need, and again, until nothing moves. Margins
only ever grow, so it ends.

A template may restyle `.citation-footer`, `.page-references`, `.page-reference`, `.page-reference-number`,
`.running-line` and `.page-number`. The whole footer lies in the bottom margin; its own padding keeps it off the
paper's edge.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from advokit.compose.composed import Composed

FOOTER_CSS = """
.citation-footer { display: block; padding: 9pt 0 10mm; font: 7.6pt/10pt "Advokit Sans"; text-align: left;
  hyphens: none; color: #222 }
.citation-footer .page-references { display: block; border-top: .5pt solid #555; padding-top: 4pt; margin: 0 0 3pt }
.citation-footer .page-reference { display: block; margin: 0; padding: 0 0 0 14pt; text-indent: -14pt;
  overflow-wrap: anywhere }
.citation-footer .page-reference-number { display: inline-block; width: 14pt; text-indent: 0;
  font-variant-numeric: tabular-nums lining-nums }
.citation-footer .running-line { display: block; margin: 0; color: #595959; text-indent: 0 }
.citation-footer .page-references + .running-line { padding-top: 0 }
.citation-footer .running-line:first-child { border-top: .5pt solid #555; padding-top: 4pt }
.citation-footer .page-number { white-space: nowrap }
"""
"""The built-in look; it stands before the styles of the document, which may change it."""

SLACK = 36.0
"""Room above a footer that nobody takes for a gap, in CSS pixels: less than two lines of text."""

FILLED = 0.95
"""How full the lines of a ragged paragraph are at least, as far as a guess needs it."""

TIGHT = 2.0
"""How near to the edge of a page a guess takes nothing for granted, in CSS pixels."""

#: Between the parts of a running line; it may end a line, and never begins one.
_DOT = "\u00a0· "
_NAME = "citation-footer"
_LINK = re.compile(r"</?a\b[^>]*>")


@dataclass(frozen=True)
class PagePlan:
    """What one page's footer shall hold, and how high its bottom margin must at least be."""

    numbers: tuple[int, ...]
    """The references, in the order of their numbers."""
    margin: float
    """In CSS pixels; 0 leaves the template's own margin."""


@dataclass(frozen=True)
class Heights:
    """How high the parts of a footer are, in CSS pixels."""

    running: float
    """A footer with no reference."""
    frame: float
    """What the list adds around its references."""
    references: Mapping[int, float]
    """Each reference, or, where references run on in one paragraph, how long each is."""
    measure: float = 0.0
    """How long a line of such a paragraph is; 0 where each reference stands below the other."""
    line: float = 0.0
    """How high its lines are."""

    def of(self, numbers: Sequence[int]) -> float:
        """Add up the footer of a page that cites these."""
        frame = self.frame if numbers else 0.0
        total = sum(self.references.get(number, 0.0) for number in numbers)
        if self.measure:
            # Lines are not full; a line too many is a little room, a line too few costs one layout.
            total = self.line * math.ceil(total / (FILLED * self.measure))
        return self.running + frame + total


def running_line(composed: Composed, page: int, pages: int) -> tuple[str, str]:
    """Give the two parts of a page's running line as text: what the document is, and which page this is."""
    running = composed.running
    parts = (running.campaign, running.edition, running.as_of, running.ledger)
    number = running.page.replace("{pages}", str(pages)).replace("{page}", str(page))
    return _DOT.join(part for part in parts if part), number


def footer_html(composed: Composed, numbers: Sequence[int], page: int, pages: int, *, links: bool) -> str:
    """Write the footer of one page, to be taken out of the flow under its own name.

    Where the references also stand at the end, the footer is decoration to a screen reader and holds no `links`.
    """
    shorts = {reference.number: reference.short for reference in composed.references}
    entries = "".join(
        f'<p class="page-reference" data-reference="{number}"><span class="page-reference-number">{number}</span>'
        f'{shorts[number] if links else _LINK.sub("", shorts[number])}</p>' for number in numbers)
    sources = f'<section class="page-references">{entries}</section>' if entries else ""
    what, number = (html.escape(part) for part in running_line(composed, page, pages))
    return (f'<citation-footer class="citation-footer" style="position: running({_NAME}-{page})">{sources}'
            f'<div class="running-line">{what}{_DOT}<span class="page-number">{number}</span></div></citation-footer>')


def footers_html(composed: Composed, plan: Sequence[PagePlan], pages: int, *, links: bool) -> str:
    """Write the footers of all pages; they stand before the text, since a page finds only what came before it."""
    return "".join(footer_html(composed, page.numbers, index, pages, links=links)
                   for index, page in enumerate(plan, start=1))


def footers_css(plan: Sequence[PagePlan]) -> str:
    """Write the page rules that give each page its footer and its bottom margin."""
    rules = []
    for index, page in enumerate(plan, start=1):
        margin = f"margin-bottom: {page.margin:.3f}px !important;" if page.margin else ""
        rules.append(
            f"@page :nth({index}) {{ {margin}"
            f" @bottom-left {{ content: element({_NAME}-{index}) !important; width: 100% !important;"
            " vertical-align: bottom !important; margin: 0 !important; padding: 0 !important;"
            " border: none !important; text-align: left !important }"
            " @bottom-center { content: none !important } @bottom-right { content: none !important } }")
    return "\n".join(rules)


def next_plan(plan: Sequence[PagePlan], cited: Sequence[tuple[int, ...]], heights: Heights,
              template_margins: Sequence[float], measured: Sequence[float]) -> tuple[PagePlan, ...]:
    """Plan the next layout from the last one: what each page cites, and margins that never shrink.

    One page more than the last layout had is planned, since growing footers push text on.
    """
    pages = []
    for index in range(len(cited) + 1):
        numbers = cited[index] if index < len(cited) else ()
        before = plan[index] if index < len(plan) else PagePlan((), 0.0)
        own = template_margins[min(index, len(template_margins) - 1)]
        needed = heights.of(numbers)
        if index < len(measured) and before.numbers == numbers:
            needed = max(needed, measured[index])
        margin = max(before.margin, needed)
        # A hundredth of a pixel keeps equal heights from differing by rounding.
        pages.append(PagePlan(numbers, margin if margin > own + 0.01 else before.margin))
    return tuple(pages)


def trimmed(plan: Sequence[PagePlan], cited: Sequence[tuple[int, ...]], heights: Heights) -> tuple[PagePlan, ...]:
    """Take back the margins of a guess where they leave more than a little room above the footer.

    A little room is kept: taking it back would only move the text again.
    """
    kept = []
    for index, page in enumerate(plan):
        needed = heights.of(cited[index] if index < len(cited) else ())
        kept.append(page if page.margin <= needed + SLACK else PagePlan(page.numbers, 0.0))
    return tuple(kept)


def is_settled(plan: Sequence[PagePlan], cited: Sequence[tuple[int, ...]], template_margins: Sequence[float],
               measured: Sequence[float]) -> bool:
    """Say whether a layout shows on each page exactly the footer it needs, with room for it."""
    if len(cited) > len(plan):
        return False
    rooms = [max(page.margin, own) for page, own in zip(plan, template_margins, strict=False)]
    return (all(page.numbers == numbers for page, numbers in zip(plan, cited, strict=False))
            and all(height <= room + 0.02 for height, room in zip(measured, rooms, strict=False)))


@dataclass(frozen=True)
class Unit:
    """What a page break does not divide: lines that stay together, a row, a block; in CSS pixels on the strip."""

    start: float
    end: float
    numbers: frozenset[int] = frozenset()
    """The references that it cites."""


@dataclass(frozen=True)
class Flow:
    """A layout without footers, unrolled: its text as one strip, from its beginning."""

    units: tuple[Unit, ...]
    """In order."""
    pages: tuple[float, ...]
    """How much each page can hold."""


def predict(flow: Flow, heights: Heights, template_margins: Sequence[float]) -> tuple[PagePlan, ...]:
    """Guess what each page will cite once footers take their room, so that fewer layouts are needed.

    The guess cuts the strip anew, each page shorter by what its footer needs beyond the template's margin. Where a
    unit would fit but for the sources that it brings, the margin keeps it out; else layouts would fetch it and drop it
    in turn. A wrong guess costs one layout, nothing else.
    """
    def room(page: int, numbers: set[int]) -> float:
        own = template_margins[min(page, len(template_margins) - 1)]
        return flow.pages[min(page, len(flow.pages) - 1)] - max(0.0, heights.of(sorted(numbers)) - own)

    pages: list[PagePlan] = []
    numbers: set[int] = set()
    start, empty = 0.0, True
    for unit in flow.units:
        # What fits no page stands on one of its own.
        if not empty and unit.end - start > room(len(pages), numbers | unit.numbers) - TIGHT:
            keep_out = 0.0
            if unit.end - start <= room(len(pages), numbers) + TIGHT:
                keep_out = heights.of(sorted(numbers)) + room(len(pages), numbers) - (unit.end - start) + TIGHT
            pages.append(PagePlan(tuple(sorted(numbers)), keep_out))
            start, numbers = unit.start, set()
        numbers |= unit.numbers
        empty = False
    return (*pages, PagePlan(tuple(sorted(numbers)), 0.0))
