"""Words, colours and marks: French numbers, enough contrast, nothing told by colour alone."""

from __future__ import annotations

import math
import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.engine import Offer
from minassa.offer.loading import load_offer
from minassa.steering.identity import (
    ACTION,
    FILIERE_COLOURS,
    INK,
    INK_SOFT,
    SAND,
    STATUS_COLOURS,
    WAITING,
    WHITE,
    WRONG,
    filiere_mark,
    status_mark,
    symbols,
)
from minassa.steering.lexicon import input_label, lexicon, rule_label
from minassa.steering.regions_map import class_of, limits
from minassa.steering.report.atlas import open_p2i
from minassa.steering.report.headlines import sparkline
from minassa.steering.report.tables import Column, Table
from minassa.steering.report.typesetting import typeset
from minassa.steering.report.wording import money, share, short_money_text, signed_money, signed_text
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.periods import parse_month
from minassa.vocabulary.places import places
from minassa.vocabulary.statuses import Status

Vector = tuple[float, float, float]
# How colours are seen without one kind of cones: Machado, Oliveira and Fernandes, 2009, full severity.
BLINDNESS: dict[str, tuple[Vector, Vector, Vector]] = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}


def linear(colour: str) -> Vector:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return red, green, blue


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def seen(colour: str, blindness: str) -> Vector:
    """The colour in CIE Lab, as seen."""
    red, green, blue = (
        max(0, min(1, sum(a * b for a, b in zip(row, linear(colour), strict=True)))) for row in BLINDNESS[blindness]
    )
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
    )
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("ground", [WHITE, SAND])
def test_text_colours_have_the_contrast_of_text(ground: str) -> None:
    for colour in (INK, INK_SOFT, ACTION, WRONG, WAITING, *STATUS_COLOURS.values()):
        assert contrast(colour, ground) >= 4.5, colour


@pytest.mark.parametrize("ground", [WHITE, SAND])
def test_filiere_colours_have_the_contrast_of_drawings(ground: str) -> None:
    for colour in FILIERE_COLOURS.values():
        assert contrast(colour, ground) >= 3, colour


@pytest.mark.parametrize("blindness", BLINDNESS)
def test_filieres_are_told_apart_by_everybody(blindness: str) -> None:
    colours = [colour for filiere, colour in FILIERE_COLOURS.items() if filiere]
    assert min(math.dist(seen(a, blindness), seen(b, blindness)) for a, b in combinations(colours, 2)) > 25


def test_marks_differ_by_shape_and_carry_their_word() -> None:
    drawn = dict(re.findall(r'<symbol id="([^"]+)"[^>]*>(.*?)</symbol>', str(symbols())))
    filieres = {drawn[f"f-{filiere.name}"] for filiere in Filiere}
    assert len(filieres) == len(Filiere)
    statuses = {status: drawn[f"s-{status.value}"] for status in Status}
    assert len(set(statuses.values())) == 4
    assert statuses[Status.PRESS] == statuses[Status.INFERRED]
    assert "déduit" in status_mark(Status.INFERRED)
    assert "ESO" in filiere_mark(Filiere.ESO)
    assert "Aucune" in filiere_mark(Filiere.NONE)


@given(st.integers(-(10**15), 10**15))
def test_amounts_are_isolated_and_exact(cents: int) -> None:
    text = money(cents)
    assert text.startswith('<bdi dir="ltr"')
    digits = re.sub(r"[^0-9]", "", re.sub(r"<[^>]*>", "", text))
    assert int(digits) == abs(cents)
    assert ("\N{MINUS SIGN}" in text) == (cents < 0)
    assert not re.search("[0-9] [0-9]", text), "an ordinary space would let the groups turn around"


