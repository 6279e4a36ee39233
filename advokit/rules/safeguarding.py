"""No child is recognised by what advokit writes: private names, identifying details, entries that are off by default.

In: the campaign's files as they stand and composed documents, the private list with the files. Out: problems
`minor-identified` and `sensitive-entry`. A message names the place and the number of the entry, never the name; where a
page prints a name, the file in which it was written is looked for first.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import lxml.html

from advokit.compose import Composed
from advokit.ledger import Ledger
from advokit.numbers import guess_language
from advokit.problems import Problem
from advokit.rules import places
from advokit.rules.page import Page
from advokit.safeguarding import Guard, details, guard_for
from advokit.safeguarding.decisions import OFF, decided, read_decisions
from advokit.safeguarding.files import Part, parts_of
from advokit.safeguarding.names import PrivateList, allowed, private_list
from advokit.workspace import CampaignFiles
from advokit.yamlfile import KeyPath

RULE = "minor-identified"
SENSITIVE = "sensitive-entry"
_SKIPPED = frozenset({"archive", "private", "__pycache__", "people"})
#: Keys of a ledger whose text is read for identifying details; other texts are ids, addresses and dates.
_TOLD = frozenset(
    {
        "label",
        "scope",
        "leaves_out",
        "wording",
        "statement",
        "quote",
        "note",
        "title",
        "title_translated",
        "prefix",
        "suffix",
        "short",
    }
)


def list_of(files: CampaignFiles) -> PrivateList:
    """Give the private list that was read with the campaign."""
    return files.private if files.private is not None else private_list(files.root)


def check(files: CampaignFiles, when: dt.date) -> Iterator[Problem]:
    """Look through the ledger, the campaign, editions, texts and file names."""
    private = list_of(files)
    yield from private.problems
    guard = guard_for(private)
    if guard:
        for path, text in _sources(files):
            for entry, line, column in _places(guard, path, text, files):
                if not _allowed_somewhere(guard, entry, files, when):
                    yield _named(guard, entry, (path, line, column), when)
        yield from _file_names(guard, files)
    yield from _ledger_details(files)
    yield from read_decisions(files.root, files.ledger.model)[1]


def _sources(files: CampaignFiles) -> Iterator[tuple[str, str]]:
    """Read every file that a person wrote, as it stands: comments are published with the ledger."""
    names = [files.ledger.file.path, files.loaded.file.path]
    for edition in files.editions.values():
        names += [edition.loaded.file.path, *(text.path for text in edition.texts.values())]
    for name in dict.fromkeys(names):
        yield name, places.read(files.root / name)


def _places(guard: Guard, path: str, text: str, files: CampaignFiles) -> list[tuple[int, int, int]]:
    """Find names in a file, also those that YAML writes with escapes."""
    found = guard.places(text)
    if path == files.ledger.file.path and "\\" in text:
        seen = {entry for entry, _, _ in found}
        for at, value in _texts(files.ledger.file.value):
            for hit in guard.find(value):
                if hit.entry not in seen:
                    mark = files.ledger.file.mark(at)
                    found.append((hit.entry, mark.line, mark.column))
    return found


def _texts(value: Any, at: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Walk through every text of a file that was read."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*at, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, (*at, index))


def _named(
    guard: Guard, entry: int, place: tuple[str, int, int], when: dt.date, where: str = "here", document: str = ""
) -> Problem:
    name = guard.name(entry)
    ended = max(
        (end for item in name.exceptions if not document or item.covers(document) if (end := item.until.last) < when),
        default=None,
    )
    hint = "Take it out."
    if ended:
        hint = f"The consent ended on {ended.isoformat()}: take the name out, or ask again."
    elif name.label and not guard.find(name.label):
        hint = f"Write the public label: {name.label}"
    return Problem(*place, "error", RULE, f"a name from the private list stands {where} (entry {entry})", hint)


def _allowed_somewhere(guard: Guard, entry: int, files: CampaignFiles, when: dt.date) -> bool:
    """Tell whether a consent speaks of some document of the campaign: then each document decides for itself."""
    return any(
        allowed(guard.name(entry), f"{files.name}/{edition}/{document}", when)[0]
        for edition in files.editions
        for document in files.documents(edition)
    )


def _file_names(guard: Guard, files: CampaignFiles) -> Iterator[Problem]:
    for top in (f"campaigns/{files.name}", "facts", "templates"):
        for folder, names, found in os.walk(files.root / top):
            names[:] = sorted(name for name in names if name not in _SKIPPED and not name.startswith("."))
            for name in sorted([*names, *found]):
                for hit in guard.find(name.rpartition(".")[0] or name, machine=True):
                    shown = guard.redact((Path(folder) / name).relative_to(files.root).as_posix())
                    yield Problem(
                        shown,
                        0,
                        0,
                        "error",
                        RULE,
                        f"a name from the private list stands in the name of a file (entry {hit.entry})",
                        "Rename it.",
                    )


# Details that identify -----------------------------------------------------------------------------------------------


def _ledger_details(files: CampaignFiles) -> Iterator[Problem]:
    """Read the ledger's own texts: it is published, its notes and quotes with it."""
    strict = _minors(files.ledger.model)
    value = files.ledger.file.value
    for at, text in _texts(value):
        if not at or not (_TOLD & {part for part in at if isinstance(part, str)}) or len(text) < 20:
            continue
        language = _language_of(at, text)
        least = 1 if any(at[: len(path)] == path for path in strict) else 2
        for finding in details.find(text, language, least=least):
            yield files.ledger.file.problem(at, RULE, _told(finding, least), _HINT)


