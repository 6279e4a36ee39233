"""Evidence against copies: `quote-not-found`, `copy-mismatch`, `copy-missing`, `value-not-in-quote`.

In: a ledger with its places, and the archive. Out: a `QuoteResult` for every piece of evidence, and problems. Of a
copy's text nothing is ever shown; a message holds at most the quote of the ledger itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from advokit.archive import Archive
from advokit.ledger import Evidence, Ledger, Observation, entries
from advokit.problems import Problem
from advokit.quotes import CopyText, Status, differences, find, left_out, quote_language
from advokit.yamlfile import KeyPath, Loaded


@dataclass(frozen=True)
class QuoteResult:
    """What became of one piece of evidence."""

    entry: str
    """The id of the observation or claim."""
    source: str
    """The id of the source whose copy holds the words."""
    status: Status
    message: str
    problems: tuple[Problem, ...]
    """The problems of this evidence, with their places."""


def check(loaded: Loaded[Ledger], archive: Archive) -> Iterator[Problem]:
    """Apply the four rules; where copies are missing, one warning says how many."""
    yield from copies(loaded, archive)
    for result in results(loaded, archive):
        yield from result.problems


def copies(loaded: Loaded[Ledger], archive: Archive) -> Iterator[Problem]:
    """Check the digest of every copy, and count the copies that are not at hand."""
    ledger = loaded.model
    needed = {evidence.read_in for _, entry in entries(ledger) for evidence in entry.evidence} & set(ledger.sources)
    states = {
        name: archive.state(source.copy_.sha256) if source.copy_ else "missing"
        for name, source in ledger.sources.items()
    }
    for name, state in states.items():
        if state == "altered":
            yield loaded.file.problem(
                ("sources", name, "copy", "sha256"),
                "copy-mismatch",
                f"the copy of '{name}' has another digest than the ledger: it was altered",
                "Restore the file from a backup; or take a new copy and read the quotes again.",
            )
    absent = sorted(name for name in needed if states[name] in {"missing", "locked"})
    if absent:
        locked = sum(states[name] == "locked" for name in absent)
        how = f", {locked} of them locked without a key" if locked else ""
        some = ", ".join(absent[:5]) + (", …" if len(absent) > 5 else "")
        yield loaded.file.problem(
            ("sources",),
            "copy-missing",
            f"{len(absent)} of {len(needed)} sources that are quoted have no copy at hand{how}:"
            " their quotes cannot be checked",
            f"Take copies with 'advokit sources add', or name their folder with --archive: {some}",
            key=True,
            warning=True,
        )


def results(loaded: Loaded[Ledger], archive: Archive) -> Iterator[QuoteResult]:
    """Look every quote up in its copy, and compare every observation with what its quotes state."""
    for path, entry in entries(loaded.model):
        listed = (*path, "evidence", 0) in loaded.file.values
        for index, evidence in enumerate(entry.evidence):
            at: KeyPath = (*path, "evidence", index) if listed else (*path, "evidence")
            name = entry.id if isinstance(entry, Observation) else str(path[-1])
            yield _result(loaded, archive, name, at, entry if isinstance(entry, Observation) else None, evidence)


def _result(
    loaded: Loaded[Ledger],
    archive: Archive,
    name: str,
    at: KeyPath,
    observation: Observation | None,
    evidence: Evidence,
) -> QuoteResult:
    """Judge one piece of evidence."""
    source = loaded.model.sources.get(evidence.read_in)
    copy: CopyText | None = None
    if source and source.copy_ and archive.state(source.copy_.sha256) == "held":
        copy = archive.text(source.copy_.sha256, source.language)
    problems: list[Problem] = []
    status: Status = "no-copy"
    message = _why_not(loaded.model, archive, evidence)
    span: tuple[int, int] | None = None
    if copy:
        match = find(evidence.quote, copy, evidence.prefix, evidence.suffix)
        status, message = match.status, match.message
        if status != "found":
            problems.append(
                loaded.file.problem(
                    (*at, "quote"),
                    "quote-not-found",
                    f"“{_short(evidence.quote)}” in the copy of '{evidence.read_in}': {match.message}",
                    match.hint,
                )
            )
        else:
            span = match.spans[0]
    if observation:
        problems += list(_value(loaded, at, observation, evidence, copy, span))
        if status in {"found", "no-copy"} and problems:
            message = "; ".join([*([message] if message else []), *(problem.message for problem in problems)])
    return QuoteResult(name, evidence.read_in, status, message, tuple(problems))


def _why_not(ledger: Ledger, archive: Archive, evidence: Evidence) -> str:
    source = ledger.sources.get(evidence.read_in)
    if source is None:
        return f"there is no source '{evidence.read_in}'"
    if source.copy_ is None:
        return "the source has no copy in the ledger"
    return {
        "altered": "the copy was altered: its digest differs from the ledger's",
        "locked": "the copy is encrypted and no key is at hand",
        "held": "the copy cannot be read as text",
    }.get(archive.state(source.copy_.sha256), "the copy is not at hand")


def _value(
    loaded: Loaded[Ledger],
    at: KeyPath,
    observation: Observation,
    evidence: Evidence,
    copy: CopyText | None,
    span: tuple[int, int] | None,
) -> Iterator[Problem]:
    """Compare value, bound, unit and qualifier with what the quote states."""
    source = loaded.model.sources.get(evidence.read_in)
    language = quote_language(evidence.language or (source.language if source else None), evidence.quote, copy)
    figure = loaded.model.figures[str(at[1])]
    found = differences(evidence.quote, language, observation, figure.unit)
    if found and len(observation.evidence) > 1 and found[0].field == "unit":
        others = (item for item in observation.evidence if item is not evidence)
        confirmed = any(
            not differences(item.quote, quote_language(item.language, item.quote), observation, figure.unit)
            for item in others
        )
        found = differences(evidence.quote, language, observation, figure.unit, confirmed=confirmed)
    for difference in found:
        yield loaded.file.problem(
            (*at, "quote"), "value-not-in-quote", f"'{observation.id}': {difference.message}", difference.hint
        )
    if not found and copy and span and (bound := left_out(copy, span, observation)):
        yield loaded.file.problem(
            (*at, "quote"),
            "value-not-in-quote",
            f"'{observation.id}': the quote leaves out a bound ({bound}) that stands right beside it in the copy",
            f"Quote its words as well, and write 'qualifier: {bound}'.",
        )


def _short(quote: str) -> str:
    return quote if len(quote) <= 90 else quote[:88].rstrip() + " …"
