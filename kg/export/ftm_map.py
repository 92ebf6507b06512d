"""Classes and properties of the ontology → schemata of FollowTheMoney 4 (https://followthemoney.tech/explorer/).

Only schemata that older releases know as well; a place is an Address, because FollowTheMoney's
Territory wants codes that the news do not give.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

SCHEMATA: Final[Mapping[str, str]] = {
    "Person": "Person", "Family": "LegalEntity", "Organization": "Organization", "Position": "Position", "Facility": "RealEstate",
    "Country": "Address", "Region": "Address", "District": "Address", "City": "Address", "Location": "Address",
    "Product": "Asset", "WorkOfArt": "Asset",
}  # fmt: skip
"""Class of a node → schema. Other nodes (crimes, laws, peoples …) have no place there."""

_ABOVE: Final[Mapping[str, frozenset[str]]] = {
    "Person": frozenset({"LegalEntity"}),
    "Organization": frozenset({"LegalEntity"}),
    "Company": frozenset({"Organization", "LegalEntity", "Asset"}),
    "RealEstate": frozenset({"Asset"}),
}


def is_a(schema: str, wanted: str) -> bool:
    """Whether an entity of a schema may stand where another one is wanted."""
    return schema == wanted or wanted in _ABOVE.get(schema, frozenset())


@dataclass(frozen=True, slots=True)
class Link:
    """A link schema: where our subject and object go, which schemata they must have, where the words go."""

    schema: str
    subject: str
    object: str
    subject_is: str
    object_is: str
    words: str = ""


LINKS: Final[Mapping[str, Link]] = {
    "position": Link("Occupancy", "holder", "post", "Person", "Position"),
    "worksFor": Link("Employment", "employee", "employer", "Person", "Organization"),
    "memberOf": Link("Membership", "member", "organization", "LegalEntity", "Organization"),
    "owns": Link("Ownership", "owner", "asset", "LegalEntity", "Asset"),
    "spouse": Link("Family", "person", "relative", "Person", "Person", "relationship"),
    "sibling": Link("Family", "person", "relative", "Person", "Person", "relationship"),
    "relative": Link("Family", "person", "relative", "Person", "Person", "relationship"),
    "parentOf": Link("Family", "relative", "person", "Person", "Person", "relationship"),
    "knows": Link("Associate", "person", "associate", "Person", "Person", "relationship"),
    "reportsTo": Link("Associate", "person", "associate", "Person", "Person", "relationship"),
}
UNKNOWN: Final = Link("UnknownLink", "subject", "object", "Thing", "Thing", "role")
"""What every other pair of nodes gets: the property is told in `role`."""

WITH_STATUS: Final = frozenset({"Employment", "Membership", "Ownership", "UnknownLink", "Occupancy"})

DATES: Final[Mapping[tuple[str, str], str]] = {
    ("Person", "birthDate"): "birthDate",
    ("Person", "deathDate"): "deathDate",
    ("Organization", "founded"): "incorporationDate",
    ("Organization", "dissolved"): "dissolutionDate",
    ("Company", "founded"): "incorporationDate",
    ("Company", "dissolved"): "dissolutionDate",
}
"""Statements with a date → property of the subject."""

WORDS: Final[Mapping[tuple[str, str], str]] = {("Person", "religion"): "religion", ("Person", "ideology"): "political"}
"""Statements whose object has no schema → property that takes its name."""

LANGUAGES: Final[Mapping[str, str]] = {"ru": "rus"}
"""ISO 639-1 → ISO 639-3, of the languages that kg reads."""
