"""Who counted, and how well that is known: `missing-attribution`, `withheld-figure`, `secondary-only`.

In: a page. Out: problems at the expression that prints the count. Counter and date are read from their marks; a
sentence that names them in plain words has named them too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from anyascii import anyascii

from advokit.dates import PartialDate
from advokit.fields import in_language
from advokit.language import Tongue
from advokit.ledger import Ledger, Observation, Source
from advokit.problems import Problem
from advokit.rules.links import SILENT
from advokit.rules.page import TABLES, Block, Mention, Page
from advokit.yamlfile import KeyPath

#: Kinds of document in which every figure says who counted it and as of when.
DEMANDING = frozenset({"brief", "faq"})
#: Ways of knowing that are nobody's count: printed as what someone says, they are printed as what they are.
_SAID = frozenset({"asserted", "testimony", "estimated"})
#: Kinds of claims that are somebody's own words, whatever the source's tier.
_OWN_WORDS = frozenset({"position", "testimony", "accusation", "reply", "context"})
#: Verbs of those who pass on what others counted.
_RELAYED = re.compile(
    r"\b(?:as )?(?:reported|quoted|cited|relayed|published) (?:by|in)\b|\breports?\b|\bquot(?:es|ing)\b|"
    r"\bciting\b|\btold\b|\bvia\b"
    r"|\brapport(?:e|ent|é|és|ée|ées)\b|\bcit(?:e|é|és|ée|ées|ant)\b|\brelay\w+|\bzitiert\b|\bberichte(?:t|te|n|"
    r"ten)?\b|\bmelde(?:t|te|n)\b"
    r"|\bpoda(?:je|ł|ła|ją|li)\b|\bcyt(?:uje|owan\w+)\b|\brelacjonuje\b|\binformuje\b|повідомля\w+|повідоми\w+|"
    r"передає|передають|пише|пишуть"
    r"|цит[уо]\w+|наводить"
    r"|\bcit(?:ado|ada|ados|adas|an|ando|ato|ata|ati)\b|\binforma(?:n|ron|do)?\b|\binformó\b|\bsegún publica\b|"
    r"\brecog(?:e|en|ido|ida) por\b"
    r"|\briport(?:a|ano|ato|ata|ati|ate)\b|\briferi(?:sce|scono|to|ta)\b|\bripres[oa] da\b"
    r"|\bmeld(?:t|de|den|en)\b|\bbericht(?:te|ten)\b|\bciteer\w+|\bgeciteerd\b|\baangehaald\b|\brapportera[rdt]\w*|\buppger\b|"
    r"\bciter(?:ar|ade|at|as)\b|\båterge(?:r|s|tt)\b"
    r"|\buvád(?:í|ějí)\b|\buved(?:l[aoiy]?|en\w*)\b|\bcitu(?:je|jí)\b|\bcitován\w*\b|\binformoval[aoiy]?\b|\bpíš[eí]\b",
    re.IGNORECASE,
)


def missing_attribution(page: Page) -> Iterator[Problem]:
    """Find figures of a brief or FAQ that say neither who counted them nor as of when, in their block or box."""
    if page.composed.document not in DEMANDING:
        return
    groups: dict[int, list[Block]] = {}
    for block in page.blocks:
        groups.setdefault(block.group, []).append(block)
    named = {name for blocks in groups.values() for name in _attributed(page, blocks)}
    seen: set[tuple[int, str]] = set()
    for block, mention in page.mentions:
        name = mention.observation
        if name not in page.ledger.observations or (id(block), name) in seen or (block.heading and name in named):
            continue
        seen.add((id(block), name))
        missing = _missing(page, groups[block.group], page.observation(name), mention)
        if missing:
            yield page.problem(
                "missing-attribution",
                f"'{mention.text}' ('{name}') is printed without {' and '.join(missing)}",
                f'Print {{{{ figure("{name}", "statement") }}}}, or add {{{{ figure("{name}", "counted_by") }}}}'
                f' and {{{{ figure("{name}", "as_of") }}}} to the paragraph.',
                _place(page, block, mention),
            )


def _place(page: Page, block: Block, mention: Mention) -> tuple[str, int, int]:
    """Where it is mended: the ledger's wording of a statement that names nobody, else the text."""
    wording = _wording(page, mention)
    return page.at_ledger(wording) if wording else page.at_mention(block, mention)


def _wording(page: Page, mention: Mention) -> KeyPath:
    """Give the key path of the wording that a mention is printed with, or nothing."""
    language, item = page.composed.language, page.observation(mention.observation)
    key = next((key for key in (language, language.partition("-")[0]) if key in item.wording), None)
    return (*page.writer.path(item), "wording", key) if key and mention.stated else ()


def _attributed(page: Page, blocks: list[Block]) -> Iterator[str]:
    for name in {mention.observation for block in blocks for mention in block.mentions if not block.heading}:
        if name in page.ledger.observations and not _missing(page, blocks, page.observation(name), None):
            yield name


def _missing(page: Page, blocks: list[Block], item: Observation, mention: Mention | None) -> list[str]:
    """Name what the blocks of a group leave out about an observation."""
    observations = page.ledger.observations
    counters = {observations[name][1].counted_by for block in blocks for name in block.counted if name in observations}
    dates = {observations[name][1].as_of for block in blocks for name in block.dated if name in observations}
    chart = mention is not None and mention.form == "chart"
    missing = []
    text = _plain(" ".join(block.text for block in blocks))
    if (
        item.counted_by not in counters
        and not (chart and counters)
        and not any(_plain(name) in text for name in _names(page, item))
    ):
        missing.append("who counted it")
    if item.as_of not in dates and not any(_plain(words) in text for words in _dates(page.writer.tongue, item.as_of)):
        missing.append("as of when")
    return missing


