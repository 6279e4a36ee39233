"""What composing hands on: one document as HTML, with everything later stages must know about it.

In: nothing. Out: frozen values that can be pickled, so that composing and rendering run in a worker process.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Reference:
    """One numbered entry of the references."""

    number: int
    """The number that the citations show, from 1 in order of first citation."""
    source: str
    """The id of the source."""
    via: str | None
    """The id of the relay in which it was read."""
    short: str
    """The short form for the citation footer, as inline HTML: who, title, date, via."""
    full: str
    """The full reference, as inline HTML."""


@dataclass(frozen=True)
class PrintedFigure:
    """One figure as it stands on a page, in document order; a figure printed twice stands here twice."""

    figure: str
    observation: str
    value: str
    """The machine value, as in `<data value=…>`."""
    text: str
    """The localised text, as printed."""
    form: str
    """How it was asked for: value, statement, series, range, contested, how_many, key, chart."""
    before: str = ""
    """The end of the text before it in its paragraph or cell, squeezed (`squeezing.py`)."""
    after: str = ""
    """The beginning of the text after it, squeezed."""


@dataclass(frozen=True)
class Running:
    """The running line of a page."""

    campaign: str
    edition: str
    """The edition in words of its language, such as "Germany · German"."""
    as_of: str
    """In words of the language: "Figures as of 23 February 2026"."""
    ledger: str
    """The first eight hex digits of the ledger digest, with its label: "Ledger 1a2b3c4d"."""
    page: str
    """"Page {page} of {pages}" in the language, with these two placeholders."""


@dataclass(frozen=True)
class Box:
    """A rectangle on the page, in millimetres from its left and top edge."""

    left: float
    top: float
    width: float
    height: float


#: The blocks of a letter that differ from letter to letter, in the order of the page: the class of each, and its texts,
#: every one beginning a line of its own.
Slots = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class EnvelopeWindow(Box):
    """What an envelope's window shows of a letter, and the parts of it that must be kept."""

    address: Box | None = None
    """Where the address must stand, so that it is seen with the standard's clearance however the sheet slips."""
    exposed: Box | None = None
    """What the window can show at all; nothing else may stand there."""
    body_from: float = 0.0
    """The height from which on the page's other text may begin."""


@dataclass(frozen=True)
class Composed:
    """One document of one edition, ready to be checked and rendered."""

    campaign: str
    """The campaign's name."""
    edition: str
    """The edition's name, such as `de` or `ca-fr`."""
    country: str
    language: str
    document: str
    """The kind: brief, faq, letter, …"""
    title: str
    description: str
    publisher: str
    """The organization or campaign that stands behind the document; never a machine or an account."""
    keywords: tuple[str, ...]
    date: dt.date
    """The date of the build, as given."""
    paper: str
    """a4 or letter."""
    html: str
    """One complete HTML document; see docs/architecture.md for its marks."""
    references: tuple[Reference, ...]
    figures: tuple[PrintedFigure, ...]
    claims: tuple[str, ...]
    asks: tuple[str, ...]
    running: Running
    ledger_digest: str
    """SHA-256 of the whole ledger's canonical JSON."""
    extract: str
    """The ledger extract attached to the PDF: canonical JSON of what this document cites."""
    window: EnvelopeWindow | None
    """For a letter: the window of the country's envelope."""
    template: str
    """The page template, relative to the workspace, for messages."""
    text: str
    """The Markdown text, relative to the workspace, for messages."""
