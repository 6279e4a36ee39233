"""Rules: models and composed documents → problems. One module a family of rules; `table.RULES` names every rule.

In: `CampaignFiles`, and for what a page really says `Composed`. Out: problems with their place. A rule never changes
anything and never stops at its first finding.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from advokit.archive import FOLDER, Archive
from advokit.compose import Composed
from advokit.problems import Problem
from advokit.rules import age, attribution, disputes, packs, parity, plain, quotes, safeguarding, trends, untracked
from advokit.rules.page import Page, read_page
from advokit.safeguarding import quiet
from advokit.workspace import CampaignFiles


@dataclass(frozen=True)
class Context:
    """What rules are given beside the campaign: nothing reads the clock."""

    date: dt.date
    strict: bool = False
    """Whether tidiness counts too, such as a source that nothing rests on."""


CampaignRule = Callable[[CampaignFiles, Context], Iterable[Problem]]
DocumentRule = Callable[[Page, Context], Iterable[Problem]]

#: Rules over ledger, campaign, editions and packs, by the name of their family.
CAMPAIGN_RULES: Mapping[str, CampaignRule] = {
    "plain": plain.check,
    "quotes": lambda files, _context: quotes.check(files.ledger, Archive(files.root / FOLDER, None)),
    "untracked": lambda files, _context: untracked.check_ledger(files),
    "origins": lambda files, _context: disputes.one_origin_evidence(files),
    "parity": lambda files, _context: parity.check(files),
    "conventions": lambda files, context: packs.conventions_used(files, context.date),
    "words": lambda files, _context: packs.untranslated(files),
    "safeguarding": lambda files, context: safeguarding.check(files, context.date),
}

#: Rules over one composed document, by the name of their family.
DOCUMENT_RULES: Mapping[str, DocumentRule] = {
    "untracked": lambda page, _context: untracked.check(page),
    "conflict": lambda page, _context: disputes.hidden_conflict(page),
    "trend": lambda page, _context: trends.check(page),
    "attribution": lambda page, _context: attribution.missing_attribution(page),
    "withheld": lambda page, _context: attribution.withheld_figure(page),
    "stale": lambda page, context: age.stale_figure(page, context.date),
    "superseded": lambda page, _context: age.superseded_figure(page),
    "origin": lambda page, _context: disputes.same_origin(page),
    "secondary": lambda page, _context: attribution.secondary_only(page),
    "reply": lambda page, _context: disputes.missing_reply(page),
    "safeguarding": lambda page, context: safeguarding.check_page(page, context.date),
}


def check_campaign(files: CampaignFiles, date: dt.date, *, strict: bool = False) -> list[Problem]:
    """Apply every rule over the campaign's files."""
    context = Context(date, strict)
    found = [problem for rule in CAMPAIGN_RULES.values() for problem in rule(files, context)]
    return quiet(found, safeguarding.list_of(files))


def check_document(composed: Composed, files: CampaignFiles, date: dt.date) -> Iterator[Problem]:
    """Apply every rule over one composed document."""
    context, page = Context(date), read_page(composed, files)
    for rule in DOCUMENT_RULES.values():
        yield from quiet(rule(page, context), safeguarding.list_of(files))
