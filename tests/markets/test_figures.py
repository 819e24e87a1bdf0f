"""Figures of markets brought in a file: wrong lines told by line and column, nothing entered before a second act."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from minassa.markets.errors import FiguresRefused, MarketError
from minassa.markets.models import Figure
from minassa.markets.public import enter, figures_in_effect, read_file
from minassa.markets.sheet import FORM, ten_thousandths
from minassa.registry.models import Body, Role
from minassa.registry.public import Actor, Forbidden
from tests.onestop.world import World, appointed, make_world

pytestmark = pytest.mark.django_db
HEAD = ";".join(FORM.headings)
SOUND = "FR;OFFSHORING;2025;time_gap;1,5;hours;Source EXEMPLE;https://source.example/a"
WRONG = (
    ("XX;OFFSHORING;2025;time_gap;1;hours;Source EXEMPLE;https://source.example/a", "MARCHE-PAYS", 1),
    ("FR;OFFSHORING;1812;time_gap;1;hours;Source EXEMPLE;https://source.example/a", "MARCHE-ANNEE", 3),
    ("FR;OFFSHORING;2024;time_gap;douze;hours;Source EXEMPLE;https://source.example/a", "MARCHE-VALEUR", 5),
    ("FR;OFFSHORING;2023;time_gap;1;percent;Source EXEMPLE;https://source.example/a", "MARCHE-UNITE", 6),
    ("FR;OFFSHORING;2022;time_gap;1;hours;Source EXEMPLE;lu quelque part", "MARCHE-SOURCE", 8),
    (SOUND, "MARCHE-DEUX-FOIS", 1),
)


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def promoter(world: World) -> Actor:  # noqa: ARG001 (bodies are there)
    return appointed("federation", Body.objects.get(code="minassa"), Role.FEDERATION)


def sheet(*lines: str) -> bytes:
    return "\n".join((HEAD, *lines)).encode()


def first_of(line: str, column: int) -> int:
    """The place of the first character of a cell in its line."""
    return len("".join(f"{cell};" for cell in line.split(";")[: column - 1])) + 1


def test_wrong_lines_are_told_by_line_and_column_and_only_good_ones_wait(promoter: Actor) -> None:
    read = read_file(promoter, "MARCHES.csv", sheet(SOUND, *(line for line, _rule, _column in WRONG)), timezone.now())
    assert (read.lines, read.accepted) == (7, 1)
    told = {(one["rule"], one["line"], one["column"]) for one in read.findings}
    assert told == {(rule, rank + 3, first_of(line, column)) for rank, (line, rule, column) in enumerate(WRONG)}
    assert not Figure.objects.exists()


def test_a_second_act_enters_and_a_later_figure_takes_the_place_of_the_first(promoter: Actor) -> None:
    now = timezone.now()
    first = read_file(promoter, "MARCHES.csv", sheet(SOUND), now)
    assert enter(promoter, first, now) == 1
    with pytest.raises(MarketError):
        enter(promoter, first, now)
    with pytest.raises(FiguresRefused):
        read_file(promoter, "MARCHES.csv", sheet(SOUND), now)
    enter(promoter, read_file(promoter, "MARCHES.csv", sheet(SOUND.replace("1,5", "2")), now), now)
    assert [one.value for one in figures_in_effect(segment="offshoring")] == [20_000]
    kept = Figure.objects.order_by("pk")[0]
    assert (kept.value, kept.source_title, kept.line) == (15_000, "Source EXEMPLE", 2)
    with pytest.raises(DatabaseError), transaction.atomic():
        Figure.objects.update(value=1)


def test_strangers_bring_nothing_and_a_file_of_nothing_is_refused(world: World, promoter: Actor) -> None:
    with pytest.raises(Forbidden):
        read_file(world.officers["cnss"], "MARCHES.csv", sheet(SOUND), timezone.now())
    with pytest.raises(FiguresRefused) as refused:
        read_file(promoter, "MARCHES.csv", sheet(WRONG[0][0]), timezone.now())
    assert [one.line for one in refused.value.findings] == [2]


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,5", 15_000), ("-3", -30_000), ("12 000.25", 120_002_500), ("1e3", None), ("nan", None), ("1,23456", None)],
)
def test_numbers_are_read_as_sheets_write_them(text: str, value: int | None) -> None:
    assert ten_thousandths(text) == value
