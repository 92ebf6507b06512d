"""Places that are linked have their GeoNames id and ISO code as well, where the gazetteer ties them to the item."""

from __future__ import annotations

from kg.ids import Minter
from kg.resolve import resolve
from tests.made import made


def test_codes_of_places() -> None:
    facts = made("a", [("CITY", "Баку"), ("COUNTRY", "Азербайджан"), ("STATE_OR_PROVINCE", "Татарстан"), ("CITY", "Нигдеград"), ("PERSON", "Пётр Лямин")])
    found = {e.label: e for e in resolve([facts], Minter()).entities}
    assert [link.iri for link in found["Баку"].links] == ["http://www.wikidata.org/entity/Q9248", "https://sws.geonames.org/587084/"]
    assert {name: e.iso for name, e in found.items()} == {"Баку": "", "Азербайджан": "AZ", "Татарстан": "RU-TA", "Нигдеград": "", "Пётр Лямин": ""}
    assert found["Нигдеград"].links == ()
