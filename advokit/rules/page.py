"""A composed page as rules read it: its blocks, and in each what comes from the ledger and what does not.

In: `Composed`. Out: `Page`: every text that a reader or a machine can meet (running text, headings, tables,
pictures, alternative texts, title, description), with what is tracked blanked out at the same length. Marks are
those of docs/architecture.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import lxml.html

from advokit.compose import Composed
from advokit.compose.figures import Writer
from advokit.fields import in_language
from advokit.language import tongue
from advokit.ledger import Ledger, Observation
from advokit.problems import Problem
from advokit.rules.expressions import Call, calls
from advokit.rules.places import Places
from advokit.rules.words import words_of
from advokit.workspace import CampaignFiles, locale_folders
from advokit.yamlfile import KeyPath

#: Elements that stand inside a line of text; every other one begins a block of its own.
_INLINE = words_of(
    "a abbr b bdi bdo br cite code data del dfn em i img ins kbd mark q s small span strong sub sup time tspan "
    "u var wbr"
)
#: Elements without words.
_SILENT = frozenset({"style", "script", "meta", "link", "title"})
#: Classes of elements whose text comes from the ledger, a typed field, a mark of the author, or the sender.
TRACKED = words_of(
    "figure claim statement literal field citation references verify own-words recipient sender signature "
    "place-date salutation closing imprint contact return-line reference-line running chart-picture fact-label "
    "kicker brand"
)
#: Elements and classes whose blocks belong together: what stands in one of them is said for the others.
_GROUPS = frozenset({"key-figure", "entry", "chart"})
#: Attributes that machines read aloud.
_SPOKEN = ("alt", "title", "aria-label")
#: Blanks out what is tracked, at the same length, so that a number on either side is not joined.
BLANK = "\ufffc"
#: Forms in which counts stand side by side with counter, date and scope, so that nothing is hidden between them.
TABLES = frozenset({"series", "chart", "how_many", "contested"})


@dataclass(frozen=True)
class Mention:
    """One printed figure within a block."""

    figure: str
    observation: str
    form: str
    value: str
    text: str
    start: int = 0
    """Where it stands in the block's text."""
    end: int = 0
    stated: bool = False
    """Whether it stands in a statement of the ledger."""


@dataclass(frozen=True)
class Block:
    """One run of text of the page."""

    where: str
    """What it is: an element's name, or `title`, `description`, `alternative text`."""
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
    """Blocks of one row, entry or box share a number."""

    @property
    def heading(self) -> bool:
        """Whether it is a title, heading or text for machines, which has no room to say who counted."""
        return self.where in {"h1", "h2", "h3", "h4", "h5", "h6", "title", "description", "alternative text", "caption"}


@dataclass(frozen=True)
class Page:
    """A composed document, its blocks, and where its texts come from."""

    composed: Composed
    blocks: tuple[Block, ...]
    files: CampaignFiles

    @property
    def ledger(self) -> Ledger:
        """The ledger."""
        return self.files.ledger.model

    @property
    def name(self) -> str:
        """Edition and document."""
        return f"{self.composed.edition}/{self.composed.document}"

    @property
    def mentions(self) -> Iterator[tuple[Block, Mention]]:
        """Every printed figure with its block, in the order of the page."""
        return ((block, mention) for block in self.blocks for mention in block.mentions)

    @cached_property
    def printed(self) -> frozenset[str]:
        """The observations that the page prints."""
        return frozenset(mention.observation for _, mention in self.mentions)

    @cached_property
    def claims(self) -> tuple[str, ...]:
        """The claims that the page prints."""
        return tuple(dict.fromkeys(name for block in self.blocks for name in block.claims))

    @cached_property
    def writer(self) -> Writer:
        """Writes what the ledger gives for an observation in the page's language."""
        found = self.composed
        spoken = tongue(found.language, found.country, locale_folders(self.files.root))
        return Writer(self.ledger, spoken, found.date)

    @cached_property
    def places(self) -> Places:
        """The files in which the page's words were written."""
        return Places(self.files, self.composed)

    def observation(self, name: str) -> Observation:
        """Give an observation that the page prints."""
        return self.ledger.observations[name][1]

    def problem(
        self, rule: str, message: str, hint: str, at: tuple[str, int, int], *, warning: bool = False
    ) -> Problem:
        """Make a problem; documents that share a text find the same one, so it does not name the document."""
        return Problem(*at, "warning" if warning else "error", rule, message, hint)

    def at_ledger(self, path: KeyPath) -> tuple[str, int, int]:
        """Give the place of a value in the ledger's file."""
        file = self.files.ledger.file
        mark = file.mark(path)
        return file.path, mark.line, mark.column

    def at_mention(self, block: Block, mention: Mention) -> tuple[str, int, int]:
        """Find where a figure was asked for."""
        return self.places.name((mention.observation, mention.figure), mention.form, block.text)


@dataclass
class _Run:
    """A block under construction."""

    where: str
    inside: frozenset[str]
    group: int
    text: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    size: int = 0
    mentions: list[Mention] = field(default_factory=list)
    counted: set[str] = field(default_factory=set)
    dated: set[str] = field(default_factory=set)
    claims: list[str] = field(default_factory=list)

    def add(self, text: str | None, *, tracked: bool) -> None:
        if text:
            self.text.append(text)
            self.loose.append(BLANK * len(text) if tracked else text)
            self.size += len(text)

    def block(self) -> Block:
        return Block(
            self.where,
            "".join(self.text),
            "".join(self.loose),
            tuple(self.mentions),
            frozenset(self.counted),
            frozenset(self.dated),
            tuple(self.claims),
            self.inside,
            self.group,
        )