def _names(page: Page, item: Observation) -> Iterator[str]:
    organization = page.ledger.organizations.get(item.counted_by)
    language = page.composed.language
    yield in_language(page.ledger.counter_name(item.counted_by), language) or item.counted_by
    if organization and organization.genitive:
        yield in_language(organization.genitive, language) or item.counted_by


def _dates(tongue: Tongue, date: PartialDate) -> Iterator[str]:
    yield tongue.date(date)
    if date.approximate:
        yield tongue.date(PartialDate(date.year, date.month, date.day))
    if date.day:
        yield tongue.date(PartialDate(date.year, date.month))


def _plain(text: str) -> str:
    return re.sub(r"[\s\u00a0\u202f]+", " ", text).casefold()


def withheld_figure(page: Page) -> Iterator[Problem]:
    """Find values and claims that are withheld, retired, or only an opinion's, printed as facts."""
    seen: set[str] = set()
    for block, mention in page.mentions:
        name = mention.observation
        if name in seen or name not in page.ledger.observations:
            continue
        item = page.observation(name)
        found = _withheld(page.ledger, item, attributed=bool(block.counted) or mention.form in TABLES)
        if found:
            seen.add(name)
            reason, hint, warning = found
            yield page.problem(
                "withheld-figure",
                f"'{name}' is printed, and {reason}",
                hint,
                page.at_ledger((*page.writer.path(item), "status")) if warning else page.at_mention(block, mention),
                warning=warning,
            )
    for name in page.claims:
        claim = page.ledger.claims.get(name)
        if claim is None:
            continue
        around = next((block.text for block in page.blocks if name in block.claims), "")
        found = _status(claim.status)
        if not found and claim.kind not in _OWN_WORDS and _opinion(page.ledger, claim.evidence):
            found = (
                "only an opinion says so",
                "Give it the kind 'position' and name who says it, or find a source of its own.",
                False,
            )
        if found:
            yield page.problem(
                "withheld-figure",
                f"the claim '{name}' is printed, and {found[0]}",
                found[1],
                page.at_ledger(("claims", name, "status")) if found[2] else page.places.name((name,), "claim", around),
                warning=found[2],
            )


def _withheld(ledger: Ledger, item: Observation, *, attributed: bool) -> tuple[str, str, bool] | None:
    found = _status(item.status)
    if not found and _opinion(ledger, item.evidence) and not (attributed and item.method in _SAID):
        return (
            "only an opinion gives that number",
            ("Find whoever counted; or say with 'method: asserted' that it is somebody's"
            " word, and print the statement that names them."),
            False,
        )
    return found


def _status(status: str) -> tuple[str, str, bool] | None:
    if status in SILENT:
        return (
            f"the ledger says 'status: {status}'",
            "Take it out of the text; the ledger's note says what is wrong with it.",
            False,
        )
    if status == "needs_primary":
        return ("the ledger says 'status: needs_primary'", "Find the page of whoever counted, and cite that.", True)
    return None


def _opinion(ledger: Ledger, evidence: tuple[object, ...]) -> bool:
    tiers = [ledger.sources[name].tier for item in evidence if (name := getattr(item, "source", "")) in ledger.sources]
    return bool(tiers) and all(tier == "opinion" for tier in tiers)


def secondary_only(page: Page) -> Iterator[Problem]:
    """Find figures that somebody else than the counter reports, printed as if the counter's own page had been read."""
    seen: set[str] = set()
    for block, mention in page.mentions:
        name = mention.observation
        if name in seen or name not in page.ledger.observations or mention.form in {"key", "series", "chart"}:
            continue
        item = page.observation(name)
        sources = [page.ledger.sources[found.source] for found in item.evidence if found.source in page.ledger.sources]
        if not sources or any(source.tier != "secondary" for source in sources) or item.status in SILENT:
            continue
        if any(_same(page, item, source) for source in sources) or _relay_named(page, block, sources):
            continue
        seen.add(name)
        relay = sources[0].container_title or sources[0].publisher or sources[0].title
        counter = page.ledger.counter_name(item.counted_by)
        counted_by = in_language(counter, "en") or next(iter(counter.values()))
        yield page.problem(
            "secondary-only",
            f"'{name}' is printed as counted by '{counted_by}', and only '{relay}' says so",
            "Cite the counter's own page with 'via' for the relay, or say in the wording"
            f' who reports it: "… as reported by {relay}".',
            page.at_ledger(_wording(page, mention) or (*page.writer.path(item), "evidence")),
            warning=True,
        )


def _same(page: Page, item: Observation, source: Source) -> bool:
    """Tell whether the counter is the source itself."""
    names = {_letters(name) for text in (page.ledger.counter_name(item.counted_by),) for name in text.values()}
    speakers = _speakers(source)
    return any(speaker and name and (speaker in name or name in speaker) for name in names for speaker in speakers)


def _relay_named(page: Page, block: Block, sources: list[Source]) -> bool:
    around = " ".join(other.text for other in page.blocks if other is block or other.group == block.group)
    folded = _letters(around)
    return bool(_RELAYED.search(around)) or any(name in folded for source in sources for name in _speakers(source))


@lru_cache(maxsize=1024)
def _fold(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", anyascii(text).casefold()).strip()


def _letters(text: str) -> str:
    return _fold(text)


def _speakers(source: Source) -> frozenset[str]:
    parts = [
        source.publisher or "",
        source.container_title or "",
        *(str(author) for author in source.author),
        *(source.short or {}).values(),
    ]
    split = [piece for part in parts for piece in re.split(r"[/()]", part)]
    return frozenset(folded for piece in split if len(folded := _fold(piece)) > 3)
