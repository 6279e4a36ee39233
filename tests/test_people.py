"""The table of people: what is written is read back, mistakes have their place, and persons are found."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advokit.people import COLUMNS, Person, find_people, neutral, plain, read_people, sort_key, write_people
from advokit.problems import InputError, OutputError
from advokit.tables.rows import tidy

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(TEXT | st.from_regex(r"'*[=+@-].*", fullmatch=True))
def test_a_neutral_cell_is_no_formula_and_comes_back(cell: str) -> None:
    assert plain(neutral(cell)) == cell
    assert not neutral(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.lists(st.tuples(TEXT, TEXT, TEXT), max_size=5))
def test_people_come_back_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, str, str]]
) -> None:
    path = tmp_path_factory.mktemp("people") / "p.csv"
    people = [Person(id=tidy(one), name=tidy(two) or "Kim", party=tidy(three)) for one, two, three in cells]
    assert write_people(path, people) == len(people)
    assert list(read_people(path)) == people


def test_every_column_has_its_sentence_and_the_documentation_names_it() -> None:
    page = (Path(__file__).parent.parent / "docs" / "people.md").read_text("utf-8")
    wanted = (
        "id name honorific given_name family_name gender party role chamber area area_id address email"
        " form_url phone language start end source"
    )
    assert " ".join(COLUMNS) == wanted
    assert all(f"| `{column}` |" in page for column in COLUMNS)


@pytest.mark.parametrize(
    ("row", "place", "words"),
    [
        (",1,,,,", (3, 1), ["missing-name", "no name"]),
        ("Jo,1,a@b,,,", (3, 6), ["invalid-email", "'a@b'"]),
        ("Jo,1,https://example.org,,,", (3, 6), ["invalid-email", "form_url"]),
        ("Jo,1,,javascript:x,,", (3, 7), ["invalid-url", "https://"]),
        ("Jo,1,,,5.5.2020,", (3, 8), ["invalid-date", "2025-12-11"]),
        ("Jo,1,,,2021,2020", (3, 13), ["dates-reversed", "2020"]),
        ("Jo,1", (3, 1), ["ragged-row", "2 cells"]),
    ],
)
def test_mistakes_have_their_place_and_do_not_stop(
    tmp_path: Path, row: str, place: tuple[int, int], words: list[str]
) -> None:
    path = tmp_path / "p.csv"
    path.write_text(f"name,area,email,form_url,start,end\nKim,1,,,,\n{row}\nAl,2,,,,\n", "utf-8")
    problems: list[object] = []
    people = list(read_people(path, problems))  # type: ignore[arg-type]
    (problem,) = problems
    assert (problem.line, problem.column) == place  # type: ignore[attr-defined]
    assert all(word in str(problem) for word in words), str(problem)
    assert {"Kim", "Al"} <= {person.name for person in people}
    with pytest.raises(InputError):
        list(read_people(path))


def test_an_unknown_column_and_a_missing_one(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text("name,emial\nKim,x\n", "utf-8")
    with pytest.raises(InputError, match=r"p\.csv:1:1.*emial.*\n.*'email'"):
        list(read_people(path))
    path.write_text("title,seat\nKim,x\n", "utf-8")
    with pytest.raises(InputError, match=r"(?s)no column 'name'.*title, seat"):
        list(read_people(path))
    with pytest.raises(InputError, match="no such file"):
        list(read_people(tmp_path / "nothing.csv"))


def test_a_table_saved_by_a_spreadsheet_is_read(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_bytes("Name;Phone;Area\r\nJürgen Müller;'+49 1;001\r\n".encode("cp1252"))
    assert list(read_people(path)) == [Person(name="Jürgen Müller", phone="+49 1", area="001")]


def test_what_cannot_be_written_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        write_people(tmp_path / "file" / "p.csv", [])

    def broken() -> list[Person]:
        raise InputError([])

    with pytest.raises(InputError):
        write_people(tmp_path / "p.csv", (person for _ in [0] for person in broken()))
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


PEOPLE = [
    Person(id="1", name="Órfhlaith Sámple", area="Ynys Môn", party="Blue"),
    Person(id="2", name="王小明", area="臺北市"),
    Person(id="3", name="Олена Приклад", area="Київ", address="вул. 1; 01001 Київ"),
    Person(id="4", name="Kim Example", area="NY-12"),
    Person(id="5", name="Kim Example", area="NY-1", address="1 Main St; Town, NY 00501"),
]


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("orfhlaith", ["1"]),
        ("Orflaith Sample", ["1"]),
        ("ynys mon", ["1"]),
        ("王小明", ["2"]),
        ("臺北", ["2"]),
        ("wang xiaoming", ["2"]),
        ("Олена", ["3"]),
        ("olena pryklad", ["3"]),
        ("01001", ["3"]),
        ("kim exampel", ["4", "5"]),
        ("NY-12", ["4"]),
        ("NY-1", ["5"]),
        ("00501", ["5"]),
        ("nobody", []),
        ("", []),
        ("99999", []),
    ],
)
def test_finding(words: str, ids: list[str]) -> None:
    assert [hit.person.id for hit in find_people(words, {"p": PEOPLE})] == ids


@given(TEXT)
def test_finding_never_breaks(words: str) -> None:
    assert len(find_people(words, {"p": PEOPLE})) <= len(PEOPLE)
    assert sort_key(sort_key(words)) == sort_key(words)