class _Reader:
    """Reads a page into runs of text."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.groups = 0
        self.run = _Run("", frozenset(), 0)

    def flush(self, where: str, inside: frozenset[str], group: int) -> None:
        """End the run of text and begin the next."""
        if self.run.mentions or self.run.claims or self.run.counted or "".join(self.run.text).strip():
            self.blocks.append(self.run.block())
        if not group:
            self.groups += 1
            group = -self.groups
        self.run = _Run(where, inside, group)

    def walk(self, node: Any, where: str, inside: frozenset[str], group: int, *, tracked: bool) -> None:
        """Read one element and everything in it."""
        classes = frozenset((node.get("class") or "").split())
        tag = node.tag.rpartition("}")[2].lower()
        tracked = tracked or bool(classes & TRACKED) or tag == "time"
        inline = tag in _INLINE
        if not inline:
            where, inside = tag, inside | classes
            if tag == "tr" or classes & _GROUPS:
                self.groups += 1
                group = self.groups
            self.flush(where, inside, group)
        start = self.run.size
        self.run.add("\n" if tag == "br" else node.text, tracked=tracked)
        for child in node:
            if isinstance(child.tag, str) and child.tag not in _SILENT:
                self.walk(child, where, inside, group, tracked=tracked)
                if child.tag.rpartition("}")[2].lower() not in _INLINE:
                    self.flush(where, inside, group)
            self.run.add(child.tail, tracked=tracked)
        self.mark(node, classes, start)
        self.spoken(node, inside)

    def mark(self, node: Any, classes: frozenset[str], start: int) -> None:
        """Note what an element says about its text."""
        name = node.get("data-observation")
        if name and "figure" in classes:
            chart = node.tag != "data"
            self.run.mentions.append(
                Mention(
                    node.get("data-figure") or "",
                    name,
                    "chart" if chart else node.get("data-form") or "value",
                    (node.get("data-value") if chart else node.get("value")) or "",
                    node.text_content(),
                    start,
                    self.run.size,
                )
            )
        elif "figure" in classes and node.tag == "data":
            self.run.mentions.append(
                Mention("", "", "value", node.get("value") or "", node.text_content(), start, self.run.size)
            )
        if name and "counter" in classes:
            self.run.counted.add(name)
        if name and node.tag == "time":
            self.run.dated.add(name)
        if "statement" in classes:
            self.run.mentions = [
                replace(item, stated=True) if item.start >= start else item for item in self.run.mentions
            ]
        if node.get("data-claim"):
            self.run.claims.append(node.get("data-claim"))

    def spoken(self, node: Any, inside: frozenset[str]) -> None:
        """Read the attributes that machines read aloud."""
        for key in _SPOKEN:
            text = node.get(key)
            if text and not inside & TRACKED:
                self.groups += 1
                self.blocks.append(Block("alternative text", text, text, inside=inside, group=-self.groups))


def read_page(composed: Composed, files: CampaignFiles) -> Page:
    """Read a composed document into its blocks."""
    reader = _Reader()
    root = lxml.html.document_fromstring(composed.html)
    reader.walk(root, "html", frozenset(), 0, tracked=False)
    reader.flush("", frozenset(), 0)
    page = Page(composed, (), files)
    blocks = [_from_source(block, page) if block.where == "alternative text" else block for block in reader.blocks]
    return replace(page, blocks=(*blocks, *_head(page)))


def _head(page: Page) -> Iterator[Block]:
    """Read title and description, which carry no marks, with the expressions that their source has."""
    edition, found = page.files.editions[page.composed.edition].edition, page.composed
    text = page.files.editions[found.edition].texts[found.document].head
    own = edition.title if found.document == "brief" else None
    campaign = page.files.campaign
    titles = own or text.title or in_language(campaign.title, edition.language) or ""
    descriptions = text.description or in_language(campaign.summary, edition.language) or ""
    for where, shown, source in (("title", found.title, titles), ("description", found.description, descriptions)):
        yield _spoken(where, shown, source, page)


def _from_source(block: Block, page: Page) -> Block:
    """Give an alternative text the expressions that it was written with."""
    for _, source in page.places.texts:
        for match in re.finditer(r"!\[([^\]]*)\]", source):
            parts = [re.escape(part) for part in _EXPRESSION.split(match[1])]
            if len(parts) > 1 and re.fullmatch("(?s:.*)".join(parts), block.text):
                return _spoken(block.where, block.text, match[1], page)
    return block


_EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)


def _spoken(where: str, shown: str, source: str, page: Page) -> Block:
    found = calls(source)
    loose = _EXPRESSION.sub(BLANK, source) if found else shown
    mentions = tuple(mention for call in found for mention in _mention(call, page))
    return Block(where, shown, loose, mentions, claims=tuple(call.name for call in found if call.function == "claim"))


def _mention(call: Call, page: Page) -> Iterator[Mention]:
    if call.function != "figure" or call.form in {"as_of", "counted_by", "label"}:
        return
    figure = page.ledger.figures.get(call.name)
    item = figure.current if figure else page.ledger.observations.get(call.name, ("", None))[1]
    if item is not None:
        name = page.ledger.observations[item.id][0]
        yield Mention(name, item.id, call.form or "value", item.machine_value, page.writer.value_text(item))
