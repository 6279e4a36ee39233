"""Rules: models and composed documents → problems. One module a family of rules; the table below names every rule.

In: `CampaignFiles`, and for what a page really says `Composed`. Out: problems with their place. A rule never changes
anything and never stops at its first finding.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from advokit.compose import Composed
from advokit.problems import Problem
from advokit.rules import plain
from advokit.rules.page import Page, read_page
from advokit.workspace import CampaignFiles


@dataclass(frozen=True)
class Context:
    """What rules are given beside the campaign: nothing reads the clock."""

    date: dt.date


CampaignRule = Callable[[CampaignFiles, Context], Iterable[Problem]]
DocumentRule = Callable[[Page, CampaignFiles, Context], Iterable[Problem]]

#: Rules over ledger, campaign, editions and packs, by the name of their family.
CAMPAIGN_RULES: Mapping[str, CampaignRule] = {
    "plain": plain.check,
}

#: Rules over one composed document, by the name of their family.
DOCUMENT_RULES: Mapping[str, DocumentRule] = {
}


def check_campaign(files: CampaignFiles, date: dt.date) -> list[Problem]:
    """Apply every rule over the campaign's files."""
    context = Context(date)
    return [problem for rule in CAMPAIGN_RULES.values() for problem in rule(files, context)]


def check_document(composed: Composed, files: CampaignFiles, date: dt.date) -> Iterator[Problem]:
    """Apply every rule over one composed document."""
    context, page = Context(date), read_page(composed, files)
    for rule in DOCUMENT_RULES.values():
        yield from rule(page, files, context)
