"""Each format from small made-up files: what is read, joined, chosen, told, and left out."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from advokit.importers.formats import FORMATS
from advokit.importers.mapping import mapping_from
from advokit.importers.run import Report
from advokit.problems import AdvokitError, InputError, UsageError
from tests.importers.helpers import Run

LEGISLATORS = """
- id: {bioguide: X000001, govtrack: 1, thomas: '00042', wikidata: Q1}
  name: {first: Kim, middle: Q., last: Example, suffix: Jr.}
  bio: {birthday: '1960-01-01', gender: F}
  terms:
  - {type: rep, start: '2023-01-03', end: '2025-01-03', state: AK, district: 0, party: Blue}
  - {type: sen, start: '2025-01-03', end: '2031-01-03', state: AK, class: 2, party: Blue, phone: 202-555-0100,
     address: 511 Sample Senate Office Building Washington DC 20510, contact_form: 'https://example.org/form'}
- id: {bioguide: X000002}
  name: {first: Jo, last: Sample, official_full: Jo Sámple}
  bio: {gender: M}
  terms:
  - {type: rep, start: 2025-01-03, end: 2027-01-03, state: CA, district: 14, party: Red, shoe_size: 43}
- id: {bioguide: X000003}
  name: {first: Al, last: Isle, official_full: Al Isle}
  bio: {gender: M}
  terms:
  - {type: rep, start: '2025-01-03', end: '2027-01-03', state: GU, district: 0, party: Red}
"""
OFFICES = """
- id: {bioguide: X000002}
  offices:
  - {id: X-1, suite: Suite 2, city: Town, state: CA, phone: 555-0101}
  - {id: X-2, address: 1 Main St., suite: Suite 3, city: Town, state: CA, zip: '00501', phone: 555-0102, latitude: 1.5}
- id: {bioguide: X000099}
  offices: []
"""


def write(folder: Path, name: str, text: str | bytes | Any) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(text, bytes):
        path.write_bytes(text)
    else:
        path.write_text(text if isinstance(text, str) else json.dumps(text, ensure_ascii=False), "utf-8")
    return path


def rules(report: Report) -> list[str]:
    return [problem.rule for problem in report.problems]


def test_every_format_has_its_module() -> None:
    assert [row.read.__name__ for row in FORMATS.values()] == ["read"] * 5
    assert all(row.name == name for name, row in FORMATS.items())


def test_congress(run: Run, tmp_path: Path) -> None:
    people = write(tmp_path, "legislators-current.yaml", LEGISLATORS)
    offices = write(tmp_path, "offices.yaml", OFFICES)
    report, (kim, jo, isle) = run("congress-legislators", offices, people, country="us", today=dt.date(2040, 1, 1))
    assert (kim.name, kim.chamber, kim.area, kim.role) == ("Kim Q. Example Jr.", "Senate", "AK", "Senator")
    assert kim.address_lines == ("511 Sample Senate Office Building", "Washington, DC 20510")
    assert (jo.area, jo.area_id) == ("CA-14", "ocd-division/country:us/state:ca/cd:14")
    assert (jo.address, jo.phone) == ("1 Main St., Suite 3; Town, CA 00501", "555-0102")
    assert (isle.role, isle.area, isle.area_id) == ("Delegate", "GU-AL", "ocd-division/country:us/territory:gu")
    assert report.counts["only in a source that adds to another"] == 1
    assert [(p.rule, p.line, "shoe_size" in p.message) for p in report.problems] == [("unknown-field", 9, True)]
    assert report.unused["bio.birthday"] == 1
    assert all(data.sha256 in person.source for data in report.sources[1:] for person in (kim, jo, isle))


def test_congress_on_a_day_before_the_change_of_chamber(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path, "l.yaml", LEGISLATORS)
    report, people = run("congress-legislators", path, country="us", on=dt.date(2024, 5, 1))
    assert [(person.chamber, person.area, person.phone) for person in people] == [
        ("House of Representatives", "AK-AL", "")
    ]
    assert report.reasons == {"not yet in office on 2024-05-01": 2}


def test_congress_district_offices_first(run: Run, tmp_path: Path) -> None:
    text = LEGISLATORS.replace("shoe_size: 43", "address: 9 Sample Building Washington DC 20515")
    paths = write(tmp_path, "l.yaml", text), write(tmp_path, "o.yaml", OFFICES)
    _, people = run("congress-legislators", *paths, country="us", office="district")
    assert people[1].address == "1 Main St., Suite 3; Town, CA 00501"
    assert people[0].address == "511 Sample Senate Office Building; Washington, DC 20510"
    assert run("congress-legislators", *paths, country="us")[1][1].address == "9 Sample Building; Washington, DC 20515"


OPENSTATES = """
id: ocd-person/1
name: "\\xC1lex Example"
gender: Female
email: a@example.org
party: [{name: Red, end_date: 2020-01-01}, {name: Blue}]
roles:
- {start_date: 2025-01-08, type: lower, jurisdiction: 'ocd-jurisdiction/country:us/state:ak/government',
   district: '014'}
