"""`hidden-conflict` and `same-origin`: what must stand beside a count, and what must not.

In: a page. Out: problems at the expression that prints the count. A dispute is symmetric: whoever is disputed has
one too.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from advokit.fields import in_language
from advokit.ledger import Observation
from advokit.problems import Problem
from advokit.rules.links import SILENT, links
from advokit.rules.page import Block, Mention, Page
from advokit.workspace import CampaignFiles

#: Forms that set every count of a figure side by side.
_WHOLE = frozenset({"series", "how_many", "contested"})


def hidden_conflict(page: Page) -> Iterator[Problem]:
    """Find counts and claims that are printed without the one that contradicts them."""
    disputes = links(page.ledger).disputes
    tables = {mention.figure for _, mention in page.mentions if mention.form in _WHOLE}
    seen: set[str] = set()
    for block, mention in page.mentions:
        name = mention.observation
        if name in seen or name not in page.ledger.observations:
            continue
        seen.add(name)
        figure, item = page.ledger.observations[name]
        partners = disputes.get(name, frozenset())
        if item.status in SILENT or not (partners or item.status == "disputed") or partners & page.printed:
            continue
        if figure in tables and _shows_more(page, figure, name):
            continue
        if not partners and (
            (mention.stated and page.composed.language in item.wording) or _called_disputed(page, block, mention)
        ):
            continue  # there is no other count to show: the ledger's own wording tells of the doubt
        yield page.problem(
            "hidden-conflict",
            f"'{name}' is printed, and nothing on the page tells that it is disputed{_by(page, sorted(partners))}",
            _mend(page, figure, sorted(partners)),
            page.at_mention(block, mention),
        )
    yield from _claims(page)


def _shows_more(page: Page, figure: str, name: str) -> bool:
    """Tell whether a table of the figure shows a count beside this one, or says itself that it is disputed."""
    shown = {mention.observation for _, mention in page.mentions if mention.figure == figure and mention.form in _WHOLE}
    return len(shown) > 1 or shown == {name}


def _called_disputed(page: Page, block: Block, mention: Mention) -> bool:
    word = page.writer.tongue.say("disputed").casefold()
    return any(
        word in other.text.casefold()
        for other in page.blocks
        if other is block or (other.group == block.group and mention.observation in page.printed)
    )


def _by(page: Page, partners: list[str]) -> str:
    if not partners:
        return ""
    _figure, item = page.ledger.observations[partners[0]]
    counter = in_language(page.ledger.counter_name(item.counted_by), "en") or item.counted_by
    more = f" and {len(partners) - 1} more" if len(partners) > 1 else ""
    return f": '{partners[0]}' ({item.machine_value}, {counter}) contradicts it{more}"


def _mend(page: Page, figure: str, partners: list[str]) -> str:
    others = list(dict.fromkeys(page.ledger.observations[name][0] for name in partners))
    names = ", ".join(f'"{name}"' for name in dict.fromkeys([figure, *others]))
    return f"Set the counts side by side: {{{{ how_many({names}) }}}}, or print the other one too."


def _claims(page: Page) -> Iterator[Problem]:
    disputes = links(page.ledger).claim_disputes
    for name in page.claims:
        partners = disputes.get(name, frozenset())
        if partners and not partners & set(page.claims):
            other = min(partners)
            yield page.problem(
                "hidden-conflict",
                f"the claim '{name}' is printed, and '{other}', which contradicts it, is not",
                f'Print both: {{{{ claim("{other}") }}}}.',
                page.places.name((name,), "claim", _around(page, name)),
            )


def _around(page: Page, claim: str) -> str:
    return next((block.text for block in page.blocks if claim in block.claims), "")


def same_origin(page: Page) -> Iterator[Problem]:
    """Find counts that stand side by side as if one confirmed the other, and go back to the same one."""
    origin = links(page.ledger).origin
    seen: set[tuple[str, str]] = set()
    groups: dict[object, list[tuple[Block, Mention]]] = {}
    for block, mention in page.mentions:
        if mention.observation in origin and mention.form not in {"series", "chart"}:
            table = mention.form in {"how_many", "contested"}
            groups.setdefault("table" if table else (block.group, origin[mention.observation]), []).append(
                (block, mention)
            )
    for found in groups.values():
        for (_, one), (block, two) in combinations(found, 2):
            first, second = page.observation(one.observation), page.observation(two.observation)
            pair = (min(first.id, second.id), max(first.id, second.id))
            if (
                first.id == second.id
                or pair in seen
                or origin[first.id] != origin[second.id]
                or _history(first, second)
            ):
                continue
            seen.add(pair)
            yield page.problem(
                "same-origin",
                f"'{first.id}' and '{second.id}' stand side by side and go back to one count",
                "Print one of them: the other repeats it and confirms nothing.",
                page.at_mention(block, two),
                warning=True,
            )


def _history(first: Observation, second: Observation) -> bool:
    """Tell whether two counts are one counter's at two times."""
    return first.counted_by == second.counted_by and first.as_of != second.as_of


def one_origin_evidence(files: CampaignFiles) -> Iterator[Problem]:
    """Find evidence that cites two sources for one count, the second read in the first or in the same relay."""
    loaded = files.ledger
    for name, figure in loaded.model.figures.items():
        for index, item in enumerate(figure.observations):
            path = ("figures", name, "observations", index)
            for one, two in combinations(range(len(item.evidence)), 2):
                first, second = item.evidence[one], item.evidence[two]
                if first.source == second.source:
                    continue  # both references begin with the same name, so nobody takes them for two
                common = ({first.source, first.via} & {second.source, second.via}) - {None}
                if common:
                    yield loaded.file.problem(
                        (*path, "evidence", two),
                        "same-origin",
                        f"two citations of '{item.id}' go back to one source, '{min(str(x) for x in common)}'",
                        "Keep the one nearer to whoever counted.",
                        warning=True,
                    )


def missing_reply(page: Page) -> Iterator[Problem]:
    """Find accusations in a brief whose recorded replies are all left out."""
    if page.composed.document != "brief":
        return
    claims = page.ledger.claims
    for name in page.claims:
        claim = claims.get(name)
        if claim is None or claim.kind != "accusation":
            continue
        replies = [reply for reply in claim.replies if reply in claims and claims[reply].status not in SILENT]
        if replies and not set(replies) & set(page.claims):
            yield page.problem(
                "missing-reply",
                f"the accusation '{name}' is printed without the reply on record, '{replies[0]}'",
                f'Print it: {{{{ replies("{replies[0]}") }}}}.',
                page.places.name((name,), "claim", _around(page, name)),
            )
