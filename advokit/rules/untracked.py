"""`untracked-number`: a number that comes from no figure, claim, literal or typed field.

In: a page's blocks with what is tracked blanked out, and the ledger's own wordings. Out: one problem a number, where
it was written. Digits count, whatever they count, unless what stands around them makes them a name: a year, a date,
an article of law, a page, an address. Number words count from a hundred on, and below that only before something
that the ledger counts: "one" and "first" are plain prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from advokit.ledger import Ledger, Observation, entries
from advokit.numbers import Lexicon, StatedNumber, lexicon, noun_class, read_numbers
from advokit.problems import Problem
from advokit.rules.links import SILENT
from advokit.rules.page import BLANK, Block, Mention, Page
from advokit.rules.words import words_of
from advokit.workspace import CampaignFiles
from advokit.yamlfile import KeyPath

RULE = "untracked-number"

#: Words after which a number is the name of a place in a text or of a thing, whatever the language of the page.
_NAMED = re.compile(
    r"(?:§{1,2}|№|#|n[°º]|art(?:icles?|ikeln?|ykuł\w*|\.)?|стат\w+|ст\.|sections?|sec\.|sekt\w*|rules?|"
    r"paragra(?:phs?|f\w*|phe[sn]?)|paras?|"
    r"absatz|abs\.|ust(?:ęp\w*|\.)|част\w+|ч\.|п\.|п[іу]нкт\w*|pkt|punkt\w*|points?|ziffern?|nummern?|"
    r"buchstaben?|alinéas?|"
    r"lit\.|chapters?|chapitres?|kapitel|rozdział\w*|розділ\w*|annex(?:es)?|annexes?|anhang|załącznik\w*|"
    r"додат\w+|appendix|"
    r"pages?|pp?\.|seiten?|s\.|str(?:ona|onie|ony|\.)|сторінк\w+|стор\.|с\.|volumes?|vol\.|tome|band|tom\w*|"
    r"issue|no\.?|nos\.|nr\.?|"
    r"num(?:ber|éro|mer)\w*|номер\w*|resolutions?|résolutions?|resolution(?:en)?|rezolucj\w+|резолюці\w+|"
    r"directives?|richtlinien?|"
    r"dyrektyw\w+|директив\w+|regulations?|règlements?|verordnung\w*|decisions?|décisions?|beschluss\w*|"
    r"documents?|docs?\.?|"
    r"dokument\w*|документ\w*|drucksachen?|druk\w*|law|lois?|gesetz\w*|ustaw\w+|закон\w*|bills?|acts?|protocols?|"
    r"protocoles?|protokolls?|"
    r"protok[oó]ł\w*|протокол\w*|conventions?|notes?|footnotes?|fußnoten?|przypis\w*|questions?|frage|pytani\w+|"
    r"питання|"
    r"steps?|schritt|étapes?|krok\w*|крок\w*|parts?|parties?|teil|cz(?:ęść|ęści|\.)|tables?|tableaux?|tabell?en?|"
    r"tabel\w*|таблиц\w+|"
    r"fig(?:ures?|\.)|abb(?:ildung|\.)|rys(?:unek|\.)|рис(?:унок|\.)|war|krieg\w*|guerre|wojn\w+|phase|phases|"
    r"version|level|stufe|"
    # Spanish and Italian
    r"n\.\s?º|nn?\.|núms?\.|art[íi]cul[oi]s?|articol[oi]|arts\.|artt\.|apartados?|comm[ai]|ley(?: orgánica)?|legge|"
    r"decreto(?:-ley|-legge)?|"
    r"reglamentos?|regolament[oi]|decisi(?:ón|ones)|decision[ei]|directivas?|direttiv[ae]|resoluci(?:ón|ones)|"
    r"risoluzion[ei]|"
    r"páginas?|págs?\.|pagin[ae]|pagg?\.|capítulos?|capitol[oi]|anexos?|allegat[oi]|tablas?|cuadros?|figuras?|"
    r"figur[ae]|"
    r"notas?|protocol[oi]s?|protocoll[oi]|números?|numer[oi]|teléfono|telefono|"
    r"room|raum|salle|büro|house|hall|gate|route|line|linie|motion|h\.?r\.?|s\.?res\.?|h\.?res\.?|tel(?:efon|"
    r"ephone|\.)?|tél\.?|phone|fax|"
    r"тел\.?|box|postfach|b\.?p\.?|skr\.|channel|groups? of|gruppen? der|groupes? des|grup\w* |"
    r"груп\w+|"
    # Dutch and Swedish
    r"artikelen|art\.|paragraaf|bladzijden?|blz\.?|pagina['’]?s?|hoofdstuk|bijlagen?|tabel|figuur|besluit|"
    r"verordening|richtlijn|resoluties?|kamerstuk(?:ken)?|nummers?|voetnoot|klokslag|"
    r"artiklarna|kapitel|kap\.|paragraf\w*|stycket?|punkt\w*|bilag(?:a|an|or)|förordning\w*|direktiv\w*|"
    r"resolution\w*|beslut\w*|propositionen?|prop\.|motionen?|betänkandet?|fotnot\w*|fråga|tfn|kl\.|"
    r"klockan|"
    # Czech
    r"čl(?:án(?:ek|k\w*)|\.)|odst(?:avec|avc\w*|\.)|písm(?:en\w*|\.)|hlav[aěuy]|příloh\w*|"
    r"č(?:ísl\w+|\.)|rezoluc\w+|směrnic\w+|nařízení\w*|rozhodnutí\w*|usnesení\w*|zákon\w*|"
    r"protokol\w*|úmluv\w+|poznám\w+|otáz\w+|část\w*|tabul\w+|válk\w+|skupin\w* )[:\s.]*[(\[]?$",
    re.IGNORECASE,
)
#: Such words of one language that say something else in another: "del 40 %", "es lagen 43", "bodies".
_NAMED_ONLY_IN = {
    language: re.compile(rf"(?:{words})[:\s.]*[(\[]?$", re.IGNORECASE)
    for language, words in {
        "nl": r"lid|leden|wet|stap|deel|vraag",
        "cs": r"bod\w{0,3}|stran[aěuy]|tisk\w{0,3}",
        "sv": r"del|lag(?:en)?|steg|sid(?:an?|orna)|SOU",
    }.items()
}
#: What is no count as it stands: web and mail addresses, dates and times in digits, telephone numbers.
_SHAPES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:https?://|www\.)\S+|\S+@\S+\.\w+",
        (r"(?<![\d.,])\d{4}-\d{2}(?:-\d{2})?(?![\d-])|(?<![\d.,])\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{4}|\d{2})?(?![\d])"
        r"|(?<![\d./])\d{1,2}/\d{1,2}/\d{2,4}(?![\d/])"),
        (r"(?<!\d)\d{1,2}[:.h]\d{2}\s?(?:[ap]\.?m\.?|Uhr|uur|год)?(?!\d)(?<=[mrд])|(?<![\d.,])\d{1,2}:\d{2}(?!\d)|"
        r"(?<![\d.,])\d{1,2}\s?h\s?\d{2}(?!\d)"
        r"|(?<![\d.,])\d{1,2}\s(?:[ap]\.?\s?m\b\.?|Uhr\b|uur\b|o['’]clock)"),
        (r"(?<![\w.,])\+\d[\d\s\u00a0()./-]{6,}\d|(?<![\w.,])\(?0\d{1,5}\)?[\s\u00a0/-]*\d[\d\s\u00a0/-]{3,}\d|"
        r"\(\d{3}\)\s?\d{3}-\d{4}|(?<![\d-])\d{3}-\d{3}-\d{4}(?!\d)"),
        # Postcodes: after a street and its number, at the beginning of a line, after the letters of a state
        (r"(?:(?<=^)|(?<=\n)|(?<=\d,\s)|(?<=\d\w,\s)|(?<=[,\s][A-Z]{2}\s)|"
        r"(?<=\b[A-Z]-))\d{4,5}(?:-\d{4})?(?=\s+[A-ZÀ-ÞА-ЯІЇЄŁŚŻ][\w-]+(?:\s[A-Z\d][\w-]*)*\s*(?:[,.;)\n]|$)|"
        r"\s*(?:[,.;)\n]|$))"
        r"|(?<![\d-])\d{2}-\d{3}(?=\s[A-ZŁŚŻ])|\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b|"
        r"\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b|(?<![\d.,])\d{4}\s?[A-Z]{2}\b|"
        r"(?<![\d.,])\d{3}\s\d{2}(?=\s[A-ZČŘŠŽÁÅÄÖ][a-zé])"),
        # Streets with their number
        (r"(?<![\d.,])\d{1,4}[a-zA-Z]?,?\s(?:[A-Z][\w'’.-]*\s){1,4}(?:Street|St|Road|Rd|Avenue|Ave|Square|Lane|"
        r"Drive|Boulevard|Place|Way|Court|Terrace|House)\b"
        r"|(?<![\d.,])\d{1,4}(?:\s?(?:bis|ter))?,?\s(?:rue|avenue|boulevard|place|quai|allée|chemin|impasse)\b"
        r"(?:[^\n.;,\d]{0,60},\s\d{5}(?=\s[A-ZÀ-Þ]))?"
        r"|(?:\w+(?:straße|strasse|str\.|platz|allee|weg|gasse|ring|ufer|damm|straat|laan|plein|kade|gracht|singel|gatan|vägen|torget|gränd)|(?:ul|al|"
        r"pl|вул|просп|бул|пл)\.\s[\w.\s]+?|(?:Straße|Platz|Allee|Unter den|Via|Calle|Piazza|"
        r"Plaza)(?:\s[\w.]+){1,4}?),?\s\d{1,4}(?:\s?[a-zA-Zа-я])?\b"),
    )
)
_MARKER = re.compile(r"\s*(?:\(?\d{1,2}[.)]|\(\d{1,2}\))(?=\s|$)")
_JOINED = re.compile(
    r"\)?(?:\s?\([a-z\d]{1,5}\))*[a-z]?\s*(?:,|;|/|[-‐‑–—]|&|and|or|und|oder|bis|et|ou|à|i|oraz|lub|do|až|en|t/m|tot|och|samt|till|та|і|й|"
    r"або|to|y|e|ed|o|u|al?)?\s*\(?"
)
_PLAIN_YEAR = re.compile(r"(?:19|20)\d\d")
#: Small words for "both" and "some" that the number reader knows and that name no count.
_NO_COUNT = words_of(
    "beide beiden beider both обидва обидві обоє оба обе several plusieurs quelques kilka kilku kilkoro кілька "
    "кількох декілька декількох несколько нескольких half demi ein eine einen einem einer eines un une un "
    "uno una ambos ambas varios varias medio media entrambi entrambe ambedue parecchi parecchie alcuni alcune mezzo "
    "mezza "
    "een allebei enkele enige verscheidene half en ett båda bägge flera några halv "
    "oba obě obou oběma několik několika"
)
#: Verbs before which "2003" counts and is no year.
_PLURAL = words_of(
    "have were are had ont étaient sont avaient zostało wróciło bylo vrátilo повернулися повернулося "
    "han fueron habían eran son estaban hanno sono erano furono avevano "
    "hebben hadden werden waren keerden har hade återvände"
)
#: "One of": a pronoun, and no count of what follows.
_ONE_OF = re.compile(r"[\s\u00a0]+(?:of|der|des|von|de|d['’]|di|dei|degli|delle|z|ze|spośród|із|зі|з)\b")
#: An article or preposition that is written together with its noun.
_ARTICLE = re.compile(r"^(?:[cdjlmnst]|qu|un|(?:a|da|de|ne|su)ll)['’](?=\w{3})")
#: How many words after a number are looked at for what it counts.
_AHEAD = 5


@dataclass(frozen=True)
class Counted:
    """What a ledger counts, in one language: classes of nouns, and the beginnings of its own units."""

    classes: frozenset[str]
    stems: tuple[str, ...]

    def holds(self, word: str, words: Lexicon) -> bool:
        """Tell whether a word names something that the ledger counts."""
        folded = word.casefold()
        return noun_class(word, words) in self.classes or any(
            folded.startswith(stem) and len(folded) - len(stem) < 4 for stem in self.stems
        )


@lru_cache(maxsize=32)
def _counted(units: frozenset[str], language: str) -> Counted:
    words = lexicon(language)
    classes = {noun_class(word, words) for unit in units for word in unit.split()} - {"", "time"}
    small = words.stops | words.joiners
    stems = {_stem(word) for unit in units for word in unit.split() if len(word) > 3 and word.casefold() not in small}
    return Counted(frozenset(classes | {"percent"}), tuple(sorted(stems)))


def _stem(word: str) -> str:
    folded = word.casefold()
    return folded[:-1] if len(folded) > 4 else folded


def counted(ledger: Ledger, language: str) -> Counted:
    """List what a ledger counts: the units of its figures in a language, or the labels where a figure has no unit."""
    units: set[str] = set()
    for figure in ledger.figures.values():
        forms = figure.unit.get(language) or figure.unit.get(language.partition("-")[0])
        if forms:
            units.update(forms.values())
    return _counted(frozenset(units), language)


def check(page: Page) -> Iterator[Problem]:
    """Find numbers of a page that nothing vouches for, and marks of figures that say something else than the ledger."""
    language = page.composed.language
    things = counted(page.ledger, language)
    for block in page.blocks:
        for mention in block.mentions:
            yield from _false_mark(page, block, mention)
        if not any(character.isalnum() for character in block.loose):
            continue
        for number in loose_numbers(block.loose, language, things, marked=block.where in {"li", "dt"}):
            message = f"the number '{_spaces(number.text)}' comes from no figure, claim or literal"
            yield page.problem(RULE, message, _hint(page.ledger, number), page.places.words(number.text, block.text))


def _hint(ledger: Ledger, number: StatedNumber) -> str:
    """Say how to mend it; a large number that the ledger has is probably meant, a small one is a coincidence."""
    if number.value is not None and number.value >= 100:
        for name, (figure, item) in ledger.observations.items():
            if item.value == number.value and item.status not in SILENT:
                asked = figure if ledger.figures[figure].current == item else name
                return f'If the ledger\'s \'{name}\' is meant, write {{{{ figure("{asked}") }}}}.'
    return (
        'Print a figure of the ledger, {{ figure("…") }}; what is no count (an article of law, an age) is marked'
        f' {{{{ literal("{_spaces(number.text)}") }}}}.'
    )


def loose_numbers(text: str, language: str, things: Counted, *, marked: bool = False) -> Iterator[StatedNumber]:
    """Give the numbers of a text that count something; `marked` allows a list marker at its beginning."""
    words = lexicon(language)
    clean = _without_shapes(text, words, things)
    named_end = -1
    for number in read_numbers(clean, language):
        after = clean[number.end :]
        joined = (
            named_end >= 0
            and _JOINED.fullmatch(clean[named_end : number.start])
            and not _before_counted(after, words, things, ahead=2)
        )
        if number.form in {"digits", "code", "date"} and (joined or _is_name(clean, number, language, marked=marked)):
            named_end = number.end
            continue
        if (
            (number.form == "digits" and not _is_year(clean, number, words, things))
            or (number.form == "ordinal" and (number.value or 0) >= 100 and _before_counted(after, words, things))
            or (number.form in {"words", "indefinite"} and _counts(clean, number, words, things))
        ):
            yield number


def _without_shapes(text: str, words: Lexicon, things: Counted) -> str:
    """Blank out addresses, dates in digits and telephone numbers; "1000 Kinder" is no postcode and town."""

    def blank(match: re.Match[str]) -> str:
        follower = re.match(r"\s+([^\W\d_]+)", text[match.end() :])
        return match[0] if follower and things.holds(follower[1], words) else BLANK * len(match[0])

    for shape in _SHAPES:
        text = shape.sub(blank, text)
    return text


def _is_name(text: str, number: StatedNumber, language: str, *, marked: bool) -> bool:
    """Tell whether digits are part of a name: "Article 49(1)", "G7", "2a", a list marker."""
    before, after = text[: number.start], text[number.end :]
    if number.form in {"code", "date"}:
        return True
    line = before.rpartition("\n")[2]
    if not line.strip() and (_MARKER.match(text[len(before) - len(line) :]) or (marked and re.match(r"[.)]\s", after))):
        return True
    if line.endswith("(") and re.match(r"\)", after) and number.value is not None and number.value <= 20:
        return True
    if re.match(r"[A-Z]{1,2}\b", after) or re.search(r"[A-Z][\w.]*[-‑]$", before) or re.search(r"\w/$|\w\($", before):
        return True
    if re.match(r"[\s\u00a0]?(?:§|kap\.)", after):  # Swedish law: "2 kap. 3 §"
        return True
    own = _NAMED_ONLY_IN.get(language.partition("-")[0])
    named = _word_before(before, _NAMED) or (own is not None and _word_before(before, own))
    return named and bool(re.search(r"(?<!\w)$", before))


def _word_before(before: str, named: re.Pattern[str]) -> bool:
    """Tell whether what names the number is a whole word."""
    match = named.search(before[-40:])
    if not match:
        return False
    start = len(before[-40:]) - len(match[0])
    return start == 0 or not before[-40:][start - 1].isalpha()


def _is_year(text: str, number: StatedNumber, words: Lexicon, things: Counted) -> bool:
    """Tell whether bare digits are a year, or a span of years."""
    after = text[number.end :]
    if number.low is not None and number.high is not None:
        years = re.findall(r"\d+", number.text)
        return (
            len(years) == 2
            and bool(_PLAIN_YEAR.fullmatch(years[0]))
            and len(years[1]) in {2, 4}
            and not _before_counted(after, words, things, ahead=2)
        )
    if not _PLAIN_YEAR.fullmatch(number.text) or number.qualifier != "exact":
        return False
    follower = re.match(r"[\s\u00a0]+(\w+)", after)
    if follower and follower[1].casefold() in _PLURAL and not re.search(r"\w[\s\u00a0]$", text[: number.start]):
        return False
    return not _before_counted(after, words, things, ahead=2)


def _counts(text: str, number: StatedNumber, words: Lexicon, things: Counted) -> bool:
    """Tell whether a number in words counts something."""
    after = text[number.end :]
    folded = number.text.casefold()
    if folded in _NO_COUNT or (
        number.start and text[number.start - 1] in "-‐‑" and number.value is not None and number.value < 13
    ):
        return False
    if number.value is not None and number.value >= 100 and number.form == "words":
        follower = re.match(r"[\s\u00a0-]+(\w+)", after)
        return not (follower and noun_class(follower[1], words) == "time")
    if number.value == Decimal(1) and _ONE_OF.match(after):
        return False
    return _before_counted(after, words, things)


def _before_counted(after: str, words: Lexicon, things: Counted, ahead: int = _AHEAD) -> bool:
    """Tell whether something that the ledger counts follows, within its clause."""
    clause = re.split(rf"[.;:!?()\[\]\n{BLANK}–—]|,(?!\s\w+\s)", after, maxsplit=1)[0]
    for order, word in enumerate(re.findall(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)?", clause)[:ahead]):
        if things.holds(_ARTICLE.sub("", word), words):
            return True
        if word.casefold() in words.stops and not (
            order == 0 and word.casefold() in {"de", "d", "di", "von", "der", "van", "av", "z", "ze", "із", "з"}
        ):
            return False
    return False


def _false_mark(page: Page, block: Block, mention: Mention) -> Iterator[Problem]:
    """Find a mark of a printed figure that the ledger does not give."""
    if not block.text or block.where in {"title", "description", "alternative text"}:
        return
    known = page.ledger.observations.get(mention.observation)
    if known is None:
        yield page.problem(
            RULE,
            f"'{mention.text}' is marked as a figure and names no observation of the ledger",
            'Only {{ figure("…") }} makes that mark.',
            page.places.words(mention.text, block.text),
        )
        return
    figure, item = known
    given = {_spaces(text) for text in _texts(page, item)}
    wrong = mention.figure not in {figure, ""} or mention.value not in {item.machine_value, ""}
    if wrong or _spaces(mention.text) not in given:
        yield page.problem(
            RULE,
            f"'{mention.text}' is marked as '{mention.observation}', for which the ledger gives"
            f" '{page.writer.value_text(item)}'",
            'Print it with {{ figure("…") }}, or mend the mark.',
            page.places.words(mention.text, block.text),
        )


def _texts(page: Page, item: Observation) -> Iterator[str]:
    yield page.writer.value_text(item)
    for number in (item.value, item.low, item.high):
        if number is not None:
            yield page.writer.number(number)


def _spaces(text: str) -> str:
    return re.sub(r"[\s\u00a0\u202f]+", " ", text).strip()


#: What a sentence has that states a number of a hundred or more; a quick look before the slow one.
_NUMERIC = re.compile(
    r"\d|hund|thous|dozen|milli|tausend|mille|cent|vingt|tysi|tuzin|set|sto\b|stu\b|dwieście|тисяч|сот|ста\b|сто\b|двісті|мільй|"
    r"млн|дюжин|десятк|"
    r"cien|quinient|\bmil\b|mila\b|mill[oó]n|docena|dozzin|decen|decin|miles|migliai|"
    r"honderd|duizend|miljo|miljard|dozijn|tiental|tusen|dussin|tiotal|tisíc|stov[ek]|sta\b|stě\b|tucet|desít|mili[oóa]",
    re.IGNORECASE,
)


def check_ledger(files: CampaignFiles) -> Iterator[Problem]:
    """Find numbers in the ledger's own wordings, labels and scopes that its evidence does not state."""
    loaded, ledger = files.ledger, files.ledger.model
    languages = {edition.edition.language for edition in files.editions.values()}
    things = {language: counted(ledger, language) for language in languages}
    for path, entry in entries(ledger):
        if not isinstance(entry, Observation):
            continue
        for key in ("wording", "scope", "leaves_out"):
            for language, text in (getattr(entry, key) or {}).items():
                if language in things and _NUMERIC.search(text):
                    yield from _in_wording(
                        loaded.file.path, files, (*path, key, language), text, entry, things[language]
                    )


def _in_wording(
    path: str, files: CampaignFiles, at: KeyPath, text: str, item: Observation, things: Counted
) -> Iterator[Problem]:
    language = str(at[-1])
    loose = re.sub(r"\{\w*\}", lambda match: BLANK * len(match[0]), text)
    for number in loose_numbers(loose, language, things):
        if number.form != "digits" and number.value is not None and number.value < 100:
            continue
        stated = [
            found
            for evidence in item.evidence
            for found in read_numbers(evidence.quote, _language(files, item, evidence.source))
        ]
        if any(found.value == number.value and number.value is not None for found in stated):
            continue
        mark = files.ledger.file.mark(at)
        yield Problem(
            path,
            mark.line,
            mark.column,
            "error",
            RULE,
            f"the {at[-2]} of '{item.id}' has the number '{number.text}', which its evidence does not state",
            "Write {value} where the number stands; another number is a figure of its own.",
        )


def _language(files: CampaignFiles, item: Observation, source: str) -> str:
    evidence = next(found for found in item.evidence if found.source == source)
    read_in = files.ledger.model.sources.get(evidence.read_in)
    return evidence.language or (read_in.language if read_in else None) or "en"
