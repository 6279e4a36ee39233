"""Tables of senders that grow by a row: whole or not at all, other bytes as they were, and what is read is what was said."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advokit.campaign import OwnWords
from advokit.countries import load_country
from advokit.letters.adding import OneRow, SenderFile, address_fields, columns_for, new_table
from advokit.letters.senders import Questions, SenderRow, SenderTable
from advokit.problems import InputError, OutputError

COLUMNS = ("name", "street", "city", "postcode", "area", "own_words", "answer_why")
ANN = {"name": "Ann Lee", "street": "1 Road", "city": "Oxton", "postcode": "OX1 1AA", "own_words": "Hello, you."}


def rows(path: Path) -> list[SenderRow]:
    found = list(SenderTable(path, "s.csv", "gb", Questions(0, ("why",))).rows())
    assert all(isinstance(row, SenderRow) for row in found)
    return [row for row in found if isinstance(row, SenderRow)]


@pytest.mark.parametrize(("country", "fields"), [
    ("de", ("street", "postcode", "city")), ("gb", ("street", "city", "postcode")),
    ("us", ("street", "city", "region", "postcode")), ("ua", ("street", "city", "region", "postcode")),
    ("eu", ("street", "postcode", "city"))])
def test_an_address_has_the_fields_and_the_order_of_its_country(country: str, fields: tuple[str, ...]) -> None:
    assert address_fields(country) == fields


def test_the_columns_are_those_that_the_edition_uses() -> None:
    asked = OwnWords(questions={"why": {"en": "Why?"}})
    columns = columns_for(load_country("fr").model, "fr", asked, languages=False)
    assert columns == ("name", "street", "postcode", "city", "area", "place", "on_behalf_of", "email", "own_words", "answer_why")
    assert "country" in columns_for(load_country("eu").model, "en", asked, languages=True)
    assert new_table(columns, ";").decode("utf-8-sig") == ";".join(columns) + "\r\n"


def test_a_new_table_is_its_owners_alone_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    file = SenderFile(path, COLUMNS, ";")
    file.check()
    assert not path.exists()
    assert file.add(ANN) == 2
    assert file.add({**ANN, "name": "Bo Li", "own_words": "Two\nlines."}) == 3
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [(row.name, row.own_words) for row in rows(path)] == [("Ann Lee", "Hello, you."), ("Bo Li", "Two\nlines.")]
    assert [item.name for item in tmp_path.iterdir()] == ["s.csv"]


def test_columns_keep_their_order_and_names_and_missing_ones_come_last(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    before = "Zip,Mine,First name,Surname,Street,Town\nX1,keep,Kim,Example,2 Road,Town\n"
    path.write_text(before, "utf-8")
    path.chmod(0o640)
    assert SenderFile(path, COLUMNS, ";").add(ANN) == 3
    lines = path.read_text("utf-8").splitlines()
    assert lines[0] == "Zip,Mine,First name,Surname,Street,Town,name,own_words"
    assert lines[1] == before.splitlines()[1]
    assert lines[2] == 'OX1 1AA,,,,1 Road,Oxton,Ann Lee,"Hello, you."'
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [row.name for row in rows(path)] == ["Kim Example", "Ann Lee"]


def test_an_unfinished_row_is_passed_over_by_a_run_and_found_again(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    file = SenderFile(path, COLUMNS, ",")
    file.add(ANN)
    assert file.add({"name": "Bo, Li", "own_words": "=Half\na line"}, finished=False) == 0
    file.add({"street": "9 Road"}, finished=False)
    assert [row.name for row in rows(path)] == ["Ann Lee"]
    first, second = file.drafts()
    assert (first.values, second.values) == ({"name": "Bo, Li", "own_words": "=Half\na line"}, {"street": "9 Road"})
    assert file.add({**first.values, "street": "2 Road"}, instead=first) == 3
    assert [row.name for row in rows(path)] == ["Ann Lee", "Bo, Li"]
    assert [draft.values for draft in file.drafts()] == [{"street": "9 Road"}]


def test_one_row_of_a_table_alone(tmp_path: Path) -> None:
    file = SenderFile(tmp_path / "s.csv", COLUMNS, ",")
    file.add(ANN)
    file.add({**ANN, "name": "Bo Li"})
    row, = OneRow(tmp_path / "s.csv", "s.csv", "gb", only=3).rows()
    assert isinstance(row, SenderRow)
    assert row.name == "Bo Li"


def test_files_that_are_no_table_of_senders_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    for content, words in ((b"id,name,chamber,party,area_id,email\n1,A,B,C,D,\n", "representatives"), (b"Colour,Size\nred,1\n", "no column"),
                           ("name,street\nKäthe,1\n".encode("latin-1"), "not UTF-8")):
        path.write_bytes(content)
        with pytest.raises(InputError, match=words):
            SenderFile(path, COLUMNS, ",").check()
        assert path.read_bytes() == content


def test_a_row_that_cannot_be_written_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "s.csv"
    file = SenderFile(path, COLUMNS, ",")
    file.add(ANN)
    before = path.read_bytes()

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OutputError, match="the file is as it was"):
        file.add(ANN)
    assert path.read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 1


said = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40).map(str.strip) | st.sampled_from(
    ["a,b", 'say "so"', "a;b", "# no remark", "two\nlines", "\u2028x", "— a dash", "{{ x }}", "I'm"])


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(said, said, said), min_size=1, max_size=4))
def test_whatever_is_said_is_drafted_and_told_back(tmp_path: Path, texts: list[tuple[str, str, str]]) -> None:
    path = tmp_path / "s.csv"
    path.unlink(missing_ok=True)
    file = SenderFile(path, COLUMNS, ",")
    for texts_ in texts:
        file.add(dict(zip(("name", "own_words", "answer_why"), texts_, strict=True)), finished=False)
    told = [{key: value for key, value in zip(("name", "own_words", "answer_why"), one, strict=True) if value} for one in texts]
    assert [dict(draft.values) for draft in file.drafts()] == [one for one in told if one]
