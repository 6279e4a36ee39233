"""Finds details that, taken together, let one child be recognised: age, home, route or camp, relatives, an exact day.

In: a text and its language. Out: `Finding`s: the kinds of detail and where they stand. One detail is no
identification; two or more kinds about one child are (UNICEF, reporting guidelines; docs/safeguarding.md says what the
heuristic sees and what it cannot). A text speaks of one child where a child stands in the singular and is not "every",
"no" or "any" child; the sentences after it belong to the same child for as long as they go on with he or she. The
languages are those of `_TABLE`.
"""
# ruff: noqa: E501, ISC004 - a pattern broken over more lines cannot be read

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from babel import Locale

Kind = Literal["age", "place", "route", "relative", "date"]

#: How messages name the kinds.
NAMES: Mapping[Kind, str] = {
    "age": "an exact age",
    "place": "a home town",
    "route": "a route or camp",
    "relative": "a relative",
    "date": "an exact day",
}


@dataclass(frozen=True)
class Finding:
    """Details about one child that stand together."""

    kinds: tuple[Kind, ...]
    start: int
    end: int

    @property
    def words(self) -> str:
        """Name the kinds: "an exact age and a home town"."""
        names = [NAMES[kind] for kind in self.kinds]
        return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


@dataclass(frozen=True)
class _Speech:
    """How one language speaks of a child; every value is a pattern."""

    child: str
    generic: str
    goes_on: str
    ages: tuple[str, ...]
    places: tuple[str, ...]
    routes: tuple[str, ...]
    relatives: tuple[str, ...]
    numbers: str
    drops_pronouns: bool = False


#: A proper name: a capital, then small letters; `NAME` in the patterns below.
_NAME = r"(?P<name>[A-ZÀ-ÖØ-ÞŁŚŻŹĆŃČĎĚŇŘŠŤŮŽА-ЯЄІЇҐ][\w'’-]{2,})"
_QUOTED = r"[\"“„«‚‘][^\"”“»’]{2,40}[\"”“»’]"

