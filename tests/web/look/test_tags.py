"""Tags of the pages."""

from __future__ import annotations

from enum import Enum

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from minassa.intake.models import UploadState
from minassa.onestop.models import CaseState, TaskState
from minassa.vocabulary.statuses import Status
from minassa.web.icons import NAMES, icon
from minassa.web.marks import mark_of


def shown(source: str, address: str = "/fr/dossiers/", language: str = "fr", **context: object) -> str:
    request = RequestFactory().get(address)
    request.user = AnonymousUser()
    template = engines["django"].from_string("{% load minassa %}" + source)
    with translation.override(language):
        return str(template.render(context, request)).strip()


@pytest.mark.parametrize(
    ("kind", "states"), [("case", CaseState), ("task", TaskState), ("file", UploadState), ("law", Status)]
)
def test_every_state_of_the_platform_has_its_mark(kind: str, states: type[Enum]) -> None:
    marks = {str(mark_of(state.value, kind, "fr").text) for state in states}
    assert len(marks) == len(list(states))


def test_a_state_that_nobody_knows_is_a_defect() -> None:
    with pytest.raises(KeyError):
        mark_of("nowhere", "", "fr")


@pytest.mark.parametrize("name", NAMES)
def test_an_icon_is_decoration_or_says_its_label(name: str) -> None:
    assert 'aria-hidden="true"' in icon(name)
    assert 'role="img" aria-label="&lt;b&gt;"' in icon(name, "<b>")


def test_an_amount_is_isolated_and_its_unit_follows_the_language() -> None:
    assert shown("{{ 123456|money }}") == (
        '<span class="money"><bdi dir="ltr">1\N{NARROW NO-BREAK SPACE}234,56</bdi>\N{NO-BREAK SPACE}DH</span>'
    )
    assert "درهم" in shown("{{ 1|money }}", language="ar")
    assert shown("{{ nothing|money }}", nothing=None) == "—"


def test_a_header_sorts_then_sorts_back_and_keeps_the_filters() -> None:
    header = '{% sort_header "due" "Échéance" %}'
    assert 'href="?state=open&amp;sort=due"' in shown(header, "/fr/dossiers/?state=open&after=abc")
    again = shown(header, "/fr/dossiers/?sort=due")
    assert 'aria-sort="ascending"' in again
    assert 'href="?sort=-due"' in again
    assert 'aria-sort="descending"' in shown(header, "/fr/dossiers/?sort=-due")


def test_a_pager_leads_only_where_there_is_something() -> None:
    assert shown('{% pager after="" before="" %}') == ""
    assert 'href="?q=a&amp;after=n"' in shown('{% pager after="n" %}', "/fr/?q=a&before=z")


def test_a_query_without_parameter_left_is_the_page_itself() -> None:
    assert shown('{% query q="" %}', "/fr/dossiers/?q=a") == "/fr/dossiers/"


class Form(forms.Form):
    name = forms.CharField(label="Nom", help_text="Aide")
    kinds = forms.MultipleChoiceField(choices=[("a", "A")], widget=forms.CheckboxSelectMultiple, label="Sortes")


def test_a_wrong_field_is_tied_to_its_error_and_to_its_help() -> None:
    form = Form({"name": ""})
    form.is_valid()
    page = shown("{% form_errors form %}{% field form.name %}{% field form.kinds %}", form=form)
    assert 'href="#id_name"' in page
    assert 'aria-invalid="true"' in page
    assert 'id="id_name_helptext"' in page
    assert 'id="id_name_error"' in page
    assert page.count("<fieldset") == 1
    assert 'type="checkbox"' in page


def test_names_and_labels_follow_the_language_of_the_page() -> None:
    class Body:
        name, name_arabic, name_english = "Caisse", "الصندوق", ""

    assert "الصندوق" in shown("{{ body|named }}", language="ar", body=Body)
    assert "Caisse" in shown("{{ body|named }}", language="en", body=Body)
    assert shown("{{ label|said }}", language="en", label={"fr": "Lieu", "ar": "مكان", "en": "Place"}) == "Place"
