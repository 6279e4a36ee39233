"""Sheets that are no documents: index, labels, drawings. Sections in, one page each out; runs in a child process."""

from __future__ import annotations

from pathlib import Path

from advokit.countries import PAPER_SIZES
from advokit.countries.model import PaperName
from advokit.render.fetcher import WorkspaceFetcher
from advokit.render.fonts import font_css, load_weasyprint

weasyprint = load_weasyprint()

_FACE = "font-family: 'Advokit Sans'; font-variant-numeric: lining-nums tabular-nums"


def lay_out(body: str, paper: PaperName) -> bytes:
    """Lay out sections, one a page; runs in a child process."""
    width, height = PAPER_SIZES[paper]
    style = (f"{font_css()} @page {{ size: {width}mm {height}mm; margin: 0 }} html {{ {_FACE}; font-size: 9.5pt }}"
             f" body {{ margin: 0 }} section {{ height: {height - 0.1}mm }}"
             " section { position: relative; break-after: page } section:last-child { break-after: auto }"
             " table { position: absolute; left: 20mm; top: 18mm; width: 170mm; border-collapse: collapse }"
             " th { text-align: left; border-bottom: .5pt solid #000 } td, th { padding: 0 4mm 0 0; height: 5.4mm;"
             " white-space: nowrap } th:first-child, td:first-child, th:nth-child(2), td:nth-child(2) { text-align:"
             " right; width: 14mm } p { position: absolute; margin: 0; white-space: nowrap;"
             " font-family: 'Advokit Serif' }")
    html = (f'<!doctype html><html lang="en"><head><title>Letters</title><style>{style}</style></head>'
            f"<body>{body}</body></html>")
    document = weasyprint.HTML(string=html, url_fetcher=WorkspaceFetcher(Path()), base_url=None)
    return bytes(document.write_pdf())
