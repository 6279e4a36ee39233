"""`stale-figure` and `superseded-figure`: what time has done to a count.

In: a page and the date of the build. Out: a warning at the ledger's `as_of` for a count that has aged; an error at
the expression that prints a count of which a newer one exists. Tables and charts of a series show old counts on
purpose.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from advokit.ledger import Figure, Observation
from advokit.problems import Problem
from advokit.rules.links import SILENT
from advokit.rules.page import TABLES, Page

#: Forms in which older counts stand beside newer ones.
_SERIES = TABLES | {"range"}


def stale_figure(page: Page, date: dt.date) -> Iterator[Problem]:
    """Find counts and claims that are older than their `stale_after` allows on the day of the build."""
    ledger, file = page.ledger, page.files.ledger.file
    for name in sorted(page.printed & ledger.observations.keys()):
        figure, item = ledger.observations[name]
        after = ledger.figures[figure].stale_after
        if after and name not in ledger.superseded_by and (date - item.as_of.last) > after:
            yield file.problem(
                (*page.writer.path(item), "as_of"),
                "stale-figure",
                f"'{name}' is as of {item.as_of}; after {after.days} days it is stale, and it is printed",
                "Look for a newer count and add it as an observation that supersedes this one.",
                warning=True,
            )
    for name in page.claims:
        claim = ledger.claims.get(name)
        if claim and claim.as_of and claim.stale_after and (date - claim.as_of.last) > claim.stale_after:
            yield file.problem(
                ("claims", name, "as_of"),
                "stale-figure",
                f"the claim '{name}' is as of {claim.as_of}; after {claim.stale_after.days} days it is stale,"
                f" and it is"
                " printed",
                "See whether it still holds; then renew its date and source.",
                warning=True,
            )


def superseded_figure(page: Page) -> Iterator[Problem]:
    """Find counts that a newer one replaces, printed outside of a series and without the newer one beside them."""
    seen: set[str] = set()
    beside: dict[int, set[str]] = {}
    for block, mention in page.mentions:
        beside.setdefault(block.group, set()).add(mention.observation)
    for block, mention in page.mentions:
        name = mention.observation
        if mention.form in _SERIES or name in seen or name not in page.ledger.observations:
            continue
        figure, item = page.ledger.observations[name]
        newer = _newer(page, page.ledger.figures[figure], item)
        if newer and not newer & beside[block.group]:
            seen.add(name)
            last = max(newer, key=lambda other: page.observation(other).as_of.last)
            yield page.problem(
                "superseded-figure",
                f"'{name}' ({item.as_of}) is printed, and '{last}' ({page.observation(last).as_of}) is newer",
                f'Print {{{{ figure("{figure}") }}}}, which is always the current one; or the whole series.',
                page.at_mention(block, mention),
            )


def _newer(page: Page, figure: Figure, item: Observation) -> frozenset[str]:
    """Give the counts that replace one: those that supersede it, or a later one of the same counter and scope."""
    superseded_by, found, name = page.ledger.superseded_by, [], item.id
    while (following := superseded_by.get(name)) and following not in found:
        found.append(following)
        name = following
    newer = {other for other in found if page.observation(other).status not in SILENT}
    if not newer and not found and figure.series and figure.kind in {"stock", "cumulative"}:
        newer = {
            other.id
            for other in figure.printable
            if other.counted_by == item.counted_by
            and other.scope == item.scope
            and other.as_of.first > item.as_of.last
            and not set(other.disputes) & {item.id}
        }
    return frozenset(newer)
