from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_97_10
from stdnum.ma import ice

from minassa.vocabulary.identifiers import (
    CASUAL_IMMATRICULATION,
    FORBIDDEN_IMMATRICULATION,
    NO_IMMATRICULATION,
    IdentifierFinding,
    affiliation_key_holds,
    affiliation_with_key,
    affiliations_with_key,
    check_affiliation,
    check_cin,
    check_fiscal_id,
    check_iban,
    check_ice,
    check_immatriculation,
    check_rc,
    check_rib,
    compact_ice,
    iban_of_rib,
    ice_with_key,
    immatriculation_key_holds,
    immatriculation_with_key,
    immatriculations_with_key,
    rib_with_key,
)

Check = Callable[[str], tuple[IdentifierFinding, ...]]

# Numbers published as examples in the tests and documentation of open-source validators.
PUBLISHED_ICE = ["001561191000066", "002136093000040", "000036794000036"]
PUBLISHED_RIB = "011519000001205000534921"


def codes(findings: tuple[IdentifierFinding, ...]) -> list[tuple[str, str]]:
    return [(finding.severity, finding.code) for finding in findings]


def key_by_hand(body: str, doubled: list[int], single: list[int]) -> int:
    """The published rule, rank by rank (1 = leftmost), in plain Python."""
    total = 2 * sum(int(body[rank - 1]) for rank in doubled) + sum(int(body[rank - 1]) for rank in single)
    return (10 - total % 10) % 10


@given(st.integers(min_value=0, max_value=999_999))
def test_the_affiliation_key_follows_the_rule(first6: int) -> None:
    number = affiliation_with_key(first6)
    assert number == first6 * 10 + key_by_hand(f"{first6:06d}", doubled=[2, 4, 6], single=[1, 3, 5])
    assert first6 == 0 or check_affiliation(f"{number:07d}") == ()


@given(st.integers(min_value=10_000_001, max_value=19_999_999))
def test_the_immatriculation_key_follows_the_rule(first8: int) -> None:
    number = immatriculation_with_key(first8)
    assert number == first8 * 10 + key_by_hand(str(first8), doubled=[2, 4, 6, 8], single=[3, 5, 7])
    assert check_immatriculation(str(number)) == ()


@given(st.integers(min_value=1, max_value=10**13 - 1))
def test_the_ice_key_makes_a_multiple_of_97(first13: int) -> None:
    number = ice_with_key(first13)
    assert ice.is_valid(number)
    assert check_ice(number) == ()
    assert 1 <= int(number[-2:]) <= 97


@pytest.mark.parametrize("number", PUBLISHED_ICE)
def test_published_ice_hold(number: str) -> None:
    assert check_ice(number) == ()
    assert check_ice(number.lstrip("0")) == ()
    assert compact_ice(number.lstrip("0")) == number
    assert ice_with_key(int(number[:13])) == number


@given(st.integers(min_value=100_000, max_value=999_999), st.integers(min_value=1, max_value=9))
def test_another_last_digit_only_warns(first6: int, shift: int) -> None:
    right = affiliation_with_key(first6)
    wrong = right // 10 * 10 + (right % 10 + shift) % 10
    assert codes(check_affiliation(str(wrong))) == [("warn", "affiliation-key")]
    assert affiliation_key_holds(np.array([right, wrong])).tolist() == [True, False]


@given(st.integers(min_value=10_000_001, max_value=19_999_998), st.integers(min_value=1, max_value=9))
def test_another_last_digit_of_a_person_only_warns(first8: int, shift: int) -> None:
    right = immatriculation_with_key(first8)
    wrong = right // 10 * 10 + (right % 10 + shift) % 10
    assert codes(check_immatriculation(str(wrong))) == [("warn", "immatriculation-key")]
    assert immatriculation_key_holds(np.array([right, wrong])).tolist() == [True, False]


