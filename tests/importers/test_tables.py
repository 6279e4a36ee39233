"""Delimited text: delimiters, headers, encodings, ragged rows, quotation marks that never close."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advokit.tables.encodings import detect
from advokit.tables.rows import place_of, raw_rows, read_head, read_rows, sniff, tidy

CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('",;\n'), max_size=12)


@given(st.lists(st.lists(CELL, min_size=2, max_size=4).filter(any), min_size=1, max_size=8), st.sampled_from(",;\t|"))
def test_rows_come_back_as_the_csv_writer_wrote_them(rows: list[list[str]], delimiter: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    lines = iter(io.StringIO(out.getvalue(), newline=""))
    said: list[str] = []
    found = list(raw_rows(lines, delimiter, lambda *problem: said.append(problem[2])))
    assert [line.cells for line in found] == rows
    assert not said


@given(st.lists(st.lists(CELL, min_size=3, max_size=3).filter(any), min_size=1, max_size=5))
def test_the_place_of_a_cell_is_where_its_text_stands(rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    text = out.getvalue()
    for line in raw_rows(iter(io.StringIO(text, newline="")), ","):
        for index in range(3):
            number, column = place_of(line, index, ",")
            assert text.split("\n")[number - 1][column - 1] == '"'


@given(st.text())
def test_tidy_text_stays_tidy(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b\n1,5;2,5\n3,1;4\n", ";"),
        ("a\tb\n1\t2\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ("name;note\nA;x, y, z\nB;u\n", ";"),
        ("# a, b, c\nname;seat\nA;1\n", ";"),
        ("name\nA\nB\n", ","),
    ],
)
def test_delimiters_are_found(text: str, delimiter: str) -> None:
    assert sniff(text.splitlines(keepends=True)) == delimiter


@pytest.mark.parametrize(
    ("encoding", "country", "text"),
    [
        ("utf-8", "de", "Müller"),
        ("utf-8-sig", "de", "Müller"),
        ("cp1252", "de", "Jürgen Müller; Straße"),
        ("cp1252", "fr", "Élodie Lefèvre"),
        ("cp1250", "pl", "Łukasz Wiśniewski, Żółć"),
        ("cp1251", "ua", "Петренко Їжак Ґалаґан"),
        ("cp1251", "gb", "Иванов Пётр Сергеевич"),
        ("cp1252", "es", "Íñigo Núñez"),
        ("cp1252", "dk", "Å"),
        ("cp1250", "eu", "Łukasz Wiśniewski"),
        ("mac_roman", "de", "Müller Größe"),
        ("big5", "tw", "王小明臺北市"),
        ("big5", "gb", "王小明,臺北市,立法委員"),
        ("cp932", "jp", "山田太郎、東京都"),
        ("gb18030", "cn", "王小明,北京市"),
        ("cp949", "kr", "홍길동,서울"),
        ("cp1253", "gr", "Γιάννης Παπαδόπουλος"),
        ("utf-16", "tw", "王小明,臺北市"),
        ("utf-16-le", "pl", "Nazwa,Okreg\nZ,L"),
        ("utf-16-be", "pl", "Nazwa,Okreg\nZ,L"),
        ("utf-32", "de", "Müller"),
    ],
)
def test_encodings_are_found(tmp_path: Path, encoding: str, country: str, text: str) -> None:
    path = tmp_path / "x.csv"
    whole = f"name,area\n{text}\n" * 3
    path.write_bytes(whole.encode(encoding))
    found = detect(path, "x.csv", country)
    assert path.read_bytes().decode(found.name).replace("\ufeff", "") == whole


def test_a_few_bad_bytes_do_not_turn_utf8_into_something_else(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes("Müller Élodie Łukasz Žofie Ñandú Ærø\n".encode() + b"caf\xe9\n")
    assert detect(path, "x.csv", "de").name == "utf-8"
    assert detect(path, "x.csv", "de").damaged


def _rows(
    tmp_path: Path, text: str, wanted: tuple[str, ...] = ()
) -> tuple[list[dict[str, str]], list[tuple[object, ...]]]:
    path = tmp_path / "x.csv"
    path.write_bytes(text.encode())
    said: list[tuple[object, ...]] = []
    encoding = detect(path, "x.csv")
    table = read_head(path, "x.csv", encoding, wanted)
    return [row.values for row in read_rows(path, table, encoding, lambda *problem: said.append(problem))], said


def test_remarks_blank_lines_and_titles_are_passed_over(tmp_path: Path) -> None:
    text = "List of members;;\r\n\r\n# as of 2024\r\nname;;party\r\nA;1;X\r\n;;\r\n# B;2;Y\r\n#7;2;Z\r\n"
    rows, said = _rows(tmp_path, text)
    assert rows == [{"name": "A", "column 2": "1", "party": "X"}, {"name": "#7", "column 2": "2", "party": "Z"}]
    assert not said


def test_a_header_that_is_a_remark_is_found_by_the_columns_wanted(tmp_path: Path) -> None:
    rows, _ = _rows(tmp_path, "# name,area\nA,1\nB,2\n", ("name", "area"))
    assert rows == [{"name": "A", "area": "1"}, {"name": "B", "area": "2"}]


def test_ragged_rows_are_told_and_kept(tmp_path: Path) -> None:
    rows, said = _rows(tmp_path, "name,area,party\nA,1\nB,2,X,extra\nC,3,Y,,\n")
    assert [row["name"] for row in rows] == ["A", "B", "C"]
    assert [(problem[0], problem[2]) for problem in said] == [(2, "ragged-row"), (3, "ragged-row")]


@pytest.mark.parametrize("rows_after", [2, 300])
def test_an_open_quotation_mark_costs_only_its_own_line(tmp_path: Path, rows_after: int) -> None:
    tail = "".join(f"N{number},{number}\n" for number in range(rows_after))
    rows, said = _rows(tmp_path, f'name,area\nA,1\n"B,2\n{tail}')
    assert [row["name"] for row in rows] == ["A", "B", *(f"N{number}" for number in range(rows_after))]
    assert [(problem[0], problem[2]) for problem in said] == [(3, "open-quote")]


def test_spaces_of_every_kind_and_doubled_headers(tmp_path: Path) -> None:
    rows, _ = _rows(tmp_path, "name,Tel,Tel\n\u3000A\u00a0\u00a0B\u200b,1,2\n")
    assert rows == [{"name": "A B", "Tel": "1", "Tel (2)": "2"}]


def test_lines_that_end_in_a_carriage_return_alone(tmp_path: Path) -> None:
    rows, said = _rows(tmp_path, "name,area\rA,1\rB,2,3\r")
    assert [row["name"] for row in rows] == ["A", "B"]
    assert [problem[0] for problem in said] == [3]


def test_a_header_alone_has_no_row(tmp_path: Path) -> None:
    assert _rows(tmp_path, "name,area") == ([], [])
