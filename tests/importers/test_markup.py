"""XML: the list is found by its items, whatever its names; nothing is fetched or expanded (all persons are invented)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from advokit.importers import markup
from advokit.importers.mapping import mapping_from
from advokit.problems import InputError
from tests.importers.helpers import Run
from tests.importers.test_formats import rules, write

LISTS: dict[str, tuple[str, str, dict[str, str]]] = {
    "family names in capitals": (
        "eu",
        (
            "<meps><mep><fullName>Kim EXAMPLE</fullName><country>Malta</country><id>7</id></mep>"
            "<mep><fullName>Jo SAMPLE</fullName><country>Spain</country><id>8</id></mep></meps>"
        ),
        {"name": "Kim Example", "family_name": "Example", "area": "Malta", "id": "7"},
    ),
    "attributes, a namespace and values that are none": (
        "gb",
        (
            '<m:Members xmlns:m="urn:x" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><m:Member Member_Id="172">'
            '<m:DisplayAs>Ms Kim Example</m:DisplayAs><m:Party Id="15">Blue</m:Party><m:House>Commons</m:House>'
            '<m:MemberFrom>Hill</m:MemberFrom><m:HouseEndDate xsi:nil="true"/></m:Member></m:Members>'
        ),
        {"id": "172", "name": "Kim Example", "honorific": "Ms", "party": "Blue", "chamber": "Commons", "area": "Hill",
         "end": ""},
    ),
    "terms inside a person": (
        "de",
        (
            "<DOCUMENT><VERSION>x</VERSION><MDB><ID>1</ID><NAMEN><NAME><NACHNAME>Muster</NACHNAME><VORNAME>Kim</VORNAME>"
            "</NAME></NAMEN><WAHLPERIODEN><WAHLPERIODE><WP>20</WP><MDBWP_VON>26.10.2021</MDBWP_VON>"
            "<MDBWP_BIS>25.03.2025</MDBWP_BIS><WKR_NAME>Tal</WKR_NAME></WAHLPERIODE><WAHLPERIODE><WP>21</WP>"
            "<MDBWP_VON>25.03.2025</MDBWP_VON><MDBWP_BIS/><WKR_NAME>Berg</WKR_NAME></WAHLPERIODE><WAHLPERIODE><WP>19</WP>"
            "<MDBWP_VON>24.10.2017</MDBWP_VON><MDBWP_BIS>26.10.2021</MDBWP_BIS><WKR_NAME>See</WKR_NAME></WAHLPERIODE></WAHLPERIODEN></MDB>"
            "</DOCUMENT>"
        ),
        {"name": "Kim Muster", "area": "Berg", "start": "2025-03-25", "id": "1"},
    ),
    "offices beside the people": (
        "us",
        (
            "<x><updated>Friday</updated><offices><office><city>A</city></office><office><city>B</city></office></offices>"
            "<people><p><last_name>Example</last_name><first_name>Kim</first_name><state>WI</state></p>"
            "<p><last_name>Sample</last_name><first_name>Jo</first_name><state>WY</state></p></people></x>"
        ),
        {"name": "Kim Example", "area": "WI"},
    ),
}


@pytest.mark.parametrize("case", LISTS)
def test_lists_are_found_and_read(run: Run, tmp_path: Path, case: str) -> None:
    country, text, wanted = LISTS[case]
    _, people = run("table", write(tmp_path, "x.xml", f"<?xml version='1.0'?>\n{text}"), country=country)
    assert {key: getattr(people[0], key) for key in wanted} == wanted


def test_every_term_of_a_person_counts(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path, "x.xml", LISTS["terms inside a person"][1])
    _, people = run("table", path, country="de", on=dt.date(2018, 1, 1))
    assert [(one.area, one.start) for one in people] == [("See", "2017-10-24")]


def test_people_inside_a_person_are_no_other_list(run: Run, tmp_path: Path) -> None:
    inner = "<s><name>Al Muster</name><email>a@example.org</email><party>B</party></s>"
    text = f"<l><p><name>Kim Example</name><party>B</party><staff>{inner * 2}</staff></p><p><name>Jo Sample</name></p></l>"
    report, people = run("table", write(tmp_path, "x.xml", text))
    assert [one.name for one in people] == ["Kim Example", "Jo Sample"]
    assert "another-list" not in rules(report)


def test_marks_for_validators_are_no_fields(run: Run, tmp_path: Path) -> None:
    report, _ = run("table", write(tmp_path, "x.xml", LISTS["attributes, a namespace and values that are none"][1]))
    assert list(report.unused) == ["Party.Id"]


def test_a_root_is_no_list(run: Run, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no list of people"):
        run("table", write(tmp_path, "x.xml", "<who><name>Kim Example</name></who>"))


def test_problems_name_the_line(run: Run, tmp_path: Path) -> None:
    text = "<l>\n<p><name>Kim Example</name><email>https://x.example</email></p>\n<p><name/><party>B</party></p>\n</l>"
    report, people = run("table", write(tmp_path, "x.xml", text))
    assert [one.name for one in people] == ["Kim Example"]
    told = {found.rule: found.line for found in report.problems}
    assert (told["email-is-url"], told["missing-name"]) == (2, 3)


def test_entities_are_neither_fetched_nor_expanded(run: Run, tmp_path: Path) -> None:
    secret = write(tmp_path, "secret.txt", "secret")
    text = (f'<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY x SYSTEM "{secret.as_uri()}">]>'
            "<l><p><name>Kim &a;&x; Example</name></p><p><name>Jo Sample</name></p></l>")
    _, people = run("table", write(tmp_path, "x.xml", text))
    assert people[0].name == "Kim &a;&x; Example"


def test_a_declared_encoding_is_no_guess(run: Run, tmp_path: Path) -> None:
    text = '<?xml version="1.0" encoding="windows-1250"?><l><p><jmeno>Ťarko</jmeno><prijmeni>Příklad</prijmeni></p></l>'
    report, people = run("table", write(tmp_path, "x.xml", text.encode("cp1250")), country="cz")
    assert people[0].name == "Ťarko Příklad"
    assert "encoding-guessed" not in rules(report)


@pytest.mark.parametrize(
    ("text", "rule", "place"),
    [("<l><p>\n<name>Kim</p></l>", "xml-syntax", (2, 14)), ("<l>", "xml-syntax", (1, 4)), ("<l/>", "empty-file", (0, 0)),
     ('<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "foreign-file", (0, 0)),
     ('<?xml version="1.0"?><!DOCTYPE html><html/>', "foreign-file", (0, 0))],
)
def test_what_is_no_list_is_told(run: Run, tmp_path: Path, text: str, rule: str, place: tuple[int, int]) -> None:
    with pytest.raises(InputError) as told:
        run("table", write(tmp_path, "x.xml", text))
    problem = told.value.problems[0]
    assert (problem.rule, (problem.line, problem.column)) == (rule, place)


def test_other_formats_send_xml_to_the_table(run: Run, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="this is XML") as told:
        run("popolo", write(tmp_path, "x.xml", LISTS["offices beside the people"][1]))
    assert "import table" in told.value.problems[0].hint


def test_a_mapping_names_its_list_by_the_end_of_its_path(run: Run, tmp_path: Path) -> None:
    text = ("<x><a><one><n>Kim Example</n></one><one><n>Jo Sample</n></one></a>"
            "<b><two><n>Al Muster</n></two><two><n>Bo Probe</n></two></b></x>")
    path, mapping = write(tmp_path, "x.xml", text), write(tmp_path, "m.yaml", "items: b.two\ncolumns: {name: n}\n")
    _, people = run("table", path, mapping=mapping_from([], mapping))
    assert [one.name for one in people] == ["Al Muster", "Bo Probe"]
    wrong = write(tmp_path, "m.yaml", "items: b.tow\ncolumns: {name: n}\n")
    with pytest.raises(InputError, match=r"no list 'b\.tow'") as told:
        run("table", path, mapping=mapping_from([], wrong))
    assert "b.two" in told.value.problems[0].hint


def test_a_long_list_is_read_one_element_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "x.xml", "<l>" + "<p><name>Kim Example</name></p><q/>" * 20_000 + "</l>")
    events, held = markup._events, []

    def watched(*arguments: str) -> Iterator[tuple[str, etree._Element]]:
        for event, element in events(*arguments):  # type: ignore[arg-type]
            parent = element.getparent()
            held.append(0 if parent is None else len(parent))
            yield event, element

    monkeypatch.setattr(markup, "_events", watched)
    assert list(markup.items(path, "x.xml", "p")) == [({"name": "Kim Example"}, 1)] * 20_000
    assert max(held) < 5000  # what one block of the file holds


def test_a_table_is_no_xml_because_its_heading_has_brackets(run: Run, tmp_path: Path) -> None:
    _, people = run("table", write(tmp_path, "x.csv", "<name>,party\nKim Example,B\n"))
    assert people[0].name == "Kim Example"


def test_an_encoding_that_does_not_exist_is_told_where_it_stands(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path, "x.xml", "<?xml version='1.0' encoding='x-foo'?><l><p><name>Kim Example</name></p></l>")
    with pytest.raises(InputError, match="declares the encoding 'x-foo'") as told:
        run("table", path)
    assert (told.value.problems[0].line, told.value.problems[0].column) == (1, 31)
    assert run("table", path, encoding="utf-8")[1][0].name == "Kim Example"
