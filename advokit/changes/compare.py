"""Two ledgers → what changed in meaning, and apart from it what changed in wording only.

In: an old and a new `Ledger`, as models: formatting, order and comments of their files are gone by then. Out: a
`Change` for each thing that changed, in the order of the new ledger. Notes are for editors and are no change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from advokit.dates import PartialDate
from advokit.ledger import Claim, Evidence, Figure, Ledger, Observation, Source
from advokit.numbers import read_numbers
from advokit.standing import SILENT, disputed_by, in_digits

Kind = Literal[
    "figure-added", "figure-removed", "observation-added", "observation-removed", "claim-added", "claim-removed",
    "source-added", "source-gone", "value-corrected", "qualifier-corrected", "date-corrected", "counter-corrected",
    "scope-corrected", "method-corrected", "definition-corrected", "statement-corrected", "source-corrected",
    "superseded", "withdrawn", "reinstated", "status-changed", "dispute-added", "dispute-resolved",
    "evidence-changed", "sensitivity-changed", "renamed", "wording-changed",
]

#: What leaves every printed document as true as it was.
ADDITIONS = frozenset({"figure-added", "observation-added", "claim-added", "source-added"})
#: What says the same in other words.
WORDING = frozenset({"renamed", "wording-changed"})
#: What a document printed rightly in its time; it is brought up to date, and nobody needs to be told of a mistake.
UPDATES = frozenset({"superseded", "dispute-resolved", "reinstated"})


@dataclass(frozen=True)
class Change:
    """One thing that changed between two ledgers."""

    kind: Kind
    id: str
    """The id of the observation, claim, figure or source, as the old ledger has it; the new one's where it is added."""
    before: str | None
    after: str | None
    sentence: str

    @property
    def meaning(self) -> bool:
        """Whether it is more than another wording."""
        return self.kind not in WORDING

    @property
    def recalls(self) -> bool:
        """Whether it makes a document that prints it out of date or wrong."""
        return self.kind not in WORDING | ADDITIONS

    @property
    def corrects(self) -> bool:
        """Whether it makes a document that prints it wrong, doubtful or unfounded, and not only out of date."""
        return self.recalls and self.kind not in UPDATES


def compare(old: Ledger, new: Ledger) -> tuple[Change, ...]:
    """List what changed between two ledgers."""
    return (*_figures(old, new), *_observations(old, new), *_claims(old, new), *_sources(old, new), *_names(old, new))


def _figures(old: Ledger, new: Ledger) -> Iterator[Change]:
    for name, figure in old.figures.items():
        if name not in new.figures:
            yield Change("figure-removed", name, _label(figure), None, f"the figure '{name}' is gone from the ledger")
    for name, figure in new.figures.items():
        before = old.figures.get(name)
        if before is None:
            yield Change("figure-added", name, None, _label(figure), f"the figure '{name}' is new")
            continue
        for key in ("kind", "series"):
            if getattr(before, key) != getattr(figure, key):
                yield _corrected("definition-corrected", name, f"the {key} of the figure", str(getattr(before, key)),
                                 str(getattr(figure, key)))
        yield from _texts("definition-corrected", name, "the unit", _units(before), _units(figure))
        yield from _texts("wording-changed", name, "the label", before.label, figure.label)
        yield from _sensitivity(name, before.sensitivity, figure.sensitivity)


def _label(figure: Figure) -> str:
    return figure.label.get("en") or next(iter(figure.label.values()))


def _units(figure: Figure) -> dict[str, str]:
    return {language: " / ".join(forms.values()) for language, forms in figure.unit.items()}


def _observations(old: Ledger, new: Ledger) -> Iterator[Change]:
    renamed = dict(_renamed({name: (figure, item) for name, (figure, item) in old.observations.items()},
                            {name: (figure, item) for name, (figure, item) in new.observations.items()}))
    for name, after in renamed.items():
        yield Change("renamed", name, name, after, f"'{name}' is now called '{after}'; nothing else changed")
    names = set(renamed.values())
    for name, (figure, item) in new.observations.items():
        if name in old.observations:
            yield from _observation(old, new, name)
        elif name not in names:
            yield Change("observation-added", name, None, _one_line(new, item), f"'{figure}' has a new observation,"
                         f" '{name}': {_one_line(new, item)}")
    for name, (figure, item) in old.observations.items():
        if name not in new.observations and name not in renamed:
            yield Change("observation-removed", name, _one_line(old, item), None,
                         f"'{name}' of '{figure}' is gone from the ledger; it said {_one_line(old, item)}")


def _renamed(old: Mapping[str, tuple[str, Any]], new: Mapping[str, tuple[str, Any]]) -> Iterator[tuple[str, str]]:
    """Pair what changed its id and nothing else."""
    def key(figure: str, item: Observation) -> str:
        return f"{figure} {item.model_copy(update={'id': '', 'note': None}).model_dump_json()}"
    added = {key(*pair): name for name, pair in new.items() if name not in old}
    for name, pair in old.items():
        if name not in new and (other := added.pop(key(*pair), None)):
            yield name, other


