"""A composed page as rules read it: its blocks, and in each what comes from the ledger and what does not.

In: `Composed`. Out: `Page`: every text a reader or a machine can meet (running text, headings, tables, alternative texts, title,
description), with tracked parts blanked out, and the way back to the line of the file where a text was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import lxml.html

from advokit.compose import Composed
from advokit.problems import Problem
from advokit.workspace import CampaignFiles, inside

#: Elements that hold one run of text.
_BLOCKS = {"p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "figcaption", "caption", "blockquote",
           "title", "pre", "desc"}
#: Classes of elements whose text comes from the ledger, a typed field, a mark of the author, or the sender.
_TRACKED = {"figure", "claim", "statement", "literal", "field", "citation", "references", "verify", "own-words",
            "recipient", "sender", "signature", "place-date", "salutation", "closing", "imprint", "contact", "return-line",
            "reference-line", "running", "chart-picture"}
#: Blanks out what is tracked, at the same length, so that a number on either side is not joined.
BLANK = "\ufffc"


@dataclass(frozen=True)
class Mention:
    """One printed figure within a block."""

    figure: str
    observation: str
    form: str
    value: str
    text: str


@dataclass(frozen=True)
class Block:
    """One run of text of the page."""

    where: str
    """What it is: an element's name, or `description`, `alternative text`."""
    text: str
    """Its whole text."""
    loose: str
    """Its text with everything tracked blanked out."""
    mentions: tuple[Mention, ...] = ()
    counted: frozenset[str] = frozenset()
    """Observations whose counter stands in it."""
    dated: frozenset[str] = frozenset()
    """Observations whose date stands in it."""
    claims: tuple[str, ...] = ()
    inside: frozenset[str] = frozenset()
    """The classes of everything around it, such as `how-many` or `key-figure`."""
    group: int = 0
    """Blocks of one row, item or box share a number."""


@dataclass(frozen=True)
class Page:
    """A composed document, its blocks, and where its texts come from."""

    composed: Composed
    blocks: tuple[Block, ...]
    files: CampaignFiles

    @cached_property
    def sources(self) -> tuple[tuple[str, str], ...]:
        """The files in which the page's words were written, the document's own text first."""
        edition = self.files.editions[self.composed.edition]
        names = [self.composed.text, edition.loaded.file.path, self.files.loaded.file.path]
        names += [text.path for name, text in edition.texts.items() if name == "method"]
        found = []
        for name in dict.fromkeys(names):
            try:
                found.append((name, inside(self.files.root, name).read_text("utf-8")))
            except (OSError, UnicodeDecodeError):
                continue
        return tuple(found)

    def place(self, needle: str, around: str = "") -> tuple[str, int, int]:
        """Find the path, line and column where `needle` was written; `around` is the text it stands in."""
        words = [word for word in re.findall(r"\w{4,}", around.replace(BLANK, " ")) if word != needle]
        best: tuple[int, str, int, int] | None = None
        for path, text in self.sources:
            for number, line in enumerate(text.split("\n"), 1):
                match = re.search(rf"(?<!\w){re.escape(needle)}(?!\w)", line)
                if match:
                    score = sum(word in line for word in words)
                    if best is None or score > best[0]:
                        best = (score, path, number, match.start() + 1)
        return best[1:] if best else (self.composed.text, 0, 0)

    def problem(self, rule: str, message: str, hint: str, needle: str, around: str = "", *,
                warning: bool = False) -> Problem:
        """Make a problem at the place where `needle` was written."""
        path, line, column = self.place(needle, around)
        name = f"{self.composed.edition}/{self.composed.document}"
        return Problem(path, line, column, "warning" if warning else "error", rule, f"{message} ({name})", hint)


def read_page(composed: Composed, files: CampaignFiles) -> Page:
    """Read a composed document into its blocks."""
    root = lxml.html.document_fromstring(composed.html)
    blocks = [*_walk(root, frozenset(), 0)]
    blocks += [Block("description", composed.description, composed.description)] if composed.description else []
    blocks += [Block("alternative text", text, text) for node in root.iter("img") if (text := node.get("alt"))]
    return Page(composed, tuple(blocks), files)


def _classes(node: Any) -> set[str]:  # noqa: ANN401 - lxml has no types
    return set((node.get("class") or "").split())


def _walk(node: Any, around: frozenset[str], group: int) -> Iterator[Block]:  # noqa: ANN401 - lxml has no types
    if not isinstance(node.tag, str) or node.tag in {"style", "script"}:
        return
    here = around | _classes(node)
    if node.tag in {"tr", "section"} or here & {"key-figure", "entry"} and not around & {"key-figure", "entry"}:
        group = id(node)
    if node.tag in _BLOCKS and not any(child.tag in _BLOCKS for child in node.iterdescendants()):
        yield _block(node, here, group)
        return
    for child in node:
        yield from _walk(child, here, group)


def _block(node: Any, around: frozenset[str], group: int) -> Block:  # noqa: ANN401 - lxml has no types
    loose: list[str] = []
    _loose(node, bool(around & _TRACKED), loose)
    data = [item for item in node.iter("data") if item.get("class") == "figure"]
    mentions = tuple(Mention(item.get("data-figure"), item.get("data-observation"), item.get("data-form") or "value",
                             item.get("value"), item.text_content()) for item in data)
    counted = {item.get("data-observation") for item in node.iter("span") if "counter" in _classes(item)}
    dated = {item.get("data-observation") for item in node.iter("time") if item.get("data-observation")}
    stated = {item.get("data-observation") for item in node.iter("span") if "statement" in _classes(item)}
    claims = tuple(item.get("data-claim") for item in node.iter("span") if item.get("data-claim"))
    return Block(node.tag, node.text_content(), "".join(loose), mentions, frozenset(counted | stated),
                 frozenset(dated | stated), claims, around, group)


def _loose(node: Any, tracked: bool, out: list[str]) -> None:  # noqa: ANN401, FBT001 - lxml has no types
    def add(text: str | None, blank: bool) -> None:  # noqa: FBT001 - a small helper
        if text:
            out.append(BLANK * len(text) if blank else text)
    add(node.text, tracked)
    for child in node:
        if isinstance(child.tag, str):
            _loose(child, tracked or bool(_classes(child) & _TRACKED) or child.tag == "time", out)
        add(child.tail, tracked)
