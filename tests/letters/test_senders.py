"""Senders' tables: hostile cells break nothing, mistakes name the row and never repeat it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advokit.letters.headings import ALIASES
from advokit.letters.matching import Directory, Wish, read_postcodes
from advokit.letters.reports import table
from advokit.letters.senders import FIELDS, Fault, Questions, SenderRow, SenderTable, _address, count_words, mapping_of
from advokit.people import Person, neutral
from advokit.problems import InputError, UsageError
from tests.letters.workspace import HEAD, PEOPLE, sender, write_senders


def rows(path: Path, **given_: object) -> list[SenderRow | Fault]:
    return list(SenderTable(path, "senders.csv", "gb", **given_).rows())  # type: ignore[arg-type]


def test_a_mapping_other_heads_and_two_name_columns(tmp_path: Path) -> None:
    path = write_senders(tmp_path / "s.csv", [("Ann", "Lee", "1 Road", "Oxton", "OX1 1AA", "North Town", "Hello.")],
                         ("First name", "Surname", "Street", "Town", "Postal code", "My MP sits for", "Message"))
    row, = rows(path, mapping=mapping_of(["area=My MP sits for"]))
    assert isinstance(row, SenderRow)
    assert (row.name, row.area, row.own_words, row.postcode) == ("Ann Lee", "North Town", "Hello.", "OX1 1AA")
    assert row.lines == ("1 Road", "OXTON", "OX1 1AA")


def test_a_whole_address_in_one_cell_keeps_its_lines(tmp_path: Path) -> None:
    path = write_senders(tmp_path / "s.csv", [("A B", "1 Road\nOxton", "OX1 1AA")], ("name", "address", "postcode"))
    row, = rows(path)
    assert isinstance(row, SenderRow)
    assert row.lines == ("1 Road", "Oxton", "OX1 1AA")  # no column says that Oxton is the town


@pytest.mark.parametrize(("country", "address", "lines"), [
    ("de", "Berliner Straße 5", ("Berliner Straße 5", "10115 Berlin")), ("de", "Weg 5; Berlin", ("Weg 5", "10115 Berlin")),
    ("de", "Weg 5, Berlin", ("Weg 5", "10115 Berlin")), ("de", "Weg 5; 10115 Berlin", ("Weg 5", "10115 Berlin")),
    ("de", "10115 Berlin", ("10115 Berlin",)), ("de", "Berlin", ("10115 Berlin",)),
    ("es", "Calle Mayor, 3", ("Calle Mayor, 3", "10115 BERLIN")), ("us", "5 Main St", ("5 Main St", "BERLIN, NH 10115")),
    ("gb", "5 High St", ("5 High St", "BERLIN", "10115")), ("eu", "Weg 5", ("Weg 5", "10115 Berlin")),
    ("xx", "Weg 5", None)])
def test_an_address_that_is_a_street_alone_gets_its_town_as_the_country_writes_it(
        country: str, address: str, lines: tuple[str, ...] | None) -> None:
    found = _address(country, address, {"city": "Berlin", "postcode": "10115", "region": "NH" if country == "us" else ""})
    assert found == lines


@pytest.mark.parametrize(("country", "cell", "lines"), [
    ("de", "10115 Berlin", ("Weg 5", "10115 Berlin")), ("de", "D-10115 Berlin", ("Weg 5", "10115 Berlin")),
    ("gb", "Oxton, OX1 1AA", ("Weg 5", "OXTON", "OX1 1AA")), ("nl", "1234 AB Den Haag", ("Weg 5", "1234 AB Den Haag")),
    ("us", "Salem, IL 62701-1234", ("Weg 5", "SALEM, IL 62701-1234")), ("it", "00144 Roma RM", ("Weg 5", "00144 ROMA RM")),
    ("es", "28013 Madrid", ("Weg 5", "28013 MADRID")), ("pl", "00-950 Warszawa", ("Weg 5", "00-950 Warszawa")),
    ("cz", "110 00 Praha 1", ("Weg 5", "110 00 Praha 1")),
    # Not to be told apart: the cell is a line.
    ("de", "Berlin", ("Weg 5", "Berlin")), ("de", "1011 Berlin", ("Weg 5", "1011 Berlin"))])
def test_postcode_and_town_may_share_a_cell(tmp_path: Path, country: str, cell: str, lines: tuple[str, ...]) -> None:
    path = write_senders(tmp_path / "s.csv", [("A B", "Weg 5", cell, country)], ("name", "street", "PLZ und Ort", "country"))
    row, = rows(path)
    assert isinstance(row, SenderRow)
    assert row.lines == lines
    if cell == "10115 Berlin":
        assert (row.postcode, row.place) == ("10115", "Berlin")


@pytest.mark.parametrize(("cell", "language"), [
    ("", ""), ("en", "en"), ("cy_GB", "cy-GB"), ("French", "fr"), ("Deutsch", "Deutsch"), ("Klingon", "tlh"), ("?", "?")])
def test_a_language_may_be_named(tmp_path: Path, cell: str, language: str) -> None:
    path = write_senders(tmp_path / "s.csv", [("A B", "1 Road", "Oxton", cell)], ("name", "street", "city", "language"))
    row, = rows(path)
    assert isinstance(row, SenderRow)
    assert row.language == language


@pytest.mark.parametrize(("parts", "lines"), [
    ({"city": "Berlin"}, ("Berliner Straße 5", "Berlin")), ({"postcode": "10115"}, ("Berliner Straße 5", "10115")),
    ({"region": "Berlin"}, ("Berliner Straße 5",)), ({}, ("Berliner Straße 5",))])
def test_half_a_town_is_added_as_it_is(parts: dict[str, str], lines: tuple[str, ...]) -> None:
    assert _address("de", "Berliner Straße 5", parts) == lines


def test_answers_become_the_paragraph_in_the_order_of_the_questions_and_unchanged(tmp_path: Path) -> None:
    path = write_senders(tmp_path / "s.csv", [(*sender(1)[:5], "  Because… ", "<b>My work</b>, {{ 1 }}.")],
                         (*HEAD[:5], "answer_why", "answer_who"))
    row, = rows(path, questions=Questions(0, ("who", "why")))
    assert isinstance(row, SenderRow)
    assert row.own_words == "<b>My work</b>, {{ 1 }}. Because…"


def test_too_few_own_words_are_told_with_both_numbers(tmp_path: Path) -> None:
    path = write_senders(tmp_path / "s.csv", [sender(1, words="Only three words"), sender(2, words="Now four words here")])
    first, second = rows(path, questions=Questions(4))
    assert isinstance(first, Fault)
    assert first.rule == "few-own-words"
    assert "3 own words; the edition asks for 4" in first.message
    assert isinstance(second, SenderRow)


@pytest.mark.parametrize(("text", "count"), [("", 0), ("l’école d'été", 2), ("три слова тут", 3), ("well-known, yes!", 2), ("我的学生。Yes", 5)])
def test_words_are_counted_in_any_script(text: str, count: int) -> None:
    assert count_words(text) == count


def test_a_file_without_names_or_with_an_unknown_mapping_is_refused(tmp_path: Path) -> None:
    path = write_senders(tmp_path / "s.csv", [("x",)], ("Secret heading of mine",))
    with pytest.raises(InputError, match="no column 'name'") as caught:
        rows(path)
    assert "Secret" not in str(caught.value)
    with pytest.raises(UsageError, match="Did you mean 'postcode'"):
        mapping_of(["postcod=X"])
    with pytest.raises(UsageError, match="no column 'Nope'"):
        rows(path, mapping={"name": "Nope"})


@pytest.mark.parametrize("head", [
    "Vorname;Nachname;Straße;Ort;PLZ;Wahlkreis;Nachricht", "Vorname;Name;STRASSE;Wohnort;Postleitzahl;Wahlkreis;Eigene Worte",
    "Prénom;Nom;Rue;Ville;Code postal;Circonscription;Message", "Imię;Nazwisko;Ulica;Miejscowość;Kod pocztowy;Okręg;Własne słowa",
    "Ім'я;Прізвище;Вулиця;Місто;Індекс;Округ;Повідомлення", "ІМ’Я;Прізвище;Вулиця;Місто;Поштовий індекс;Виборчий округ;Власні слова",
    "Voornaam;Achternaam;Straat;Plaats;Postcode;Kieskring;Bericht", "Nome;Cognome;Via;Città;CAP;Collegio;Messaggio",
    "Nombre;Apellidos;Calle;Ciudad;Código postal;Circunscripción;Mensaje", "Jméno;Příjmení;Ulice;Město;PSČ;Volební obvod;Zpráva",
    "Förnamn;Efternamn;Gatuadress;Ort;Postnummer;Valkrets;Meddelande"])
@pytest.mark.parametrize("before", ["", "sep=;\r\n", "\ufeff"])
def test_headings_are_understood_in_the_languages_of_the_packs(tmp_path: Path, head: str, before: str) -> None:
    path = tmp_path / "s.csv"
    path.write_text(f"{before}{head}\r\nAnn;Lee;1 Road;Oxton;OX1 1AA;Northtown;Hello there\r\n", "utf-8")
    wanted = SenderTable(path, "senders.csv", "gb")
    row, = wanted.rows()
    assert isinstance(row, SenderRow)
    assert (row.name, row.postcode, row.area, row.place, row.own_words) == (
        "Ann Lee", "OX1 1AA", "Northtown", "Oxton", "Hello there")
    assert not wanted.warnings


def test_no_heading_means_two_fields() -> None:
    seen: dict[str, str] = {}
    for field, words in ALIASES.items():
        for word in words:
            assert seen.setdefault(word, field) == field, word
            assert word not in FIELDS or word == field, word


@pytest.mark.parametrize(("start", "kind"), [(b"PK\x03\x04rest", "xlsx"), (b"\xd0\xcf\x11\xe0rest", "old Excel"),
                                             (b"%PDF-1.7", "a PDF"), (b'\xef\xbb\xbf [{"name": 1}]', "JSON"),
                                             (b"<!DOCTYPE html>", "web page")])
def test_what_is_no_csv_is_refused_with_what_it_is(tmp_path: Path, start: bytes, kind: str) -> None:
    path = tmp_path / "s.csv"
    path.write_bytes(start + b"\0secret" * 20)
    with pytest.raises(InputError, match=kind) as caught:
        rows(path)
    assert "save it as 'CSV UTF-8'" in str(caught.value)
    assert "secret" not in str(caught.value)


cell = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from([
    "=1+1", "@SUM(A1)", "../../etc/passwd", "{{ 7*7 }}", "{% include 'x' %}", "<script>x</script>", "a\nb", 'q"q', "\u202eevil",
    "N" * 200, "%s%n", "-1", "\ufeff", "a;b", "\x00", "\r\nBcc: x@example.org"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(*[cell] * len(HEAD)), min_size=1, max_size=5))
def test_no_cell_breaks_the_reader_and_no_fault_repeats_one(tmp_path: Path, cells: list[tuple[str, ...]]) -> None:
    path = write_senders(tmp_path / "s.csv", cells)
    for row in rows(path):
        if isinstance(row, Fault):
            assert row.rule
            assert not [one for given_ in cells for one in given_ if len(one) > 12 and one in f"{row.message} {row.hint}"]
            continue
        for text in (row.name, row.postcode, row.area, *row.lines):
            assert text == text.strip()
            assert not [sign for sign in text if sign in "\r\n\t\0\u202e\u200f"]


@given(st.lists(cell, min_size=1, max_size=4))
def test_no_cell_of_a_report_is_a_formula(cells: list[str]) -> None:
    import csv
    import io
    read = list(csv.reader(io.StringIO(table(("a",) * len(cells), [cells]).decode(), newline="")))
    assert not [one for one in read[1] if one[:1] in {"=", "+", "-", "@", "\t", "\r"}]


DIRECTORY_WISH = Wish()


def test_areas_match_whatever_their_accents_and_capitals_and_are_never_guessed(tmp_path: Path) -> None:
    from advokit.countries import load_country
    from advokit.workspace import read_campaign
    from tests.letters.workspace import campaign
    from tests.workspaces import NAME
    files, _ = read_campaign(campaign(tmp_path), NAME, ["gb"])
    assert files is not None
    edition, pack = files.editions["gb"].edition, load_country("gb").model
    codes = tmp_path / "codes.csv"
    codes.write_text("postcode,area\nAB1 2CD,Northtown\nAB9 9ZZ,Northtown\nAB9 9ZZ,South Town\n", "utf-8")
    directory = Directory([*PEOPLE, Person(id="p9", name="Lord X", honorific="Lord", chamber="House of Lords")], pack,
                          "people.csv", read_postcodes(codes))

    def found(area: str, postcode: str = "", wish: Wish = DIRECTORY_WISH) -> list[str]:
        row = SenderRow(2, 2, "A B", ("x",), postcode, "gb", area)
        targets, faults = directory.targets(row, edition, wish)
        return [*(one.person for one in targets), *(one.rule for one in faults)]

    assert found("NORTHTOWN ") == found("Nörthtown") == found("", "ab12cd") == ["p1"]
    assert found("South-Town") == ["p2"]
    assert found("Northtow") == ["unknown-area"]
    assert found("", "AB9 9ZZ") == ["split-postcode"]
    assert found("", "ZZ1 1ZZ") == ["unknown-postcode"]
    assert found("") == ["no-area"]
    assert found("Northtown", wish=Wish(chamber="lords")) == ["no-recipient"]


def test_a_numbered_area_is_known_by_its_name_where_only_one_has_it() -> None:
    from advokit.countries import load_country
    areas = ("23 - Northtown", "24 - South Town", "7. South Town", "8 Westtown", "Westtown", "1st Hill", "9")
    people = [Person(id=area, name="Kim Example", family_name="Example", gender="female", area=area) for area in areas]
    directory = Directory(people, load_country("gb").model, "people.csv")

    def found(area: str) -> list[str]:
        chosen, fault = directory._own(SenderRow(2, 2, "A B", area=area))
        return [fault.rule] if fault else [areas[index] for index in chosen]

    assert found("Northtown") == found("23 - Northtown") == ["23 - Northtown"]
    assert found("22 - Northtown") == found("South Town") == found("Hill") == found("Hill 1st") == ["unknown-area"]
    assert found("7. South Town") == ["7. South Town"]
    assert found("Westtown") == ["Westtown"]


def test_a_postcode_in_two_districts_reaches_those_who_sit_for_both(tmp_path: Path) -> None:
    from advokit.countries import load_country
    codes = tmp_path / "zccd.csv"
    codes.write_text("state_abbr,zcta,cd\nCA,90210,30\nCA,90210,32\n", "utf-8")
    people = [Person(id="s", name="Kim Example", family_name="Example", gender="female", role="Senator", chamber="Senate", area="CA"),
              Person(id="h", name="Lee Sample", family_name="Sample", gender="male", chamber="House of Representatives", area="CA-30")]
    directory = Directory(people, load_country("us").model, "us.csv", read_postcodes(codes))
    edition = SimpleNamespace(language="en")

    def found(chamber: str) -> list[str]:
        row = SenderRow(2, 2, "A B", ("x",), "90210-1234", "us")
        targets, faults = directory.targets(row, edition, Wish(chamber=chamber))  # type: ignore[arg-type]
        return [*(one.person for one in targets), *(one.rule for one in faults)]

    assert found("") == ["s", "split-postcode"]
    assert found("senate") == ["s"]
    assert found("house") == ["split-postcode"]


def test_the_apostrophe_that_guards_a_cell_is_taken_off(tmp_path: Path) -> None:
    path = write_senders(tmp_path / "s.csv", [sender(1, words=neutral("- I swim, =1+1.")), sender(2, words="'Quoted' it is.")])
    one, two = SenderTable(path, "s.csv", "gb").rows()
    assert isinstance(one, SenderRow)
    assert isinstance(two, SenderRow)
    assert one.own_words == "- I swim, =1+1."
    assert two.own_words == "'Quoted' it is."


def test_accents_of_their_own_part_no_words(tmp_path: Path) -> None:
    words = "L'e\u0301te\u0301 de\u0301ja\u0300"
    short, enough = (list(SenderTable(write_senders(tmp_path / "s.csv", [sender(1, words=words)]), "s.csv", "fr", Questions(least)).rows())
                     for least in (3, 2))
    assert isinstance(short[0], Fault)
    assert isinstance(enough[0], SenderRow)
    assert enough[0].own_words == "L'\u00e9t\u00e9 d\u00e9j\u00e0"
