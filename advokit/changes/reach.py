"""Which documents a change reaches: every document of every edition, composed with the old ledger and the new one.

In: the old campaign, a new ledger, the changes. Out: a `Reach` for each document. Both times the texts are the old
ones, those that are in circulation: so a difference between the two comes from the ledger alone.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from advokit.changes.compare import Change
from advokit.compose import Job, compose
from advokit.ledger import Ledger
from advokit.problems import Problem
from advokit.standing import Printed, disputed_by, pairs, standing
from advokit.worker import Names, Outcome, Pool
from advokit.workspace import CampaignFiles, template_folders
from advokit.yamlfile import Loaded

Tick = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Prints:
    """What one document prints."""

    observations: frozenset[tuple[str, str]]
    """Ids with the machine values printed."""
    figures: frozenset[str]
    claims: frozenset[str]
    sources: frozenset[str]
    times: Mapping[str, int]
    """How often each observation and claim is printed."""

    @property
    def names(self) -> frozenset[str]:
        """The ids of the observations."""
        return frozenset(name for name, _ in self.observations)

    def holds(self, change: Change) -> bool:
        """Tell whether the document prints what a change is about."""
        if change.kind.startswith("source-"):
            return change.id in self.sources
        return change.id in self.names | self.claims | self.figures


@dataclass(frozen=True)
class Verdict:
    """How one printed observation stands in the new ledger."""

    observation: str
    status: str
    message: str


@dataclass(frozen=True)
class Reach:
    """What the changes mean for one document."""

    edition: str
    document: str
    language: str
    prints: frozenset[str] | None
    """Observations and claims that it prints with the old ledger; None where it could not be composed."""
    changes: tuple[Change, ...]
    """The changes that make it wrong or out of date."""
    wording: tuple[Change, ...]
    """The changes of wording that it prints."""
    verdicts: tuple[Verdict, ...]
    """The printed observations that are no longer current."""
    replaced: frozenset[str]
    """Observations and claims that it prints less often with the new ledger: another one stands in their place."""
    problem: str = ""
    """Why it cannot be composed with the old ledger, or no longer with the new one."""

    @property
    def affected(self) -> bool:
        """Whether its copies should be replaced."""
        return bool(self.changes or self.replaced or (self.prints is not None and self.problem))


def reaches(old: CampaignFiles, new: Loaded[Ledger], changes: Iterable[Change], date: dt.date, *, jobs: int = 1,
            tick: Tick = lambda _name, _done, _all: None) -> Iterator[Reach]:
    """Tell for every document what the changes mean for it."""
    changes = tuple(changes)
    names = [(edition, document) for edition, found in old.editions.items() for document in old.documents(edition)
             if document in found.texts]
    renamed = {change.after or "": change.id for change in changes if change.kind == "renamed"}
    sides = (old, replace(old, ledger=Loaded(_with_old_names(new.model, renamed), new.file)))
    calls = [((Job(replace(side, editions={edition: side.editions[edition]}), edition, document, date),),
              Names(f"{edition}/{document}", old.editions[edition].texts[document].path))
             for edition, document in names for side in sides]
    readable = [old.root, *template_folders(old.root)]
    with Pool(None, jobs, readable=readable, preload=("advokit.changes.reach",)) as pool:
        outcomes = pool.run(prints_of, calls)
        for done, ((edition, document), before) in enumerate(zip(names, outcomes, strict=False), 1):
            after = next(outcomes)
            tick(f"{edition}/{document}", done, len(names))
            yield _reach(old, sides[1].ledger.model, (edition, document), before, after, changes)


def prints_of(job: Job) -> Prints:
    """Compose one document and list what it prints; runs in a child process."""
    composed = compose(job)
    return Prints(frozenset((item.observation, item.value) for item in composed.figures),
                  frozenset(item.figure for item in composed.figures), frozenset(composed.claims),
                  frozenset(name for item in composed.references for name in (item.source, item.via) if name),
                  Counter([*(item.observation for item in composed.figures), *composed.claims]))


def _reach(old: CampaignFiles, new: Ledger, name: tuple[str, str], before: Outcome[Prints], after: Outcome[Prints],
           changes: tuple[Change, ...]) -> Reach:
    edition, document = name
    language = old.editions[edition].edition.language
    if before.value is None:
        return Reach(edition, document, language, None, (), (), (), frozenset(), _first(before.problems))
    printed = before.value
    ids = printed.names | printed.claims
    found = tuple(change for change in changes if printed.holds(change))
    now = after.value.times if after.value else printed.times
    replaced = frozenset(item for item, times in printed.times.items() if now.get(item, 0) < times)
    return Reach(edition, document, language, ids, tuple(item for item in found if item.recalls),
                 tuple(item for item in found if not item.meaning),
                 tuple(_verdicts(old.ledger.model, new, printed)), replaced,
                 "" if after.value else _first(after.problems))


def _first(problems: tuple[Problem, ...]) -> str:
    return str(problems[0]).partition("\n")[0] if problems else "it cannot be composed"


def _with_old_names(ledger: Ledger, renamed: Mapping[str, str]) -> Ledger:
    """Give observations that were only renamed their old ids again, by which the old texts print them."""
    if not renamed:
        return ledger

    def back(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(renamed.get(name, name) for name in names)
    figures = {
        name: figure.model_copy(update={"observations": tuple(item.model_copy(update={
            "id": renamed.get(item.id, item.id), "supersedes": back(item.supersedes), "disputes": back(item.disputes),
            "inputs": back(item.inputs), "same_origin_as": back(item.same_origin_as)})
            for item in figure.observations)}) for name, figure in ledger.figures.items()}
    return Ledger.model_construct(**{**dict(ledger), "figures": figures})


def _verdicts(old: Ledger, new: Ledger, printed: Prints) -> Iterator[Verdict]:
    for name, value in sorted(printed.observations):
        if name not in old.observations:
            continue
        item = old.observations[name][1]
        was = Printed(name, value, bool(disputed_by(old, item)), pairs(item.evidence))
        status, message = standing(was, new)
        if status != "current":
            yield Verdict(name, status, message)
