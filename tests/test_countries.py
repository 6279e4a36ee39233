"""Country packs: every shipped pack is sound, forms fill or refuse, dates read as the country writes them."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advokit.countries import (
    PAPER_SIZES,
    PLACEHOLDERS,
    Addressee,
    CountryPack,
    address_lines,
    closing,
    codes,
    conventions,
    correspondence,
    form_for,
    layout_for,
    load_country,
    page_setup,
    place_and_date,
    salutation,
    schema,
    sender_lines,
    window_problems,
)
from advokit.problems import InputError
from advokit.yamlfile import Loaded

SHIPPED = ("at", "au", "be", "ca", "ch", "cz", "de", "es", "eu", "fr", "gb", "ie", "intl", "it", "nl", "pl", "se", "ua",
           "us")
PACKS: dict[str, Loaded[CountryPack]] = {code: load_country(code) for code in SHIPPED}
BUILT_IN = Path(__file__).parent.parent / "advokit" / "countries"

#: An invented person in whom nothing is missing.
FULL = Addressee(
    full_name="Robin Example", given_name="Robin", surname="Example", surname_capital="Example", title="Dr.", gender="female",
    initials_and_surname="R. Example", given_name_vocative="Робіне", surname_vocative="Еземпле",
    full_name_dative="Робіну Еземплу", constituency="Northtown", state="Tasmania", office="minister",
    department="Ministry", peerage_name="Northtown", see="Northtown")


def as_(gender: str, **values: str) -> Addressee:
    """Give the invented person another gender or other values."""
    return Addressee.of({**{key: getattr(FULL, key) for key in PLACEHOLDERS}, "gender": gender, **values})


ALL_FORMS = [(code, form.id) for code, loaded in PACKS.items() for form in loaded.model.address_forms]


def test_every_shipped_pack_is_listed() -> None:
    assert codes() == SHIPPED


@pytest.mark.parametrize("code", SHIPPED)
def test_every_convention_has_a_source_or_says_that_it_has_none(code: str) -> None:
    stated = list(conventions(PACKS[code].model))
    assert len(stated) > 25
    for item in stated:
        assert (item.source is None) == (item.strength == "g"), item.path
        assert item.reviewed <= item.due
        assert item.source is None or item.source in PACKS[code].model.sources
        assert PACKS[code].file.mark(item.path).line > 1


@pytest.mark.parametrize("code", SHIPPED)
def test_windows_stand_on_the_page_and_hold_their_zones(code: str) -> None:
    pack = PACKS[code].model
    setup = page_setup(pack)
    assert (setup.width, setup.height) == PAPER_SIZES[pack.paper.value]
    assert setup.window is not None
    for window in pack.windows:
        assert 0 <= window.box.left < window.box.right <= setup.width
        assert 0 <= window.box.top < window.box.bottom <= setup.height / 2
        assert window.box.holds(window.zone)
        assert (window.side == "right") == (window.box.left + window.box.right > setup.width)
    assert setup.folds
    assert all(0 < fold < setup.height for fold in setup.folds)


def test_paper_and_windows_of_the_standards() -> None:
    assert {code for code in SHIPPED if PACKS[code].model.paper.value == "letter"} == {"ca", "us"}
    form_a = page_setup(PACKS["de"].model, "form-a")
    assert form_a.window is not None
    assert (form_a.window.box.top, form_a.folds, form_a.hole) == (27, (87, 192), 148.5)
    form_b = page_setup(PACKS["de"].model)
    assert form_b.window is not None
    assert (form_b.window.zone.top, form_b.window.zone.height, form_b.folds) == (62.7, 27.3, (105, 210))
    france = page_setup(PACKS["fr"].model).window
    assert france is not None
    assert (france.box.left, france.box.width, france.max_characters) == (100, 100, 38)
    assert page_setup(PACKS["de"].model, "form-z").window is None


@pytest.mark.parametrize(("code", "form"), ALL_FORMS)
def test_forms_fill_for_a_woman_and_a_man(code: str, form: str) -> None:
    loaded = PACKS[code]
    for gender in ("female", "male"):
        filled = correspondence(loaded, form, as_(gender))
        assert filled.problems == ()
        letter = filled.value
        assert letter is not None
        for text in (*letter.address, letter.salutation, letter.closing):
            assert text == text.strip()
            assert not set(text) & set("{}")
        window = loaded.model.window()
        assert window is not None
        assert not window_problems(loaded, window, letter.address), letter.address
        # About what the narrowest window holds at 10 pt; a name may be longer and is the renderer's to judge.
        assert max(map(len, letter.address)) <= 47, letter.address
        layout = layout_for(loaded.model, loaded.model.form(form).language)  # type: ignore[union-attr]
        assert layout is not None
        assert letter.salutation.endswith(layout.salutation_mark.mark)
        assert letter.closing_is_sentence == letter.closing.endswith(".")


@pytest.mark.parametrize(("code", "form"), ALL_FORMS)
def test_an_unknown_gender_is_written_only_with_a_sourced_form(code: str, form: str) -> None:
    loaded = PACKS[code]
    model = loaded.model.form(form)
    assert model is not None
    filled = salutation(loaded, form, as_(""))
    if model.salutation.any is not None:
        assert filled.value
    elif model.salutation.other is not None and model.salutation.strength_of("other") != "g":
        assert filled.value == salutation(loaded, form, as_("other")).value
    else:
        assert filled.value is None
        assert [problem.rule for problem in filled.problems] == ["unknown-gender"]
        assert form in filled.problems[0].hint


@pytest.mark.parametrize("code", [code for code in SHIPPED if PACKS[code].model.offices])
def test_the_usual_office_can_be_written_to_without_a_name(code: str) -> None:
    loaded = PACKS[code]
    office = loaded.model.office()
    assert office is not None
    form = form_for(loaded.model, loaded.model.languages[0], office=office.id)
    assert form is not None
    filled = correspondence(loaded, form.id, Addressee())
    assert filled.problems == ()
    assert filled.value is not None
    assert len(filled.value.address) >= 3


@pytest.mark.parametrize(("code", "form", "gender", "address", "greeting", "close"), [
    ("gb", "gb-mp", "female", ("Robin Example MP", "House of Commons", "LONDON", "SW1A 0AA"), "Dear Ms Example,",
     "Yours sincerely,"),
    ("gb", "gb-mp", "", ("Robin Example MP", "House of Commons", "LONDON", "SW1A 0AA"), "Dear Robin Example,",
     "Yours sincerely,"),
    ("gb", "gb-mp-knight", "male", ("Sir Robin Example MP", "House of Commons", "LONDON", "SW1A 0AA"),
     "Dear Sir Robin,", "Yours sincerely,"),
    ("us", "us-senator", "", ("The Honorable Robin Example", "United States Senate", "Washington, DC 20510"),
     "Dear Senator Example:", "Sincerely,"),
    ("ca", "ca-mp-fr", "female", ("Madame Robin Example", "Députée de Northtown", "Chambre des communes",
                                  "Ottawa (Ontario)  K1A 0A6"), "Madame la Députée,",
     "Je vous prie d’agréer, Madame la Députée, l’expression de mes sentiments respectueux."),
    ("ca", "ca-mp-fr", "", ("Robin Example", "Chambre des communes", "Ottawa (Ontario)  K1A 0A6"), "Bonjour,",
     "Veuillez agréer mes meilleures salutations."),
    ("de", "de-mdb", "male", ("Herrn Robin Example MdB", "Deutscher Bundestag", "Platz der Republik 1",
                              "11011 Berlin"), "Sehr geehrter Herr Abgeordneter,", "Mit freundlichen Grüßen"),
    ("de", "de-mdb", "other", ("Robin Example MdB", "Deutscher Bundestag", "Platz der Republik 1", "11011 Berlin"),
     "Guten Tag Robin Example,", "Mit freundlichen Grüßen"),
    ("fr", "fr-depute", "male", ("Monsieur Robin Example", "Député", "Assemblée nationale",
                                 "126 rue de l'Université", "75355 PARIS 07 SP"), "Monsieur le Député,",
     "Je vous prie de bien vouloir agréer, Monsieur le Député, l’expression de ma haute considération."),
    ("pl", "pl-posel", "male", ("Pan Robin Example", "Poseł na Sejm RP", "Sejm RP", "ul. Wiejska 4/6/8",
                                "00-902 Warszawa"), "Szanowny Panie Pośle,", "Z poważaniem"),
    ("ie", "ie-td-en", "", ("Robin Example TD", "Houses of the Oireachtas", "Leinster House, Kildare St", "Dublin 2",
                            "D02 XR20"), "Dear Deputy Example,", "Yours sincerely,"),
    ("au", "au-senator", "", ("Senator Robin Example", "Senator for Tasmania", "Parliament House",
                              "CANBERRA ACT 2600"), "Dear Senator", "Yours faithfully"),
    ("eu", "eu-mep-it", "", ("On. Robin Example", "Parlamento europeo", "Rue Wiertz/Wiertzstraat 60",
                             "B-1047 Bruxelles/Brussel", "BELGIO"), "Gentile Onorevole Example,", "Distinti saluti"),
    ("ua", "ua-deputat", "male", ("Народному депутату України", "Робіну Еземплу", "Верховна Рада України",
                                  "вул. М. Грушевського, 5", "м. Київ, 01008"), "Шановний пане Робіне Еземпле!",
     "З повагою"),
    ("intl", "un-secretary-general-en", "", ("Robin Example", "Secretary-General of the United Nations",
                                             "United Nations Headquarters", "New York, NY 10017", "USA"),
     "Dear Secretary-General,", "Yours sincerely,"),
])
def test_golden_letters(code: str, form: str, gender: str, address: tuple[str, ...], greeting: str, close: str) -> None:
    letter = correspondence(PACKS[code], form, as_(gender, title="")).value
    assert letter is not None
    assert (letter.address, letter.salutation, letter.closing) == (address, greeting, close)


def test_rows_of_a_peoples_file_are_understood() -> None:
    row = {"id": "7", "name": "Robin Example", "honorific": "Prof. Dr.", "family_name": "Example", "gender": "male",
           "area": "Northtown", "email": None}
    person = Addressee.of(row, "people/gb.csv", 3)
    assert (person.full_name, person.surname, person.constituency, person.title) == (
        "Robin Example", "Example", "Northtown", "Prof. Dr.")
    assert salutation(PACKS["gb"], "gb-mp", person).value == "Dear Prof. Dr. Example"
    assert Addressee.of({**row, "honorific": "Sir"}).title == ""


@pytest.mark.parametrize(("code", "words", "chamber"), [
    ("gb", "commons", "commons"), ("gb", "House of Commons", "commons"), ("gb", "upper", "lords"),
    ("gb", "House of Commons of the United Kingdom", "commons"), ("us", "rep", "house"), ("us", "Senate", "senate"),
    ("us", "United States  House of Representatives", "house"), ("ca", "Sénat du Canada", "senate"),
    ("de", "Bundestag", "bundestag"), ("de", "Deutscher Bundestag", "bundestag"), ("pl", "Sejm", "sejm"),
    ("eu", "Parlement européen", "ep"), ("ua", "Верховна Рада України", "rada"), ("gb", "Senedd", None),
    ("gb", "", None),
])
def test_chambers_are_found_in_the_words_of_the_data(code: str, words: str, chamber: str | None) -> None:
    found = PACKS[code].model.chamber_named(words)
    assert (found.id if found else None) == chamber


def test_a_title_stands_or_falls_away_with_its_space() -> None:
    loaded = PACKS["de"]
    assert address_lines(loaded, "de-mdb", as_("female")).value[0] == "Frau Dr. Robin Example MdB"  # type: ignore[index]
    assert salutation(loaded, "de-mdb", as_("other", title="")).value == "Guten Tag Robin Example"
    assert salutation(PACKS["gb"], "gb-mp", as_("male", title="Dr")).value == "Dear Dr Example"


def test_an_address_of_ones_own_takes_the_place_of_the_chambers() -> None:
    person = Addressee(full_name="Robin Example", surname="Example", postal=("12 Main Street", "Springfield, IL 62701"))
    assert address_lines(PACKS["us"], "us-senator", person).value == (
        "The Honorable Robin Example", "12 Main Street", "Springfield, IL 62701")


def test_every_missing_value_is_named_at_its_place() -> None:
    person = Addressee(full_name="Robin Example", gender="male", path="people/ua.csv", line=7)
    filled = correspondence(PACKS["ua"], "ua-deputat", person)
    assert filled.value is None
    assert [(p.path, p.line, p.rule) for p in filled.problems] == [("people/ua.csv", 7, "missing-value")] * 2
    said = " ".join(problem.message for problem in filled.problems)
    for name in ("given_name_vocative", "surname_vocative"):
        assert f"'{name}'" in said


def test_without_case_forms_the_nominative_is_written() -> None:
    person = Addressee(full_name="Олена Зразкова", surname="Зразкова", gender="female")
    letter = correspondence(PACKS["ua"], "ua-deputat", person).value
    assert letter is not None
    assert letter.address[:2] == ("Народна депутатка України", "Олена Зразкова")
    assert letter.salutation == "Шановна депутатко Зразкова!"


@pytest.mark.parametrize(("code", "form", "row", "salutation_"), [
    ("nl", "nl-tk", {"name": "Robin de Vries", "family_name": "de Vries", "gender": "male"},
     "Geachte heer De Vries,"),
    ("de", "de-minister", {"name": "Robin von der Aue", "family_name": "von der Aue", "gender": "female"},
     "Sehr geehrte Frau Bundesministerin,"),
    ("gb", "gb-mp", {"name": "Sukarnoputri", "gender": "female"}, "Dear Ms Sukarnoputri,"),
    ("gb", "gb-mp", {"name": "Robin McExample-Jones", "family_name": "McExample-Jones", "gender": "male",
                     "honorific": "Dr"}, "Dear Dr McExample-Jones,"),
    ("gb", "gb-lord-baroness", {"name": "Example of Northtown", "honorific": "Baroness"},
     "Dear Lady Example of Northtown,"),
    ("gb", "gb-lord-earl", {"name": "Earl of Northtown", "honorific": "Earl"}, "Dear Lord Northtown,"),
    ("gb", "gb-mp-privy-dame", {"name": "Robin Example", "given_name": "Robin", "honorific": "Rt Hon Dame"},
     "Dear Dame Robin,"),
])
def test_names_of_every_kind_are_addressed(code: str, form: str, row: dict[str, str], salutation_: str) -> None:
    letter = correspondence(PACKS[code], form, Addressee.of(row)).value
    assert letter is not None
    assert letter.salutation == salutation_


def test_an_unconfirmed_neutral_form_needs_leave() -> None:
    loaded = PACKS["fr"]
    refused = salutation(loaded, "fr-depute", as_(""))
    assert refused.value is None
    assert "nobody has confirmed" in refused.problems[0].message
    assert refused.problems[0].path == "advokit:countries/fr.yaml"
    assert salutation(loaded, "fr-depute", as_(""), accept_unsourced=True).value == "Madame, Monsieur"
    letter = correspondence(loaded, "fr-depute", as_(""), accept_unsourced=True).value
    assert letter is not None
    assert letter.unsourced == ("address", "salutation", "closing")
    assert closing(loaded, "fr-depute", as_("nonsense")).problems[0].rule == "unknown-gender"


def test_an_unknown_form_gives_the_nearest() -> None:
    for function in (address_lines, salutation, closing, correspondence):
        filled = function(PACKS["gb"], "gb-mp-knigt", FULL)
        assert filled.value is None
        assert [problem.rule for problem in filled.problems] == ["unknown-form"]
        assert filled.problems[0].hint == "Did you mean 'gb-mp-knight'?"


def test_forms_are_found_by_house_rank_and_honorific() -> None:
    gb = PACKS["gb"].model

    def found(**given: str) -> str | None:
        form = form_for(gb, "en", **given)
        return form.id if form else None

    assert found(chamber="commons") == "gb-mp"
    assert found(chamber="commons", honorific="Mr") == "gb-mp"
    assert found(chamber="commons", honorific="The Rt Hon.") == "gb-mp-privy"
    assert found(chamber="commons", honorific="Dame") == "gb-mp-dame"
    assert found(chamber="commons", rank="speaker") == "gb-speaker"
    assert found(chamber="lords", honorific="Baroness") == "gb-lord-baroness"
    assert found(chamber="lords", honorific="Lord") == "gb-lord-baron"
    assert found(chamber="commons", honorific="The Rt Hon. Sir") == "gb-mp-privy-knight"
    assert found(chamber="lords", honorific="Lord Bishop") == "gb-lord-bishop"
    assert found(chamber="lords") is None, "the title of a peer is never guessed"
    assert found(office="foreign-minister") == "gb-foreign-secretary"
    assert form_for(gb, "fr", chamber="commons") is None
    assert form_for(PACKS["ca"].model, "fr-CA", chamber="senate").id == "ca-senator-fr"  # type: ignore[union-attr]


@pytest.mark.parametrize(("code", "language", "place", "written", "first"), [
    ("gb", "en", "Leeds", "5 March 2026", "1 March 2026"),
    ("ie", "ga", "Gaillimh", "5 Márta 2026", "1 Márta 2026"),
    ("us", "en", "Boston", "March 5, 2026", "March 1, 2026"),
    ("ca", "en", "Ottawa", "March 5, 2026", "March 1, 2026"),
    ("ca", "fr", "Ottawa", "Ottawa, le 5 mars 2026", "Ottawa, le 1er mars 2026"),
    ("au", "en", "Perth", "5 March 2026", "1 March 2026"),
    ("de", "de", "Berlin", "Berlin, 5. März 2026", "Berlin, 1. März 2026"),
    ("at", "de", "Wien", "Wien, 5. März 2026", "Wien, 1. März 2026"),
    ("ch", "de", "Bern", "Bern, 5. März 2026", "Bern, 1. März 2026"),
    ("ch", "fr", "Berne", "Berne, le 5 mars 2026", "Berne, le 1er mars 2026"),
    ("ch", "it", "Berna", "Berna, 5 marzo 2026", "Berna, 1º marzo 2026"),
    ("fr", "fr", "Paris", "Paris, le 5 mars 2026", "Paris, le 1er mars 2026"),
    ("fr", "fr", "", "Le 5 mars 2026", "Le 1er mars 2026"),
    ("be", "nl", "Brussel", "Brussel, 5 maart 2026", "Brussel, 1 maart 2026"),
    ("be", "de", "Eupen", "Eupen, den 5. März 2026", "Eupen, den 1. März 2026"),
    ("nl", "nl", "Den Haag", "Den Haag, 5 maart 2026", "Den Haag, 1 maart 2026"),
    ("es", "es", "Madrid", "Madrid, 5 de marzo de 2026", "Madrid, 1 de marzo de 2026"),
    ("it", "it", "Roma", "Roma, 5 marzo 2026", "Roma, 1º marzo 2026"),
    ("pl", "pl", "Warszawa", "Warszawa, 5 marca 2026 r.", "Warszawa, 1 marca 2026 r."),
    ("cz", "cs", "Brno", "Brno 5. března 2026", "Brno 1. března 2026"),
    ("se", "sv", "Lund", "Lund den 5 mars 2026", "Lund den 1 mars 2026"),
    ("ua", "uk", "Київ", "5 березня 2026 р.", "1 березня 2026 р."),
    ("eu", "cs", "Brno", "Brno 5. března 2026", "Brno 1. března 2026"),
    ("gb", "cy", "Caerdydd", "5 Mawrth 2026", "1 Mawrth 2026"),
])
def test_golden_dates(code: str, language: str, place: str, written: str, first: str) -> None:
    pack = PACKS[code].model
    assert place_and_date(pack, language, place, dt.date(2026, 3, 5)) == written
    assert place_and_date(pack, language, place, dt.date(2026, 3, 1)) == first


def test_months_are_those_of_the_country() -> None:
    january = dt.date(2026, 1, 31)
    assert place_and_date(PACKS["at"].model, "de", "", january) == "31. Jänner 2026"
    assert place_and_date(PACKS["de"].model, "de", "", january) == "31. Januar 2026"


@given(date=st.dates(dt.date(1990, 1, 1), dt.date(2199, 12, 31)), place=st.text("abc'{}é ", max_size=12))
def test_a_date_keeps_its_day_and_year(date: dt.date, place: str) -> None:
    for code in ("fr", "pl", "us", "it"):
        pack = PACKS[code].model
        text = place_and_date(pack, pack.languages[0], place, date)
        numbers = re.findall(r"\d+", text)
        assert [numbers[0], numbers[-1]] == [str(date.day), str(date.year)], text


@given(st.builds(Addressee, **{name: st.text(max_size=20) for name in PLACEHOLDERS}, gender=st.sampled_from(
    ["", "female", "male", "other", "x"])))
def test_filling_gives_words_or_problems_and_never_both(person: Addressee) -> None:
    for code, form in (("gb", "gb-mp"), ("nl", "nl-tk"), ("ua", "ua-deputat"), ("de", "de-minister")):
        filled = correspondence(PACKS[code], form, person)
        assert (filled.value is None) == bool(filled.problems)


def test_sender_addresses_follow_their_country() -> None:
    address = {"name": "Sam Example", "street_address": "1 High Street", "city": "Leeds", "postal_code": "LS1 4AP"}
    assert sender_lines("gb", address).value == ("Sam Example", "1 High Street", "LEEDS", "LS1 4AP")
    assert sender_lines("GB", address, abroad=True).value == (
        "Sam Example", "1 High Street", "LEEDS", "LS1 4AP", "UNITED KINGDOM")
    german = {"name": "Sam Beispiel", "street_address": "Hauptstraße 1", "city": "Köln", "postal_code": "50667"}
    assert sender_lines("de", german).value == ("Sam Beispiel", "Hauptstraße 1", "50667 Köln")
    assert sender_lines("de", german, abroad=True).value == (
        "Sam Beispiel", "Hauptstraße 1", "50667 KÖLN", "GERMANY")
    american = {"name": "Sam Example", "street_address": "1 Main St", "city": "Boston", "country_area": "MA",
                "postal_code": "02108"}
    filled = sender_lines("us", american)
    assert filled.value == ("Sam Example", "1 Main St", "BOSTON, MA 02108")
    assert filled.problems == ()


@pytest.mark.parametrize("postcode", ["111 51", "SE-111 51"])
def test_the_letters_of_the_country_stand_before_a_postcode_only_abroad(postcode: str) -> None:
    swedish = {"name": "Sam Exempel", "street_address": "Gatan 1", "city": "Stockholm", "postal_code": postcode}
    assert sender_lines("se", swedish).value == ("Sam Exempel", "Gatan 1", "111 51 Stockholm")
    assert sender_lines("se", swedish, abroad=True).value == (
        "Sam Exempel", "Gatan 1", "SE-111 51 STOCKHOLM", "SWEDEN")


def test_a_doubtful_sender_address_is_printed_with_a_warning() -> None:
    filled = sender_lines("de", {"name": "Sam", "street_address": "Weg 1", "city": "Köln", "postal_code": "5066"},
                          path="senders.csv", line=3)
    assert filled.value == ("Sam", "Weg 1", "5066 Köln")
    assert [(p.path, p.line, p.severity, p.rule) for p in filled.problems] == [
        ("senders.csv", 3, "warning", "sender-address")]
    assert "postal_code" in filled.problems[0].message
    nowhere = sender_lines("eu", {"name": "Sam"})
    assert nowhere.value is None
    assert nowhere.problems[0].rule == "unknown-country"


def test_an_address_that_is_too_long_for_its_window() -> None:
    loaded = PACKS["fr"]
    window = loaded.model.windows[0]
    lines = ["x" * 39, *"abcdef"]
    assert [p.rule for p in window_problems(loaded, window, lines)] == ["address-too-long"] * 2
    assert window_problems(loaded, window, lines, "people/fr.csv", 4)[0].path == "people/fr.csv"
    assert window_problems(loaded, window, ["a"]) == ()


def test_an_unknown_country_gives_those_that_there_are() -> None:
    for code in ("zz", "../gb", "GB", ""):
        with pytest.raises(InputError) as caught:
            load_country(code)
        assert [problem.rule for problem in caught.value.problems] == ["unknown-country"]
    assert "Did you mean 'gb'?" in str(caught.value) or "Known: at, au" in str(caught.value)


def test_the_workspace_shadows_the_built_in_pack(tmp_path: Path) -> None:
    folder = tmp_path / "countries"
    folder.mkdir()
    text = (BUILT_IN / "gb.yaml").read_text(encoding="utf-8")
    (folder / "gb.yaml").write_text(text.replace("Dear {full_name}", "Hello {full_name}"), encoding="utf-8")
    (folder / "nz.yaml").write_text(text.replace("code: gb", "code: nz"), encoding="utf-8")
    assert "nz" in codes(tmp_path)
    own = load_country("gb", tmp_path)
    assert own.file.path == "countries/gb.yaml"
    assert salutation(own, "gb-mp", as_("")).value == "Hello Robin Example"
    assert load_country("nz", tmp_path).model.code == "nz"
    assert load_country("de", tmp_path).file.path == "advokit:countries/de.yaml"


@pytest.mark.parametrize(("old", "new", "rule", "says"), [
    ("code: gb", "code: uk", "invalid-value", "'gb.yaml'"),
    ("value: a4", "value: a5", "invalid-value", "'a5'"),
    ("source: notify", "source: notfy", "unknown-source", "Did you mean 'notify'?"),
    ("    chamber: lords\n    rank: baron", "    chamber: lorde\n    rank: baron", "unknown-chamber",
     "Did you mean 'lords'?"),
    ("left: 24.6,", "left: 190,", "outside-page", "210 × 297 mm"),
    ("width: 95.4", "width: wide", "invalid-value", "'wide'"),
    ("at: [99, 198]", "at: [99, 298]", "outside-page", "298 mm"),
    ("clearance: 0", "clearance: 9", "window-too-small", "77 × 9 mm"),
    ("clearance: 0", "shift: -2", "invalid-value", "-2"),
    ("Dear Sir {given_name}", "Dear Sir {givn_name}", "unknown-placeholder", "Did you mean 'given_name'?"),
    ("Dear Sir {given_name}", "Dear Sir {given_name", "invalid-value", "brace"),
    ("      female: Dear Madam Speaker\n", "", "invalid-value", "'female' and 'male'"),
    ("languages: [en]", "languages: [en, cy]", "missing-key", "'cy'"),
    ("rule: residents", "rule: resident", "invalid-value", "residents"),
    ("with_name: false", "with_nane: false", "unknown-key", "with_name"),
    ("format: d MMMM y", "format: d Q{ MMMM yz xx", "invalid-value", "date pattern"),
    ("example: SW1A 0AA", "example: 12345", "invalid-value", "'12345'"),
    ('reviewed: "2026-11-22"', 'reviewed: "22.11.2026"', "invalid-value", "2026-11-22"),
    ("  - id: gb-mp-privy\n", "  - id: gb-mp\n", "duplicate-id", "'gb-mp'"),
])
def test_one_mistake_gives_one_sentence_at_its_place(tmp_path: Path, old: str, new: str, rule: str, says: str) -> None:
    text = (BUILT_IN / "gb.yaml").read_text(encoding="utf-8")
    assert old in text
    folder = tmp_path / "countries"
    folder.mkdir()
    (folder / "gb.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_country("gb", tmp_path)
    problems = [problem for problem in caught.value.problems if problem.rule != "unused-source"]
    assert {problem.rule for problem in problems} == {rule}
    assert says in f"{problems[0].message} {problems[0].hint}"
    near = text[:text.index(old)].count("\n") + 1
    assert abs(problems[0].line - near) <= 4, str(problems[0])


def test_a_strength_without_a_source_is_a_mistake(tmp_path: Path) -> None:
    text = (BUILT_IN / "gb.yaml").read_text(encoding="utf-8")
    folder = tmp_path / "countries"
    folder.mkdir()
    (folder / "gb.yaml").write_text(text.replace("    strength: w\n    source: notify\n", "    strength: w\n", 1),
                                    encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_country("gb", tmp_path)
    assert "needs a source" in str(caught.value)


def test_the_schema_describes_every_field() -> None:
    written = schema()
    json.dumps(written)
    for name, model in [("CountryPack", written), *written["$defs"].items()]:
        for field, told in model.get("properties", {}).items():
            meant = written["$defs"].get(told.get("$ref", "").rpartition("/")[2], {})
            assert told.get("description") or meant.get("description"), f"{name}.{field} has no sentence"


def test_the_documentation_names_every_placeholder_and_every_pack() -> None:
    text = (BUILT_IN.parent.parent / "docs" / "countries.md").read_text(encoding="utf-8")
    for name in PLACEHOLDERS:
        assert f"`{{{name}}}`" in text
    for code in SHIPPED:
        assert f"| `{code}` |" in text


def test_the_steps_of_the_documentation_lead_to_a_pack(tmp_path: Path) -> None:
    """Copy gb.yaml, call everything general knowledge, drop the sources, keep one house."""
    text = (BUILT_IN / "gb.yaml").read_text(encoding="utf-8").replace("code: gb", "code: nz")
    text = re.sub(r"strength: [sw]\b", "strength: g", text[:text.index("# Where it was read.")])
    text = re.sub(r"\n +source: \S+", "", text)
    text = re.sub(r", source: [a-z0-9-]+", "", text)
    folder = tmp_path / "countries"
    folder.mkdir()
    (folder / "nz.yaml").write_text(text, encoding="utf-8")
    loaded = load_country("nz", tmp_path)
    assert {stated.strength for stated in conventions(loaded.model)} == {"g"}
    assert correspondence(loaded, "gb-mp", as_("male", title="")).value.salutation == "Dear Mr Example,"  # type: ignore[union-attr]


@pytest.mark.parametrize(("honorific", "name", "peerage", "see"), [
    ("Bishop", "Northtown", "", "Northtown"), ("The Lord Bishop", "Bishop of Northtown", "", "Northtown"),
    ("Baroness", "Example of Northtown", "Example of Northtown", ""), ("Lord", "Lord Example", "Example", ""), ("Dr", "Example", "", "")])
def test_data_that_give_a_title_apart_name_a_peerage_or_a_see(honorific: str, name: str, peerage: str, see: str) -> None:
    found = Addressee.of({"full_name": name, "honorific": honorific})
    assert (found.peerage_name, found.see) == (peerage, see)


@pytest.mark.parametrize(("code", "words", "chamber"), [
    ("nl", "Tweede Kamer", "tweede-kamer"), ("nl", "2e Kamer", "tweede-kamer"), ("cz", "Poslanecká sněmovna", "snemovna"),
    ("cz", "Senát", "senat"), ("ie", "34th Dáil", "dail"), ("ie", "dail", "dail"), ("de", "21. Deutscher Bundestag", "bundestag"),
    ("at", "Österreichischer Nationalrat", "nationalrat"), ("be", "Belgische Kamer van volksvertegenwoordigers", "chamber"),
    ("be", "upper", "senate"), ("es", "Congreso de los Diputados de España", "congreso"), ("ch", "Conseil des Etats", "staenderat"),
    ("gb", "UK House of Commons", "commons"), ("us", "United States Senate", "senate"), ("se", "Riksdagen", "riksdag"),
    ("ua", "Верховна Рада", "rada"), ("pl", "Sejm RP", "sejm"),
    # Another's, or either of two.
    ("us", "Texas House of Representatives", ""), ("us", "California State Senate", ""), ("us", "State Senate", ""),
    ("us", "NY Senate", ""), ("us", "TX House of Representatives", ""), ("cz", "Senát ČR", "senat"), ("us", "u.s. senate", "senate"),
    ("gb", "House", ""), ("de", "Landtag", ""), ("ca", "Ontario Legislative Assembly", ""), ("gb", "", "")])
def test_chambers_are_known_by_the_names_that_data_give_them(code: str, words: str, chamber: str) -> None:
    found = load_country(code).model.chamber_named(words)
    assert (found.id if found else "") == chamber


@pytest.mark.parametrize(("city", "line"), [("Madrid", "28013 MADRID"), ("Getafe", "28013 GETAFE MADRID")])
def test_a_spanish_province_is_named_where_it_is_not_the_town(city: str, line: str) -> None:
    address = {"street_address": "Calle Mayor, 3", "city": city, "postal_code": "28013", "country_area": "Madrid"}
    assert (sender_lines("es", address).value or ())[-1] == line
