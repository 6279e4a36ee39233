"""The commands about country packs, run as a person runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from advokit.cli.main import main
from advokit.countries import codes, conventions, load_country

Out = pytest.CaptureFixture[str]


def test_every_pack_is_listed_with_how_well_it_is_known(tmp_path: Path, capsys: Out) -> None:
    assert main(["countries", "list", "-w", str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("\t")[0] for line in lines[1:]] == list(codes())
    assert main(["countries", "list", "--json", "-w", str(tmp_path)]) == 0
    rows = json.loads(capsys.readouterr().out)["countries"]
    assert {row["country"]: row["windows"] for row in rows}["us"] == ["no-9", "no-10"]


@pytest.mark.parametrize("code", codes())
def test_a_pack_is_shown_with_every_convention_and_its_source(code: str, tmp_path: Path, capsys: Out) -> None:
    assert main(["countries", "show", code, "-w", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    pack = load_country(code).model
    for source in pack.sources:
        assert f"  {source}: " in out
    for form in pack.address_forms:
        assert f"{form.id} salutation\t" in out
    assert "Rect" not in out
    assert "und:" not in out
    assert main(["countries", "show", code, "--json", "-w", str(tmp_path)]) == 0
    assert json.loads(capsys.readouterr().out)["code"] == code


def test_mistakes_name_the_nearest(tmp_path: Path, capsys: Out) -> None:
    assert main(["countries", "show", "gg", "-w", str(tmp_path)]) == 3
    assert "there is no country pack 'gg'" in capsys.readouterr().err
    for option, value, near in (("--window", "no-11", "no-10"), ("--form", "us-senater", "us-senator"),
                                ("--language", "fr", "en")):
        assert main(["countries", "specimen", "us", option, value, "-w", str(tmp_path),
                     "-o", str(tmp_path / "s.pdf")]) == 2
        said = capsys.readouterr().err
        assert value in said
        assert near in said
    assert not (tmp_path / "s.pdf").exists()


@pytest.mark.parametrize("like", codes())
def test_a_new_pack_is_begun_from_any_other(like: str, tmp_path: Path, capsys: Out) -> None:
    assert main(["countries", "new", "nz", "--like", like, "-w", str(tmp_path), "--date", "2026-11-28"]) == 0
    capsys.readouterr()
    text = (tmp_path / "countries" / "nz.yaml").read_text("utf-8")
    pack, old = load_country("nz", tmp_path).model, load_country(like).model
    assert {stated.strength for stated in conventions(pack)} == {"g"}
    assert (pack.code, pack.name, pack.languages) == ("nz", {"en": "New Zealand"}, old.languages)
    assert pack.sources == {}
    assert pack.reviewed.isoformat() == "2026-11-28"
    assert [form.salutation.any or form.salutation.female for form in pack.address_forms] == [
        form.salutation.any or form.salutation.female for form in old.address_forms]
    assert "note:" not in text
    assert main(["countries", "new", "nz", "--like", like, "-w", str(tmp_path)]) == 2
    assert "already" in capsys.readouterr().err


def test_a_new_pack_needs_a_country(tmp_path: Path, capsys: Out) -> None:
    assert main(["countries", "new", "zz", "--like", "gb", "-w", str(tmp_path)]) == 2
    assert "ISO 3166-1" in capsys.readouterr().err
    assert main(["countries", "new", "nz", "--like", "gg", "-w", str(tmp_path)]) == 3
    assert "'gg'" in capsys.readouterr().err
    assert not (tmp_path / "countries").exists()