_HINT = "Keep at most one of them, or write less exactly: an age group, a region, a year."


def _told(finding: details.Finding, least: int) -> str:
    if least == 1:
        return f"an entry that is marked 'minor' tells {finding.words} of one child"
    return f"{finding.words} of one child stand together and identify it"


def _language_of(at: KeyPath, text: str) -> str:
    """Give the language of a text of the ledger: its key, or a guess."""
    last = at[-1]
    return last if isinstance(last, str) and details.known(last) and len(last) <= 5 else guess_language(text)


def _minors(ledger: Ledger) -> list[KeyPath]:
    """List the entries that are marked `minor`."""
    found: list[KeyPath] = [("claims", name) for name, claim in ledger.claims.items() if claim.sensitivity == "minor"]
    for name, figure in ledger.figures.items():
        if figure.sensitivity == "minor":
            found.append(("figures", name))
        found += [
            ("figures", name, "observations", index)
            for index, item in enumerate(figure.observations)
            if item.sensitivity == "minor"
        ]
    return found


# Documents -----------------------------------------------------------------------------------------------------------


def check_page(page: Page, when: dt.date) -> Iterator[Problem]:
    """Look through one composed document: every text, attribute, address and name in it."""
    yield from list_of(page.files).problems
    guard = guard_for(list_of(page.files))
    if guard:
        yield from _names_on(page, guard, when)
    yield from _details_on(page)
    yield from _sensitive_on(page, when)


def place_of(composed: Composed) -> str:
    """Name a document as exceptions name it."""
    return f"{composed.campaign}/{composed.edition}/{composed.document}"


def texts_of(composed: Composed) -> Iterator[Part]:
    """List every text that a document will carry, in whatever place."""
    yield from parts_of(composed.html.encode(), "document.html")
    for where, text in (
        ("the title", composed.title),
        ("the description", composed.description),
        ("the publisher", composed.publisher),
        ("the keywords", "\n".join(composed.keywords)),
    ):
        yield Part(where, text)
    for reference in composed.references:
        for text in (reference.short, reference.full):
            root = lxml.html.fragment_fromstring(text, create_parent="div")
            yield Part("the citation footer", root.text_content())
            for node in root.iter():
                for value in node.attrib.values():
                    yield Part("the citation footer (address)", str(value), machine=True)
    running = composed.running
    yield Part("the running line", f"{running.campaign}\n{running.edition}\n{running.as_of}\n{running.ledger}")
    for part in parts_of(composed.extract.encode(), "extract.json"):
        yield Part("the attached extract of the ledger", part.text, part.machine)
    yield Part("the name of the file", f"{composed.edition}/{composed.document}", machine=True)