def _one_line(ledger: Ledger, item: Observation) -> str:
    names = ledger.counter_name(item.counted_by)
    return f"{in_digits(item)} (as of {item.as_of}, {names.get('en') or next(iter(names.values()))})"


def _observation(old: Ledger, new: Ledger, name: str) -> Iterator[Change]:
    """Compare two states of one observation, field by field."""
    figure, before = old.observations[name]
    other, after = new.observations[name]
    if figure != other:
        yield _corrected("definition-corrected", name, "the figure to which it belongs", figure, other)
    if _values(before) != _values(after):
        yield _corrected("value-corrected", name, "the value", _bare(before), _bare(after))
    for kind, what, key in _FIELDS:
        was, now = getattr(before, key), getattr(after, key)
        if was != now and not (key == "counted_by" and old.counter_name(was) == new.counter_name(now)):
            yield _corrected(kind, name, what, _shown(was), _shown(now))
    for key, what in (("scope", "what it counts"), ("leaves_out", "what it leaves out")):
        yield from _texts("scope-corrected", name, what, getattr(before, key) or {}, getattr(after, key) or {})
    yield from _texts("wording-changed", name, "the wording", before.wording, after.wording)
    yield from _sensitivity(name, before.sensitivity, after.sensitivity)
    yield from _status(name, before, after)
    newer = new.superseded_by.get(name)
    if newer and newer != old.superseded_by.get(name):
        said = _one_line(new, new.observations[newer][1])
        yield Change("superseded", name, _one_line(old, before), said, f"'{name}' is superseded by '{newer}': {said}")
    yield from _disputes(name, set(disputed_by(old, before)), set(disputed_by(new, after)))
    yield from _evidence(name, before.evidence, after.evidence, new)


#: Fields of an observation that are compared as they stand.
_FIELDS: tuple[tuple[Kind, str, str], ...] = (
    ("qualifier-corrected", "the qualifier", "qualifier"), ("date-corrected", "the date", "as_of"),
    ("date-corrected", "the basis of the date", "as_of_basis"), ("counter-corrected", "who counted", "counted_by"),
    ("method-corrected", "the method", "method"), ("method-corrected", "the formula", "formula"),
    ("method-corrected", "the inputs", "inputs"), ("definition-corrected", "why counts differ", "differs_by"),
    ("definition-corrected", "what it repeats", "same_origin_as"),
)


def _values(item: Observation) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    return item.value, item.low, item.high


def _bare(item: Observation) -> str:
    return f"{item.value:,}" if item.value is not None else f"{item.low:,} to {item.high:,}"


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "nothing"
    return "nothing" if value is None else str(value)


def _corrected(kind: Kind, name: str, what: str, before: str, after: str) -> Change:
    return Change(kind, name, before, after, f"{what} of '{name}' was {before} and is now {after}")


