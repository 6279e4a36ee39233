"""The whole check: every rule over a campaign's files and over each document as composed, nothing rendered.

In: a workspace, a campaign, a date. Out: every problem. Composing runs in fenced child processes, because texts and
templates may come from strangers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from advokit.compose import Job, compose
from advokit.problems import Problem
from advokit.rules import check_campaign, check_document
from advokit.worker import Limits, Names, Pool
from advokit.workspace import CampaignFiles, read_campaign, template_folders

Tick = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Checked:
    """What a check found."""

    problems: tuple[Problem, ...]
    editions: int
    documents: int
    unreadable: bool
    """Whether some file could not be read or is not valid."""


def check_all(root: Path, campaign: str, date: dt.date, *, jobs: int = 1, strict: bool = False,
              limits: Limits | None = None,
              tick: Tick = lambda _name, _done, _all: None) -> Checked:
    """Check a whole campaign."""
    files, problems = read_campaign(root, campaign)
    unreadable = any(problem.severity == "error" for problem in problems)
    if files is None:
        return Checked(tuple(sorted(set(problems))), 0, 0, unreadable)
    problems += check_campaign(files, date, strict=strict)
    calls = []
    for edition, found in files.editions.items():
        one = replace(files, editions={edition: found})
        calls += [((Job(one, edition, document, date),), Names(f"{edition}/{document}", found.texts[document].path))
                  for document in files.documents(edition) if document in found.texts]
    readable = [root, *template_folders(root)]
    with Pool(limits, jobs, readable=readable, preload=("advokit.checking",)) as pool:
        for done, outcome in enumerate(pool.run(check_one, calls), 1):
            problems += outcome.value if outcome.value is not None else outcome.problems
            tick(calls[done - 1][1].document, done, len(calls))
    return Checked(tuple(sorted(set(problems))), len(files.editions), len(calls), unreadable)


def printed(files: CampaignFiles, date: dt.date, *, jobs: int = 1) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Tell for each document which observations and claims it prints; one that cannot be composed prints none."""
    calls = [(edition, document) for edition, found in files.editions.items() for document in found.texts
             if document in files.documents(edition)]
    work = [((Job(replace(files, editions={edition: files.editions[edition]}), edition, document, date),),
             Names(f"{edition}/{document}", files.editions[edition].texts[document].path))
            for edition, document in calls]
    readable = [files.root, *template_folders(files.root)]
    with Pool(None, jobs, readable=readable, preload=("advokit.checking",)) as pool:
        for (edition, document), outcome in zip(calls, pool.run(ids_of, work), strict=True):
            yield edition, document, outcome.value or frozenset()


def ids_of(job: Job) -> frozenset[str]:
    """Compose one document and list the observations and claims that it prints; runs in a child process."""
    composed = compose(job)
    return frozenset({*(item.observation for item in composed.figures), *composed.claims})


def check_one(job: Job) -> tuple[Problem, ...]:
    """Compose one document and apply the rules to it; runs in a child process."""
    return tuple(check_document(compose(job), job.files, job.date))