_TABLE: Mapping[str, _Speech] = {
    "en": _Speech(
        child=r"(?:boy|girl|child|teenager|schoolboy|schoolgirl|toddler|baby|infant|orphan|son|daughter|nephew|niece|grandson"
        r"|granddaughter|pupil|year[- ]old)",
        generic=r"\b(?:every|each|no|any|per|another|which|what)\s+(?:[\w-]+\s+)?$",
        goes_on=r"\b(?:he|she|him|her|his|hers)\b",
        ages=(
            r"\bNUM[- ]year[- ]old\b",
            r"\baged\s+NUM\b",
            r"\bNUM\s+years\s+(?:old|of\s+age)\b",
            r"\bage\s+of\s+NUM\b",
            r"[A-Z]\w+,\s+NUM,",
            r"\b(?:boy|girl|child|son|daughter),\s+NUM\b",
            r"\b(?:is|was|turned|turns)\s+(?:only\s+)?NUM\b[,.;]?(?!\s*(?:\d|%))(?=[,.;]|\s+(?:and|when)|$)",
        ),
        places=(
            r"\b(?:from|born\s+in|raised\s+in|grew\s+up\s+in|lived\s+in|lives\s+in|living\s+in|native\s+of|resident\s+of"
            r"|village\s+of|town\s+of|city\s+of|home\s+in|hometown\s+of)\s+(?:the\s+(?:village|town|city)\s+of\s+)?NAME",
        ),
        routes=(
            r"\b(?:taken|moved|brought|transferred|deported|sent|flown|driven|bused|carried)\b[^.;]{0,60}?\b(?:to|via|through"
            r"|into)\s+(?:the\s+)?NAME",
            r"\bNAME\s+(?:summer\s+|children['’]s\s+)?(?:camp|sanatorium|orphanage|boarding)",
            r"\b(?:camp|sanatorium|orphanage|boarding\s+school|children['’]s\s+home|cadet\s+school)\s+(?:in|near|at|of|called"
            r"|named)?\s*(?:NAME|QUOTED)",
            r"\bvia\s+NAME",
        ),
        relatives=(
            r"\b(?:his|her|whose|my|(?:boy|girl|child|teenager)['’]s)\s+(?:\w+\s+)?(?:mother|father|mum|dad|grandmother"
            r"|grandfather|aunt|uncle|sister|brother|cousin|godmother|godfather|stepmother|stepfather|foster)\b",
            r"\bmy\s+(?:nephew|niece|grandson|granddaughter|cousin|son|daughter)\b",
        ),
        numbers="one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen",
    ),
    "de": _Speech(
        child=r"(?:Kind|Kindes|Junge|Mädchen|Jugendlicher|Schüler|Schülerin|Sohn|Tochter|Neffe|Nichte|Enkel|Enkelin|Waise|Baby"
        r"|(?:\d{1,2}[- ]?|(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|\w*zehn|elf|zwölf))jährige[rn]?)",
        generic=r"\b(?:jede[smrn]?|kein(?:e[snmr]?)?|irgendein\w*|pro|welche[sr]?)\s+(?:[\w-]+\s+)?$",
        goes_on=r"\b(?:er|ihn|ihm|sein\w*|ihr|ihre\w*|sie\s+(?:war|ist|wurde|hat|lebt\w*|kam))\b",
        ages=(
            r"\bNUM[- ]?jährige[rnsm]?\b",
            r"\bNUM\s+Jahre\s+alt\b",
            r"\bAlter\s+von\s+NUM\b",
            r"\b(?:Junge|Mädchen|Kind|Sohn|Tochter)\s*[,(]\s*NUM\b",
            r"[A-Z]\w+\s*\(NUM\)",
        ),
        places=(
            r"\b(?:aus|geboren\s+in|lebte\s+in|wohnte\s+in|aufgewachsen\s+in|Heimatstadt|Heimatdorf)\s+(?:de[rm]\s+(?:Stadt|Dorf)"
            r"\s+)?NAME",
        ),
        routes=(
            r"\b(?:nach|über)\s+NAME[^.;]{0,60}?\b(?:gebracht|deportiert|verschleppt|geflogen|geschickt|verlegt)",
            r"\b(?:gebracht|deportiert|verschleppt|geschickt)\b[^.;]{0,40}?\b(?:nach|über)\s+NAME",
            r"\b(?:Lager|Ferienlager|Sanatorium|Waisenhaus|Heim|Kinderheim|Internat)s?\s+(?:in|bei|von|namens)?\s*(?:NAME|QUOTED)",
        ),
        relatives=(
            r"\b(?:sein|ihr|mein|dessen|deren)\w*\s+(?:\w+\s+)?(?:Mutter|Vater\w?|Gro(?:ß|ss)mutter|Gro(?:ß|ss)vater|Oma|Opa|Tante"
            r"|Onkel|Schwester|Bruder|Brüder|Cousin\w*|Patin|Pate|Pflege\w+|Stief\w+)\b",
            r"\bmein\w*\s+(?:Neffe\w*|Nichte|Enkel\w*|Sohn|Tochter)\b",
        ),
        numbers="ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn",
    ),
    "fr": _Speech(
        child=r"(?:enfant|garçon|fille|fillette|garçonnet|adolescent|adolescente|écolier|écolière|lycéen|lycéenne|neveu|nièce|fils"
        r"|petit-fils|petite-fille|orphelin|orpheline|bébé)",
        generic=r"\b(?:chaque|aucune?|tout|toute|par|quelle?)\s+(?:[\w-]+\s+)?$",
        goes_on=r"\b(?:il|elle|lui|sa|son|ses)\b",
        ages=(
            r"\bâgée?\s+de\s+NUM\b",
            r"\bâge\s+de\s+NUM\b",
            r"\b(?:enfant|garçon|fille|fillette|adolescente?|fils|neveu|nièce)\s+de\s+"
            r"NUM\s+ans\b",
            r"\b(?:a|avait|aura|eu)\s+NUM\s+ans\b",
            r"[,(]\s*NUM\s+ans\b",
        ),
        places=(
            r"\b(?:originaire\s+d[e’']|née?\s+à|venue?\s+d[e’']|vivait\s+à|vit\s+à|habit\w+\s+à|grandi\s+à|village\s+d[e’']"
            r"|ville\s+d[e’'])\s*NAME",
            r"\b(?:enfant|garçon|fille|fillette|adolescente?)(?:\s+de\s+\w+\s+ans)?\s+d[e’']\s*NAME",
        ),
        routes=(
            r"\b(?:emmen|transfér|déport|condui|envoy|déplac)\w*[^.;]{0,60}?\b(?:à|vers|via|par|en)\s+NAME",
            r"\bvia\s+NAME",
            r"\b(?:camp|sanatorium|orphelinat|internat|foyer|colonie)\s+(?:de|d[’']|à|près\s+de|nommé)?\s*(?:NAME|QUOTED)",
        ),
        relatives=(
            r"\b(?:sa|son|ses|ma|mon|dont\s+la|dont\s+le)\s+(?:\w+\s+)?(?:mère|père|grand-mère|grand-père|tante|oncle|sœur|soeur"
            r"|frère|cousine?|marraine|parrain|belle-mère|beau-père)\b",
            r"\b(?:ma|mon)\s+(?:neveu|nièce|fils|fille|petit-fils|petite-fille)\b",
        ),
        numbers="un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept",
    ),
    "pl": _Speech(
        child=r"(?:chłopiec|chłopca|chłopcu|chłopcem|dziewczynk[aęiąo]|dziewczynce|dziewczyn[aęyą]|dziecko|dziecka|dziecku|dzieckiem"
        r"|nastolat(?:ek|ka|kę|ki|kiem)|uczeń|ucznia|uczennic[aęy]|syn|syna|synem|córk[aęią]|siostrzeniec|bratanek"
        r"|siostrzenic[aęy]|bratanic[aęy]|wnuk|wnuka|wnuczk[aęi]|\w+-?lat(?:ek|ka|kę|ki))",
        generic=r"\b(?:każde\w*|każd\w+|żadn\w+|jakiekolwiek|na|któreś)\s+(?:[\w-]+\s+)?$",
        goes_on=r"\b(?:on|ona|jego|jej|jemu|go|ją|mu|nim|nią|niego|niej)\b",
        ages=(
            r"\bNUM[- ]?letni\w*\b",
            r"\bNUM-?lat(?:ek|ka|kę|ki|kiem|kowi)\b",
            r"\blat\s+NUM\b",
            r"\bwieku\s+NUM\b",
            r"\b(?:ma|miał|miała|skończył|skończyła)\s+NUM\s+lat\b",
            r"[,(]\s*NUM\s+lat\b",
        ),
        places=(r"\b(?:z|ze|urodzon\w+\s+w|mieszka\w*\s+w|pochodz\w+\s+z|wsi|miasta|mieście|miejscowości)\s+NAME",),
        routes=(
            r"\b(?:wywie|przewie|deport|zabra|wysła|zawie|przenies)\w*[^.;]{0,60}?\b(?:do|przez|na)\s+NAME",
            r"\b(?:oboz\w+|obóz|sanatorium|dom\w*\s+dziecka|sieroci\w+|internat\w*)\s+(?:w|koło|pod|o\s+nazwie)?\s*(?:NAME|QUOTED)",
        ),
        relatives=(
            r"\b(?:jego|jej|swoj\w+|moj\w+|mój|którego|której)\s+(?:\w+\s+)?(?:matk\w+|mam\w+|ojc\w+|ojciec|tat\w+|babci\w*|dziad\w+"
            r"|ciot\w+|ciocia|wuj\w*|brat\w*|siostr\w+|kuzyn\w*)\b",
            r"\b(?:matk|ojc|babci|ciotk|dziadk)\w+\s+(?:chłopca|dziewczynki|dziecka)\b",
        ),
        numbers="rok dwu trzy cztero pięcio sześcio siedmio ośmio dziewięcio dziesięcio jedenasto dwunasto trzynasto czternasto"
        " piętnasto szesnasto siedemnasto",
        drops_pronouns=True,
    ),
    "uk": _Speech(
        child=r"(?:хлопчик|хлопчика|хлопчику|хлопчиком|хлопець|хлопця|дівчинк[аиу]|дівчинкою|дівчинці|дівчин[ауи]|дитин[ауи]|дитиною"
        r"|дитині|підліток|підлітка|школяр|школяра|школярк[аиу]|учень|учня|учениц[яіюе]|син|сина|доньк[аиу]|дочк[аиу]"
        r"|племінник\w?|племінниц\w|онук|онука|онучк[аиу])",
        generic=r"\b(?:кожн\w+|жодн\w+|будь-як\w+|на|яка)\s+(?:[\w’'-]+\s+)?$",
        goes_on=r"\b(?:він|вона|його|її|йому|їй|нього|неї|ним|нею)\b",
        ages=(
            r"\bNUM[- ]?(?:ти|ми)?-?річн\w*\b",
            r"\b(?:віком|віці|їй|йому|мав|мала|має|виповни\w+)\s+(?:було\s+|було\s+лише\s+)?NUM\s+"
            r"р(?:ок\w+|ік)\b",
            r"[,(]\s*NUM\s+р(?:ок\w+|ік)\b",
        ),
        places=(
            r"\b(?:з|із|зі|мешка\w+\s+[ув]|живе\s+[ув]|жи(?:в|ла)\s+[ув]|народи\w+\s+[ув]|сел[аоі]|міст[аоі]|селища?|мешкан\w+)\s+NAME",
        ),
        routes=(
            r"\b(?:вивез|перевез|депорт|забра|відправ|повез|перемі)\w*[^.;]{0,60}?\b(?:до|через|[ув]|на)\s+NAME",
            r"\b(?:таб[оі]р\w*|санатор\w+|притул\w+|дитбуд\w+|дитячого\s+будинку|інтернат\w*)\s+(?:[ув]|біля|під|на)?\s*(?:NAME|QUOTED)",
        ),
        relatives=(
            r"\b(?:його|її|своє\w+|мо\w+|чи\w+)\s+(?:\w+\s+)?(?:матір|матер\w*|мати|мам\w+|бать\w+|тат\w*|бабус\w+|дідус\w*|тітк\w*|дядьк\w*"
            r"|брат\w*|сестр\w+|хрещен\w+|опікун\w*)\b",
            r"\b(?:мати|мама|батько|бабуся|тітка)\s+(?:хлопчика|дівчинки|дитини)\b",
            r"\b(?:мій|моя|мого|мою)\s+(?:племінни\w+|онук\w*|онучк\w*|син\w*|дон\w+|дочк\w*)\b",
        ),
        numbers="одно дво три чотири п’яти шести семи восьми дев’яти десяти одинадцяти дванадцяти тринадцяти чотирнадцяти п’ятнадцяти"
        " шістнадцяти сімнадцяти",
        drops_pronouns=True,
    ),
    "es": _Speech(
        child=r"(?:niño|niña|chico|chica|muchacho|muchacha|menor|adolescente|bebé|hijo|hija|sobrino|sobrina|nieto|nieta|huérfano"
        r"|huérfana|alumno|alumna|escolar|pequeño|pequeña)",
        generic=r"\b(?:cada|ningún|ninguna|cualquier|todo|toda|todo\s+un|por|qué|como)\s+(?:[\w-]+\s+)?$",
        goes_on=r"\b(?:él|ella|le|lo|la|su|sus)\b",
        ages=(
            r"\bde\s+NUM\s+años(?:\s+de\s+edad)?\b",
            r"\b(?:tiene|tenía|cumplió|cumplía|cumple|con)\s+(?:solo\s+|apenas\s+)?NUM\s+años\b",
            r"\bedad\s+de\s+NUM\b",
            r"[,(]\s*NUM\s+años\b",
        ),
        places=(
            r"\b(?:procedente\s+de|originari[oa]\s+de|natural\s+de|oriund[oa]\s+de|nacid[oa]\s+en|[Nn]ació\s+en|[Vv]iv(?:e|ía|ió)\s+en"
            r"|resid(?:e|ía)\s+en|creció\s+en|criad[oa]\s+en|vecin[oa]\s+de|pueblo\s+de|aldea\s+de|ciudad\s+de|localidad\s+de"
            r"|[Ee]ra\s+de|[Ee]s\s+de)\s+NAME",
            r"\b(?:niñ[oa]|chic[oa]|muchach[oa]|menor|adolescente)(?:\s+de\s+\w+\s+años)?,?\s+de\s+NAME",
        ),
        routes=(
            r"\b(?:llev|traslad|deport|envi|conduc|condujeron|desplaz|transport)\w*[^.;]{0,60}?\b(?:a|hasta|hacia|vía|por|pasando\s+por)\s+(?:la\s+|el\s+)?NAME",
            r"\bvía\s+NAME",
            r"\b(?:campamento|campo|sanatorio|orfanato|internado|hogar|residencia)\s+(?:infantil\s+|de\s+verano\s+)?(?:de|en|cerca\s+de|llamado)?\s*(?:NAME|QUOTED)",
        ),
        relatives=(
            r"\b(?:su|sus|mi|cuya|cuyo)\s+(?:\w+\s+)?(?:madre|padre|mamá|papá|abuel[oa]s?|t[íi][oa]|herman[oa]s?|prim[oa]|madrina|padrino"
            r"|madrastra|padrastro|tutor|tutora)\b",
            r"\bmi\s+(?:sobrin[oa]|niet[oa]|prim[oa]|hij[oa])\b",
            r"\b(?:madre|padre|abuel[oa]|t[íi][oa]|herman[oa])\s+(?:del\s+niño|de\s+la\s+niña|del\s+menor|de\s+la\s+menor)\b",
        ),
        numbers="un dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete",
        drops_pronouns=True,
    ),
    "it": _Speech(
        child=r"(?:bambino|bambina|ragazzo|ragazza|ragazzino|ragazzina|minore|adolescente|neonato|neonata|figlio|figlia|nipote"
        r"|nipotino|nipotina|orfano|orfana|alunno|alunna|scolaro|scolara|(?:\w+|\d{1,2})enne)",
        generic=r"\b(?:ogni|ciascun[oa]?|nessun[oa]?|qualsiasi|qualunque|qualche|per|quale|come)\s*(?:[\w-]+\s+)?$",
        goes_on=r"\b(?:lui|lei|gli|lo|la|suo|sua|suoi|sue)\b",
        ages=(
            r"\b(?:di|a)\s+NUM\s+anni\b",
            r"\b(?:ha|aveva|compiuto|compì|compiva)\s+(?:solo\s+|appena\s+)?NUM\s+anni\b",
            r"\betà\s+di\s+NUM\b",
            r"[,(]\s*NUM\s+anni\b",
            r"\b(?:(?:NUM)|tredic|quattordic|quindic|sedic|diciassett|dodic|undic)enne\b",
        ),
        places=(
            r"\b(?:originari[oa]\s+d[ie]l?|provenient[ei]\s+da|nat[oa]\s+a|[Vv]iveva\s+a|[Vv]ive\s+a|[Aa]bita(?:va)?\s+a|cresciut[oa]\s+a|residente\s+a"
            r"|villaggio\s+di|paese\s+di|città\s+di|cittadina\s+di|[Èè]\s+di|[Ee]ra\s+di|[Vv]iene\s+da|[Vv]eniva\s+da)\s+NAME",
            r"\b(?:bambin[oa]|ragazz[oa]|ragazzin[oa]|minore|adolescente|\w+enne)(?:\s+di\s+\w+\s+anni)?,?\s+d[ia]\s+NAME",
        ),
        routes=(
            r"\b(?:portat|condott|trasferit|deportat|inviat|mandat|spostat|trasportat)\w*[^.;]{0,60}?\b(?:a|ad|in|verso|via|attraverso)\s+NAME",
            r"\bvia\s+NAME",
            r"\b(?:campo|colonia|sanatorio|orfanotrofio|collegio|istituto|casa\s+famiglia)\s+(?:estivo\s+|estiva\s+)?(?:di|a|in|presso|vicino\s+a|chiamato)?\s*(?:NAME|QUOTED)",
        ),
        relatives=(
            r"\b(?:sua|suo|suoi|sue|mia|mio|la\s+cui|il\s+cui)\s+(?:\w+\s+)?(?:madre|padre|mamma|papà|nonn[oae]|zi[oa]|fratell[oi]|sorell[ae]"
            r"|cugin[oa]|madrina|padrino|matrigna|patrigno|tutor[ei]|tutrice)\b",
            r"\b(?:mia|mio)\s+(?:nipote|nipotin[oa]|figli[oa]|cugin[oa])\b",
            r"\b(?:con|dalla|dal|alla|al|la|il|della|del)\s+(?:madre|padre|nonn[oa]|zi[oa]|fratello|sorella)\b",
        ),
        numbers="un due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette",
        drops_pronouns=True,
    ),
    "nl": _Speech(
        child=r"(?:kind|jongen|jongetje|meisje|tiener|scholier|leerling|peuter|kleuter|baby|zoon|zoontje|dochter|dochtertje|neef|neefje"
        r"|nicht|nichtje|kleinkind|kleinzoon|kleindochter|wees|weeskind|pleegkind"
        r"|(?:\d{1,2}[- ]?|(?:twee|drie|vier|vijf|zes|zeven|acht|negen|elf|twaalf|\w*tien))jarige)",
        generic=r"\b(?:elk|elke|ieder|iedere|geen|per|welk|welke|enig|enkel)\s+(?:[\w-]+\s+)?$",
        goes_on=r"\b(?:hij|hem|haar|(?:zij|ze)\s+(?:was|is|werd|heeft|had|leeft|woonde|kwam|zag)|zijn\s+(?:\w+\s+)?(?:moeder|vader"
        r"|ouders|oma|opa|groot\w+|zus\w*|broer\w*|tante|oom|familie|dorp|huis|leven|naam))\b",
        ages=(
            r"\bNUM[- ]?jarige?\b",
            r"\bNUM\s+jaar\s+oud\b",
            r"\bleeftijd\s+van\s+NUM\b",
            r"\b(?:kind|jongen|jongetje|meisje|tiener|zoon|zoontje|dochter|dochtertje|baby|peuter|kleuter)\s+van\s+(?:pas\s+|net\s+)?NUM\b",
            r"\b(?:kind|jongen|jongetje|meisje|zoon|dochter)\s*[,(]\s*NUM\b",
            r"\b(?:is|was|werd|wordt)\s+(?:pas\s+|nog\s+maar\s+|net\s+)?NUM\b(?=[,.;]|\s+(?:en|toen|jaar)|$)",
            r"[,(]\s*NUM\s+jaar\b",
            r"[A-Z]\w+\s*\(NUM\)",
        ),
        places=(
            r"\b(?:uit|geboren\s+in|woonde\s+in|woont\s+in|opgegroeid\s+in|afkomstig\s+uit|thuis\s+in|geboortestad|woonplaats|dorp|stad)"
            r"\s+(?:het\s+dorp\s+|de\s+stad\s+)?NAME",
        ),
        routes=(
            r"\b(?:naar|via)\s+(?:het\s+|de\s+)?NAME[^.;]{0,60}?\b(?:gebracht|weggevoerd|gedeporteerd|gestuurd|overgebracht|meegenomen"
            r"|gevlogen|ontvoerd|verplaatst)",
            r"\b(?:gebracht|weggevoerd|gedeporteerd|gestuurd|overgebracht|meegenomen|gevlogen|ontvoerd|verplaatst)\b[^.;]{0,60}?"
            r"\b(?:naar|via)\s+(?:het\s+|de\s+)?NAME",
            r"\b(?:kamp|zomerkamp|vakantiekamp|sanatorium|weeshuis|tehuis|kindertehuis|internaat)\s+(?:in|bij|van|genaamd)?\s*(?:NAME|QUOTED)",
        ),
        relatives=(
            r"\b(?:zijn|haar|mijn|wiens|wier)\s+(?:\w+\s+)?(?:moeder|vader|mama|papa|grootmoeder|grootvader|oma|opa|tante|oom|zus|zusje"
            r"|zuster|broer|broertje|peetoom|peettante|pleeg\w+|stief\w+)\b",
            r"\bmijn\s+(?:neef|neefje|nicht|nichtje|kleinkind|kleinzoon|kleindochter|zoon|dochter)\b",
            r"\b(?:moeder|vader|oma|opa|tante)\s+van\s+(?:de\s+jongen|het\s+(?:jongetje|meisje|kind))\b",
        ),
        numbers="één een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien",
    ),
    "cs": _Speech(
        child=r"(?:chlapec|chlapce|chlapcem|chlapeček|chlapečka|kluk|kluka|dívka|dívky|dívku|dívkou|dívce|děvče|děvčete|děvčátk[oau]"
        r"|holčičk[aouy]|holčičce|dítě|dítěte|dítěti|dítětem|teenager\w{0,2}|teenagerk[aouy]|žák|žáka|žákyně|žákyni|syn|syna|synovi|synem"
        r"|dcer[ayuo]u?|dceři|synovec|synovce|neteř|neteře|neteři|vnuk|vnuka|vnučk[aouy]|vnučce|sirotek|sirotka)",
        generic=r"\b(?:každ\w+|žádn\w+|jakékoli\w*|kterékoli\w*|libovoln\w+|na|které)\s+(?:[\w-]+\s+)?$",
        goes_on=r"\b(?:on|ona|jeho|její\w*|jí|jemu|ho|mu|ji|jej|ním|ní|něho|něj)\b",
        ages=(
            r"\bNUM[- ]?let(?:ý|á|é|ého|ému|ém|ým|ou)\b",
            r"\bve\s+věku\s+NUM\b",
            r"\b(?:mu|jí|mi)\s+(?:je|bylo|teprve|jen)?\s*NUM\s+(?:let|roky|rok)\b",
            r"\b(?:je|bylo)\s+(?:mu|jí|jim|teprve|jen)?\s*NUM\s+(?:let|roky|rok)\b",
            r"[,(]\s*NUM\s+(?:let|roky|rok)\b",
            r"\bNUM\s+(?:let|roky|rok)\s+star\w+",
        ),
        places=(
            r"\b(?:z|ze|narozen\w*\s+ve?|narodil\w*\s+se\s+ve?|žije\s+ve?|žil\w*\s+ve?|bydl\w+\s+ve?|pochází\w*\s+ze?|vesnic\w+"
            r"|měst[aěo]|obc[ei])\s+NAME",
        ),
        routes=(
            r"\b(?:odve|odvá|odvl|převe|převá|deport|zavle|odebra|posl|přemís|doprav)\w*[^.;]{0,60}?\b(?:do|přes|na)\s+NAME",
            r"\b(?:tábo\w+|sanatori\w+|dětsk\w+\s+domov\w*|sirotčin\w+|internát\w*)\s+(?:ve?|u|pod|na|jménem)?\s*(?:NAME|QUOTED)",
        ),
        relatives=(
            r"\b(?:jeho|její\w*|svoj\w+|svůj|své\w*|svou|můj|moj\w+|mé\w*|mou)\s+(?:\w+\s+)?(?:matk\w+|matce|mám\w+|otec|otc\w+|tát\w+"
            r"|babič\w+|děd\w+|tet[auyo]u?|tetě|strýc\w*|strýč\w+|bratr\w*|sestr\w+|sestře|bratran\w+|sestřen\w+|kmotr\w*|pěstoun\w*)\b",
            r"\b(?:matka|matku|matce|otec|otce|babička|babičku|teta|dědeček)\s+(?:chlapce|dívky|dítěte)\b",
            r"\b(?:můj|moje|mého|moji|mou|má)\s+(?:synov\w+|neteř\w*|vnu[kč]\w*|syn\w*|dcer\w+)\b",
        ),
        numbers="jeden dva tři čtyři pět šest sedm osm devět deset jedenáct dvanáct třináct čtrnáct patnáct šestnáct sedmnáct dvou tří čtyř"
        " pěti šesti sedmi osmi devíti deseti jedenácti dvanácti třinácti čtrnácti patnácti šestnácti sedmnácti",
        drops_pronouns=True,
    ),
    # "Barn" is one child and many: one stands with its article or ending.
    "sv": _Speech(
        child=r"(?:(?:ett|mitt|vårt)\s+(?:[\w-]+\s+){0,3}?barn(?:barn)?|barnet|barnets|pojke|pojken|pojkens|flicka|flickan|flickans|bebis"
        r"|bebisen|tonåring|tonåringen|elev|eleven|son|sonen|dotter|dottern|brorson|brorsdotter|systerson|systerdotter|syskonbarnet"
        r"|barnbarnet|sonson|sondotter|dotterson|dotterdotter|[\w-]+åring|[\w-]+åringen)",
        generic=r"\b(?:varje|ingen|inget|per|vilken|vilket|någon|något|inte)\s+(?:[\w-]+\s+)?$",
        goes_on=r"\b(?:han|hon|honom|henne|hans|hennes)\b",
        ages=(
            r"\bNUM[- ]?år(?:ig|iga|ige|ing|ingen)\b",
            r"\bNUM\s+år\s+gam(?:mal|malt|la)\b",
            r"\b(?:är|var|fyllde|fyller|blev)\s+(?:bara\s+|då\s+)?NUM\b(?=[,.;]|\s+(?:och|när|år)|$)",
            r"\b(?:barn|pojke|flicka|son|dotter)\s+på\s+NUM\b",
            r"\b(?:barnet|pojken|flickan|sonen|dottern|pojke|flicka)\s*[,(]\s*NUM\b",
            r"\bålder\w*\s+(?:av\s+)?NUM\b",
            r"[,(]\s*NUM\s+år\b",
        ),
        places=(
            r"\b(?:från|född\w?\s+i|bodde\s+i|bor\s+i|uppvuxen\s+i|växte\s+upp\s+i|växt\s+upp\s+i|hemma\s+i|hemstaden|hemorten|byn|staden)"
            r"\s+(?:byn\s+|staden\s+)?NAME",
        ),
        routes=(
            r"\b(?:förd\w*|förts|fört|bortförd\w*|deporter\w+|skicka\w*|flytta\w*|togs|tagits|flögs|tvångsförflytta\w*)\b[^.;]{0,60}?"
            r"\b(?:till|via|genom)\s+NAME",
            r"\bvia\s+NAME",
            r"\b(?:läger|lägret|sommarläger|sommarlägret|sanatorium|sanatoriet|barnhem|barnhemmet|internat|internatet)\s+"
            r"(?:i|vid|nära|på|kallat)?\s*(?:NAME|QUOTED)",
        ),
        relatives=(
            r"\b(?:hans|hennes|sin|sitt|min|vars|pojkens|flickans|barnets)\s+(?:\w+\s+)?(?:mor|mamma|far|pappa|mormor|farmor|morfar|farfar"
            r"|moster|faster|morbror|farbror|syster|bror|lillebror|lillasyster|kusin|gudmor|gudfar|foster\w+|styv\w+)\b",
            r"\b(?:min|mitt)\s+(?:brorson|brorsdotter|systerson|systerdotter|syskonbarn|barnbarn|son|dotter|sonson|sondotter|dotterson"
            r"|dotterdotter)\b",
        ),
        numbers="en ett två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton",
    ),
}
#: German writes every noun with a capital: these are no towns.
_NO_TOWN = re.compile(
    r".*(?:gebiete?n?|ung|ungen|heit|keit|schaft|familien?|heimen?|regionen|ländern|gründen|angst|not|quellen|haft|obhut|sicht"
    r"|kreisen|lagern|schulen|händen|sorge|zeit|interesse)",
    re.IGNORECASE,
)
#: Ages of children in digits.
_DIGITS = r"(?:1[0-7]|[1-9])(?![\d.,]\d|\d|\s?%)"
_NOT_EXACT = re.compile(
    r"(?:under|below|over|above|than|between|to|until|unter|über|bis|moins|plus|entre|jusqu\W\w|poniżej|powyżej|między|do|od|до|від"
    r"|понад|менше|старше|молодше|pod|nad|přes|mezi|než|až|onder|boven|tussen|tot|vanaf|dan|mellan|till|från|än|[-–]"
    r"|menor(?:es)?|mayor(?:es)?|más|menos|hasta|entre|minor[ei]|maggior[ei]|più|meno|sotto|sopra|oltre|fino|tra|fra)"
    r"\s+(?:the\s+age\s+of\s+|de\s+|als\s+|di\s+|los\s+|i\s+|gli\s+)?$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"(?<!\b\d)(?<!\b\d\d)(?<!\b[^\W\d_])(?<!\b(?:St|Dr|Mr|Nr|ul|ст|ім)\b)[.!?…]+[\"”»’)\]]*\s+(?=[\"“«„(\[]?[^\W\d_a-zа-яåäöëïüáčďéěíňóřšťúůýžàèìòùñ])|\n{2,}"
)
#: Articles with which one child is meant where languages have them.
_ARTICLES = {
    "en": r"(?:a|an|one|the|this|that|her|his|my|our|another)\s+(?:[\w’'-]+,?\s+){0,3}?(?:\w+-)*",
    "de": r"(?:ein|eine[nmrs]?|de[rmns]|das|die|diese[rsmn]?|mein\w*|unser\w*)\s+(?:[\w-]+\s+){0,3}?",
    "fr": r"(?:un|une|le|la|l[’']|cet|cette|ce|mon|ma|notre)\s*(?:[\w-]+\s+){0,2}?",
    "pl": "",
    "uk": "",
    "es": r"(?:un|una|el|la|al|del|este|esta|ese|esa|su|mi|nuestro|nuestra|otro|otra)\s+(?:[\w-]+\s+){0,2}?",
    "it": r"(?:un[oa]?|il|lo|la|al|allo|alla|del|dello|della|dal|dalla|quest[oa]|quell[oa]|quel|suo|sua|mio|mia|nostr[oa]|altr[oa]"
    r"|(?:un|l|dell|all|dall|quell|quest)[’'])\s*(?:[\w-]+\s+){0,2}?",
    "nl": r"(?:een|één|het|de|dit|dat|deze|die|mijn|zijn|haar|ons|onze|hun)\s+(?:[\w-]+\s+){0,3}?",
    "cs": "",
    "sv": "",
}


@dataclass(frozen=True)
class _Patterns:
    child: re.Pattern[str]
    generic: re.Pattern[str]
    goes_on: re.Pattern[str]
    many: re.Pattern[str]
    kinds: Mapping[Kind, tuple[re.Pattern[str], ...]]
    drops_pronouns: bool
    countries: frozenset[str]


@lru_cache(maxsize=16)
def _patterns(base: str) -> _Patterns | None:
    speech = _TABLE.get(base)
    if speech is None:
        return None
    numbers = f"(?:{_DIGITS}|{'|'.join(sorted(speech.numbers.split(), key=len, reverse=True))})"

    def compiled(patterns: tuple[str, ...], *, fold: bool) -> tuple[re.Pattern[str], ...]:
        found = []
        for pattern in patterns:
            text = pattern.replace("NUM", numbers, 1).replace("NAME", _NAME, 1).replace("QUOTED", _QUOTED)
            found.append(re.compile(text, re.IGNORECASE if fold else 0))
        return tuple(found)

    kinds: dict[Kind, tuple[re.Pattern[str], ...]] = {
        "age": compiled(speech.ages, fold=True),
        "place": compiled(speech.places, fold=False),
        "route": compiled(speech.routes, fold=False),
        "relative": compiled(speech.relatives, fold=True),
        "date": (_days(base),),
    }
    return _Patterns(
        re.compile(rf"\b{_ARTICLES[base]}{speech.child}\b", re.IGNORECASE),
        re.compile(speech.generic, re.IGNORECASE),
        re.compile(speech.goes_on, re.IGNORECASE),
        re.compile(r"\b(?:children|Kinder\w*|enfants|dzieci\w*|niñ[oa]s|menores|bambin[ie]|minori|ragazz[ie]|kinderen|dět(?:i|í|em|mi|ech)|barnen|діт\w+|діт[иям]\w*)\b", re.IGNORECASE),
        kinds,
        speech.drops_pronouns,
        _countries(base),
    )


def _days(base: str) -> re.Pattern[str]:
    """Write the pattern of an exact day: CLDR's names of the months, ISO 8601, and digits."""
    locale = Locale.parse(base)
    months = {
        name.rstrip(".")
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for name in locale.months[context][width].values()
    }
    names = "|".join(sorted((re.escape(name) for name in months if len(name) > 2), key=len, reverse=True))
    return re.compile(
        rf"\b\d{{1,2}}(?:st|nd|rd|th|er|[.º°])?\s+(?:(?:of|de)\s+)?(?:{names})\b|\b(?:{names})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!\d)"
        r"|\b\d{4}-\d\d-\d\d\b|\b\d{1,2}(?:/|\.\s?)\d{1,2}(?:/|\.\s?)\d{2,4}\b",
        re.IGNORECASE,
    )


@lru_cache(maxsize=16)
def _countries(base: str) -> frozenset[str]:
    """Give the beginnings of the names of countries and continents: they are no home town."""
    locale = Locale.parse(base)
    return frozenset(
        word[: max(4, len(word) - (2 if len(word) > 6 else 1))].casefold()
        for name in locale.territories.values()
        for word in re.findall(r"[\w'’-]+", name)
        if len(word) > 3
    )


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Cut a text into sentences."""
    start = 0
    for match in _SENTENCE.finditer(text):
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def find(text: str, language: str, *, least: int = 2) -> list[Finding]:
    """Find where `least` or more kinds of detail stand together about one child; nothing in a language without a table."""
    patterns = _patterns(language.partition("-")[0])
    if patterns is None:
        return []
    found: list[Finding] = []
    kinds: dict[Kind, None] = {}
    begin, about = 0, False
    for start, end in sentences(text):
        sentence = text[start:end]
        one = _speaks_of_one(sentence, patterns)
        goes_on = about and (
            bool(patterns.goes_on.search(sentence))
            or (patterns.drops_pronouns and not patterns.many.search(sentence) and len(sentence) < 200)
        )
        if one and not goes_on:
            kinds, begin = {}, start
        about = one or goes_on
        if not about:
            continue
        before = len(kinds)
        kinds.update(dict.fromkeys(details(sentence, patterns)))
        if len(kinds) >= least and (before < least or not goes_on):
            found.append(Finding(tuple(kind for kind in NAMES if kind in kinds), begin, end))
    return found


def _speaks_of_one(sentence: str, patterns: _Patterns) -> bool:
    return any(
        not patterns.generic.search(sentence[max(0, match.start() - 40) : match.start()])
        and not patterns.generic.search(match[0][: _word_start(match[0])])
        for match in patterns.child.finditer(sentence)
    )


def _word_start(text: str) -> int:
    """Give where the last word of a phrase begins."""
    return max(text.rfind(" "), text.rfind("\n")) + 1


def details(sentence: str, patterns: _Patterns) -> Iterator[Kind]:
    """List the kinds of detail in one sentence."""
    for kind, group in patterns.kinds.items():
        if any(_counts(kind, match, sentence, patterns) for pattern in group for match in pattern.finditer(sentence)):
            yield kind


def _counts(kind: Kind, match: re.Match[str], sentence: str, patterns: _Patterns) -> bool:
    if kind == "age":
        return not _NOT_EXACT.search(sentence[max(0, match.start() - 30) : match.start()])
    name = match.groupdict().get("name")
    if not name:
        return True
    folded = name.casefold()
    country = any(folded[:length] in patterns.countries for length in range(4, len(folded) + 1))
    return not (country or (name.isupper() and len(name) < 6) or _NO_TOWN.fullmatch(name))


def known(language: str) -> bool:
    """Tell whether there is a table for a language."""
    return language.partition("-")[0] in _TABLE
