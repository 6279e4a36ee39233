"""The chain of custody of one source, as a document that a lawyer can use.

In: a ledger, the archive, the entries of the custody log. Out: plain text (Markdown) that says what the source is,
which copy is held and whether it is unaltered, each step in the log, what was quoted from it, what this proves and what
it does not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from advokit.archive import Archive, Entry, stamp
from advokit.ledger import Ledger, Source
from advokit.problems import Problem
from advokit.rules.quotes import QuoteResult

_STATES = {
    "held": "held; its SHA-256 was computed again for this document and agrees with the ledger",
    "missing": "NOT AT HAND: no file in the archive has this digest",
    "altered": "ALTERED: the file of this name has another digest than the ledger",
    "locked": "encrypted; it could not be opened, because no key was given",
}


def document(
    name: str,
    ledger: Ledger,
    archive: Archive,
    entries: Sequence[Entry],
    problems: Sequence[Problem],
    quotes: Sequence[QuoteResult],
    now: dt.datetime,
) -> str:
    """Write the chain of custody of a source."""
    source = ledger.sources[name]
    own = [entry for entry in entries if entry.values.get("source") == name]
    parts = [
        f"# Chain of custody: {name}",
        "",
        f"Drawn up on {stamp(now)} with advokit.",
        "",
        "## The source",
        "",
        *_source(source),
        "",
        "## The copy",
        "",
        *_copy(source, archive),
        "",
        "## What was done, in order",
        "",
    ]
    if not own:
        parts += ["The log has no entry for this source: who took the copy, when and from where is not recorded.", ""]
    for entry in own:
        parts += [*_entry(entry), ""]
    parts += ["## What was quoted from it", ""]
    parts += [
        f"- `{quote.entry}`: {quote.status}{': ' + quote.message if quote.message else ''}" for quote in quotes
    ] or ["Nothing in the ledger is quoted from this copy."]
    parts += [
        "",
        "## Whether the log is whole",
        "",
        *_chain(entries, problems),
        "",
        "## What this shows, and what not",
        "",
        *_limits(),
    ]
    return "\n".join(parts) + "\n"


def _source(source: Source) -> Iterator[str]:
    rows = {
        "Title": source.title,
        "Author": "; ".join(str(author) for author in source.author),
        "Publisher": source.publisher or source.container_title or "",
        "Published": str(source.issued or ""),
        "Read": str(source.accessed or ""),
        "Address": source.URL or "",
        "DOI": source.DOI or "",
        "Number": source.number or "",
        "Type": source.type,
        "Kind of source": source.tier,
    }
    yield from (f"- {label}: {value}" for label, value in rows.items() if value)


def _copy(source: Source, archive: Archive) -> Iterator[str]:
    if source.copy_ is None:
        yield "The ledger names no copy of this source."
        return
    yield f"- SHA-256 of the text kept: {source.copy_.sha256}"
    yield f"- Day on which it was taken, by the ledger: {source.copy_.captured}"
    yield f"- State: {_STATES[archive.state(source.copy_.sha256)]}"
    data = archive.read(source.copy_.sha256)
    if data is not None:
        yield f"- Size: {len(data):,} bytes"


def _entry(entry: Entry) -> Iterator[str]:
    values: Mapping[str, Any] = entry.values
    when, what = values.get("at", "time not recorded"), values.get("event", "event not recorded")
    yield f"### Entry {entry.number}: {when}, {what}"
    yield ""
    rows = (
        ("By", "by"),
        ("From", "from"),
        ("Answered by", "final_url"),
        ("Internet address", "address"),
        ("Status", "status"),
        ("Taken, by the record", "record_date"),
        ("Original, SHA-256", "original_sha256"),
        ("Original, bytes", "original_bytes"),
        ("Text kept, SHA-256", "sha256"),
        ("Text kept, bytes", "bytes"),
        ("How the text was made", "made_by"),
        ("Program", "tool"),
    )
    yield from (f"- {label}: {values[key]}" for label, key in rows if values.get(key) not in {None, ""})
    for address in values.get("redirects") or ():
        yield f"- Redirected by: {address}"
    for header in values.get("headers") or ():
        if isinstance(header, list) and len(header) == 2:
            yield f"- Header: {header[0]}: {header[1]}"
    yield f"- SHA-256 of the entry before: {values.get('previous') or 'none, this is the first'}"
    yield f"- SHA-256 of this entry: {entry.digest}"


def _chain(entries: Sequence[Entry], problems: Sequence[Problem]) -> Iterator[str]:
    if problems:
        yield "THE LOG IS BROKEN:"
        yield from (f"- line {problem.line}: {problem.message}" for problem in problems)
    elif entries:
        yield (
            f"The log has {len(entries)} entries; each holds the SHA-256 of the one before, and all agree. The"
            f" last entry is {entries[-1].digest}: whoever noted this digest at the time can tell whether entries"
            " were altered or removed since."
        )
    else:
        yield "There is no log."


def _limits() -> Iterator[str]:
    yield "- It shows that the text kept is, byte for byte, the one whose digest the ledger and the log name."
    yield (
        "- It shows the steps as the log records them. The time and the name are those of the computer and person that"
        " made the entry; no third party has certified them."
    )
    yield "- It does not show that what the source says is true, nor that the server showed everyone the same page."
    yield "- Entries removed from the end of the log leave no gap; only a digest noted elsewhere reveals it."
