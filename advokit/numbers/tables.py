r"""The tables of words, one `Table` a language: what num2words and CLDR do not hold.

In: nothing. Out: `TABLES`. A qualifier phrase may bind in several ways ("could approach": nearly, or up to); the first
is the one that a reader would name. Nouns are patterns for the beginning of a word (`\\b` ends a whole word), by class
of what is counted, so that a count of camps is not taken for a count of children.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from advokit.ledger import Qualifier

Kinds = tuple[Qualifier, ...]
AT_LEAST: Kinds = ("at_least",)
MORE: Kinds = ("more_than",)
ABOUT: Kinds = ("about",)
NEARLY: Kinds = ("nearly",)
UP_TO: Kinds = ("up_to",)
FEWER: Kinds = ("fewer_than",)
EXACT: Kinds = ("exact",)
#: "An estimated 6,000": the word tells the method as much as the bound.
ESTIMATED: Kinds = ("about", "exact")


def phrases(*groups: tuple[Kinds, str]) -> dict[str, Kinds]:
    """Spread groups of phrases, separated by semicolons, into one mapping."""
    return {phrase.strip(): kinds for kinds, text in groups for phrase in text.split(";")}


@dataclass(frozen=True)
class Table:
    """The words of one language; lists of words are written as text with spaces."""

    apostrophe_in_words: bool = False
    cases: str = ""
    inflected: Mapping[str, str] = field(default_factory=dict)
    endings: Mapping[str, str] = field(default_factory=dict)
    respelled: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)
    scales: Mapping[str, str] = field(default_factory=dict)
    short_scales: Mapping[str, str] = field(default_factory=dict)
    bare_scales: str = ""
    articles: str = ""
    indefinite: str = ""
    approximate: Mapping[str, str] = field(default_factory=dict)
    joiners: str = ""
    half_after: tuple[str, ...] = ()
    before: Mapping[str, Kinds] = field(default_factory=dict)
    after: Mapping[str, Kinds] = field(default_factory=dict)
    motion: str = ""
    topic: str = ""
    topical: str = ""
    between: str = ""
    between_and: str = ""
    ranges: str = ""
    change: str = ""
    year_before: str = ""
    year_after: str = ""
    ordinal_suffix: str = ""
    fractions: str = ""
    ratio: str = ""
    nouns: Mapping[str, str] = field(default_factory=dict)
    stops: str = ""


ENGLISH = Table(
    extra={
        "half": "0.5",
        "half a": "0.5",
        "quarter of a": "0.25",
        "one and a half": "1.5",
        "two and a half": "2.5",
        "three and a half": "3.5",
        "nought": "0",
        "a half": "0.5",
    },
    scales={
        "100": "hundred",
        "1000": "thousand",
        "1000000": "million",
        "1000000000": "billion",
        "1000000000000": "trillion",
        "12": "dozen",
    },
    short_scales={"1000": "k", "1000000": "m mn mln mio", "1000000000": "bn bln b"},
    articles="a an",
    indefinite="dozens hundreds thousands millions billions tens scores",
    joiners="and",
    half_after=("and a half",),
    before=phrases(
        (
            AT_LEAST,
            (
                "at least; no fewer than; not fewer than; no less than; not less than; a minimum of; minimum;"
                "at a minimum; as few as; a total of at least; at the very least"
            ),
        ),
        (
            MORE,
            (
                "more than; over; above; well over; just over; upwards of; in excess of; exceeds; exceeding; exceeded;"
                "exceed; surpassed; surpasses; beyond; greater than; bigger than"
            ),
        ),
        (
            ABOUT,
            (
                "about; around; approximately; roughly; some; circa; ca; approx; in the region of; somewhere around;"
                "in the order of; on the order of; more or less"
            ),
        ),
        (ESTIMATED, "estimated; an estimated; estimated at; estimates of; an estimate of"),
        (
            NEARLY,
            (
                "nearly; almost; close to; approaching; approached; just short of; not quite; near; virtually;"
                "practically; just about"
            ),
        ),
        (("nearly", "up_to"), "approach; could approach; may approach; might approach"),
        (
            UP_TO,
            (
                "up to; as many as; as much as; at most; no more than; not more than; a maximum of; maximum;"
                "could reach; may reach; might reach; can reach; could be as high as; as high as; not exceeding;"
                "could be up to; upward of up to; at the most"
            ),
        ),
        (FEWER, "fewer than; less than; under; below; short of"),
        (("fewer_than", "nearly"), "just under; slightly under; slightly less than; a little under; just below"),
        (
            EXACT,
            (
                "exactly; precisely; only; just; a total of; merely; the; all; these; those; a further; another;"
                "a confirmed; total"
            ),
        ),
    ),
    after=phrases(
        (("at_least", "more_than"), "or more; plus; and more; and counting; or higher; and over; and above"),
        (AT_LEAST, "at least; at a minimum; at the least"),
        (ABOUT, "or so; approximately; roughly; or thereabouts; give or take"),
        (UP_TO, "or fewer; or less; at most; at the most; maximum"),
        (NEARLY, "or nearly so"),
    ),
    topic=r"talk(?:s|ed|ing)?|information|reports?|reported|data|knows?|knew|knowledge|news|speaks?|spoke|speaking|told|"
    r"tells?|concerns?|concerned|questions?|details|stor(?:y|ies)|asked|heard|learne?[dt]|evidence|control|dispute|"
    r"sanctions|warrants?",
    topical="about over above under",
    between="between",
    between_and="and",
    ranges="to through till",
    change="rose risen rises grew grown grows increased increases jumped climbed fell fallen dropped declined decreased"
    " went gone raised expanded moved changed up down",
    year_before="in since by until during from to before after year of",
    year_after="",
    ordinal_suffix="st nd rd th",
    ratio="in",
    fractions=r"hal(?:f|ves)|thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|hundredths?",
    nouns={
        "child": r"child|kids?\b|minors?\b|orphan|teen|youth|youngster|boys?\b|girls?\b|infants?\b|bab(?:y|ies)\b|"
        r"pupil|schoolchild|adolescent|students?\b",
        "person": r"people|persons?\b|adult|resident|refugee|civilian|soldier|parents?\b|m[ae]n\b|wom[ae]n\b|famil|"
        r"citizen|official|guardian|relative|prisoner|hostage|troops?\b|veteran|individuals\b|americans?\b|"
        r"teachers?\b",
        "voter": r"deput(?:y|ies)\b|senators?\b|congressm|lawmakers?\b|members?\b|legislator|mps?\b|meps?\b",
        "place": r"camps?\b|facilit|institution|location|places?\b|sites?\b|cent(?:er|re)s?\b|schools?\b|orphanage|"
        r"hospital|buildings?\b|sanatori|reeducation\b",
        "state": r"countr|states?\b|nations?\b|governments?\b",
        "region": r"regions?\b|oblast|district|provinces?\b|cit(?:y|ies)\b|towns?\b|villages?\b",
        "case": r"cases?\b|instances?\b|incidents?\b|facts?\b|records?\b|entr(?:y|ies)\b|reports?\b|episodes?\b",
        "vote": r"votes?\b|abstention|ballots?\b",
        "act": r"warrants?\b|sanctions?\b|resolutions?\b|articles?\b|laws?\b|documents?\b",
        "time": r"years?\b|months?\b|weeks?\b|days?\b|hours?\b|minutes?\b|decades?\b",
        "length": r"miles?\b|km\b|kilomet|met(?:er|re)s?\b|feet\b",
        "money": r"dollars?\b|euros?\b|pounds?\b|hryvni|usd\b|eur\b|gbp\b|uah\b",
        "percent": r"percent|per\s*cent|pct\b",
    },
    stops="have has had were was are is be been being to from in at by for on and or who which that with into since as"
    " where when while but than than, per during under over aged",
)

GERMAN = Table(
    extra={
        "anderthalb": "1.5",
        "eineinhalb": "1.5",
        "zweieinhalb": "2.5",
        "dreieinhalb": "3.5",
        "eine halbe": "0.5",
        "zwo": "2",
        "einer halben": "0.5",
        "eins": "1",
        "ein": "1",
        "eine": "1",
        "einen": "1",
        "einem": "1",
        "einer": "1",
        "eines": "1",
        "beide": "2",
        "beiden": "2",
        "beider": "2",
    },
    inflected={"zwei": "zweier zweien", "drei": "dreier dreien"},
    scales={
        "100": "hundert",
        "1000": "tausend",
        "1000000": "million millionen",
        "12": "dutzend",
        "1000000000": "milliarde milliarden",
        "1000000000000": "billion billionen",
    },
    short_scales={"1000": "tsd", "1000000": "mio", "1000000000": "mrd"},
    bare_scales="hundert tausend",
    articles="ein eine einen einem einer eines",
    joiners="und",
    indefinite="dutzende dutzenden hunderte hunderten hunderter tausende tausenden tausender zehntausende"
    " zehntausenden hunderttausende hunderttausenden",
    before=phrases(
        (AT_LEAST, "mindestens; wenigstens; zumindest; nicht weniger als; minimal; allermindestens"),
        (
            MORE,
            (
                "mehr als; über; gut; weit über; weit mehr als; knapp über; deutlich über; deutlich mehr als;"
                "überstieg; übersteigt; oberhalb von"
            ),
        ),
        (ABOUT, "etwa; rund; circa; zirka; ca; ungefähr; gegen; in etwa; um die; schätzungsweise; an die"),
        (ESTIMATED, "geschätzt; geschätzte; geschätzten"),
        (NEARLY, "fast; beinahe; nahezu; knapp; annähernd; nicht ganz"),
        (UP_TO, "bis zu; höchstens; maximal; nicht mehr als; bis; könnte bis zu; allerhöchstens"),
        (FEWER, "weniger als; unter; nicht einmal; unterhalb von"),
        (EXACT, "genau; nur; exakt; insgesamt; lediglich; die; der; den; weitere; weiteren; alle; diese; bloß"),
    ),
    after=phrases(
        (("at_least", "more_than"), "oder mehr; und mehr; plus"),
        (ABOUT, "oder so; ungefähr"),
        (UP_TO, "oder weniger; höchstens"),
        (AT_LEAST, "mindestens"),
    ),
    topic=r"\w*bericht\w*|\w*inform\w*|sprech\w*|sprach\w*|weiß|wissen|angaben|daten|kontrolle|sanktionen",
    topical="über",
    between="zwischen",
    between_and="und",
    ranges="bis",
    change="stieg stiegen gestiegen wuchs gewachsen erhöhte erhöhten sank sanken gesunken fiel gefallen",
    year_before="in im jahr jahre jahren seit bis ab vor nach von anfang mitte ende",
    fractions="drittel|viertel|fünftel|sechstel|achtel|zehntel",
    nouns={
        "child": r"\w*kind(?:er|ern|es)?\b|minderjährig|jugendlich|waise|jungen\b|mädchen|säugling|schüler|teenager",
        "person": r"menschen\b|personen\b|person\b|erwachsene|flüchtling|zivilist|soldat|eltern\b|männer|frauen|"
        r"familie|bürger|bewohner|angehörige|geisel|gefangene",
        "voter": r"abgeordnete|senator|mitglied",
        "place": r"\w*lagern?\b|\w*einrichtung|\w*orten?\b|\w*orte\b|\w*standort|\w*zentr(?:um|en)|\w*schulen?\b|"
        r"\w*heimen?\b|\w*anstalt|\w*camps?\b",
        "state": r"ländern?\b|staat|nation|regierung",
        "region": r"region|gebiete?n?\b|bezirk|städten?\b|provinz",
        "case": r"fälle|fall\b|vorfälle|vorfall|tatsache|einträge|berichte",
        "vote": r"stimmen\b|stimme\b|enthaltung",
        "act": r"haftbefehl|sanktion|resolution|artikel",
        "time": r"jahr|monat|wochen?\b|tage?n?\b|stunde|minute|jährig",
        "length": r"kilometer|km\b|meilen?\b|metern?\b",
        "money": r"euro|dollar|hrywn|griwn|pfund",
        "percent": r"prozent",
    },
    stops="hat haben hatte hatten war waren ist sind wurde wurden worden sei seien nach in aus an am bei von vom mit"
    " und oder die der das dass als im seit während auf wo zu zur zum für",
)

FRENCH = Table(
    extra={
        "soixante et dix": "70",
        "demi": "0.5",
        "septante": "70",
        "huitante": "80",
        "nonante": "90",
        "octante": "80",
        "vingt un": "21",
    },
    inflected={"un": "une"},
    endings={"vingts": "vingt", "cents": "cent"},
    scales={"1000": "mille", "1000000": "million millions", "1000000000": "milliard milliards"},
    short_scales={"1000000": "mio mln", "1000000000": "md mds mrd"},
    bare_scales="mille",
    articles="un une",
    indefinite="dizaines centaines milliers douzaines vingtaines plusieurs quelques",
    approximate={
        "10": "dizaine",
        "15": "quinzaine",
        "20": "vingtaine",
        "30": "trentaine",
        "40": "quarantaine",
        "50": "cinquantaine",
        "60": "soixantaine",
        "100": "centaine",
        "1000": "millier",
    },
    joiners="et",
    half_after=("et demi", "et demie"),
    before=phrases(
        (AT_LEAST, "au moins; pas moins de; au minimum; un minimum de; à tout le moins; minimum"),
        (
            MORE,
            (
                "plus de; plus d; au-delà de; bien plus de; dépasse; dépassé; dépassait; supérieur à; excède;"
                "un peu plus de; bien plus d"
            ),
        ),
        (ABOUT, "environ; quelque; autour de; à peu près; approximativement; aux alentours de; près environ; vers"),
        (ESTIMATED, "estimé à; estimés à; estimée à; estimées à; on estime à; une estimation de"),
        (NEARLY, "près de; presque; près d; pas loin de; quasiment; bientôt; proche de"),
        (
            UP_TO,
            (
                "jusqu'à; jusqu à; au plus; tout au plus; au maximum; un maximum de; pas plus de; pourrait atteindre;"
                "pourraient atteindre; jusque"
            ),
        ),
        (FEWER, "moins de; moins d; inférieur à; à peine moins de"),
        (
            EXACT,
            (
                "exactement; précisément; seulement; un total de; total de; les; des; ces; que; seuls; autres;"
                "quelques autres"
            ),
        ),
    ),
    after=phrases(
        (("at_least", "more_than"), "ou plus; et plus; ou davantage"),
        (ABOUT, "environ; à peu près"),
        (AT_LEAST, "au moins; au minimum"),
        (UP_TO, "au plus; au maximum; tout au plus; ou moins"),
    ),
    between="entre",
    between_and="et",
    ranges="à",
    change="passé passée passés passées passe augmenté grimpé baissé chuté progressé reculé",
    year_before="en depuis année avant après de fin début mi jusqu dès l",
    ordinal_suffix="er re e ème ième ère",
    fractions="tiers|quarts?|cinquièmes?|sixièmes?|huitièmes?|dixièmes?",
    nouns={
        "child": r"enfant|mineur|orphelin|adolescent|jeunes?\b|garçon|filles?\b|bébé|nourrisson|élève",
        "person": r"personne|adulte|réfugié|habitant|civil|soldat|parents?\b|hommes?\b|femmes?\b|famille|citoyen|"
        r"prisonnier|otage|responsable",
        "voter": r"député|sénateur|membre|parlementaire",
        "place": r"camps?\b|établissement|institution|lieux?\b|sites?\b|centres?\b|écoles?\b|orphelinat|emplacement|"
        r"endroit",
        "state": r"pays\b|états?\b|nations?\b|gouvernement",
        "region": r"région|oblast|villes?\b|villages?\b|district|province",
        "case": r"cas\b|faits?\b|incident|dossier|signalement|épisode",
        "vote": r"voix\b|votes?\b|suffrage|abstention",
        "act": r"mandats?\b|sanction|résolution|articles?\b|lois?\b",
        "time": r"ans?\b|année|mois\b|semaine|jours?\b|heures?\b|minute",
        "length": r"kilomètre|km\b|mètre|miles?\b",
        "money": r"euros?\b|dollars?\b|hryvnia|livres?\b",
        "percent": r"pour\s?cent|pourcent",
    },
    stops="ont a avait avaient été est sont était étaient dans en à au aux par pour sur et ou qui que dont depuis avec"
    " où vers sous lors soit",
)

POLISH = Table(
    extra={
        "półtora": "1.5",
        "półtorej": "1.5",
        "pół": "0.5",
        "dwa i pół": "2.5",
        "dwóch i pół": "2.5",
        "pół tora": "1.5",
        "trzy i pół": "3.5",
    },
    inflected={
        "zero": "zera zer zerem",
        "jeden": "jedna jedno jednego jednemu jednym jednej jedną jedne jednych jednymi",
        "dwa": "dwie dwaj dwóch dwu dwom dwoma dwiema dwoje dwojga dwojgu dwojgiem",
        "trzy": "trzej trzech trzem trzema troje trojga trojgu",
        "cztery": "czterej czterech czterem czterema czworo czworga czworgu",
        "pięć": "pięciu pięcioma pięcioro pięciorga",
        "sześć": "sześciu sześcioma sześcioro sześciorga",
        "siedem": "siedmiu siedmioma siedmioro siedmiorga",
        "osiem": "ośmiu ośmioma ośmioro ośmiorga",
        "dziewięć": "dziewięciu dziewięcioma dziewięcioro dziewięciorga",
        "dziesięć": "dziesięciu dziesięcioma dziesięcioro dziesięciorga",
        "jedenaście": "jedenastu jedenaścioro jedenastoma",
        "dwanaście": "dwunastu dwanaścioro dwunastoma",
        "trzynaście": "trzynastu trzynaścioro trzynastoma",
        "czternaście": "czternastu czternaścioro czternastoma",
        "piętnaście": "piętnastu piętnaścioro piętnastoma",
        "szesnaście": "szesnastu szesnaścioro szesnastoma",
        "siedemnaście": "siedemnastu siedemnaścioro siedemnastoma",
        "osiemnaście": "osiemnastu osiemnaścioro osiemnastoma",
        "dziewiętnaście": "dziewiętnastu dziewiętnaścioro dziewiętnastoma",
        "dwadzieścia": "dwudziestu dwudziestoma dwadzieścioro",
        "trzydzieści": "trzydziestu trzydziestoma trzydzieścioro",
        "czterdzieści": "czterdziestu czterdziestoma czterdzieścioro",
        "pięćdziesiąt": "pięćdziesięciu pięćdziesięcioma",
        "sześćdziesiąt": "sześćdziesięciu sześćdziesięcioma",
        "siedemdziesiąt": "siedemdziesięciu siedemdziesięcioma",
        "osiemdziesiąt": "osiemdziesięciu osiemdziesięcioma",
        "dziewięćdziesiąt": "dziewięćdziesięciu dziewięćdziesięcioma",
        "sto": "stu stoma",
        "dwieście": "dwustu dwustoma",
        "trzysta": "trzystu trzystoma",
        "czterysta": "czterystu czterystoma",
        "pięćset": "pięciuset",
        "sześćset": "sześciuset",
        "siedemset": "siedmiuset",
        "osiemset": "ośmiuset",
        "dziewięćset": "dziewięciuset",
    },
    scales={
        "1000": "tysiąc tysiące tysięcy tysiąca tysiącu tysiącem tysiącom tysiącami tysiącach",
        "1000000": "milion miliony milionów miliona milionowi milionem milionom milionami milionach",
        "1000000000": "miliard miliardy miliardów miliarda miliardem",
        "12": "tuzin tuziny tuzinów",
    },
    short_scales={"1000": "tys", "1000000": "mln", "1000000000": "mld"},
    bare_scales="tysiąc tysiąca tysiącem milion miliona milionem miliard miliarda",
    indefinite="dziesiątki dziesiątek dziesiątkom setki setek setkom kilka kilku kilkoro kilkanaście kilkunastu"
    " kilkadziesiąt kilkudziesięciu kilkaset kilkuset",
    before=phrases(
        (AT_LEAST, "co najmniej; przynajmniej; nie mniej niż; minimum; conajmniej; nie mniej jak"),
        (MORE, "ponad; więcej niż; przeszło; powyżej; znacznie ponad; przekracza; przekroczyła; przekroczyło"),
        (ABOUT, "około; ok; mniej więcej; w przybliżeniu; blisko około; z grubsza; jakieś; rzędu"),
        (ESTIMATED, "szacunkowo; szacowane na; szacowana na; szacuje się na"),
        (NEARLY, "prawie; niemal; blisko; niemalże; bez mała; nieomal"),
        (
            UP_TO,
            (
                "do; nawet do; maksymalnie; co najwyżej; najwyżej; nie więcej niż; aż do; może sięgać; maksimum;"
                "może wynosić nawet; nawet"
            ),
        ),
        (FEWER, "mniej niż; poniżej; niespełna; nie całe; niecałe; niecały"),
        (EXACT, "dokładnie; tylko; zaledwie; łącznie; jedynie; wszystkie; te; kolejne; kolejnych; aż; równo"),
    ),
    after=phrases((("at_least", "more_than"), "lub więcej; i więcej; albo więcej"), (UP_TO, "lub mniej")),
    motion=r"(?:przewi|wywi|wysł|trafi|deport|przekaz|przenie|wywoż|skierow|zabra|dołącz|przystąpi|należ)\w*",
    between="między pomiędzy",
    between_and="a",
    ranges="do",
    change="wzrosła wzrósł wzrosło wzrosły spadła spadł spadło zwiększyła zwiększyło zmniejszyła",
    year_before="w od do przed po roku rok latach lat",
    year_after="r roku rok",
    fractions="trzeci[ae]|trzecich|czwart[ae]|czwartych|piąt[ae]|piątych|dziesiąt[ae]",
    nouns={
        "child": r"dzie(?:ci|cko|cka|cku|ćmi|cię)|małoletni|nieletni|nastolat|sierot|niemowl|chłop(?:iec|c)|dziewczyn|"
        r"uczni",
        "person": r"os(?:ób|oby|oba|obom)\b|ludzi|uchodźc|mieszkańc|dorosł|żołnierz|rodzic|mężczyzn|kobiet|rodzin|"
        r"cywil|obywatel|zakładnik|urzędnik",
        "voter": r"senator|pos[łe]|deputowan|członk",
        "place": r"oboz|obóz|placów|ośrod|miejsc|instytucj|szkół|szkoł|lokalizacj|sierociń|obiekt",
        "state": r"państw|kraj|rząd|narod",
        "region": r"region|obwod|obwód|miast|województw|wsi\b",
        "case": r"przypad|spraw|incydent|fakt|zdarzeń|zgłosze",
        "vote": r"głos|wstrzym",
        "act": r"nakaz|sankcj|rezolucj|artykuł|ustaw",
        "time": r"lat\b|lata\b|rok|miesi|tygod|dni\b|dzień|godzin|minut",
        "length": r"kilometr|km\b|mil\b|metr",
        "money": r"euro|dolar|hrywn|złot|funt",
        "percent": r"procent",
    },
    stops="ma mają został została zostało zostały jest są był była było były w z ze na po i lub oraz który które którzy"
    " której do od przez dla przy za o się",
)

UKRAINIAN = Table(
    apostrophe_in_words=True,
    cases="genitive dative instrumental locative",
    extra={
        "півтора": "1.5",
        "півтори": "1.5",
        "пів": "0.5",
        "півмільйона": "500000",
        "півтисячі": "500",
        "два з половиною": "2.5",
        "дві з половиною": "2.5",
        "обидва": "2",
        "обидві": "2",
        "обоє": "2",
    },
    inflected={
        "один": "одна одне одні одного одному одним одній однієї одну однією одною одних одними",
        "два": "дві двоє двійко",
        "три": "троє",
        "чотири": "четверо",
        "п'ять": "п'ятеро п'ятьма п'ятьома",
        "шість": "шестеро шести шістьох",
        "сім": "семеро семи сімох",
        "вісім": "восьмеро восьми вісьмох",
        "дев'ять": "дев'ятеро дев'яти дев'ятьох",
        "десять": "десятеро десяти десятьох",
        "одинадцять": "одинадцятеро одинадцяти",
        "дванадцять": "дванадцятеро дванадцяти",
        "тринадцять": "тринадцятеро тринадцяти",
        "чотирнадцять": "чотирнадцятеро чотирнадцяти",
        "п'ятнадцять": "п'ятнадцятеро п'ятнадцяти",
        "шістнадцять": "шістнадцятеро шістнадцяти",
        "сімнадцять": "сімнадцятеро сімнадцяти",
        "вісімнадцять": "вісімнадцятеро вісімнадцяти",
        "дев'ятнадцять": "дев'ятнадцятеро дев'ятнадцяти",
        "двадцять": "двадцятеро двадцяти двадцятьох",
        "тридцять": "тридцятеро тридцяти тридцятьох",
        "п'ятдесят": "п'ятдесяти п'ятдесятьох",
        "шістдесят": "шістдесяти шістдесятьох",
        "сімдесят": "сімдесяти сімдесятьох",
        "вісімдесят": "вісімдесяти вісімдесятьох",
        "сорок": "сорока",
        "дев'яносто": "дев'яноста",
        "сто": "ста",
    },
    scales={
        "1000": "тисяча тисячі тисяч тисячу тисячею тисячам тисячами тисячах",
        "1000000": "мільйон мільйони мільйонів мільйона мільйону мільйоном мільйонам мільйонами мільйонах",
        "1000000000": "мільярд мільярди мільярдів мільярда мільярдом",
        "12": "дюжина дюжини дюжин",
    },
    short_scales={"1000": "тис", "1000000": "млн", "1000000000": "млрд"},
    bare_scales="тисяча тисячу тисячею мільйон мільйона мільйоном мільярд",
    indefinite="десятки десятків десяткам десятками сотні сотень сотням сотнями кілька кількох декілька декількох"
    " кільканадцять кількадесят кількасот",
    before=phrases(
        (
            AT_LEAST,
            (
                "щонайменше; принаймні; не менше ніж; не менше; не менш як; не менш ніж; як мінімум; мінімум;"
                "що найменше; не менше як"
            ),
        ),
        (MORE, "понад; більше ніж; більш ніж; більше; більш як; більше як; перевищує; перевищила; перевищило; поверх"),
        (
            ABOUT,
            (
                "близько; приблизно; орієнтовно; біля; десь; коло; орієнтовна кількість; порядку; приблизна кількість;"
                "десь близько; в районі"
            ),
        ),
        (ESTIMATED, "за оцінками; оцінюється в; оціночно"),
        (NEARLY, "майже; мало не; без малого; ледь не"),
        (
            UP_TO,
            (
                "до; аж до; щонайбільше; не більше ніж; не більше; максимум; максимально; не більш як; може сягати;"
                "може досягати; може становити до; може сягнути"
            ),
        ),
        (FEWER, "менше ніж; менш ніж; менше; менш як; нижче; менше як"),
        (EXACT, "рівно; точно; лише; тільки; загалом; всього; усього; ще; усі; всі; ці; саме"),
    ),
    after=phrases((("at_least", "more_than"), "або більше; чи більше; і більше; та більше"), (UP_TO, "або менше")),
    motion=r"(?:вивез|вивоз|переда|депорт|переміщ|переміст|відправ|розподіл|потрап|доправ|перевез|приєдна|входять|"
    r"приїха|доєдна)\w*",
    between="між",
    between_and="та і й",
    ranges="до",
    change="зросла зросло зріс зросли збільшилася збільшилась збільшилося зменшилася знизилася впала",
    year_before="у в з від до після протягом упродовж року рік років",
    year_after="року рік році р роком років рр",
    ordinal_suffix="й го му м ма та ти х",
    fractions="трет(?:ина|ини|ин|і|іх)|чверт(?:ь|і|ей)|п'ят(?:а|і|их)|десят(?:а|і|их)",
    nouns={
        "child": r"діт(?:и|ей|ям|ьми|ях)|дитин|дитя|малят|неповнолітн|малолітн|підліт|сир[оі]т|немовл|хлопч|дівч|учн|"
        r"школяр",
        "person": r"люд(?:ей|и|ям|ьми|ина|ини)|ос(?:іб|оби|оба|обам)\b|біжен|мешкан|жител|доросл|солдат|"
        r"військов|батьк|чоловік|жін(?:ка|ок|ки)|родин|сім(?:ей|'ї|'ям)|цивільн|громадян|заручник|"
        r"полонен|посадов",
        "voter": r"депутат|нардеп|сенатор|член",
        "place": r"таб[оі]р|заклад|установ|місц(?:ь|я|ях|е)\b|локаці|центр|шк[оі]л|об'єкт",
        "state": r"країн|держав|уряд|націй",
        "region": r"регіон|област|міст|район|сел[аі]?\b|громад",
        "case": r"випад|факт|справ|запис|інцидент|епізод|злочин",
        "vote": r"голос|утримал",
        "act": r"ордер|санкці|резолюці|статт|закон|указ",
        "time": r"рок(?:и|ів|у|ами)?\b|рік\b|місяц|тижн|дні|днів|день|годин|хвилин",
        "length": r"кілометр|км\b|миль|метр",
        "money": r"євро|долар|гривен|гривн|фунт|грн",
        "percent": r"відсот|процент",
    },
    stops="має мають був була було були є у в з із на по і й та або чи який які якого яких до від через для при за про"
    " під що вже ж",
)

RUSSIAN = Table(
    cases="g d i p",
    extra={"полтора": "1.5", "полторы": "1.5", "пол": "0.5", "оба": "2", "обе": "2"},
    inflected={
        "один": "одна одно одни одного одному одним одной одну одних",
        "два": "две двое",
        "три": "трое",
        "четыре": "четверо",
        "пять": "пятеро",
        "шесть": "шестеро",
        "семь": "семеро",
        "восемь": "восьмеро",
        "девять": "девятеро",
        "десять": "десятеро",
    },
    scales={
        "1000": "тысяча тысячи тысяч тысячу тысячей тысячам тысячами тысячах",
        "1000000": "миллион миллионы миллионов миллиона миллиону миллионом миллионам",
        "1000000000": "миллиард миллиарды миллиардов миллиарда",
    },
    short_scales={"1000": "тыс", "1000000": "млн", "1000000000": "млрд"},
    bare_scales="тысяча тысячу миллион миллиона",
    indefinite="десятки десятков сотни сотен несколько нескольких",
    before=phrases(
        (AT_LEAST, "по меньшей мере; как минимум; не менее; не меньше; минимум; не менее чем"),
        (MORE, "более; свыше; больше; более чем; больше чем; превышает; превысило"),
        (ABOUT, "около; примерно; приблизительно; порядка; ориентировочно"),
        (NEARLY, "почти; едва не; без малого"),
        (UP_TO, "до; вплоть до; максимум; не более; не более чем; не больше"),
        (FEWER, "менее; меньше; менее чем; меньше чем"),
        (EXACT, "ровно; только; лишь; всего; ещё; еще; все; эти"),
    ),
    motion=r"(?:вывез|переда|депорт|перемещ|отправ|направ|достав)\w*",
    between="между",
    between_and="и",
    ranges="до",
    year_before="в с до после года год",
    year_after="года год году г годов",
    ordinal_suffix="й го му м я е х",
    nouns={
        "child": r"дет(?:ей|и|ям|ьми)|ребен|ребён|несовершеннолет|подрост|сирот|школьник",
        "person": r"люд(?:ей|и)|человек|беженц|жител|взросл|солдат|родител|семей|семь|граждан",
        "voter": r"депутат|нардеп|сенатор|член",
        "place": r"лагер|учрежден|мест|центр|школ|объект",
        "state": r"стран|государств",
        "region": r"регион|област|город",
        "case": r"случа|факт|дел|запис",
        "vote": r"голос",
        "time": r"лет\b|год|месяц|недел|дней|дня\b|час",
        "length": r"километр|км\b|миль|метр",
        "money": r"евро|доллар|рубл|гривен",
        "percent": r"процент",
    },
    stops="в с на и или был была было были есть из по который которые до от через для при за о под что уже",
)

SPANISH = Table(
    inflected={
        "uno": "un una",
        "veintiuno": "veintiún veintiun veintiuna",
        **{
            f"{hundreds}os": f"{hundreds}as"
            for hundreds in ["doscient", "trescient", "cuatrocient", "quinient", "seiscient", "setecient",
                             "ochocient", "novecient"]
        },
    },
    extra={"medio": "0.5"},
    scales={"1000": "mil", "1000000": "millón millones"},
    bare_scales="mil",
    articles="un una",
    indefinite="decenas cientos centenares miles millares docenas",
    approximate={
        "10": "decena",
        "12": "docena",
        "15": "quincena",
        "20": "veintena",
        "30": "treintena",
        "40": "cuarentena",
        "50": "cincuentena",
        "100": "centenar",
        "1000": "millar",
    },
    joiners="y",
    half_after=("y medio",),
    before=phrases(
        (AT_LEAST, "al menos; por lo menos; como mínimo; no menos de; un mínimo de; mínimo"),
        (
            MORE,
            ("más de; más de los; más de las; supera los; supera las; superan los; superan las; supera; superan;"
             "superior a; por encima de; por encima de los; sobrepasa los; sobrepasan los"),
        ),
        (
            ABOUT,
            ("unos; unas; alrededor de; cerca de los; cerca de las; aproximadamente; en torno a; en torno a los;"
             "en torno a las; más o menos"),
        ),
        (NEARLY, "casi; cerca de; prácticamente"),
        (UP_TO, "hasta; como máximo; no más de; un máximo de; máximo"),
        (FEWER, "menos de; menos de los; inferior a; por debajo de"),
        (EXACT, "exactamente; solo; sólo; solamente; únicamente; los; las; estos; estas; esos; esas; otros; otras"),
    ),
    after=phrases(
        (("at_least", "more_than"), "o más; y más"),
        (ABOUT, "aproximadamente; más o menos"),
        (AT_LEAST, "como mínimo; al menos; por lo menos"),
        (UP_TO, "como máximo; o menos"),
    ),
    between="entre",
    between_and="y",
    ranges="a",
    change="pasó pasaron pasado pasa pasan aumentó aumentaron subió subieron creció bajó bajaron descendió cayó",
    year_before="en desde de año hasta del",
    ordinal_suffix="º ª",
    fractions="tercios?|cuartos?|quintos?|sextos?|séptimos?|octavos?|novenos?|décimos?",
    ratio="cada",
    nouns={
        "child": r"niñ|menor(?:es)?\b|huérfan|adolescent|chic[oa]s?\b|bebé|alumn|escolar",
        "person": r"persona|adult|refugiad|habitante|soldado|famili|civil|ciudadan|hombre|mujer|padres?\b|madres?\b|"
        r"funcionari|rehén|rehenes|prisioner",
        "voter": r"diputad|senador|miembro|parlamentari",
        "place": r"campament|centro|instituci|lugar|campos?\b|escuela|colegio|orfanato|instalaci|establecimiento",
        "state": r"país|países|estados?\b|gobierno|nacion",
        "region": r"región|regiones|provincia|ciudad|pueblo|municipio|aldea",
        "case": r"casos?\b|hechos?\b|expediente|incidente|episodio",
        "vote": r"votos?\b|abstenci",
        "act": r"sanción|sanciones|resoluci|órden|orden|artículo|ley(?:es)?\b",
        "time": r"años?\b|mes|semana|días?\b",
        "length": r"kilómetro|km\b|millas",
        "money": r"euro|dólar",
        "percent": r"por\s?ciento",
    },
    stops="ha han había habían hay fueron fue es son era eran está están en a al por para con y e o u que desde donde"
    " según sobre cuando como",
)

ITALIAN = Table(
    # num2words has the accent now here, now there: "ventitré", "centoventitre".
    respelled={"tré": "tre", "itre": "itré", "atre": "atré", "otre": "otré"},
    inflected={
        "uno": "un una",
        **{
            f"{tens}uno": f"{tens}un {tens}una"
            for tens in ["vent", "trent", "quarant", "cinquant", "sessant", "settant", "ottant", "novant"]
        },
    },
    extra={"mezzo": "0.5", "tré": "3"},
    scales={"1000": "mila mille", "1000000": "milione milioni", "1000000000": "miliardo miliardi"},
    bare_scales="mille",
    articles="un una",
    indefinite="decine centinaia migliaia dozzine ventine",
    approximate={
        "10": "decina",
        "12": "dozzina",
        "15": "quindicina",
        "20": "ventina",
        "30": "trentina",
        "40": "quarantina",
        "50": "cinquantina",
        "60": "sessantina",
        "100": "centinaio",
        "1000": "migliaio",
    },
    joiners="e",
    half_after=("e mezzo",),
    before=phrases(
        (
            AT_LEAST,
            "almeno; come minimo; non meno di; quanto meno; quantomeno; perlomeno; per lo meno; un minimo di; minimo",
        ),
        (
            MORE,
            ("più di; oltre; oltre i; oltre le; ben oltre; supera i; supera le; superano i; superano le;"
             "supera; superano; superiore a; superiori a; al di sopra di; più dei; più delle"),
        ),
        (
            ABOUT,
            ("circa; intorno a; intorno ai; intorno alle; attorno a; attorno ai; all'incirca; pressappoco; più o meno;"
             "approssimativamente"),
        ),
        (NEARLY, "quasi; vicino a; vicino ai; poco meno di"),
        (UP_TO, "fino a; al massimo; non più di; un massimo di; tutt'al più"),
        (FEWER, "meno di; meno dei; meno delle; inferiore a; inferiori a; al di sotto di"),
        (
            EXACT,
            "esattamente; solo; soltanto; solamente; altre; altri; i; gli; le; questi; queste; quei; quelle; dei",
        ),
    ),
    after=phrases(
        (("at_least", "more_than"), "o più; e più; e oltre"),
        (ABOUT, "circa; all'incirca; più o meno"),
        (AT_LEAST, "almeno; come minimo"),
        (UP_TO, "al massimo; o meno"),
    ),
    between="tra fra",
    between_and="e",
    ranges="a",
    change="passato passata passati passate passa passano aumentato aumentata salito salita sceso scesa calato calata"
    " cresciuto",
    year_before="nel dal del dell anno al fino",
    ordinal_suffix="º ª",
    fractions="terz[oi]|quart[oi]|quint[oi]|sest[oi]|settim[oi]|ottav[oi]|non[oi]|decim[oi]",
    ratio="su",
    nouns={
        "child": r"bambin|bimb|minor[ei]\b|minorenn|orfan|ragazz|adolescent|neonat|alunn|scolar",
        "person": r"person|adult|rifugiat|famigli|soldat|civil[ei]\b|cittadin|abitant|uomin|donn[ae]|genitor|"
        r"madr[ei]\b|padr[ei]\b|funzionar|ostagg|prigionier",
        "voter": r"deputat|senator|senatric|membr[oi]\b|parlamentar",
        "place": r"camp[oi]\b|struttur|istitut|luogh|luogo|centr|scuol|orfanotrofi|sed[ei]\b",
        "state": r"paes[ei]\b|stat[oi]\b|govern|nazion",
        "region": r"region[ei]\b|provinc|città|villagg|comun[ei]\b",
        "case": r"cas[oi]\b|fatt[oi]\b|fascicol|episodi|incident",
        "vote": r"vot[oi]\b|astension|astenut",
        "act": r"sanzion|risoluzion|mandat|articol|legg[ei]\b",
        "time": r"ann[oi]\b|mes[ei]\b|settiman|giorn|or[ae]\b",
        "length": r"chilometr|km\b|migli[ao]\b",
        "money": r"euro\b|dollar",
        "percent": r"per\s?cento",
    },
    stops="ha hanno aveva avevano sono è era erano furono fu in a ai alle per con e ed o che da dai dalle nel nella "
          "nei dal"
    " dove su secondo quando come",
)

DUTCH = Table(
    respelled={"één": "een"},
    extra={
        "anderhalf": "1.5",
        "anderhalve": "1.5",
        "tweeënhalf": "2.5",
        "tweeëneenhalf": "2.5",
        "drieënhalf": "3.5",
        "een half": "0.5",
        "een halve": "0.5",
        "een": "1",
        "beide": "2",
        "allebei": "2",
    },
    inflected={"twee": "tweeën", "drie": "drieën", "vier": "vieren", "vijf": "vijven", "zes": "zessen"},
    scales={
        "100": "honderd",
        "1000": "duizend",
        "1000000": "miljoen",
        "1000000000": "miljard",
        "1000000000000": "biljoen",
        "12": "dozijn",
    },
    short_scales={"1000000": "mln mio", "1000000000": "mld mrd"},
    bare_scales="honderd duizend",
    articles="een",
    indefinite="tientallen honderden duizenden tienduizenden honderdduizenden miljoenen miljarden dozijnen",
    joiners="en",
    before=phrases(
        (
            AT_LEAST,
            "minstens; ten minste; tenminste; op zijn minst; op z'n minst; minimaal; niet minder dan; zeker",
        ),
        (
            MORE,
            (
                "meer dan; ruim; veel meer dan; beduidend meer dan; iets meer dan; overschrijdt; overschreed;"
                "hoger dan; groter dan"
            ),
        ),
        (("more_than", "exact"), "boven; boven de"),
        (
            ABOUT,
            (
                "ongeveer; circa; ca; rond de; rond; zo'n; omstreeks; om en nabij; om en nabij de; om en bij de;"
                "in de orde van; naar schatting; plusminus; pakweg"
            ),
        ),
        (ESTIMATED, "geschat; geschatte; geschat op"),
        (NEARLY, "bijna; haast; vrijwel; nagenoeg; een kleine; tegen de; dicht bij de"),
        (
            UP_TO,
            (
                "tot; tot wel; tot aan; hoogstens; maximaal; niet meer dan; hooguit; ten hoogste; op zijn hoogst; "
                "wel tot;"
                "kan oplopen tot; mogelijk tot"
            ),
        ),
        (FEWER, "minder dan; nog geen; lager dan; krap"),
        (("fewer_than", "exact"), "onder; onder de"),
        (
            EXACT,
            (
                "precies; exact; slechts; maar; alleen; alle; de; het; deze; die; in totaal; nog eens; nog; andere;"
                "enkel; welgeteld"
            ),
        ),
    ),
    after=phrases(
        (("at_least", "more_than"), "of meer; en meer; of hoger; plus"),
        (ABOUT, "of zo; ongeveer; om en nabij"),
        (UP_TO, "of minder; hoogstens; maximaal"),
        (AT_LEAST, "minstens; ten minste; minimaal"),
    ),
    motion=r"(?:gestegen|stijg|steeg|stegen|toegenomen|gegroei|groei|gedaal|daal|afgenomen|opgelopen|verhoog|verlaag|"
    r"beperk|behoor|behoren|veroordeel|uitgebreid|teruggebracht)\w*",
    between="tussen",
    between_and="en",
    ranges="tot",
    change="steeg stegen gestegen groeide groeiden gegroeid nam namen toegenomen daalde daalden gedaald zakte gezakt"
    " afgenomen verhoogd verlaagd opgelopen liep liepen",
    year_before="in sinds jaar jaren tot vanaf van na voor uit begin eind midden medio zomer herfst winter lente najaar"
    " voorjaar en",
    ordinal_suffix="e de ste",
    ratio="op",
    fractions="derden?|kwart(?:en)?|vierden?|vijfden?|zesden?|achtsten?|tienden?",
    nouns={
        "child": r"\w*kind(?:eren|jes?|s)?\b|kinder(?!tehui|kamp|huiz)|minderjarig|wees\b|wezen\b|weeskind|jongeren\b|"
        r"jongens?\b|jongetje|meisje|tiener|baby|zuigeling|leerling|scholier",
        "person": r"mensen\b|personen\b|persoon\b|volwassen|vluchteling|burgers?\b|soldaten\b|militair|ouders?\b|"
        r"mannen\b|man\b|vrouwen\b|vrouw\b|famili|gezin|inwoner|functionaris|gijzelaar|gevangene|nabestaande",
        "voter": r"kamerleden\b|kamerlid\b|leden\b|lid\b|senator|afgevaardigde|parlementari|parlementsl|volksvertegenw",
        "place": r"\w*kamp(?:en)?\b|instelling|locatie|plaats(?:en)?\b|plek|centr|\w*scho(?:ol|len)\b|\w*tehui|weeshui|"
        r"gebouw|internaat|internaten|sanatori|faciliteit|kinderhuiz",
        "state": r"landen\b|land\b|lidsta|staten\b|regering",
        "region": r"regio|oblast|stad\b|steden\b|dorp|provincie|gebied|gemeente|district",
        "case": r"geval|feit|zaak\b|zaken\b|incident|melding|dossier|voorval",
        "vote": r"stem(?:men)?\b|onthouding",
        "act": r"arrestatiebevel|aanhoudingsbevel|sanctie|resolutie|artikel|wet(?:ten)?\b",
        "time": r"jaar|jaren|jarig|maand|week\b|weken\b|dag|uur\b|uren\b|minu",
        "length": r"kilometer|km\b|mijl|meter",
        "money": r"euro|dollar|hryvn|grivn|pond",
        "percent": r"procent",
    },
    stops="heeft hebben had hadden was waren is zijn wordt worden werd werden in op aan bij van met en of die dat "
    "naar uit"
    " door om te als dan toen waar volgens over tijdens",
)

SWEDISH = Table(
    respelled={"förtio": "fyrtio", "etthundra": "hundra"},
    extra={
        "en": "1",
        "halvannan": "1.5",
        "en och en halv": "1.5",
        "ett och ett halvt": "1.5",
        "två och en halv": "2.5",
        "tre och en halv": "3.5",
        "en halv": "0.5",
        "ett halvt": "0.5",
        "båda": "2",
        "bägge": "2",
    },
    inflected={
        "tjugoett": "tjugoen",
        "trettioett": "trettioen",
        "fyrtioett": "fyrtioen",
        "femtioett": "femtioen",
        "sextioett": "sextioen",
        "sjuttioett": "sjuttioen",
        "åttioett": "åttioen",
        "nittioett": "nittioen",
    },
    scales={
        "100": "hundra",
        "1000": "tusen",
        "1000000": "miljon miljoner",
        "1000000000": "miljard miljarder",
        "1000000000000": "biljon biljoner",
        "12": "dussin",
    },
    short_scales={"1000": "tn", "1000000": "mn milj mnkr", "1000000000": "md mdr"},
    bare_scales="hundra tusen",
    articles="en ett",
    indefinite="tiotal tiotals hundratal hundratals tusental tusentals tiotusentals hundratusentals miljontals "
    "dussintals"
    " flertal",
    before=phrases(
        (AT_LEAST, "minst; åtminstone; inte mindre än; inte färre än; ej mindre än; lägst; allra minst; som minst"),
        (
            MORE,
            (
                "mer än; mera än; fler än; flera än; drygt; långt över; betydligt fler än; betydligt mer än; "
                "överstiger;"
                "översteg; större än; lite mer än; strax över; över; gott och väl"
            ),
        ),
        (
            ABOUT,
            (
                "omkring; cirka; ca; ungefär; runt; kring; i storleksordningen; uppskattningsvis; ungefärligen;"
                "någonstans kring"
            ),
        ),
        (ESTIMATED, "uppskattade; uppskattat; uppskattas till; uppskattades till"),
        (NEARLY, "nästan; närmare; nära; inemot; bortåt; snudd på; praktiskt taget"),
        (("fewer_than", "nearly"), "knappt; strax under"),
        (
            UP_TO,
            (
                "upp till; högst; som mest; maximalt; inte mer än; inte fler än; ända upp till; så många som; allra "
                "högst;"
                "kan uppgå till; kan vara upp till; uppemot"
            ),
        ),
        (FEWER, "färre än; mindre än; lägre än"),
        (("fewer_than", "exact"), "under"),
        (
            EXACT,
            (
                "exakt; precis; bara; endast; enbart; totalt; sammanlagt; de; alla; dessa; ytterligare; blott; "
                "samtliga;"
                "andra; det; den"
            ),
        ),
    ),
    after=phrases(
        (("at_least", "more_than"), "eller fler; eller flera; eller mer; och fler; plus"),
        (ABOUT, "eller så; ungefär; cirka"),
        (UP_TO, "eller färre; eller mindre; som mest; högst"),
        (AT_LEAST, "minst; åtminstone"),
    ),
    topic=r"\w*list\w*|\w*regist\w*|\w*förteckning\w*|översikt\w*|statistik\w*|kontroll\w*|kart[ao]\w*|\w*uppgift\w*|"
    r"sorg\w*|sammanställning\w*|makt\w*|databas\w*|beslut\w*|frågor\w*|uppgifter\w*|information\w*|utredning\w*",
    topical="över kring runt",
    between="mellan",
    between_and="och",
    ranges="till",
    change="steg stigit ökade ökat växte vuxit sjönk sjunkit minskade minskat föll fallit gick gått höjdes sänktes",
    year_before="år åren i sedan under från till före efter fram innan våren sommaren hösten vintern början slutet"
    " mitten av och",
    ordinal_suffix="a e",
    ratio="av",
    fractions="(?:tre|fjärde|fem|sjätte|sjunde|åtton|nion|tion|hundra)\\w*del(?:ar|en|arna)?",
    nouns={
        "child": r"\w*barn(?:en|ens|s)?\b|barn(?!hem|läger|koloni|bok)|minderårig|ungdom|tonåring|poj[kc]|flick|"
        r"föräldralös|elev(?:er)?\b|bebis",
        "person": r"människ|person(?:er|erna)?\b|vuxn|flykting|civil|soldat|förälder|föräldr|kvinn|män\b|männen\b|"
        r"familj|invånar|medborgar|anhörig|fång(?:ar|e)|gisslan|tjänstem",
        "voter": r"\w*ledam[oö]t|senator|medlem|parlamentarik",
        "place": r"\w*läg(?:er|ret|ren)\b|anläggning|inrättning|institution|plats(?:er|erna)?\b|\w*skol(?:a|or|orna)\b|"
        r"barnhem|\w*center\b|\w*centr(?:um|a)\b|sjukhus|sanatori|internat",
        "state": r"länder\b|land\b|stat(?:er)?\b|medlemsst|regering|nation(?:er)?\b",
        "region": r"region|område|oblast|städer\b|stad\b|byar\b|by\b|kommun|distrikt|provins|län\b",
        "case": r"fall(?:en|et)?\b|ärende|händelse|fakta\b|incident|anmälning|rapport|post(?:er)\b",
        "vote": r"röst(?:er)?\b",
        "act": r"\w*häktning|arresteringso|sanktion|resolution|artik(?:el|lar)|lag(?:ar)?\b",
        "time": r"år\b|åren\b|årig|åring|månad|veck|dag(?:ar|arna)?\b|dygn|timm|minut",
        "length": r"kilometer|km\b|mil\b|meter",
        "money": r"kron(?:or|a)\b|euro|dollar|hryvn|pund",
        "percent": r"procent",
    },
    stops="har hade är var blev blir i på av från till med eller som att det sedan där när för om vid mot hos än men"
    " enligt och genom inte",
)

_CZECH_UNITS = ["jedna", "dva", "tři", "čtyři", "pět", "šest", "sedm", "osm", "devět"]
_CZECH_TEENS = [
    "deset", "jedenáct", "dvanáct", "třináct", "čtrnáct", "patnáct", "šestnáct", "sedmnáct", "osmnáct", "devatenáct",
]
_CZECH_TENS = ["dvacet", "třicet", "čtyřicet", "padesát", "šedesát", "sedmdesát", "osmdesát", "devadesát"]


def _czech_pairs() -> dict[str, int]:
    """Write "pětadvacet" for 25: units before tens in one word, as Czech says them beside "dvacet pět"."""
    before = ["jedena", "dvaa", "třia", "čtyřia", "pěta", "šesta", "sedma", "osma", "devěta"]
    return {
        f"{before[unit - 1]}{word}": ten * 10 + unit
        for ten, word in enumerate(_CZECH_TENS, 2)
        for unit in range(1, 10)
    }


def _czech_hundreds() -> dict[str, int]:
    """Write "dvě stě třiačtyřicet", which num2words joins to "dvěstě"; "set" is the genitive of all of them.

    The numerals before "set" stand in their basic forms: the reader brings what it reads into these.
    """
    rests = {"": 0, **{word: number for number, word in enumerate((*_CZECH_UNITS, *_CZECH_TEENS), 1)}}
    for ten, word in enumerate(_CZECH_TENS, 2):
        rests |= {word: ten * 10} | {f"{word} {unit}": ten * 10 + number for number, unit in enumerate(_CZECH_UNITS, 1)}
    heads = {"dvě stě": 200, "tři sta": 300, "čtyři sta": 400}
    heads |= {f"{unit} set": number * 100 for number, unit in enumerate(_CZECH_UNITS, 1) if number > 1}
    found = {
        f"{head} {rest}".strip(): hundred + number
        for head, hundred in heads.items()
        for rest, number in {**rests, **_czech_pairs()}.items()
    }
    for number, unit in enumerate(_CZECH_UNITS[1:], 2):
        found |= {f"{unit} {case}": number * 100 for case in ("stům", "stech", "sty")}
    return found


CZECH = Table(
    extra={
        "půl": "0.5",
        "půldruhého": "1.5",
        "jeden a půl": "1.5",
        "jedna a půl": "1.5",
        "dva a půl": "2.5",
        "tři a půl": "3.5",
        **{words: str(number) for words, number in {**_czech_pairs(), **_czech_hundreds()}.items()},
    },
    inflected={
        "jedna": "jeden jedno jednoho jednomu jednom jedním jedné jednu",
        "dva": "dvě dvou dvěma dvojice dvojici dvojicí oba obě obou oběma",
        "tři": "tří třem třech třemi třema trojice trojici trojicí",
        "čtyři": "čtyř čtyřem čtyřech čtyřmi čtyřma čtveřice čtveřici čtveřicí",
        "pět": "pěti pětice pětici pěticí",
        "šest": "šesti šestice šestici",
        "sedm": "sedmi",
        "osm": "osmi",
        "devět": "devíti",
        "deset": "desíti deseti",
        "sto": "sta stu",
        **{word: f"{word}i" for word in _CZECH_TEENS[1:]},
        **{word: f"{word}i" for word in _CZECH_TENS},
        **{word: f"{word}i" for word in _czech_pairs()},
    },
    scales={
        "1000": "tisíc tisíce tisíci tisícem tisíců tisícům tisících",
        "1000000": "milion miliony milionů milionu milionem milionům milionech milión milióny miliónů miliónu",
        "1000000000": "miliarda miliardy miliard miliardu miliardou miliardám miliardách",
        "12": "tucet tucty tuctů tuctu",
    },
    short_scales={"1000": "tis", "1000000": "mil mio", "1000000000": "mld"},
    bare_scales="tisíc milion milionu milión miliardu",
    half_after=("a půl",),
    indefinite="desítky desítek desítkám desítkami stovky stovek stovkám stovkami desetitisíce desetitisíců statisíce"
    " statisíců několik několika",
    before=phrases(
        (
            AT_LEAST,
            "nejméně; alespoň; aspoň; přinejmenším; minimálně; minimum; ne méně než; nejmíň; nikoli méně než",
        ),
        (
            MORE,
            (
                "více než; víc než; přes; nad; více jak; víc jak; daleko přes; mnohem více než; přesahuje; přesáhl;"
                "přesáhla; přesáhlo; překročil; překročila; překročilo"
            ),
        ),
        (ABOUT, "asi; přibližně; zhruba; okolo; kolem; cca; cirka; řádově; plus minus"),
        (ESTIMATED, "odhadem; odhaduje se na; podle odhadu; odhadovaných"),
        (NEARLY, "téměř; skoro; bezmála; takřka; málem; blízko"),
        (
            UP_TO,
            (
                "až; nejvýše; nejvýš; nanejvýš; maximálně; nejvíce; nejvíc; ne více než; do; až do; může dosáhnout;"
                "může jít až o"
            ),
        ),
        (FEWER, "méně než; míň než; pod; méně jak"),
        (("fewer_than", "nearly"), "necelých; necelé; necelá; necelý; necelého"),
        (
            EXACT,
            "přesně; právě; pouze; jen; jenom; celkem; všech; všechny; všichni; těchto; těch; dalších; další; rovných",
        ),
    ),
    after=phrases(
        (("at_least", "more_than"), "a více; a víc; nebo více; či více"),
        (UP_TO, "nebo méně; či méně"),
        (ABOUT, "přibližně; zhruba"),
    ),
    motion=r"(?:převe|převá|odve|odvá|odvl|deport|posl|posí|přemís|přesun|zavle|doprav|přije|vrát|vrac|vstoup|zapoj|"
    r"předa|zařa|přistoup)\w*",
    between="mezi",
    between_and="a",
    ranges="do až",
    change="vzrostl vzrostla vzrostlo vzrostly stoupl stoupla stouplo stouply zvýšil zvýšila zvýšilo klesl klesla"
    " kleslo klesly snížil snížila snížilo",
    year_before="v ve od do před po roku rok roce letech let rokem na",
    year_after="r",
    fractions=r"třetin\w*|čtvrtin\w*|pětin\w*|šestin\w*|desetin\w*|setin\w*|polovin\w*",
    nouns={
        "child": r"dítě(?:te|ti|tem)?\b|dět(?:i|í|em|mi|ech)\b|nezletil|mladistv|sirot|kojen|batole|chlap(?:ec|c)|"
        r"dív[ek]|děvčat|děvče|žák|školák|teenager|dospívající",
        "person": r"lid(?:é|í|em|mi|ech)\b|osob(?:a|y|u|ou|ám|ami|ách)?\b|člověk|uprchlí|obyvatel|dospěl|voják|rodič|"
        r"muž|žen[ayu]?\b|rodin|"
        r"civilist|občan|rukojm|úřední|zajat",
        "voter": r"poslan(?:ec|c|kyn|kyň)|senátor|člen",
        "place": r"tábo|zaříz|ústav(?:y|ů|u|ech|ům)?\b|míst(?:o|a|ě|ech|ům|y)?\b|středis|škol|lokalit|objekt|domov",
        "state": r"zem[ěí]\b|stát(?:u|y|ů|ech|ům)?\b|národ|vlád",
        "region": r"oblast|kraj|měst|obc|okres|vesnic",
        "case": r"případ|skut(?:ek|k)|incident|zázna|událost|oznámen",
        "vote": r"hlas(?:y|ů|u|em|ech|ům)?\b|abstenc",
        "act": r"zatyka|sankc|rezoluc|usnesen|článk|článek|zákon",
        "time": r"let\b|lety\b|letech\b|rok|měsíc|týd|dn[íů]\b|dny\b|den\b|hodin|minut",
        "length": r"kilometr|km\b|metr",
        "money": r"eur[ao]?\b|dolar|hřiv|korun|kč\b|liber",
        "percent": r"procent",
    },
    stops="má mají byl byla bylo byli byly je jsou v ve z ze na po a i nebo či který která které kteří kterých do od"
    " přes pro při za o u s se k ke podle",
)

TABLES: dict[str, Table] = {
    "en": ENGLISH,
    "de": GERMAN,
    "fr": FRENCH,
    "pl": POLISH,
    "uk": UKRAINIAN,
    "ru": RUSSIAN,
    "es": SPANISH,
    "it": ITALIAN,
    "nl": DUTCH,
    "cs": CZECH,
    "sv": SWEDISH,
}