def _texts(kind: Kind, name: str, what: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    """Compare texts by language; one more language is no other meaning."""
    changed = [language for language in before if language in after and before[language] != after[language]]
    gone = [language for language in before if language not in after]
    added = [language for language in after if language not in before]
    if changed:
        first = "en" if "en" in changed else changed[0]
        yield Change(kind, name, before[first], after[first], f"{what} of '{name}' now reads otherwise in"
                     f" {', '.join(sorted(changed))}")
    elif kind == "scope-corrected" and bool(before) != bool(after):
        was, now = (next(iter(texts.values()), None) for texts in (before, after))
        yield Change(kind, name, was, now, f"{what} of '{name}' is " + ("now stated" if after else "no longer stated"))
        return
    if gone or added:
        words = [f"was taken out in {', '.join(sorted(gone))}"] if gone else []
        words += [f"was added in {', '.join(sorted(added))}"] if added else []
        yield Change("wording-changed", name, None, None, f"{what} of '{name}' {' and '.join(words)}")


def _sensitivity(name: str, before: str, after: str) -> Iterator[Change]:
    if before != after:
        yield Change("sensitivity-changed", name, before, after,
                     f"the sensitivity of '{name}' was {before} and is now {after}")


def _status(name: str, before: Observation | Claim, after: Observation | Claim) -> Iterator[Change]:
    if before.status == after.status:
        return
    kind: Kind = "status-changed"
    if after.status in SILENT and before.status not in SILENT:
        kind = "withdrawn"
    elif before.status in SILENT and after.status not in SILENT:
        kind = "reinstated"
    elif "disputed" in {before.status, after.status}:
        kind = "dispute-added" if after.status == "disputed" else "dispute-resolved"
    yield Change(kind, name, before.status, after.status,
                 f"the status of '{name}' was {before.status} and is now {after.status}")


def _disputes(name: str, before: set[str], after: set[str]) -> Iterator[Change]:
    own = {"its own status"}
    for kind, found, words in (("dispute-added", after - before - own, "is now contradicted by"),
                               ("dispute-resolved", before - after - own, "is no longer contradicted by")):
        if found:
            shown = ", ".join(f"'{item}'" for item in sorted(found))
            was, now = (", ".join(sorted(item - own)) or None for item in (before, after))
            yield Change(kind, name, was, now, f"'{name}' {words} {shown}")  # type: ignore[arg-type]


def _evidence(name: str, before: tuple[Evidence, ...], after: tuple[Evidence, ...], new: Ledger) -> Iterator[Change]:
    def words(item: Evidence) -> tuple[str, str | None, str]:
        return item.source, item.via, " ".join(item.quote.split())
    was, now = {words(item) for item in before}, {words(item) for item in after}
    if was != now:
        yield Change("evidence-changed", name, _quoted(was), _quoted(now), f"the evidence of '{name}' changed")
    gone = sorted({item.source for item in after} - new.sources.keys())
    if gone:
        yield Change("evidence-changed", name, _quoted(was), None,
                     f"'{name}' rests on the source '{gone[0]}', which is gone from the ledger")


def _quoted(words: set[tuple[str, str | None, str]]) -> str:
    return "; ".join(f"{source}{f' via {via}' if via else ''}: “{quote}”"
                     for source, via, quote in sorted(words, key=lambda item: tuple(map(str, item))))


def _claims(old: Ledger, new: Ledger) -> Iterator[Change]:
    for name, after in new.claims.items():
        before = old.claims.get(name)
        if before is None:
            yield Change("claim-added", name, None, _statement(after), f"the claim '{name}' is new")
            continue
        if before.as_of != after.as_of:
            yield _corrected("date-corrected", name, "the date", _shown(before.as_of), _shown(after.as_of))
        if before.stated_by != after.stated_by:
            yield _corrected("counter-corrected", name, "who says it, in the entry", _shown(before.stated_by),
                             _shown(after.stated_by))
        for what, key in (("the kind", "kind"), ("the country", "country"), ("the replies", "replies")):
            if (was := getattr(before, key)) != (now := getattr(after, key)):
                yield _corrected("definition-corrected", name, what, _shown(was), _shown(now))
        same = all(_numbers(language, before.statement[language]) == _numbers(language, after.statement[language])
                   for language in before.statement if language in after.statement)
        yield from _texts("wording-changed" if same else "statement-corrected", name, "the statement",
                          before.statement, after.statement)
        yield from _sensitivity(name, before.sensitivity, after.sensitivity)
        yield from _status(name, before, after)
        yield from _disputes(name, _contradicted(old, name), _contradicted(new, name))
        yield from _evidence(name, before.evidence, after.evidence, new)
    for name, claim in old.claims.items():
        if name not in new.claims:
            yield Change("claim-removed", name, _statement(claim), None, f"the claim '{name}' is gone from the ledger")


def _statement(claim: Claim) -> str:
    return claim.statement.get("en") or next(iter(claim.statement.values()))


def _numbers(language: str, text: str) -> list[tuple[str, str]]:
    """List the numbers of a sentence, in the order of their values: other numbers, another meaning."""
    spoken = "en" if language == "und" else language
    return sorted((str(number.value), number.qualifier) for number in read_numbers(text, spoken))


def _contradicted(ledger: Ledger, name: str) -> set[str]:
    back = {other for other, claim in ledger.claims.items() if name in claim.disputes and claim.status not in SILENT}
    return back | set(ledger.claims[name].disputes)


#: What of a source decides whether readers find it and what it is worth; the rest is how it is written.
_WEIGHTY = ("type", "issued", "URL", "DOI", "tier")
_WRITTEN = ("title", "title_translated", "author", "publisher", "container_title", "number", "language", "short",
            "accessed", "copy_")


def _sources(old: Ledger, new: Ledger) -> Iterator[Change]:
    for name, after in new.sources.items():
        before = old.sources.get(name)
        if before is None:
            yield Change("source-added", name, None, after.title, f"the source '{name}' is new")
            continue
        for key in _WEIGHTY:
            if (was := getattr(before, key)) != (now := getattr(after, key)):
                yield _corrected("source-corrected", name, _SOURCE_WORDS.get(key, key), _shown(was), _shown(now))
        for key in _WRITTEN:
            if getattr(before, key) != getattr(after, key):
                yield Change("wording-changed", name, _text(before, key), _text(after, key),
                             f"the {key.rstrip('_').replace('_', ' ')} of the source '{name}' changed")
    for name, source in old.sources.items():
        if name not in new.sources:
            yield Change("source-gone", name, source.title, None, f"the source '{name}' is gone from the ledger")


_SOURCE_WORDS = {"type": "the type", "issued": "the date of publication", "URL": "the address", "DOI": "the DOI",
                 "tier": "the tier"}


def _text(source: Source, key: str) -> str | None:
    value = getattr(source, key)
    if value is None or isinstance(value, str | PartialDate):
        return str(value) if value else None
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or None
    if isinstance(value, dict):
        return "; ".join(f"{language}: {text}" for language, text in value.items()) or None
    return str(getattr(value, "sha256", value))


def _names(old: Ledger, new: Ledger) -> Iterator[Change]:
    for name, after in new.organizations.items():
        before = old.organizations.get(name)
        if before is not None:
            yield from _texts("wording-changed", name, "the name", before.name, after.name)
            yield from _texts("wording-changed", name, "the genitive of the name", before.genitive or {},
                              after.genitive or {})

