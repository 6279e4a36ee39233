
"""Composed documents for the tests of rendering and proving: several pages, three scripts, a table, a chart, a letter."""

from __future__ import annotations

import datetime as dt
import hashlib
import html
import json
from dataclasses import replace

from advokit.compose.composed import Composed, EnvelopeWindow, PrintedFigure, Reference, Running

EXTRACT = json.dumps({"figures": {"returned": {"value": "1859"}}, "sources": ["s1", "s2"]}, sort_keys=True)
DIGEST = hashlib.sha256(EXTRACT.encode()).hexdigest()

STYLE = """
@page { size: A4; margin: 22mm 24mm 20mm 24mm }
html { font: 10.2pt/14.4pt "Advokit Serif"; hyphens: auto }
h1, h2, table, .citation { font-family: "Advokit Sans"; font-weight: 600 }
.citation { font-size: 7pt; vertical-align: super; line-height: 0; text-decoration: none; color: #234 }
table { border-collapse: collapse; width: 100%; font-weight: 400 } td, th { border-bottom: .5pt solid #999; text-align: left }
.references li { overflow-wrap: anywhere }
"""

CHART = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 90" width="400" height="90"><title>Children
returned: 387 in 2023, 1,859 in 2025</title><rect x="60" y="10" width="60" height="20" fill="#234"/>
<rect x="60" y="45" width="280" height="20" fill="#234"/><g font-family="Advokit Sans" font-size="11">
<text x="50" y="25" text-anchor="end">May 2023</text><text x="126" y="25">387</text><text x="5" y="60">2025</text><text x="346" y="60">1,859</text></g></svg>"""

LATIN = ("In the villages along the river the families kept lists of names and of dates, and what they wrote was later "
         "compared with the registers of the offices, line by line and without haste. ")
CYRILLIC = "Уряд оприлюднив перелік, і кожне число має дату та джерело; ґрунтовна перевірка триває. "
GREEK = "Η επιτροπή δημοσίευσε τα στοιχεία και τις πηγές τους, με ημερομηνία για κάθε αριθμό. "


def references(count: int) -> tuple[Reference, ...]:
    """Make numbered references of differing length."""
    return tuple(Reference(
        number, f"source-{number}", None,
        f"Office number {number}, <i>Report on transfers</i>{' with a rather long title that goes on' * (number % 3)}, 2025",
        f"Office number {number} (2025): <i>Report on transfers</i>. "
        f'<a href="https://example.org/reports/{number}">example.org/reports/{number}</a>')
        for number in range(1, count + 1))


def citation(identity: int, number: int, linked: bool = True) -> str:
    """Write a citation as composing does."""
    if linked:
        return f'<a class="citation" id="cite-{identity}" href="#ref-{number}" data-reference="{number}">{number}</a>'
    return f'<span class="citation" id="cite-{identity}" data-reference="{number}">{number}</span>'


def figure(text: str = "1,859", value: str = "1859") -> str:
    """Write a printed figure as composing does."""
    return (f'<data class="figure" value="{value}" data-figure="returned" '
            f'data-observation="returned-2025-12">{text}</data>')


def document(body: str, refs: tuple[Reference, ...] = (), *, kind: str = "brief", style: str = STYLE,
             figures: int = 0, language: str = "en", title: str = "What is known", with_list: bool = True) -> Composed:
    """Wrap a body into a whole Composed."""
    entries = "".join(f'<li id="ref-{ref.number}" data-reference="{ref.number}">{ref.full}</li>' for ref in refs)
    section = f'<section class="references"><h2>References</h2><ol>{entries}</ol></section>' if refs and with_list else ""
    text = (f'<!doctype html><html lang="{language}" class="{kind} country-de paper-a4"><head><meta charset="utf-8">'
            f"<title>{html.escape(title)}</title><style>{style}</style></head><body>{body}{section}</body></html>")
    return Composed(
        campaign="children", edition="de", country="de", language=language, document=kind, title=title,
        description="What is known and who says so.", publisher="Example Campaign", keywords=("children", "law"),
        date=dt.date(2026, 2, 23), paper="a4", html=text, references=refs,
        figures=tuple(PrintedFigure("returned", "returned-2025-12", "1859", "1,859", "value") for _ in range(figures)),
        claims=(), asks=(),
        running=Running("Children & law", "Germany · English", "Figures as of 23 February 2026",
                        f"Ledger {DIGEST[:8]}", "Page {page} of {pages}"),
        ledger_digest=DIGEST, extract=EXTRACT, window=None, template="templates/brief/brief.html",
        text="campaigns/children/text/en/brief.md")


def brief(paragraphs: int = 24, sources: int = 9) -> Composed:
    """A brief of several pages: three scripts, a table, a chart, many citations."""
    refs = references(sources)
    parts = ["<h1>What is known</h1>", CHART]
    for index in range(paragraphs):
        if index % 6 == 0:
            parts.append(f"<h2>Part {index // 6 + 1}</h2>")
        number = index * sources // paragraphs + 1
        parts.append(f"<p>{LATIN}{LATIN}Returned: {figure()} children{citation(index + 1, number)}. "
                     f"{CYRILLIC if index % 3 == 1 else ''}{GREEK if index % 3 == 2 else ''}{LATIN}</p>")
        if index == 3:
            rows = "".join(f'<tr><th scope="row">Count {row}</th><td>{row * 7}</td></tr>' for row in range(1, 6))
            parts.append('<table><thead><tr><th scope="col">Who</th><th scope="col">How many</th></tr></thead>'
                         f"<tbody>{rows}</tbody></table>")
    return document("".join(parts), refs, figures=paragraphs)


LETTER_STYLE = """
@page { size: A4; margin: 20mm 20mm 20mm 25mm }
html { font: 10.8pt/15pt "Advokit Serif" } body { margin: 0 } p { margin: 0 0 8pt }
.window { position: absolute; left: 0; top: 27mm; width: 80mm; height: 40mm } .window p { margin: 0 }
.body { padding-top: 80mm }
.citation { font-size: 7pt; vertical-align: super; line-height: 0 }
"""


def letter() -> Composed:
    """A letter of one page with its address in the window; it has no list of references."""
    body = ('<h1 style="position: absolute; top: 86mm; font-size: 10.8pt">A question to you</h1>'
            '<div class="window address"><p>Erika Example MdB</p><p>Platz der Republik 1</p><p>11011 Berlin</p></div>'
            f'<div class="body" style="padding-top: 96mm"><p>Dear Ms Example,</p><p>{LATIN}Returned: {figure()} children'
            f"{citation(1, 1, False)}. {LATIN}And again{citation(2, 2, False)}.</p><p>Yours sincerely,</p></div>")
    composed = document(body, references(2), kind="letter", style=LETTER_STYLE, figures=1, with_list=False,
                        title="A question to you")
    return replace(composed, window=EnvelopeWindow(20.0, 45.0, 85.0, 45.0), template="templates/letter/letter.html",
                   text="campaigns/children/text/en/letter.md")
