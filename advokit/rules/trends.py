"""`false-trend`: a sentence that makes a movement, a sum or a share out of counts that do not allow it.

In: a page, sentence by sentence. Out: one problem a sentence, at the expression of its last count. Counts make a
trend where they are of one figure that is a series, with one scope and no dispute; a sum, difference, ratio or share
is an author's own number unless the ledger has a `derived` observation for it. Words of the ledger's own statements
are not judged: their evidence is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from advokit.ledger import Observation
from advokit.problems import Problem
from advokit.rules.links import declared, links
from advokit.rules.page import BLANK, TABLES, Block, Mention, Page

RULE = "false-trend"
#: Stands for a printed figure in the text of a sentence.
MARK = "\ue100"


@dataclass(frozen=True)
class _Words:
    """How one language tells of movements and of sums; `¤` stands for a printed figure."""

    up: str
    down: str
    ratio: str
    """Words that compare two numbers as a multiple."""
    total: str
    less: str
    share: str
    """Between or before figures, words that make one a part of the other."""
    from_to: str


_ENGLISH = _Words(
    up=r"rose|risen|rises|grew|grown|grows|(?:rising|growing|increasing) numbers?|increase[ds]?|climbed|jumped|"
       r"soared|surged|went up|gone up|up from",
    down=r"fell|fallen|falls|(?:falling|declining) numbers?|dropped|decline[ds]?|decrease[ds]?|shrank|shrunk|"
         r"went down|gone down|down from",
    ratio=r"doubl(?:e|ed|es|ing)|tripl(?:e|ed|es|ing)|quadrupl(?:e|ed)|halved|\w+fold|twice as (?:many|much)|"
          r"(?:\w+ )times as (?:many|much)"
    r"|times more",
    total=r"together(?! with)|combined|altogether|adds? up|added up|in sum|sum of|all told|plus",
    less=r"minus|the difference|the remaining|the rest|still missing|gap between|less the|subtract\w*|yet to return",
    share=r"¤(?: [\w’'-]+){0,3} (?:out )?of (?:(?:the|these|those|all|some|about|more than|at least|nearly|"
          r"only) ){0,3}(?:[\w’'-]+ ){0,2}¤"
    r"|^\W*(?:out )?of (?:the |these |those |all |some )*¤.*¤|¤[^.;]*\bof (?:them|whom|these|those|which)\b[^.;]*¤"
    r"|\b(?:half|third|thirds|quarter|quarters|fifth|tenth|majority|most|fraction|share|proportion|percent|"
    r"per cent|percentage)"
    r"(?: of)? (?:(?:the|these|those|all|some) ){0,2}¤"
    r"|¤[^.;]*\b(?:half|thirds?|quarters?|majority|most|fraction) of (?:them|whom|these|those|which)\b|"
    r"¤[^.;]*\b(?:per cent|percent|percentage|%)|(?:per cent|percent|%)"
    r"[^.;]*¤",
    from_to=r"from (?:[\w’'-]+ ){0,3}¤(?: [\w’'-]+| ?\([^)]*\)|,){0,8}? to (?:[\w’'-]+ ){0,3}¤",
)
_GERMAN = _Words(
    up=r"stieg(?:en)?|gestiegen|wuchs(?:en)?|gewachsen|nahm(?:en)? zu|zugenommen|erhöht(?:e|en)?|kletterte",
    down=r"sank(?:en)?|gesunken|fiel(?:en)?|gefallen|nahm(?:en)? ab|abgenommen|verringert(?:e|en)?|zurückgegangen",
    ratio=r"verdoppel\w+|verdreifach\w+|vervierfach\w+|halbiert\w*|\w+(?:fache|fachen|mal so (?:viele|viel|"
          r"hoch))|doppelt so \w+",
    total=r"zusammen(?! mit)|zusammengenommen|zusammengerechnet|addiert|in der summe|summe|plus",
    less=r"minus|die differenz|die übrigen|der rest|fehlen noch|noch nicht zurück\w*|abzüglich|abgezogen",
    share=r"¤(?: [\w-]+){0,3} von (?:(?:den|diesen|jenen|allen|rund|etwa|mehr als) ){0,3}(?:[\w-]+ ){0,2}¤|"
          r"^\W*von (?:den |diesen |allen )*¤.*¤"
    r"|¤[^.;]*\b(?:davon|von ihnen|von denen)\b[^.;]*¤|¤[^.;]*\b(?:hälfte|drittel|viertel|mehrheit|"
    r"meisten) (?:davon|von ihnen)\b"
    r"|\b(?:hälfte|drittel|viertel|fünftel|zehntel|mehrheit|großteil|meisten|anteil|prozent)\b (?:der|dieser|von|"
    r"aller) (?:\w+ )?¤"
    r"|¤[^.;]*(?:prozent|%)|(?:prozent|%)[^.;]*¤",
    from_to=r"von (?:[\w-]+ ){0,3}¤(?: [\w-]+| ?\([^)]*\)|,){0,8}? (?:auf|bis|zu) (?:[\w-]+ ){0,3}¤",
)
_FRENCH = _Words(
    up=r"augment(?:é|ée|és|e|ent|ait|ation)|progress(?:é|e|ion)|grimpé|passé|passée|passés|passe|passent|crû|hausse",
    down=r"baiss(?:é|e|ée)|diminu(?:é|e|ée|tion)|recul(?:é|e)?|chuté|tombé",
    ratio=r"doubl(?:é|e|ée|er)|tripl(?:é|e|ée|er)|quadrupl\w+|deux fois plus|\w+ fois plus|moitié moins",
    total=r"(?<![’'])ensemble(?! des?)|au total|additionn\w+|cumul\w+|à eux deux|en tout|somme|plus les",
    less=r"moins les|la différence|les autres restent|le reste|manquent encore|soustra\w+|pas encore (?:rentrés|"
         r"revenus)|écart entre",
    share=r"¤(?: [\w’'-]+){0,3} (?:sur|parmi)(?: (?:les|ces|un total de|quelque|environ|"
          r"plus de))*(?: [\w’'-]+){0,2} ¤|^\W*(?:sur|parmi) (?:les |ces )*¤.*¤"
    r"|¤[^.;]*\b(?:dont|d[’']entre eux|parmi eux)\b[^.;]*¤|¤[^.;]*\b(?:moitié|tiers|quart|majorité|"
    r"plupart) d[’']entre eux\b"
    r"|\b(?:moitié|tiers|quart|cinquième|dixième|majorité|plupart|part|proportion|pour cent) (?:des|de ces|de|d’) ?¤"
    r"|¤[^.;]*(?:pour cent|%)|(?:pour cent|%)[^.;]*¤",
    from_to=r"de (?:[\w’'-]+ ){0,3}¤(?: [\w’'-]+| ?\([^)]*\)|,){0,8}? à (?:[\w’'-]+ ){0,3}¤",
)
_POLISH = _Words(
    up=r"wzr(?:osła|ósł|osło|osły|asta|ost\w*)|zwiększy\w+|urosł\w+",
    down=r"spad(?:ła|ł|ło|ły|ek|a)|zmniejszy\w+|zmalał\w+",
    ratio=r"podwoi\w+|potroi\w+|dwukrotni\w+|trzykrotni\w+|\w+krotnie|dwa razy (?:więcej|tyle)|\w+ razy więcej",
    total=r"łącznie|razem(?! z)|w sumie|suma|dodając|plus",
    less=r"minus|różnica|pozostał(?:e|ych)|reszta|brakuje|nie wróciło|odejm\w+|odjąć",
    share=r"¤(?: [\w-]+){0,3} (?:z|ze|spośród|na)(?: (?:tych|wszystkich|około|ponad))*(?: [\w-]+){0,2} ¤|"
          r"^\W*(?:z|ze|spośród) (?:tych )?¤.*¤"
    r"|¤[^.;]*\b(?:z nich|spośród nich|z których|w tym)\b[^.;]*¤|¤[^.;]*\b(?:połowa|większość) (?:z )?(?:nich|"
    r"których)\b"
    r"|\b(?:połow\w+|trzeci\w*|ćwierć|większość|odsetek|udział|procent) (?:z )?(?:tych )?¤|¤[^.;]*(?:procent|"
    r"proc\.|%)|(?:procent|%)[^.;]*¤",
    from_to=r"(?:z|od) (?:[\w-]+ ){0,3}¤(?: [\w-]+| ?\([^)]*\)|,){0,8}? do (?:[\w-]+ ){0,3}¤",
)
_UKRAINIAN = _Words(
    up=r"зріс|зросл\w+|зростан\w+|збільши\w+|виросл\w+",
    down=r"впа(?:в|ла|ло|ли)|зменши\w+|знизи\w+|скороти\w+",
    ratio=r"подво\w+|потро\w+|удвічі|вдвічі|утричі|втричі|\w+кратно|\w+ рази? більше",
    total=r"разом(?! (?:з|із|зі)\b)|у сумі|в сумі|сукупно|сумарно|плюс",
    less=r"мінус|різниця|решта|бракує|не повернул\w+|відня\w+",
    share=r"¤(?: [\w'’-]+){0,3} (?:із|зі|з|серед)(?: (?:цих|тих|усіх|майже|понад))*(?: [\w'’-]+){0,2} ¤|"
          r"^\W*(?:із|зі|з|серед) (?:цих |тих )?¤.*¤"
    r"|¤[^.;]*\b(?:з них|із них|серед них|з яких|з-поміж них)\b[^.;]*¤|¤[^.;]*\b(?:половина|більшість) (?:з|"
    r"із) (?:них|яких)\b"
    r"|\b(?:половин\w+|третин\w+|чверть|більшість|частк\w+|відсот\w+) (?:з |із |від )?(?:цих |тих )?¤|"
    r"¤[^.;]*(?:відсот\w+|%)|(?:відсот\w+|%)[^.;]*¤",
    from_to=r"(?:з|із|зі|від) (?:[\w'’-]+ ){0,3}¤(?: [\w'’-]+| ?\([^)]*\)|,){0,8}? до (?:[\w'’-]+ ){0,3}¤",
)
_SPANISH = _Words(
    up=r"aument(?:ó|aron|a|an|ado|aba|aban)|creci(?:ó|eron|do)|crecen?|sub(?:ió|ieron|ido|e|en)|increment\w+|"
       r"se dispar\w+|pas(?:ó|aron|ado|a|an) de|ascendi(?:ó|eron|do)",
    down=r"disminuy\w+|disminuido|baj(?:ó|aron|ado|a|an)|descendi(?:ó|eron|do)|descien\w+|ca(?:yó|yeron|ído)|"
         r"se (?:redujo|redujeron|reduce|reducen|han? reducido)",
    ratio=r"duplic\w+|triplic\w+|cuadruplic\w+|el doble|el triple|(?:dos|tres|cuatro|cinco|\w+) veces (?:más|mayor|"
          r"superior)|a la mitad",
    total=r"en total|en conjunto|juntos|juntas|sumad[oa]s|suman|sumando|la suma|más los|más las",
    less=r"menos los|menos las|la diferencia|los restantes|las restantes|el resto|los demás|faltan (?:aún|todavía)|"
         r"(?:aún|todavía) faltan|rest(?:ar|ando|ados|adas)|(?:aún|todavía) no han (?:vuelto|regresado)",
    share=r"¤(?: [\w-]+){0,3} de (?:(?:los|las|estos|estas|esos|esas|entre|un total) (?:(?:más|casi|cerca|unos|unas|"
          r"de) ){0,3}(?:[\w-]+ )?)?¤"
    r"|^\W*(?:de|entre) (?:los |las |estos |estas )*¤.*¤"
    r"|¤[^.;]*\b(?:de ellos|de ellas|de los cuales|de las cuales|entre ellos|entre ellas)\b[^.;]*¤"
    r"|¤[^.;]*\b(?:mitad|tercio|tercios|cuarto|cuarta parte|mayoría) de (?:ellos|ellas|los cuales|las cuales)\b"
    r"|\b(?:mitad|tercio|tercios|tercera parte|cuarta parte|quinta parte|décima parte|mayoría|proporción|porcentaje|"
    r"por ciento) de (?:los |las |estos |estas |esos |esas )?¤"
    r"|¤[^.;]*(?:por ciento|%)|(?:por ciento|%)[^.;]*¤",
    from_to=r"(?:de|desde) (?:[\w-]+ ){0,3}¤(?: [\w-]+| ?\([^)]*\)|,){0,8}? (?:a|hasta) "
            r"(?:(?:los|las|más|casi|unos|unas|alrededor|cerca|al|menos|de) ){0,3}¤",
)
_ITALIAN = _Words(
    up=r"aument(?:ato|ata|ati|ate|ò|arono|a|ano|ava|avano)|cresc\w+|cresciut[oaie]|sal(?:ito|ita|iti|ite|e|gono|ì|"
       r"irono)|incrementat\w+|passat[oaie] da|passa(?:no)? da|balzat[oaie]",
    down=r"diminui\w+|cal(?:ato|ata|ati|ate|ò|arono|a|ano)|sces[oaie]|scend\w+|ridott[oaie]|si riduc\w+|crollat[oaie]",
    ratio=r"raddoppi\w+|triplic\w+|quadruplic\w+|il doppio|il triplo|\w+ volte (?:più|tant\w+|superior[ei]|"
          r"maggior[ei])|dimezzat\w+",
    total=r"insieme(?! (?:a|ai|al|alla|alle|agli|con)\b)|in totale|complessivamente|nel complesso|in tutto|"
          r"sommat[oaie]|sommando|la somma|più i|più le",
    less=r"meno i|meno le|la differenza|i restanti|le restanti|i rimanenti|il resto|mancano ancora|sottra\w+|"
         r"(?:ancora non sono|non sono ancora) (?:tornat|rientrat|rimpatriat)\w+|divario tra",
    share=r"¤(?: [\w’'-]+){0,3} (?:su|dei|degli|delle|tra|fra)(?: (?:i|gli|le|questi|queste|quei|quelle|"
          r"un totale di|circa|oltre|quasi))*(?: [\w’'-]+)? ¤|^\W*(?:su|dei|degli|delle|tra|fra) "
    r"(?:i |gli |le |questi |queste )*¤.*¤"
    r"|¤[^.;]*\b(?:di cui|dei quali|delle quali|di loro|tra loro|tra cui|di essi|di esse)\b[^.;]*¤"
    r"|¤[^.;]*\b(?:metà|terzo|terzi|quarto|quarti|maggioranza|maggior parte) di (?:loro|essi|esse)\b"
    r"|\b(?:metà|terzo|terzi|quarto|quarti|quinto|decimo|maggioranza|maggior parte|quota|percentuale|per cento) "
    r"(?:di|dei|degli|delle|di questi|di queste|di quei) ?¤"
    r"|¤[^.;]*(?:per cento|%)|(?:per cento|%)[^.;]*¤",
    from_to=r"(?:da|dai|dagli|dalle) (?:[\w’'-]+ ){0,3}¤(?: [\w’'-]+| ?\([^)]*\)|,){0,8}? (?:a|ai|agli|alle) "
            r"(?:(?:più|di|oltre|circa|quasi|almeno) ){0,3}¤",
)
_DUTCH = _Words(
    up=r"steeg|stegen|gestegen|stijg(?:t|en|ing)|groei(?:t|de|den|en)(?! op)|gegroeid|nam(?:en)? toe|neemt toe|"
    r"nemen toe|"
       r"toegenomen|toename|liep(?:en)? op|opgelopen|verhoogd(?:e)?|verveelvoudig\w+",
    down=r"daal(?:t|de|den)|dalen|gedaald|daling|zakten?|gezakt|nam(?:en)? af|neemt af|nemen af|afgenomen|afname|"
         r"verminder(?:t|de|den)|verminderd(?! met)|liep(?:en)? terug|teruggelopen|krompen|kromp|gekrompen",
    ratio=r"verdubbel\w+|verdrievoudig\w+|verviervoudig\w+|halveer\w+|gehalveerd|(?:twee|drie|vier|vijf|tien|"
    r"honderd)voud\w*|"
          r"dubbel zo ?\w+|half zo ?\w+|\w+ ?(?:keer|maal) (?:zo ?\w+|meer|hoger|groter)|het dubbele",
    total=r"(?<!werken )(?<!werkt )(?<!werkten )(?<!komen )samen(?! met)|tezamen(?! met)|gezamenlijk|alles bij elkaar|"
          r"in totaal|opgeteld|bijeengeteld|de som|plus",
    less=r"minus|het verschil|(?<!in )de overige|de rest|ontbreken nog|nog niet (?:terug\w*|thuis)|afgetrokken|"
    r"aftrekken|"
         r"verminderd met|worden nog vermist|nog vermist",
    share=r"¤(?: (?!en\b)[\w’'-]+){0,3} van (?:(?:de|deze|die|alle|ruim|ongeveer|meer dan|bijna) ){0,3}"
          r"(?:(?!en\b)[\w-]+ ){0,2}¤|^\W*van (?:de |deze |die |alle )*¤.*¤"
    r"|¤[^.;]*\b(?:van hen|daarvan|waarvan|van wie|hiervan|van dezen)\b[^.;]*¤|¤[^.;]*\b(?:helft|derde|kwart|"
    r"meerderheid|"
    r"meesten|merendeel) (?:van hen|daarvan|ervan)\b"
    r"|\b(?:helft|derde|kwart|vijfde|tiende|meerderheid|merendeel|grootste deel|aandeel|percentage|procent) van "
    r"(?:(?:de|deze|die|alle|het) ){0,2}¤|¤[^.;]*(?:procent|%)|(?:procent|%)[^.;]*¤",
    from_to=r"van (?:[\w-]+ ){0,3}¤(?: [\w-]+| ?\([^)]*\)|,){0,8}? (?:naar|tot) (?:[\w-]+ ){0,3}¤",
)
_CZECH = _Words(
    up=r"vzrost(?:l\w*|e|ou)|stoupl\w*|stoup(?:á|ají)|narostl\w*|narůst(?:á|ají)|zvýšil\w*|přibyl\w*|roste|rostou|nárůst",
    down=r"kles(?:l\w*|á|ají|ne)|poklesl\w*|pokles|snížil\w*|zmenšil\w*|ubyl\w*|úbytek",
    ratio=r"zdvoj(?:násobi|i)\w+|ztroj(?:násobi|i)\w+|\w+násob(?:n\w+|ek|ku)|\w+krát (?:více|víc|tolik|vyšší|méně)|"
          r"o polovinu (?:více|víc|méně)",
    total=r"dohromady|celkem|úhrnem|společně(?! se?\b)|v součtu|součet|součtem|sečten\w*|sečteme|plus",
    less=r"minus|(?<!na )rozdíl(?! od)\w*|zbývající\w*|zbytek|zbývá|"
         r"chybí (?:ještě|stále|dosud)|(?:ještě|stále|dosud) chybí|nevrátil\w*|odečt\w+|odečíst|po odečtení",
    share=r"¤(?: (?!a\b|i\b)[\w-]+){0,3} (?:z|ze)"
          r"(?: (?:těch|těchto|všech|asi|zhruba|přibližně|celkových|více než|nejméně))*"
          r"(?: (?!a\b|i\b)[\w-]+){0,2} ¤|^\W*(?:z|ze) (?:těch |těchto |všech |celkových )?¤.*¤"
    r"|¤[^.;]*\b(?:z nich|z nichž|z toho|mezi nimi)\b[^.;]*¤|¤[^.;]*\b(?:polovina|většina|třetina|čtvrtina) (?:z )?"
    r"(?:nich|nichž|těchto)\b"
    r"|\b(?:polovin\w+|třetin\w+|čtvrtin\w+|pětin\w+|desetin\w+|většin\w+|podíl\w*|procent\w*) (?:ze? )?"
    r"(?:těch |těchto |všech )?¤"
    r"|¤[^.;]*(?:procent\w*|%)|(?:procent\w*|%)[^.;]*¤",
    from_to=r"(?:z|ze|od) (?:[\w-]+ ){0,3}¤(?: [\w-]+| ?\([^)]*\)|,){0,8}? (?:na|do|až) (?:[\w-]+ ){0,3}¤",
)
_SWEDISH = _Words(
    up=r"(?<!ett )(?<!nästa )(?<!första )steg(?! för)|stig(?:it|er)|ökade?s?|ökat|ökar|ökning\w*|växte(?! upp)|"
    r"vuxit(?! upp)|"
       r"växer(?! upp)|tilltog|tilltagit|gick upp|gått upp|uppgång\w*|mångdubbl\w+",
    down=r"sjönk|sjunk(?:it|er)|minskade?s?|minskat|minskar|minskning\w*|föll|fallit|gick (?:ner|ned)|gått (?:ner|"
    r"ned)|avtog|"
         r"avtagit|nedgång\w*",
    ratio=r"(?:för|tre|fyr|fem|tio)dubbl\w+|halvera\w*|(?:dubbelt|\w+ gånger) (?:så )?(?:många|mycket|fler|mer|stor\w*|"
          r"större|hög\w*)|hälften så \w+|det dubbla",
    total=r"tillsammans(?! med)|sammanlagt|sammantaget|totalt|summan|summa|lägger man ihop|ihoplagt|plus",
    less=r"minus|(?<!gör )skillnaden|resten|de övriga|de återstående|återstår|saknas fortfarande|fortfarande saknas|"
    r"saknas ännu|"
         r"har (?:ännu )?inte återvänt|ännu inte återvänt|dra(?:s|r|git)? (?:av|ifrån)|subtraher\w+|avdrag",
    share=r"¤(?: (?!och\b)[\w-]+){0,3} av (?:(?:de|dessa|alla|omkring|cirka|mer än|"
    r"nästan) ){0,3}(?:(?!och\b)[\w-]+ ){0,2}¤|"
          r"^\W*av (?:de |dessa |alla )*¤.*¤"
    r"|¤[^.;]*\b(?:av dem|av dessa|av vilka|varav|därav)\b[^.;]*¤|¤[^.;]*\b(?:hälften|tredjedel|fjärdedel|"
    r"majoriteten|merparten|"
    r"flesta) av (?:dem|dessa)\b"
    r"|\b(?:hälften|tredjedel\w*|fjärdedel\w*|femtedel\w*|tiondel\w*|majoriteten|merparten|flesta|andel\w*|procent) av "
    r"(?:(?:de|dessa|alla) ){0,2}¤|¤[^.;]*(?:procent|%)|(?:procent|%)[^.;]*¤",
    from_to=r"från (?:[\w-]+ ){0,3}¤(?: [\w-]+| ?\([^)]*\)|,){0,8}? till (?:[\w-]+ ){0,3}¤",
)
_LANGUAGES = {
    "en": _ENGLISH, "de": _GERMAN, "fr": _FRENCH, "pl": _POLISH, "uk": _UKRAINIAN, "es": _SPANISH, "it": _ITALIAN,
    "nl": _DUTCH, "cs": _CZECH, "sv": _SWEDISH,
}


@dataclass(frozen=True)
class _Patterns:
    up: re.Pattern[str]
    down: re.Pattern[str]
    ratio: re.Pattern[str]
    total: re.Pattern[str]
    less: re.Pattern[str]
    share: re.Pattern[str]
    from_to: re.Pattern[str]


@lru_cache(maxsize=16)
def _patterns(language: str) -> _Patterns:
    """Compile the words of a language; of an unknown one only its signs ("%", "¤ / ¤") count."""
    words = _LANGUAGES.get(language)
    if words is None:
        never = re.compile(r"(?!)")
        share = re.compile(f"{MARK}[^.;]*%|%[^.;]*{MARK}")
        return _Patterns(never, never, never, never, never, share, re.compile(rf"{MARK} ?(?:→|->|⟶) ?{MARK}"))
    plain = {
        key: re.compile(rf"\b(?:{getattr(words, key)})(?!\w)", re.IGNORECASE)
        for key in ("up", "down", "ratio", "total", "less")
    }
    share = re.compile(f"(?:{words.share})|¤ ?/ ?¤".replace("¤", MARK), re.IGNORECASE)
    from_to = re.compile(rf"\b(?:{words.from_to})|¤ ?(?:→|->|⟶) ?¤".replace("¤", MARK), re.IGNORECASE)
    return _Patterns(**plain, share=share, from_to=from_to)


@dataclass
class _Sentence:
    """One sentence of a block: its text with a mark for each figure, and the figures."""

    text: str = ""
    mentions: list[Mention] = field(default_factory=list)


def check(page: Page) -> Iterator[Problem]:
    """Find movements, sums, differences and shares that the ledger does not carry."""
    patterns = _patterns(page.composed.language.partition("-")[0])
    for block in page.blocks:
        if not any(mention.form not in TABLES for mention in block.mentions) or "chart" in block.inside:
            continue
        for sentence in sentences(block):
            reason = _judge(page, sentence, patterns)
            if reason:
                yield page.problem(RULE, reason[0], reason[1], page.at_mention(block, sentence.mentions[-1]))


def sentences(block: Block) -> Iterator[_Sentence]:
    """Cut a block into sentences, each figure one mark; statements are left out: their evidence carries them."""
    out = _Sentence()
    for text, mention in _parts(block):
        if mention:
            out.text += MARK
            out.mentions.append(mention)
            continue
        for index, part in enumerate(_END.split(text)):
            if index:
                if out.mentions:
                    yield out
                out = _Sentence()
            out.text += part
    if out.mentions:
        yield out


_END = re.compile(r"(?<=[.!?…]) (?=[^\Wa-zа-яіїєґàéèêßåäöëïüáčďěíňóřšťúůýžìòùñ\d_]|[„“‘”«\"¿¡\ue100]|$)|\n")


def _parts(block: Block) -> Iterator[tuple[str, Mention | None]]:
    position = 0
    before: Mention | None = None
    for mention in sorted(
        (item for item in block.mentions if item.end and not item.stated), key=lambda item: item.start
    ):
        same = before and before.form == mention.form == "range" and before.figure == mention.figure
        if not same:  # the two ends of a printed range are one mark
            yield _tidy(block, position, mention.start), None
            yield "", mention
        before, position = mention, mention.end
    yield _tidy(block, position, len(block.text)), None


def _tidy(block: Block, start: int, end: int) -> str:
    """Take out what is tracked, so that words stand next to each other; a statement leaves its full stop."""

    def gone(match: re.Match[str]) -> str:
        words = re.sub(r"\[\d+\]", "", block.text[start + match.start() : start + match.end()]).rstrip()
        return ". " if words.endswith((".", "!", "?", "…")) else ""

    return re.sub(r"[ \t\r\u00a0\u202f]+", " ", re.sub(f"{BLANK}+", gone, block.loose[start:end]))


def _judge(page: Page, sentence: _Sentence, patterns: _Patterns) -> tuple[str, str] | None:
    """Say what is wrong with a sentence, and how to mend it."""
    items = list(
        {
            item.observation: page.observation(item.observation)
            for item in sentence.mentions
            if item.observation in page.ledger.observations
        }.values()
    )
    if not items:
        return None
    names = [item.id for item in items]
    text = sentence.text
    shown = " and ".join(f"'{name}'" for name in names[:3])
    moved = patterns.up.search(text) or patterns.down.search(text) or patterns.from_to.search(text)
    moved = moved if len(items) > 1 else _MOVED_TO.search(patterns.down.sub("\ue101", patterns.up.sub("\ue101", text)))
    if any(item.method == "derived" for item in items):
        return None
    ratio = patterns.ratio.search(text)
    if ratio:
        return (f"'{ratio[0]}' compares counts as a multiple that the ledger does not have ({shown})", _DERIVE)
    if moved and (why := _no_series(page, items)):
        return (
            f"the sentence tells a movement of {shown}, and {why}",
            'Set them side by side with what each counts: {{ how_many("…") }}.',
        )
    if moved and (why := _wrong_way(items, up=bool(patterns.up.search(text)), down=bool(patterns.down.search(text)))):
        return (why, "Look at the two values and their dates.")
    share = patterns.share.search(text)
    if share and not declared(page.ledger, names) and not _own_percent(page, sentence, share[0]):
        return (f"the sentence makes a share of {shown}, which no derived observation declares", _DERIVE)
    return _sums(page, names, text, patterns, shown) if len(items) > 1 and not declared(page.ledger, names) else None


#: "rose by more than … to ¤": one end of a movement whose other end is not printed.
_MOVED_TO = re.compile(
    f"\ue101 (?:[\\w’'-]+ ){{0,3}}(?:to|by|auf|um|à|de|do|o|до|на|a|en|hasta|di|fino a|tot|naar|met|na|till|med) "
    f"(?:[\\w’'-]+ ){{0,3}}{MARK}"
)
_DERIVE = (
    "Add an observation with 'method: derived', its 'formula' and 'inputs', and print that; or leave the"
    " reckoning out."
)


def _sums(page: Page, names: list[str], text: str, patterns: _Patterns, shown: str) -> tuple[str, str] | None:
    """Find two counts that a sentence adds or takes from each other; how words stand between them decides."""
    figures = {page.ledger.observations[name][0] for name in names}
    for kind, pattern in (("sum", patterns.total), ("difference", patterns.less)):
        found = pattern.search(text)
        if found and (len(figures) > 1 or len(names) > 1):
            return (f"'{found[0]}' makes a {kind} of {shown}, which no derived observation declares", _DERIVE)
    return None


def _no_series(page: Page, items: list[Observation]) -> str:
    """Say why counts do not make one series, or nothing where they do."""
    observations = page.ledger.observations
    figures = list(dict.fromkeys(observations[item.id][0] for item in items))
    if len(figures) > 1:
        return f"they are counts of different figures ('{figures[0]}' and '{figures[1]}')"
    figure = page.ledger.figures[figures[0]]
    if not figure.series:
        return f"the counts of '{figures[0]}' are no series ('series: false')"
    disputes = links(page.ledger).disputes
    for one, two in pairwise(items):
        if two.id in disputes.get(one.id, frozenset()):
            return f"'{one.id}' and '{two.id}' dispute each other"
        if one.scope != two.scope:
            return f"'{one.id}' and '{two.id}' differ in scope"
    if len(items) == 1 and len([item for item in figure.printable if item.scope == items[0].scope]) < 2:
        return "the ledger has no other count of the same scope"
    return ""


def _wrong_way(items: list[Observation], *, up: bool, down: bool) -> str:
    """Find a rise that is a fall in the ledger, or the other way round."""
    if len(items) < 2 or up == down:
        return ""
    ordered = sorted(items, key=lambda item: item.as_of.last)
    first, last = ordered[0], ordered[-1]
    if (up and last.number < first.number) or (down and last.number > first.number):
        ends = f"'{first.id}' ({first.machine_value}) to '{last.id}' ({last.machine_value})"
        return f"the sentence tells of a {'rise' if up else 'fall'}, and {ends} is none"
    return ""


def _own_percent(page: Page, sentence: _Sentence, found: str) -> bool:
    """Tell whether the percent sign or word belongs to a figure that the ledger itself counts in percent."""
    if not re.search(r"%|per ?cent|prozent|pour cent|por ?ciento|procent|відсот", found, re.IGNORECASE):
        return False
    for mention in sentence.mentions:
        units = page.ledger.figures[mention.figure].unit if mention.figure in page.ledger.figures else {}
        words = " ".join(text for forms in units.values() for text in forms.values()).casefold()
        if re.search(r"%|per ?cent|prozent|pour ?cent|por ?ciento|procent|відсот", words):
            return True
    return False