@given(st.lists(st.integers(min_value=0, max_value=99_999_999), max_size=20))
def test_arrays_follow_the_scalars(bodies: list[int]) -> None:
    people = immatriculations_with_key(np.array(bodies, dtype=np.int64))
    assert people.tolist() == [immatriculation_with_key(body) for body in bodies]
    firms = affiliations_with_key(np.array(bodies, dtype=np.int64) // 100)
    assert firms.tolist() == [affiliation_with_key(body // 100) for body in bodies]


def test_keys_of_numbers_outside_the_range_never_hold() -> None:
    assert not affiliation_key_holds(np.array([0, -1, 10_000_000, 99_000_030])).any()
    outside = np.array([NO_IMMATRICULATION, -1, 7, CASUAL_IMMATRICULATION, 200_000_000, 10**10])
    assert not immatriculation_key_holds(outside).any()
    assert immatriculation_key_holds(np.array([FORBIDDEN_IMMATRICULATION])).all()


def test_the_narrow_columns_of_the_lake_are_read() -> None:
    firms = np.array([affiliation_with_key(990_000 + rank) for rank in range(50)], dtype=np.int32)
    assert affiliation_key_holds(firms).all()
    assert immatriculation_key_holds(np.array([immatriculation_with_key(19_900_000)], dtype=np.int32)).all()
    assert not immatriculation_key_holds(np.array([7], dtype=np.int16)).any()


@pytest.mark.parametrize(
    ("maker", "digits"), [(affiliation_with_key, 6), (immatriculation_with_key, 8), (ice_with_key, 13)]
)
def test_makers_refuse_a_body_too_long_or_negative(maker: Callable[[int], object], digits: int) -> None:
    for body in (10**digits, -1):
        with pytest.raises(ValueError, match=str(digits)):
            maker(body)


@pytest.mark.parametrize(
    ("check", "text", "expected"),
    [
        (check_ice, "00 15 61 19 10 00 066", []),
        (check_ice, "001561191000065", [("warn", "ice-key")]),
        (check_ice, "0015611910000660", [("reject", "ice-shape")]),
        (check_ice, "00156119100006A", [("reject", "ice-shape")]),
        (check_ice, "000000000000000", [("reject", "ice-shape")]),
        (check_ice, "", [("reject", "ice-shape")]),
        (check_fiscal_id, "40123456", []),
        (check_fiscal_id, "1", []),
        (check_fiscal_id, "123456789", [("reject", "if-shape")]),
        (check_fiscal_id, "A1234567", [("reject", "if-shape")]),
        (check_rc, "123456", []),
        (check_rc, "12/456", [("reject", "rc-shape")]),
        (check_rc, "", [("reject", "rc-shape")]),
        (check_affiliation, "9900003", []),
        (check_affiliation, "990003", [("reject", "affiliation-shape")]),
        (check_affiliation, "0000000", [("reject", "affiliation-shape")]),
        (check_affiliation, "99 00 003", []),
        (check_affiliation, "٩٩٠٠٠٠٣", [("reject", "affiliation-shape")]),
        (check_immatriculation, "000000000", []),
        (check_immatriculation, "999999999", []),
        (check_immatriculation, "100000000", [("reject", "immatriculation-forbidden")]),
        (check_immatriculation, "299000010", [("warn", "immatriculation-first-digit")]),
        (check_immatriculation, "19900001", [("reject", "immatriculation-shape")]),
        (check_cin, "QZ123456", []),
        (check_cin, "qz 12345", []),
        (check_cin, "Q1", []),
        (check_cin, "QZQ12345", [("warn", "cin-unusual")]),
        (check_cin, "1234567", [("warn", "cin-unusual")]),
        (check_cin, "QZ12345A", [("warn", "cin-unusual")]),
        (check_cin, "QZ1234567", [("reject", "cin-shape")]),
        (check_cin, "QZ", [("reject", "cin-shape")]),
        (check_cin, "", [("reject", "cin-shape")]),
        (check_rib, PUBLISHED_RIB, []),
        (check_rib, "011 519 0000012050005349 21", []),
        (check_rib, "011519000001205000534912", [("reject", "rib-key")]),
        (check_rib, PUBLISHED_RIB[:-1], [("reject", "rib-shape")]),
        (check_rib, "0" * 24, [("reject", "rib-shape")]),
    ],
)
def test_shapes_reject_and_keys_warn(check: Check, text: str, expected: list[tuple[str, str]]) -> None:
    assert codes(check(text)) == expected


CHECKS = [
    check_ice,
    check_fiscal_id,
    check_rc,
    check_affiliation,
    check_immatriculation,
    check_cin,
    check_rib,
    check_iban,
]


@given(st.sampled_from(CHECKS), st.text(alphabet="0123456789QZ", min_size=4, max_size=30))
def test_a_finding_never_quotes_the_number(check: Check, text: str) -> None:
    findings = check(text)
    assert len(findings) <= 1
    for finding in findings:
        assert finding.code == "immatriculation-forbidden" or text not in finding.message


@given(st.sampled_from(CHECKS), st.text(alphabet=st.characters(exclude_characters="0123456789")))
def test_a_text_without_digits_is_rejected(check: Check, text: str) -> None:
    assert [finding.severity for finding in check(text)] == ["reject"]


@given(st.integers(min_value=0, max_value=10**22 - 1))
def test_a_rib_made_with_its_key_is_right_and_so_is_its_iban(first22: int) -> None:
    rib = rib_with_key(first22)
    if first22:
        assert check_rib(rib) == ()
        assert check_iban(iban_of_rib(rib)) == ()


def test_the_iban_published_as_an_example_is_found_again() -> None:
    assert iban_of_rib(PUBLISHED_RIB) == "MA64011519000001205000534921"
    assert rib_with_key(int(PUBLISHED_RIB[:22])) == PUBLISHED_RIB


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MA64 0115 1900 0001 2050 0053 4921", []),
        ("MA65011519000001205000534921", [("reject", "iban-key")]),
        ("FR64011519000001205000534921", [("reject", "iban-shape")]),
        ("MA6401151900000120500053492", [("reject", "iban-shape")]),
        ("", [("reject", "iban-shape")]),
    ],
)
def test_a_moroccan_iban_has_its_country_its_key_and_a_rib(text: str, expected: list[tuple[str, str]]) -> None:
    assert codes(check_iban(text)) == expected


def test_an_iban_whose_own_key_holds_over_a_wrong_rib_is_rejected() -> None:
    wrong = PUBLISHED_RIB[:-1] + "2"
    number = f"MA{mod_97_10.calc_check_digits(wrong + 'MA')}{wrong}"
    assert codes(check_iban(number)) == [("reject", "rib-key")]


def test_a_rib_too_long_or_wrong_has_no_key_and_no_iban() -> None:
    with pytest.raises(ValueError, match="22 chiffres"):
        rib_with_key(10**22)
    with pytest.raises(ValueError, match="RIB juste"):
        iban_of_rib("0" * 24)
