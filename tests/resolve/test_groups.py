"""Groups: whatever the order of joins and bans, nothing that was forbidden meets."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.records import Reason
from kg.resolve.groups import Groups

PAIRS = st.lists(st.tuples(st.booleans(), st.integers(0, 11), st.integers(0, 11)), max_size=60)


@given(PAIRS)
def test_what_was_forbidden_never_meets(steps: list[tuple[bool, int, int]]) -> None:
    groups = Groups(range(12))
    apart = []
    for is_join, one, other in steps:
        if is_join:
            before = groups.find(one) == groups.find(other)
            assert groups.join(one, other) or before or not groups.may_join(one, other)
        elif groups.forbid(one, other):
            apart.append((one, other))
        assert all(groups.find(a) != groups.find(b) for a, b in apart)
        assert all(not groups.may_join(a, b) and not groups.may_join(b, a) for a, b in apart)


@given(PAIRS)
def test_without_bans_the_order_of_joins_does_not_matter(steps: list[tuple[bool, int, int]]) -> None:
    forth, back = Groups(range(12)), Groups(range(12))
    for _, one, other in steps:
        forth.join(one, other)
    for _, one, other in reversed(steps):
        back.join(other, one)
    assert forth.groups() == back.groups()


def test_reasons_follow_their_group() -> None:
    groups = Groups("abcd")
    groups.join("c", "d", Reason("x", "c=d"))
    groups.join("a", "b", Reason("y", "a=b"))
    groups.join("d", "b", Reason("z", "d=b"))
    assert groups.find("d") == "a"
    assert {r.detail for r in groups.reasons("d")} == {"c=d", "a=b", "d=b"}
