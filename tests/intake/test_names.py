from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.intake.names import problem_of_name, shown


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("DS_9900003_202510.txt", ""),
        ("Registre décembre (2).xlsx", ""),
        ("سجل المستخدمين.csv", ""),
        ("", "name-empty"),
        ("   ", "name-empty"),
        ("../DS.txt", "name-path"),
        ("..\\DS.txt", "name-path"),
        ("C:DS.txt", "name-path"),
        ("/etc/passwd", "name-path"),
        (".htaccess", "name-path"),
        ("..", "name-path"),
        ("DS\x00.txt", "name-hidden"),
        ("DS\n.txt", "name-hidden"),
        ("DS\u202etxt.exe", "name-hidden"),
        ("DS\u200b.txt", "name-hidden"),
        ("<script>.txt", "name-markup"),
        ('DS".txt', "name-markup"),
        ("NUL", "name-device"),
        ("con.txt", "name-device"),
        ("LPT1.csv", "name-device"),
        ("DS.txt.", "name-device"),
        ("DS.txt ", "name-device"),
        ("a" * 117 + ".txt", "name-long"),
        ("م" * 118, ""),
    ],
)
def test_each_trick_has_its_sentence(name: str, problem: str) -> None:
    assert problem_of_name(name) == problem


@given(st.text())
def test_an_admitted_name_is_one_plain_component(name: str) -> None:
    if not problem_of_name(name):
        assert not set(name) & set("/\\\0<>\"'&")
        assert all(each.isprintable() or each.isspace() for each in name)
        assert name not in {".", ".."}


@given(st.text(max_size=400))
def test_a_refused_name_can_always_be_shown(name: str) -> None:
    assert all(each.isprintable() or each.isspace() for each in shown(name))
    assert len(shown(name)) <= 121