def _names_on(page: Page, guard: Guard, when: dt.date) -> Iterator[Problem]:
    found: dict[int, str] = {}
    for part in texts_of(page.composed):
        for hit in guard.find(part.text, machine=part.machine):
            found.setdefault(hit.entry, part.where)
    document = place_of(page.composed)
    for entry, where in found.items():
        if allowed(guard.name(entry), document, when)[0]:
            continue
        place = _written(page, guard, entry)
        if place:
            yield _named(guard, entry, place, when, document=document)
        else:
            yield _named(
                guard, entry, (page.composed.text, 0, 0), when, guard.redact(f"in {where} of {page.name}"), document
            )


def _written(page: Page, guard: Guard, entry: int) -> tuple[str, int, int] | None:
    """Find the line in which a name was written."""
    ledger = page.files.ledger.file.path
    for path, text in (*page.places.texts, (ledger, places.read(page.files.root / ledger)), *page.places.templates):
        for found, line, column in _found_in(guard, text):
            if found == entry:
                return path, line, column
    return None


@lru_cache(maxsize=512)
def _found_in(guard: Guard, text: str) -> tuple[tuple[int, int, int], ...]:
    return tuple(guard.places(text))


def _details_on(page: Page) -> Iterator[Problem]:
    """Read the page block by block; what one row or entry says is said together."""
    language = page.composed.language
    groups: dict[int, list[Any]] = {}
    for block in page.blocks:
        groups.setdefault(block.group, []).append(block)
    for blocks in groups.values():
        text = " \n".join(block.text for block in blocks)
        for finding in details.find(text, language):
            place = page.places.block(text[finding.start : finding.end])
            yield page.problem(RULE, _told(finding, 2), _HINT, place)


def needs_reading(texts: Sequence[str], said: str, files: CampaignFiles, language: str) -> bool:
    """Tell whether a page like one that passed may name a child or tell too much of one, and must be read as a whole.

    `texts` is what differs, `said` the whole page. Where this says no, `check_page` and `check_file` find nothing.
    """
    guard = guard_for(list_of(files))
    return (any(details.find(text, language) for text in texts)
            or (bool(guard) and any(guard.find(text) for text in (said, "\n".join(texts), *texts))))


def _sensitive_on(page: Page, when: dt.date) -> Iterator[Problem]:
    """Find what is off by default, unless somebody decided otherwise."""
    ledger = page.ledger
    loaded, _ = read_decisions(page.files.root, ledger)
    decisions = loaded.model.decisions if loaded else ()
    for names, level, at in _printed(page, ledger):
        fine, ended = decided(decisions, frozenset(names), place_of(page.composed), when)
        if level in OFF and not fine:
            over = f"The decision ended on {ended.isoformat()}. " if ended else ""
            yield page.problem(
                SENSITIVE,
                f"'{names[0]}' is marked '{level}', and such entries are off by default",
                f"{over}Take it out, or enter the decision of two people in facts/safeguarding.yaml.",
                at,
            )


def _printed(page: Page, ledger: Ledger) -> Iterator[tuple[tuple[str, ...], str, tuple[str, int, int]]]:
    """List what the page prints of entries with a sensitivity."""
    seen: set[str] = set()
    for block, mention in page.mentions:
        if not mention.observation or mention.observation in seen or mention.observation not in ledger.observations:
            continue
        seen.add(mention.observation)
        figure, item = ledger.observations[mention.observation]
        for level in {item.sensitivity, ledger.figures[figure].sensitivity} - {"none"}:
            yield (item.id, figure), level, page.at_mention(block, mention)
    for name in page.claims:
        claim = ledger.claims.get(name)
        if claim and claim.sensitivity != "none":
            yield (name,), claim.sensitivity, page.places.name((name,), "claim", "")


# Finished files ----------------------------------------------------------------------------------------


def check_file(content: bytes, name: str, files: CampaignFiles, composed: Composed, when: dt.date) -> Iterator[Problem]:
    """Look through a finished file before it is delivered."""
    from advokit.safeguarding import scan_file

    guard = guard_for(list_of(files))
    document = place_of(composed)
    for finding in scan_file(content, name, guard):
        if not allowed(guard.name(finding.entry), document, when)[0]:
            yield _named(
                guard,
                finding.entry,
                (guard.redact(composed.text), 0, 0),
                when,
                guard.redact(f"in {finding.where} of {name}"),
                document,
            )