- {start_date: '2015-01-01', end_date: '2018-12-31', type: upper, district: E,
   jurisdiction: 'ocd-jurisdiction/country:us/state:ak/government'}
offices:
- {classification: district, address: '1 Side St', voice: 555-0103}
- {classification: capitol, address: 'P.O. Box 1; ; Juneau, AK 00999', voice: 555-0104}
"""


def test_openstates_folder(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "people"
    write(folder, "data/ak/legislature/a.yml", OPENSTATES)
    write(folder, "data/ak/legislature/broken.yml", "name: [open\n")
    write(folder, "data/ak/legislature/bytes.yml", b"name: \xff\xfe\n")
    write(
        folder,
        "data/ak/executive/g.yml",
        "id: ocd-person/2\nname: Gov Example\nroles:\n- {type: lt_governor, "
        "jurisdiction: 'ocd-jurisdiction/country:us/state:ak/government', start_date: 2020, end_date: 2099-01-01}\n",
    )
    write(folder, "settings.yml", "ak:\n  vacancies:\n  - {chamber: lower, district: 44, vacant_until: 2026-09-01}\n")
    report, people = run("openstates", folder, country="us")
    governor, member = people
    assert (member.name, member.area, member.party, member.chamber) == ("Álex Example", "014", "Blue", "lower")
    assert member.area_id == "ocd-division/country:us/state:ak/sldl:014"
    assert (member.address, member.phone) == ("P.O. Box 1; Juneau, AK 00999", "555-0104")
    assert (governor.role, governor.chamber, governor.area) == ("lieutenant governor", "executive", "AK")
    assert sorted(rules(report)) == ["yaml-syntax", "yaml-syntax"]
    assert "vacant: AK lower 44 until 2026-09-01" in report.notes
    assert run("openstates", folder, country="us", chamber="lower")[0].reasons == {"in another chamber": 1}
    assert run("openstates", folder, country="us", office="district")[1][1].address == "1 Side St"


POPOLO: dict[str, Any] = {
    "memberships": [
        {
            "person_id": "p1",
            "organization_id": "h",
            "on_behalf_of_id": "blue",
            "area_id": "a1",
            "legislative_period_id": "term/13",
        },
        {
            "person_id": "p1",
            "organization_id": "h",
            "on_behalf_of_id": "red",
            "area_id": "a1",
            "legislative_period_id": "term/9",
        },
        {
            "person_id": "p2",
            "organization_id": "h",
            "area_id": "nowhere",
            "legislative_period_id": "term/13",
            "start_date": "2021",
        },
        {"person_id": "p3", "organization_id": "h", "legislative_period_id": "term/9"},
        {"person_id": "p4", "organization_id": "h", "legislative_period_id": "term/13", "end_date": "2021-02-03"},
        {"person_id": "ghost", "organization_id": "h"},
        {"person_id": "p5", "organization_id": "c"},
        {"person_id": "p6", "organization_id": "h", "legislative_period_id": "term/13"},
    ],
    "persons": [
        {
            "id": "p1",
            "name": "Kim Example",
            "sort_name": "Example, Dame Kim",
            "gender": "female",
            "email": "https://example.org/write",
            "identifiers": [{"scheme": "wikidata", "identifier": "Q1"}],
            "contact_details": [{"type": "voice", "value": "+1 2"}],
        },
        {"id": "p2", "name": "Jo Sample", "given_name": "Jo", "mystery": 1},
        {"id": "p3", "name": "Old Sample"},
        {"id": "p4", "name": "Left Sample"},
        {"id": "p5", "name": "Committee Sample"},
        {"id": "p6", "name": "Late Sample", "death_date": "2022-01"},
    ],
    "organizations": [
        {"id": "h", "name": "House", "classification": "legislature"},
        {"id": "blue", "name": "Blue", "classification": "party"},
        {"id": "red", "name": "Red", "classification": "party"},
        {"id": "c", "name": "Fish", "classification": "committee"},
    ],
    "areas": [{"id": "a1", "name": "Hill"}],
    "events": [
        {"id": "term/9", "start_date": "2010", "end_date": "2015-01-01"},
        {"id": "term/13", "start_date": "2020-05-01"},
    ],
    "meta": {"updated_at": "2022-03-04T05:06:07Z"},
}


def test_popolo(run: Run, tmp_path: Path) -> None:
    report, people = run("popolo", write(tmp_path, "p.json", POPOLO))
    assert [(person.name, person.party, person.area, person.area_id) for person in people] == [
        ("Kim Example", "Blue", "Hill", "a1"),
        ("Jo Sample", "", "", "nowhere"),
    ]
    kim, jo = people
    assert (kim.honorific, kim.family_name, kim.form_url, kim.email, kim.phone) == (
        "Dame",
        "Example",
        "https://example.org/write",
        "",
        "+1 2",
    )
    assert (kim.start, jo.start, jo.family_name) == ("2020-05-01", "2021", "Sample")
    assert kim.source.endswith(" 2022-03-04")
    assert report.reasons == {
        "sat in an earlier period only": 1,
        "no longer in office": 1,
        "no membership in the data": 1,
        "deceased": 1,
    }
    assert sorted(rules(report)) == ["email-is-url", "unknown-area", "unknown-field", "unknown-person"]
    assert all(problem.line == 1 and problem.column > 1 for problem in report.problems)


def test_popolo_on_a_day_and_everyone(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path, "p.json", json.dumps(POPOLO, indent=1))
    _, people = run("popolo", path, on=dt.date(2012, 1, 1))
    assert [(person.name, person.party) for person in people] == [("Kim Example", "Red"), ("Old Sample", "")]
    assert run("popolo", path, on=dt.date(2021, 2, 3))[0].written == 4
    report, people = run("popolo", path, everyone=True)
    assert (report.written, len(people)) == (6, 6)
    place = next(problem for problem in report.problems if problem.rule == "unknown-person")
    assert "ghost" in path.read_text("utf-8").splitlines()[place.line]


def test_popolo_with_language_maps_and_nested_memberships(run: Run, tmp_path: Path) -> None:
    data = [
        {
            "id": "q1",
            "name": {"lang:en": "Kim Example", "lang:fr": "Kim Exemple (homme politique)"},
            "memberships": [
                {
                    "role": {"lang:fr": "député"},
                    "area": {"id": "x", "name": {"lang:fr": "Île"}},
                    "organization": {"id": "o", "name": "Assemblée", "classification": "branch"},
                },
                {"organization": {"id": "p", "name": "Parti", "classification": "party"}},
            ],
        }
    ]
    _, (person,) = run("popolo", write(tmp_path, "p.json", data), country="ca", language="fr")
    assert (person.name, person.role, person.area, person.chamber, person.party) == (
        "Kim Exemple",
        "député",
        "Île",
        "Assemblée",
        "Parti",
    )


EP_CSV = """id,name,sort_name,email,group,area_id,area,chamber,term,start_date,end_date,gender,wikidata,twitter
1,Kim Example,"Example, Dr Kim",k@example.org,Blue,a1,"Hill, East",House,57,,2018-01-01,female,Q1,kim
1,Kim Example,"Example, Dr Kim",k@example.org,Red,a1,"Hill, East",House,57,2018-01-02,,female,Q1,kim
2,Jo Sample,,,Red,a2,Dale,House,57,,2018-05-05,male,Q2,
3,Old Sample,,,Red,a3,Moor,House,9,,,male,Q3,
"""


def test_everypolitician_csv(run: Run, tmp_path: Path) -> None:
    report, people = run("everypolitician-csv", write(tmp_path, "t.csv", EP_CSV))
    assert [(p.name, p.honorific, p.family_name, p.party, p.area, p.start) for p in people] == [
        ("Kim Example", "Dr", "Example", "Red", "Hill, East", "2018-01-02")
    ]
    assert (report.read, report.left_out, report.unused) == (3, 2, {"twitter": 2})


def test_two_sources_are_joined_by_identifiers(run: Run, tmp_path: Path) -> None:
    csv_path = write(tmp_path, "t.csv", EP_CSV.replace("k@example.org", ""))
    data = {
        "persons": [
            {
                "id": "other",
                "name": "Kim Example",
                "email": "kim@example.org",
                "identifiers": [{"scheme": "wikidata", "identifier": "Q1"}],
            },
            {"id": "more", "name": "Unknown Sample"},
        ]
    }
    joined = write(tmp_path, "p.json", data)
    report, (kim,) = run("everypolitician-csv", csv_path, joins=(("popolo", joined),))
    assert (kim.id, kim.email, kim.party) == ("1", "kim@example.org", "Red")
    assert "t.csv" in kim.source
    assert "p.json" in kim.source
    assert report.counts["only in a source that adds to another"] == 1


MESSY = (
    "Vorname;Nachname;Titel;Wahlkreis;E-Mail;seit;bis;Nr\r\n\r\n# Stand 2024\r\n"
    "Kim;Müller;Dr.;001 Straße;https://example.de/kontakt;3.5.2016;;007\r\n"
    "Jo;Groß;;002;a@example.de;2017;2015;008\r\n"
    ";;;003;;;;009\r\n"
    "Al;Öz;;=1+1;al@example;31.02.2016;;010\r\n"
)
MAPS = [
    "given_name=Vorname",
    "family_name=Nachname",
    "honorific=Titel",
    "area=Wahlkreis",
    "start=seit",
    "end=bis",
    "id=Nr",
]


def test_a_messy_table(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path, "m.csv", MESSY.encode("cp1252"))
    report, people = run("table", path, country="de", mapping=mapping_from(MAPS))
    assert [(p.id, p.name, p.honorific, p.area, p.start) for p in people] == [
        ("007", "Kim Müller", "Dr.", "001 Straße", "2016-05-03"),
        ("010", "Al Öz", "", "=1+1", ""),
    ]
    assert people[0].form_url == "https://example.de/kontakt"
    where = {(problem.rule, problem.line, problem.column, problem.severity) for problem in report.problems}
    assert where == {
        ("encoding-guessed", 0, 0, "warning"),
        ("email-is-url", 4, 27, "warning"),
        ("dates-reversed", 5, 32, "warning"),
        ("missing-name", 6, 1, "error"),
        ("invalid-email", 7, 13, "warning"),
        ("invalid-date", 7, 24, "warning"),
    }
    assert "'=1+1" in (tmp_path / "people-out.csv").read_text("utf-8")


def test_persons_of_one_name_stay_apart_and_one_person_of_two_rows_is_one(run: Run, tmp_path: Path) -> None:
    text = "name,area,party\nKim Example,Hill,Blue\nKim Example,Dale,Red\nKim Example,Hill,Red\n"
    report, people = run("table", write(tmp_path, "n.csv", text))
    assert [(person.area, person.party) for person in people] == [("Hill", "Red"), ("Dale", "Red")]
    report, people = run("table", write(tmp_path, "i.csv", "id,name\n1,Kim Example\n1,Zo Other\n2,Kim Example\n"))
    assert len(people) == 3
    assert rules(report) == ["id-clash"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.json", [{"Navn": "Åse", "k": {"n": "Fyn"}, "tags": ["x"]}]),
        ("b.json", {"meta": {"n": 1}, "data": {"members": [{"Navn": "Åse", "k": {"n": "Fyn"}}]}}),
        ("c.jsonl", '{"Navn": "Åse", "k": {"n": "Fyn"}}\n{"Navn": "Bo", "k": {"n": "Als"}}\n'),
        ("d.json", [["Navn", "k.n"], ["Åse", "Fyn"]]),
        ("e.json", {"17": {"Navn": "Åse", "k": {"n": "Fyn"}}, "18": {"Navn": "Bo"}}),
        ("f.json", json.dumps([{"Navn": "Åse", "k": {"n": "Fyn"}}], ensure_ascii=False).encode("utf-16")),
    ],
)
def test_json_of_every_shape(run: Run, tmp_path: Path, name: str, data: Any) -> None:
    _, people = run("table", write(tmp_path, name, data), country="dk", mapping=mapping_from(["name=Navn", "area=k.n"]))
    assert (people[0].name, people[0].area) == ("Åse", "Fyn")


def test_a_mapping_file(run: Run, tmp_path: Path) -> None:
    mapping = write(
        tmp_path,
        "map.yaml",
        "columns: {name: [given, family], area: no, current: state}\nconstants: {chamber: Diet}\n"
        "values: {current: {sitting: yes, gone: no}, gender: {q: female}}\nitems: people.list\n",
    )
    data = {
        "other": [{"x": 1}],
        "people": {
            "list": [
                {"given": "Kim", "family": "Example", "no": "007", "state": "sitting", "gender": "q"},
                {"given": "Jo", "family": "Sample", "no": "008", "state": "gone"},
            ]
        },
    }
    report, (kim,) = run("table", write(tmp_path, "x.json", data), mapping=mapping_from([], mapping))
    assert (kim.name, kim.area, kim.chamber, kim.gender) == ("Kim Example", "007", "Diet", "female")
    assert report.reasons == {"not in office, as the data says": 1}


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        (["name=Nmae"], ["x.csv", "'Nmae'", "Did you mean 'Name'", "Columns: Name, Seat".lower()]),
        (["nam=Name"], ["'nam'", "Did you mean 'name'"]),
        (["name"], ["'name' is no mapping", "FIELD=COLUMN"]),
        (["area=Seat"], []),
    ],
)
def test_mistakes_in_a_mapping(run: Run, tmp_path: Path, pairs: list[str], words: list[str]) -> None:
    path = write(tmp_path, "x.csv", "Name;Seat\nKim;1\n")
    if not words:
        assert run("table", path, mapping=mapping_from(pairs))[0].written == 1
        return
    with pytest.raises(UsageError) as caught:
        run("table", path, mapping=mapping_from(pairs))
    text = str(caught.value)
    assert all(word.lower() in text.lower() for word in words), text


@pytest.mark.parametrize(
    ("format_name", "file", "text", "kind", "words"),
    [
        ("popollo", "x.json", "[]", UsageError, ["'popollo'", "'popolo'"]),
        ("popolo", "", "", InputError, ["no such file"]),
        ("popolo", "x.json", '{\n"persons": [{"id": 1,}]}', InputError, ["x.json:2:", "not JSON"]),
        ("popolo", "x.json", '{"members_of": []}', InputError, ["persons", "members_of", "table"]),
        ("table", "x.csv", "", InputError, ["no row"]),
        ("table", "x.csv", "a,b\n1,2\n", UsageError, ["hold the name", "a, b"]),
        ("table", "x.json", "[]", InputError, ["no list of people"]),
        ("congress-legislators", "x.yaml", "- id: [\n", InputError, ["x.yaml:2:1", "not YAML"]),
    ],
)
def test_what_cannot_be_read(
    run: Run, tmp_path: Path, format_name: str, file: str, text: str, kind: type[AdvokitError], words: list[str]
) -> None:
    path = write(tmp_path, file, text) if file else tmp_path / "nothing.json"
    with pytest.raises(kind) as caught:
        run(format_name, path)
    assert all(word in str(caught.value) for word in words), str(caught.value)
    assert not (tmp_path / "people-out.csv").exists()


def test_an_unknown_chamber_lists_those_there_are(run: Run, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Did you mean 'House'"):
        run("everypolitician-csv", write(tmp_path, "t.csv", EP_CSV), chamber="Huose")


def test_the_output_cannot_replace_the_data(run: Run, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="would replace"):
        run("table", write(tmp_path, "people-out.csv", "name\nKim\n"))


def test_the_same_input_gives_the_same_bytes(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path, "p.json", POPOLO)
    run("popolo", path)
    first = (tmp_path / "people-out.csv").read_bytes()
    run("popolo", path, today=dt.date(2027, 1, 1))
    assert (tmp_path / "people-out.csv").read_bytes() == first