@pytest.mark.parametrize(
    ("cents", "text"),
    [
        (0, "0\u00a0DH"),
        (99_999_949, "999\u202f999\u00a0DH"),
        (99_999_950, "1,0\u00a0millions DH"),
        (1_234_567_890, "12,3\u00a0millions DH"),
        (-345_000_000_000, "−3,5\u00a0milliards DH"),
    ],
)
def test_headline_amounts(cents: int, text: str) -> None:
    assert short_money_text(cents) == text


def test_differences_show_their_sign() -> None:
    assert "+5,00" in signed_money(500)
    assert signed_text(1_500) == "+1\u202f500"
    assert signed_text(-3) == "−3"
    assert signed_text(0) == "0"


@pytest.mark.parametrize(
    ("plain", "set_"),
    [
        ("<p>Dû ; à venir : rien ?</p>", "<p>Dû\u202f; à venir\u00a0: rien\u202f?</p>"),
        ("<b>« oui »</b> !", "<b>«\u00a0oui\u00a0»</b>\u202f!"),
        ('<a title="a ; b">x</a>', '<a title="a ; b">x</a>'),
        ("<style>a :b ; c</style><script>x ? y : z</script>", "<style>a :b ; c</style><script>x ? y : z</script>"),
    ],
)
def test_french_spaces(plain: str, set_: str) -> None:
    assert typeset(plain) == set_


def test_a_part_of_nothing_is_nothing() -> None:
    assert share(0, 0) == 0
    assert share(1, 3) == 3_333


def test_a_cell_never_lets_markup_through() -> None:
    column = Column("k", "K")
    assert column.show("<b>&") == "&lt;b&gt;&amp;"
    link = Column("k", "K", "link")
    assert "javascript" not in re.sub(r">[^<]*<", "><", link.show(("x", "javascript:alert(1)", "")))
    assert "&lt;script&gt;" in link.show(("<script>", "https://example.org/", "<i>"))


def test_what_is_not_shown_stays_in_the_table() -> None:
    table = Table(
        "t", "T", (Column("a", "A"), Column("b", "B", exported=True)), [{"a": n, "b": n} for n in range(9)], shown=4
    )
    assert len(table.visible) == 4
    assert [column.key for column in table.on_page] == ["a"]


@given(st.lists(st.integers(0, 10**14), max_size=12))
def test_classes_of_the_map_hold_every_value(values: list[int]) -> None:
    bounds = limits(values)
    assert bounds == sorted(set(bounds))
    assert all(0 <= class_of(value, bounds) < len(bounds) + 1 for value in values)
    assert all(class_of(value, bounds) == 0 for value in values if value == 0)


def test_planned_places_are_not_on_the_map() -> None:
    names = {place.slug for place in open_p2i(parse_month("2027-06"))}
    assert names == {place.slug for place in places() if place.kind == "p2i"} - {"casablanca-tech-valley"}


def test_a_trend_has_a_point_per_value_and_none_for_a_single_one() -> None:
    assert len(re.findall(r"[0-9.]+,[0-9.]+", str(sparkline([1, 5, 3])))) == 3
    assert sparkline([4]) == ""
    assert "nan" not in sparkline([2, 2, 2])


@pytest.fixture(scope="module")
def offer() -> Offer:
    return load_offer()


def test_every_rule_and_every_input_has_its_french_words(offer: Offer) -> None:
    words = lexicon()
    rules = {r.name for r in offer.rules} | {f"{r.measure}_entitled" for r in offer.rules if r.kind == "condition"}
    assert not rules - set(words["rules"]), "name these rules in steering/report/lexicon.yaml"
    assert not set(offer.inputs) - set(words["inputs"]), "name these inputs in steering/report/lexicon.yaml"


def test_a_rule_without_french_words_says_its_first_sentence(offer: Offer) -> None:
    assert rule_label(offer, "pae_moroccan") == "La recrue est de nationalité marocaine"
    assert rule_label(offer, "unknown_rule") == "unknown_rule"
    assert input_label(offer, "unknown_input") == "unknown_input"
