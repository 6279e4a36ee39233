"""Names in capitals: which half is the family's, and when their small letters are sure (all persons are invented)."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advokit.importers import capitals
from tests.importers.helpers import Run
from tests.importers.test_formats import write


@pytest.mark.parametrize(
    ("name", "halves"),
    [
        ("Kim EXAMPLE", ("Kim", "EXAMPLE")),
        ("EXAMPLE Kim", ("Kim", "EXAMPLE")),
        ("Maria da Graça VAN DER SAMPLE-TEST", ("Maria da Graça", "VAN DER SAMPLE-TEST")),
        ("Ming LI", ("Ming", "LI")),
        ("Олена ЗРАЗКОВА", ("Олена", "ЗРАЗКОВА")),
        ("KIM EXAMPLE", ("", "")),
        ("Kim Example", ("", "")),
        ("AJ Example", ("", "")),
        ("Kim Example III", ("", "")),
        ("Kim Example OBE", ("", "")),
        ("JD Example", ("", "")),
        ("J.R. Example", ("", "")),
        ("王小明", ("", "")),
    ],
)
def test_which_half_is_the_familys(name: str, halves: tuple[str, str]) -> None:
    assert capitals.family_of(name) == halves


@pytest.mark.parametrize(
    ("name", "country", "spelt"),
    [
        ("EXAMPLE", "eu", "Example"),
        ("ANNA-LENA ÖSTERBEISPIEL", "de", "Anna-Lena Österbeispiel"),
        ("O'EXAMPLE", "ie", "O'Example"),
        ("MCEXAMPLE", "gb", "McExample"),
        ("DE SAMPLE", "it", "De Sample"),
        ("D'ESEMPIO", "it", "D'Esempio"),
        ("VAN DER SAMPLE", "nl", "van der Sample"),
        ("DE LA MUESTRA", "es", "de la Muestra"),
        ("IŞIKÖRNEK", "tr", "Işıkörnek"),
        ("ІВАН ЗРАЗКОВИЙ", "ua", "Іван Зразковий"),
        # Not sure, so as they stand.
        ("VAN DER SAMPLE", "eu", "VAN DER SAMPLE"),
        ("DE SAMPLE", "fr", "DE SAMPLE"),
        ("MACSAMPLE", "ie", "MACSAMPLE"),
        ("D'EXEMPLE", "fr", "D'EXEMPLE"),
        ("AJ SAMPLE", "gb", "AJ SAMPLE"),
        ("ΠΑΡΑΔΕΙΓΜΑ", "gr", "ΠΑΡΑΔΕΙΓΜΑ"),
        # Nothing to do.
        ("Example", "gb", "Example"),
        ("JD", "us", "JD"),
        ("McEXAMPLE", "gb", "McEXAMPLE"),
        ("", "gb", ""),
    ],
)
def test_small_letters_where_they_are_sure(name: str, country: str, spelt: str) -> None:
    assert capitals.small(name, country) == spelt


@given(st.text(max_size=30), st.sampled_from(["", "eu", "it", "nl", "tr", "gr"]))
def test_no_letter_is_lost_and_a_spelling_stays(name: str, country: str) -> None:
    spelt = capitals.small(name, country)
    assert len(spelt) == len(name)
    assert capitals.small(spelt, country) == spelt


def test_a_list_with_family_names_in_capitals(run: Run, tmp_path: Path) -> None:
    text = "country,fullName\nFinland,Mika EXAMPLE\nNetherlands,Esther DE SAMPLE\nMalta,AL EXAMPLE\n"
    report, people = run("table", write(tmp_path, "meps.csv", text), country="eu")
    assert [(one.name, one.given_name, one.family_name, one.area) for one in people] == [
        ("Mika Example", "Mika", "Example", "Finland"), ("Esther DE SAMPLE", "Esther", "DE SAMPLE", "Netherlands"),
        ("AL EXAMPLE", "", "", "Malta")]
    told = [(found.line, found.column) for found in report.problems if found.rule == "capital-name"]
    assert told == [(3, 13), (4, 7)]
    assert report.mended["capitals written small"] == 1


def test_a_family_name_of_its_own_is_told_in_its_own_cell(run: Run, tmp_path: Path) -> None:
    report, people = run("table", write(tmp_path, "x.csv", "given name,family name\nKIM,MACSAMPLE\n"), country="ie")
    assert people[0].name == "Kim MACSAMPLE"
    assert [(found.rule, found.column) for found in report.problems if found.rule == "capital-name"] == [("capital-name", 5)]
