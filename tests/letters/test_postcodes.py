"""What a pack tells whoever posts letters, and postcodes of another form, told by row and never repeated."""

from __future__ import annotations

from pathlib import Path

import pytest

from advokit.countries import advice, codes, has_postcode, load_country, postcode_fits
from advokit.letters.postcodes import people_without
from advokit.people import Person
from tests.letters.workspace import campaign, request, run, sender, write_senders

GB = load_country("gb").model


@pytest.mark.parametrize(("code", "good", "bad"), [
    ("gb", "sw1a  0aa", "SW1A"), ("gb", "M1 1AE", "12345"), ("us", "20515-0001", "2051"), ("ca", "k1a0a6", "K1A"),
    ("de", "11011", "1101"), ("pl", "00-902", "00902"), ("nl", "2500ea", "EA 2500"), ("ie", "D02 XR20", "D2"),
    ("se", "100 12", "1001"), ("ua", "01008", "1008"), ("cz", "118 26", "1182"), ("fr", "75355", "7535"),
])
def test_postcodes_have_the_form_of_their_country(code: str, good: str, bad: str) -> None:
    pack = load_country(code).model
    assert postcode_fits(pack, good)
    assert not postcode_fits(pack, bad)


@pytest.mark.parametrize("code", [code for code in codes() if load_country(code).model.postcode])
def test_the_addresses_of_a_pack_hold_its_own_postcodes(code: str) -> None:
    pack = load_country(code).model
    addresses = [chamber.postal_address for chamber in pack.chambers] + [office.postal_address for office in pack.offices]
    for address in addresses:
        for lines in address.lines.values():
            assert has_postcode(pack, lines), lines


def test_rows_with_another_postcode_are_told_by_number_only(tmp_path: Path) -> None:
    root = campaign(tmp_path)
    odd = ("Sender Odd", "7 High Street", "Northtown", "7777777", "Northtown", "")
    path = write_senders(tmp_path / "senders.csv", [sender(1), odd])
    report = run(request(root, path, tmp_path / "out"))
    said = [problem for problem in report.warnings if problem.rule == "postcode-form"]
    assert len(said) == 1
    assert said[0].severity == "warning"
    assert "row 3" in said[0].message
    assert "7777777" not in str(said[0])
    assert report.letters == 2
    assert any("stamp" in text for text in report.advice)
    assert any("constituents" in text for text in report.advice)


def test_people_whose_address_has_no_postcode_are_named() -> None:
    people = [Person(name="Kim Example", address="1 Road; Town; SW1A 0AA"), Person(name="Lee Sample", address="2 Road; Town"),
              Person(name="Pat Nowhere")]
    said = people_without(people, GB, "people/gb.csv")
    assert said is not None
    assert "Lee Sample" in said.message
    assert "Kim" not in said.message
    assert people_without(people[:1], GB, "people/gb.csv") is None


def test_advice_is_of_the_chambers_written_to() -> None:
    assert len(list(advice(GB, ()))) == 2
    assert not any("peer" in text for text in advice(GB, ("commons",)))
    assert any("peer" in text for text in advice(GB))
