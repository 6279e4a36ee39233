"""The commands: what they print, what they end with, and that no mistake ends in a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from advokit.cli.main import main
from advokit.importers.formats import FORMATS

CSV = "id,name,area,in_office\n1,Kim Exámple,NY-12,true\n2,Jo Sample,NY,true\n3,Old Sample,NY-10,false\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "x.csv"
    path.write_text(CSV, "utf-8")
    return path


def test_import_prints_json(table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "deep" / "us.csv"
    assert main(["people", "import", "table", str(table), "--country", "US", "-o", str(out), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["read"], said["written"], said["left_out"], said["problems"]) == (3, 2, 1, [])
    assert out.read_text("utf-8").count("\n") == 3


def test_import_prints_the_table_where_a_dash_is_its_file(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["people", "import", "table", str(table), "--country", "us", "-o", "-"]) == 0
    said = capsys.readouterr()
    assert [line.partition(",")[0] for line in said.out.splitlines()] == ["id", "1", "2"]
    assert "2 written to -" in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["x.csv"]
    assert main(["people", "import", "table", str(table), "--country", "us", "-o", "-", "--json"]) == 2


def test_import_prints_counts_and_ends_with_1_where_a_row_is_lost(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table.write_text(CSV + "4,,NY-9,true\n", "utf-8")
    out = tmp_path / "us.csv"
    assert main(["people", "import", "table", str(table), "--country", "us", "-o", str(out)]) == 1
    error = capsys.readouterr().err
    assert "x.csv:5:1: error[missing-name]" in error
    assert "4 persons read, 2 written" in error
    assert "left out: 1 not in office" in error
    assert out.exists()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["tabel", "x.csv"], 2, ["'tabel'", "'table'"]),
        (["table", "y.csv"], 3, ["y.csv", "Did you mean 'x.csv'"]),
        (["table", "x.csv", "--map", "area=Areal"], 2, ["'Areal'", "Its columns: id, name, area, in_office"]),
        (["table", "x.csv", "--on", "2020"], 2, ["--on", "2025-12-11"]),
        (["table", "x.csv", "--on", "2020-01-01", "--all"], 2, ["exclude each other"]),
        (["table", "x.csv", "--join", "popolo"], 2, ["FORMAT:PATH"]),
        (["table", "x.csv", "--encoding", "utf8000"], 2, ["'utf8000'"]),
        (["table", "x.csv", "--mapping", "m.yaml"], 3, ["m.yaml", "no such file"]),
        (["popolo", "x.csv", "--map", "name=x"], 2, ["takes no mapping"]),
        (["table", "."], 3, ["folder", "x.csv"]),
    ],
)
def test_wrong_usage(
    table: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    words: list[str],
) -> None:
    monkeypatch.chdir(table.parent)
    assert main(["people", "import", *arguments, "--country", "us", "-o", "out.csv"]) == code
    error = capsys.readouterr().err
    assert all(word in error for word in words), error
    assert "Traceback" not in error
    assert not Path("out.csv").exists()


def test_formats_lists_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["people", "formats"]) == 0
    text = capsys.readouterr().out
    assert all(name in text for name in FORMATS)


def test_find_in_a_workspace_and_by_postcode(
    table: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(table.parent)
    out = Path("campaigns/a/people/us.csv")
    main(["people", "import", "table", "x.csv", "--country", "us", "-o", str(out), "-q"])
    zips = Path("zips.csv")
    zips.write_text("state_fips,state_abbr,zcta,cd\n36,NY,00501,12\n36,NY,00501,10\n02,AK,99501,0\n", "utf-8")
    capsys.readouterr()
    assert main(["people", "find", "kim", "example", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [person["name"] for person in said["people"]] == ["Kim Exámple"]
    assert main(["people", "find", "00501", "--districts", "zips.csv", "--limit", "1", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["districts"], said["vacant"]) == (["NY-12", "NY-10"], ["NY-10"])
    assert [person["area"] for person in said["people"]] == ["NY-12", "NY"]
    assert main(["people", "find", "99501", "--districts", "zips.csv"]) == 0
    assert "AK-AL: nobody in the table" in capsys.readouterr().out
    assert main(["people", "find", "zzzzzz"]) == 1
    assert main(["people", "find", "00501", "--districts", "x.csv"]) == 3
    assert "no column for the postcode" in capsys.readouterr().err


def test_find_without_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["people", "find", "kim", "-w", str(tmp_path)]) == 2
    assert "people import" in capsys.readouterr().err
