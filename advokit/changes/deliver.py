"""Notices → files: composed, checked, rendered and proved in fenced children, written whole.

In: `Notice`s and a folder. Out: `correction-<language>.pdf|html|txt` and `bulletin-<language>.pdf|html|txt`, and the
problems of those that were not delivered. The HTML of a bulletin is a page for mail programs (`mail.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from advokit.build import make
from advokit.changes.mail import render_mail
from advokit.changes.notices import BULLETIN, Notice
from advokit.compose import Job, compose
from advokit.freshness import write_whole
from advokit.problems import Problem
from advokit.worker import Limits, Names, Pool
from advokit.workspace import template_folders

FORMATS = ("pdf", "html", "txt")


@dataclass(frozen=True)
class Delivered:
    """What was written."""

    files: tuple[Path, ...]
    failed: tuple[str, ...]
    """The names of notices that were not delivered, such as `correction-de`."""
    problems: tuple[Problem, ...]
    left_out: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """For a notice what is not in it, because the ledger lacks its words in that language."""


def deliver(notices: Iterable[Notice], out: Path, *, jobs: int = 1, limits: Limits | None = None) -> Delivered:
    """Write every notice in its formats; one that breaks a rule or does not prove right is not delivered."""
    notices = tuple(notices)
    if not notices:
        return Delivered((), (), ())
    names = [f"{notice.document}-{notice.language}" for notice in notices]
    root = notices[0].job.files.root
    calls = [((notice.job,), Names(name, notice.job.files.editions[notice.job.edition].texts[notice.document].path))
             for notice, name in zip(notices, names, strict=True)]
    files: list[Path] = []
    failed: list[str] = []
    problems: list[Problem] = []
    needed = ("advokit.changes.deliver", *(f"advokit.render.{form}" for form in FORMATS))
    with Pool(limits, min(jobs, len(calls)), readable=[root, *template_folders(root)], preload=needed) as pool:
        for name, outcome in zip(names, pool.run(make_notice, calls), strict=True):
            if outcome.value is None:
                failed.append(name)
                problems += outcome.problems
                continue
            problems += outcome.value.problems
            for form, content in outcome.value.contents:
                write_whole(out / f"{name}.{form}", content)
                files.append(out / f"{name}.{form}")
    left_out = tuple((name, notice.left_out) for notice, name in zip(notices, names, strict=True) if notice.left_out)
    return Delivered(tuple(files), tuple(failed), tuple(sorted(set(problems))), left_out)


@dataclass(frozen=True)
class MadeNotice:
    """What a child hands back."""

    contents: tuple[tuple[str, bytes], ...]
    problems: tuple[Problem, ...]


def make_notice(job: Job) -> MadeNotice:
    """Make one notice as any document is made; runs in a child process."""
    made = make(job, FORMATS, "")
    contents = {form: rendered.content for form, rendered in made.files}
    if job.document == BULLETIN:
        contents["html"] = render_mail(compose(job))
    return MadeNotice(tuple(contents.items()), made.problems)
