"""Lists of representatives in the shapes that parliaments publish, imported without a mapping (all persons are invented)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from advokit.importers.districts import districts_of
from advokit.importers.headers import guess, like_a_name, plain
from advokit.importers.mapping import mapping_from
from advokit.problems import InputError, UsageError
from tests.importers.helpers import Run
from tests.importers.test_formats import rules, write

TABLES: dict[str, tuple[str, str | bytes, dict[str, str]]] = {
    "a family name first beside both halves": (
        "ch", "officialName;firstName;lastName\nBeispiel Rosa;Rosa;Beispiel\n", {"name": "Rosa Beispiel"}),
    "a link where a name stands beside it": ("gb", "name,constituency,riding\nKim Example,/c/1,Hill\n", {"area": "Hill"}),
    "a link to a region": ("gb", "name,state,county\nKim Example,/s/1,Kent\n", {"area": "Kent"}),
    "a code before a name": ("ch", "name;canton;cantonName\nKim Muster;2;Bern\n", {"area": "Bern"}),
    "initials": ("us", "First name,Last name\nAJ,Example\n", {"name": "AJ Example", "given_name": "AJ"}),
    "headings without spaces": (
        "es",
        'NOMBRE;CIRCUNSCRIPCION;FECHAALTA;GRUPOPARLAMENTARIO\n"Muestra Pérez, Ana";Soria;17/08/2023;Grupo Azul\n',
        {"name": "Ana Muestra Pérez", "area": "Soria", "start": "2023-08-17", "party": "Grupo Azul"}),
    "a language by its letter": ("ch", "name;language\nKim Muster;f\n", {"language": "fr"}),
    "a language by its name": ("be", "naam;taal\nKim Muster;Nederlands\n", {"language": "nl"}),
    "a legislature behind a party and an area": (
        "de", "Name;Fraktion;Wahlkreis\nKim Muster;Blau (Bundestag 2025 - 2029);23 - Tal (Bundestag 2025 - 2029)\n",
        {"party": "Blau", "area": "23 - Tal"}),
    "a member state": ("eu", "Full name,Country,MEP ID\nKim Example,Malta,77\n", {"area": "Malta", "id": "77"}),
    "half a name": ("de", "Name;Vorname;Partei;Wahlkreis\nMuster;Kim;Blau;7\n", {"name": "Kim Muster", "area": "7"}),
    "a whole name beside a given one": ("gb", "name,first name\nKim Example,Kim\n", {"name": "Kim Example"}),
    "family name first": ("hu", "Vezetéknév;Keresztnév\nPélda;Ákos\n", {"name": "Példa Ákos", "given_name": "Ákos"}),
    "a bilingual header": ("ca", "Name / Nom,Riding / Comté\nKim Example,Laurier\n", {"area": "Laurier"}),
    "two header rows": (
        "ng",
        ",Member,,Office,\nS/N,First name,Surname,Address,Phone\n1,Ade,Example,1 Road,0801\n",
        {"name": "Ade Example", "address": "1 Road", "phone": "0801"},
    ),
    "a title, a blank line, notes and a sum": (
        "ke",
        "MEMBERS,,,\n,,,\nNo,Name,County,Party\n1,Hon. Jo Example,Nandi,A\n,Nominated,,\nTotal,1,,\n* by-election,,,\n",
        {"name": "Jo Example", "honorific": "Hon.", "area": "Nandi"},
    ),
    "a state and a number": (
        "us",
        "District,Name,Street,City,State,Zip\n12,Jo Example,1 Main St,Salem,IL,62701\n",
        {"area": "IL-12", "address": "1 Main St; Salem, IL 62701"},
    ),
    "a department and a number": ("fr", "Nom;Prénom;Département;Circonscription\nE;H;Isère;2\n", {"area": "Isère 2"}),
    "titles in two columns": (
        "de",
        "Anrede;Titel;Vorname;Nachname;Straße;PLZ;Ort\nFrau;Dr.;Kim;Muster;Weg 1;01067;Dresden\n",
        {"honorific": "Frau Dr.", "address": "Weg 1; 01067 Dresden"},
    ),
    "a title that is an office": ("nz", "Name,Title\nKim Example,Member for Hill\n", {"role": "Member for Hill"}),
    "a particle": ("nl", "Roepnaam;Tussenvoegsel;Achternaam\nAn;van der;Proef\n", {"name": "An van der Proef"}),
    "columns of an old list": (
        "au",
        (
            "member count,name,Division,State/Territory,Date of election,Date ceased to be a Member,Most recent party\n\n"
            "1,Al Sample,Hill,NSW,1.1.2000,31.12.2010,A\n2,Bo Example,,WA,1.6.2015,,B\n"
        ),
        {"name": "Bo Example", "area": "WA", "start": "2015-06-01", "party": "B"},
    ),
    "Polish": (
        "pl",
        "Lp.;Imię i nazwisko;Klub;Nr okręgu;Okręg wyborczy\n1;Łucja Ćwiczebna;Koło;12;Łódź\n".encode("cp1250"),
        {"name": "Łucja Ćwiczebna", "party": "Koło", "area": "Łódź 12"},
    ),
    "Russian": (
        "ru",
        "№;Фамилия;Имя;Фракция;Регион\n1;Примеров;Иван;А;Омская область\n".encode("cp1251"),
        {"name": "Иван Примеров", "area": "Омская область"},
    ),
    "Ukrainian": ("ua", "ПІБ;Фракція;Округ\nПриклад Ганна;А;№ 1\n", {"name": "Ганна Приклад", "family_name": "Приклад", "area": "№ 1"}),
    "Greek": ("gr", "Ονοματεπώνυμο;Κόμμα\nΆννα Δείγμα;Α\n", {"name": "Άννα Δείγμα", "party": "Α"}),
    "Turkish": ("tr", "Adı Soyadı;Seçim Çevresi\nAyşe Örnek;İzmir\n", {"name": "Ayşe Örnek", "area": "İzmir"}),
    "Arabic": ("eg", "الاسم,الحزب,الدائرة\nأحمد مثال,ألف,القاهرة\n", {"name": "أحمد مثال", "area": "القاهرة"}),
    "Hebrew": ("il", 'שם פרטי,שם משפחה,סיעה,דוא"ל\nדנה,דוגמה,ירוק,d@example.org\n', {"email": "d@example.org"}),
    "Thai": ("th", "ชื่อ-สกุล,พรรค,จังหวัด,เขต\nสมชาย ตัวอย่าง,ก,น่าน,1\n", {"area": "น่าน 1"}),
    "Vietnamese": ("vn", "Họ và tên;Giới tính\nNguyễn Mẫu;Nam\n", {"name": "Nguyễn Mẫu", "gender": "male"}),
    "Japanese": (
        "jp",
        "議員氏名,会派,選挙区,任期満了\n山田　例子,甲,東京都,令和99年7月25日\n".encode("cp932"),
        {"name": "山田 例子", "area": "東京都", "end": "2117-07-25"},
    ),
    "Korean": ("kr", "이름,정당,지역구\n강예시,갑,강릉시\n".encode("cp949"), {"name": "강예시", "area": "강릉시"}),
    "Chinese": ("tw", "姓名,黨籍,選區\n陳試例,甲,第1選區\n".encode("big5"), {"name": "陳試例", "area": "第1選區"}),
    "Mac line ends": (
        "fr",
        "Nom;Prénom;Groupe\rDupré;Hélène;Écho\rLefèvre;François;Été\r".encode("mac_roman"),
        {"name": "Hélène Dupré", "party": "Écho"},
    ),
}


@pytest.mark.parametrize("case", TABLES)
def test_a_plain_table_needs_no_mapping(run: Run, tmp_path: Path, case: str) -> None:
    country, text, wanted = TABLES[case]
    report, people = run("table", write(tmp_path, "t.csv", text), country=country)
    assert {key: getattr(people[0], key) for key in wanted} == wanted
    assert len(people) == (2 if case == "Mac line ends" else 1)
    assert report.read == report.written + report.left_out
    assert any("taken by their names" in note for note in report.notes)


def _td(name: str, seats: list[dict[str, Any]]) -> dict[str, Any]:
    return {"member": {"fullName": name, "memberCode": f"x-{name}", "memberships": [{"membership": s} for s in seats]}}


def _dail(area: str, start: str, end: str | None) -> dict[str, Any]:
    return {
        "parties": [{"party": {"showAs": f"{area} Party", "dateRange": {"start": start, "end": end}}}],
        "house": {"showAs": "Dáil", "houseCode": "dail"},
        "represents": [{"represent": {"showAs": area}}],
        "dateRange": {"start": start, "end": end},
    }


def _lord(name: str, *, active: bool) -> dict[str, Any]:
    seat = {
        "membershipFrom": "Hill",
        "house": 1,
        "membershipStartDate": "2019-12-12T00:00:00",
        "membershipEndDate": None if active else "2024-05-30T00:00:00",
        "membershipStatus": {"statusIsActive": True} if active else None,
    }
    value = {"id": len(name), "nameListAs": name, "nameDisplayAs": name, "latestHouseMembership": seat}
    return {"value": value | {"latestParty": {"id": 7, "name": "Blue"}}, "links": [{"rel": "self", "href": "/1"}]}


TREES: dict[str, tuple[str, Any, int, dict[str, str]]] = {
    "members of a wrapper, with several terms each": (
        "ie",
        {
            "head": {"lang": "mul"},
            "results": [
                _td("Ann Example", [_dail("Old", "2016-02-26", "2020-01-14"), _dail("New", "2024-11-29", None)]),
                _td(
                    "Bo Sample", [_dail("Old", "2016-02-26", "2020-01-14"), _dail("Older", "2011-01-01", "2016-01-01")]
                ),
            ],
        },
        2,
        {"name": "Ann Example", "area": "New", "party": "New Party", "start": "2024-11-29", "id": "x-Ann Example"},
    ),
    "values with their links": (
        "gb",
        {"items": [_lord("Gone Sample", active=False), _lord("Dr Kim Example", active=True)], "links": [{"rel": "x"}]},
        2,
        {"name": "Kim Example", "honorific": "Dr", "area": "Hill", "party": "Blue", "chamber": "", "id": "14"},
    ),
    "a list after another": (
        "br",
        {
            "links": [{"rel": "self"}],
            "dados": [{"id": 5, "nome": "Célia Amostra", "siglaPartido": "A", "siglaUf": "SP"}],
        },
        1,
        {"name": "Célia Amostra", "party": "A", "area": "SP", "id": "5"},
    ),
    "a list in a list": (
        "kr",
        {"api": [{"head": [{"count": 2}]}, {"row": [{"HG_NM": "강예시", "POLY_NM": "갑", "MONA_CD": "A1"}]}]},
        1,
        {"name": "강예시", "party": "갑", "id": "A1"},
    ),
    "a mapping of people with their parties": (
        "tw",
        {
            str(number): {
                "id": number,
                "name": f"試例{number}",
                "parties": [
                    {"party": "甲", "startDate": "2012/2/1", "endDate": "2014/1/1"},
                    {"party": "乙", "startDate": "2014/1/1", "endDate": ""},
                ],
            }
            for number in (1, 2)
        },
        2,
        {"name": "試例1", "party": "乙", "start": "2014-01-01"},
    ),
    "things with names of their own": (
        "no",
        {"liste": [{"etternavn": "Eksempel", "fornavn": "Åse", "id": "ÅE", "fylke": {"id": "Os", "navn": "Oslo"}}]},
        1,
        {"name": "Åse Eksempel", "area": "Oslo", "id": "ÅE"},
    ),
    "offices": (
        "ca",
        {
            "meta": {"next": None},
            "objects": [
                {
                    "name": "Kim Example",
                    "district_name": "East",
                    "offices": [{"type": "x", "postal": "1 Hill\nOttawa", "tel": "1"}, {"type": "y", "tel": "2"}],
                }
            ],
        },
        1,
        {"name": "Kim Example", "area": "East", "phone": "1", "address": "1 Hill; Ottawa"},
    ),
    "features of a map": (
        "ca",
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "properties": {"REP_NAME": "Kim Example", "WARD": "1"},
                    "geometry": {"coordinates": [[[1, 2], [3, 4]]]},
                }
            ],
        },
        1,
        {"name": "Kim Example", "area": "1"},
    ),
    "mandates of politicians": (
        "de",
        {
            "data": [
                {
                    "id": 9,
                    "label": "Kim Muster (2021 - 2025)",
                    "politician": {"id": 100, "label": "Kim Muster"},
                    "start_date": "2021-10-26",
                }
            ]
        },
        1,
        {"name": "Kim Muster", "id": "100", "start": "2021-10-26"},
    ),
}


@pytest.mark.parametrize("case", TREES)
def test_a_plain_tree_needs_no_mapping(run: Run, tmp_path: Path, case: str) -> None:
    country, data, read, wanted = TREES[case]
    report, people = run("table", write(tmp_path, "t.json", data), country=country)
    assert {key: getattr(people[0], key) for key in wanted} == wanted
    assert report.read == read == report.written + report.left_out


def test_yaml_as_a_table(run: Run, tmp_path: Path) -> None:
    text = "- {name: Kim Example, district: '007'}\n- {name: Jo Sample, district: NO}\n"
    assert [person.area for person in run("table", write(tmp_path, "y.yaml", text))[1]] == ["007", "NO"]
    inside = "version: 1\nmembers:\n- name: Kim Example\n- name: Jo Sample\n"
    assert run("table", write(tmp_path, "z.yml", inside))[0].written == 2


def test_a_second_list_is_told_and_read_where_it_is_named(run: Run, tmp_path: Path) -> None:
    data = {"upper": [{"name": "Kim Example", "party": "A"}], "lower": [{"name": "Jo Sample", "party": "B"}]}
    path = write(tmp_path, "x.json", data)
    report, people = run("table", path)
    assert (len(people), rules(report)) == (1, ["another-list"])
    assert "items: [upper, lower]" in report.problems[0].hint
    mapping = mapping_from([], write(tmp_path, "m.yaml", "items: [upper, lower]\n"))
    assert [person.name for person in run("table", path, mapping=mapping)[1]] == ["Kim Example", "Jo Sample"]
    with pytest.raises(InputError, match="Did you mean 'upper'"):
        run("table", path, mapping=mapping_from([], write(tmp_path, "m.yaml", "items: uper\n")))


def test_memberships_are_taken_apart_by_name_and_merged_cells_filled(run: Run, tmp_path: Path) -> None:
    data = [{"name": "Kim Example", "stints": [{"seat": "A", "out": "2010"}, {"seat": "B", "out": ""}]}]
    text = "memberships: stints\ncolumns: {area: stints.seat, end: stints.out}\n"
    mapping = mapping_from([], write(tmp_path, "m.yaml", text))
    report, (kim,) = run("table", write(tmp_path, "x.json", data), mapping=mapping)
    assert (report.read, kim.area) == (1, "B")
    merged = write(tmp_path, "x.csv", "Party,Name\nRed,Kim Example\n,Jo Sample\n")
    filled = mapping_from([], write(tmp_path, "f.yaml", "fill: party\n"))
    assert [person.party for person in run("table", merged, mapping=filled)[1]] == ["Red", "Red"]
    assert [person.party for person in run("table", merged)[1]] == ["Red", ""]


def test_a_guess_that_the_rows_do_not_bear_out_is_none(run: Run, tmp_path: Path) -> None:
    text = "name,from,mail,id,phone\nKim Example,Hull,yes,1,no\nJo Sample,York,no,1,no\nAl Probe,Ely,no,1,no\n"
    report, people = run("table", write(tmp_path, "x.csv", text + "Bo Trial,Bath,no,1,no\n"))
    assert [(person.start, person.email, person.phone) for person in people] == [("", "", "")] * 4
    assert (report.unused, report.problems) == ({"from": 4, "mail": 4, "id": 4, "phone": 4}, ())


def test_a_name_of_no_known_word_is_suggested(run: Run, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--map name='Abg Name Liste'"):
        run("table", write(tmp_path, "x.csv", "Nr,Abg Name Liste,Ort\n1,Kim Example,Hull\n"))
    assert like_a_name(["a", "b"]) == ""


def test_words_of_headers() -> None:
    assert plain("nomeParlamentar") == plain("NOME_PARLAMENTAR") == plain("nome parlamentar")
    assert plain("Prénom") == plain("PRENOM")
    assert guess(["staff.name", "name", "committee.role"], paths=True) == {"name": ("name",)}
    assert guess(["PLZ", "Name"]) == {"name": ("Name",)}


PARTS: dict[str, Any] = {
    "persons": [
        {"id": "1", "identifiers": [], "shortcuts": {"x": 1}, "other_names": [
            {"family_name": "Olde", "given_name": "Em", "note": "Main", "end_date": "2004-01-01"},
            {"family_name": "Example", "given_name": "Em", "note": "Main", "start_date": "2004-01-02"},
            {"name": "E. Example", "note": "Alternate"}]},
        {"id": "2", "other_names": [{"honorific_prefix": "Lord", "lordname": "Probe", "lordofname": "Hill"}]},
        {"id": "3", "redirect": "1"},
    ],
    "organizations": [
        {"id": "c", "name": "Commons", "classification": "chamber"},
        {"id": "l", "name": "Lords", "classification": "chamber"},
        {"id": "party/unknown", "name": "unknown", "classification": "party"},
    ],
    "posts": [{"id": "p", "area": {"name": "Hill"}, "label": "MP for Hill", "organization_id": "c", "role": "MP"}],
    "memberships": [
        {"person_id": "1", "post_id": "p", "on_behalf_of_id": "party/unknown", "start_date": "2001", "end_date": "2010"},
        {"person_id": "3", "post_id": "p", "start_date": "2010-05-06"},
        {"person_id": "2", "organization_id": "l", "label": "Peer", "role": "Peer", "start_date": "2020"},
        {"id": "m9", "redirect": "m1"},
    ],
}  # fmt: skip


def test_popolo_with_names_and_redirects_of_their_own(run: Run, tmp_path: Path) -> None:
    report, people = run("popolo", write(tmp_path, "p.json", PARTS))
    assert [(person.name, person.chamber, person.area, person.role, person.party) for person in people] == [
        ("Em Example", "Commons", "Hill", "MP", ""),
        ("Lord Probe of Hill", "Lords", "", "Peer", ""),
    ]
    assert (report.read, people[0].start, rules(report)) == (2, "2010-05-06", [])


@pytest.mark.parametrize("wrapped", [False, True])
def test_popolo_in_a_file_for_each_kind(run: Run, tmp_path: Path, *, wrapped: bool) -> None:
    paths = [
        write(tmp_path / "data", f"{kind}.json", {kind: PARTS[kind]} if wrapped else PARTS[kind])
        for kind in ("memberships", "persons", "posts", "organizations")
    ]
    whole = run("popolo", write(tmp_path, "p.json", PARTS))[1]
    for given in (paths, [tmp_path / "data"]):
        split = run("popolo", *given)[1]
        assert [(p.name, p.area, p.chamber, p.start) for p in split] == [
            (p.name, p.area, p.chamber, p.start) for p in whole
        ]
    (tmp_path / "none").mkdir()
    with pytest.raises(InputError, match="no JSON file"):
        run("popolo", tmp_path / "none")


SEAT = {"organization": {"name": "House", "classification": "legislature"}, "start_date": "2020"}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.json", {"@context": "x", "@graph": [{"@id": "1", "@type": "Person", "name": "Kim", "memberships": [SEAT]}]}),
        ("b.json", {"total": 1, "result": [{"id": "1", "name": "Kim", "memberships": [SEAT]}]}),
        ("c.json", {"data": {"persons": [{"id": "1", "name": "Kim", "memberships": [SEAT]}]}}),
        ("d.json", {"memberships": [SEAT | {"person": {"id": "1", "name": "Kim"}}]}),
        ("e.json", {"name": "House", "classification": "legislature", "memberships": [{"person": {"id": "1", "name": "Kim"}}]}),
        ("f.jsonl", '{"id": "1", "name": "Kim", "memberships": [{"organization": {"name": "House"}}]}\n{"id": "2", "name": "Jo"}'),
    ],
)  # fmt: skip
def test_popolo_of_every_shape(run: Run, tmp_path: Path, name: str, data: Any) -> None:
    _, people = run("popolo", write(tmp_path, name, data))
    assert [(person.id, person.name, person.chamber) for person in people] == [("1", "Kim", "House")]


@pytest.mark.parametrize(
    ("format_name", "name", "data", "words"),
    [
        ("table", "x.xlsx", b"PK\x03\x04...", "a workbook"),
        ("table", "x.csv", "<!DOCTYPE html>\n<html>", "a web page"),
        ("popolo", "x.xml", "<members><m/></members>", "XML"),
        ("table", "x.csv", "version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "Git LFS"),
        ("table", "x.csv", "\n\n", "no row"),
        ("popolo", "x.json", "", "no row"),
        ("popolo", "x.csv", "id,name\n1,Kim\n", "looks like the format 'table'"),
        ("everypolitician-csv", "x.json", PARTS, "looks like the format 'popolo'"),
        ("popolo", "x.csv", "id,name,sort_name,group,group_id\n", "looks like the format 'everypolitician-csv'"),
        ("openstates", "x.yaml", "- id: {bioguide: X1}\n  terms: []\n", "looks like the format 'congress-legislators'"),
        ("congress-legislators", "x.yml", "id: ocd-person/1\nname: Kim\n", "looks like the format 'openstates'"),
    ],
)
def test_files_of_another_kind_are_named(
    run: Run, tmp_path: Path, format_name: str, name: str, data: Any, words: str
) -> None:
    with pytest.raises(InputError, match=words):
        run(format_name, write(tmp_path, name, data))


def test_popolo_as_a_table_is_told(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path, "x.json", PARTS)
    assert "other-format" in rules(run("table", path, everyone=True)[0])
    assert "other-format" not in rules(run("table", path, everyone=True, mapping=mapping_from(["name=role"]))[0])


def test_a_cell_of_a_megabyte(run: Run, tmp_path: Path) -> None:
    _, people = run(
        "table", write(tmp_path, "x.csv", f'name,area\nKim\0 Example,\u200fHill\u200e\nJo,"{"x" * 1_000_000}"\n')
    )
    assert [(person.name, len(person.area)) for person in people] == [("Kim Example", 4), ("Jo", 1_000_000)]


@pytest.mark.parametrize(
    "header", ["pcd,constituency", "Code postal,Circonscription", "PLZ,Wahlkreis", "郵遞區號,選區"]
)
@pytest.mark.parametrize("code", ["sw1a1aa", "SW1A 1AA", "SW1A-1AA"])
def test_postcodes_in_tables_of_other_countries(tmp_path: Path, header: str, code: str) -> None:
    path = write(tmp_path, "p.csv", f"{header}\nSW1A 1AA,Hill\nK1A0A6,Dale\nSW1A1AA,Moor\n")
    assert [one.area for one in districts_of(path, code)] == ["Hill", "Moor"]
