"""Tags of the pages of Minassa: `{% load minassa %}`. What each gives is shown on the page `style`."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django import template
from django.urls import translate_url
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from minassa.onestop.public import CAP
from minassa.vocabulary.filieres import Filiere
from minassa.web import icons, marks, writing
from minassa.web import minute_bar as minute_bars
from minassa.web.navigation import Head, head

register = template.Library()


def _language() -> str:
    return (get_language() or "fr")[:2]


# --- figures and dates -----------------------------------------------------------------------------------------------


@register.filter
def money(cents: int | None) -> str:
    """An amount in centimes, with its unit, its digits kept in order; a dash when there is none."""
    if cents is None:
        return "—"
    html = '<span class="money"><bdi dir="ltr">{}</bdi>\N{NO-BREAK SPACE}{}</span>'
    return format_html(html, writing.digits(cents, _language()), writing.unit(_language()))


@register.filter
def count(number: int | None) -> str:
    """A whole number in groups of three."""
    return "—" if number is None else format_html('<bdi class="n" dir="ltr">{}</bdi>', writing.count(number))


@register.filter
def capped(number: int) -> str:
    """A number of rows, which are counted no further than `CAP`: `12`, `500+`."""
    written = f"{CAP}+" if number >= CAP else str(number)
    return format_html('<bdi class="n" dir="ltr">{}</bdi>', written)


@register.filter
def percent(basis_points: int | None) -> str:
    """A rate in basis points, as a percentage."""
    if basis_points is None:
        return "—"
    return format_html('<bdi class="n" dir="ltr">{}</bdi>', writing.percent(basis_points, _language()))


@register.filter
def when(instant: dt.datetime | None) -> str:
    """An instant in words, in Morocco's time."""
    if instant is None:
        return "—"
    return format_html('<time datetime="{}">{}</time>', instant.isoformat(), writing.when(instant, _language()))


@register.filter
def day(value: dt.date | None) -> str:
    """A day in words; an instant is shown by its day in Morocco."""
    if value is None:
        return "—"
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), writing.day(value, _language()))


@register.filter
def month(value: dt.date | None) -> str:
    """The month of a day, in words."""
    return "—" if value is None else writing.month(value, _language())


@register.filter
def span(duration: float | dt.timedelta | None) -> str:
    """A duration (seconds or timedelta) in words."""
    if duration is None:
        return "—"
    seconds = duration.total_seconds() if isinstance(duration, dt.timedelta) else duration
    return writing.span(int(seconds), _language())


@register.filter
def named(subject: Any) -> str:  # noqa: ANN401 (a body, an enterprise, a place)
    """The name of a body, of an enterprise, in the language of the page when it has one in it; isolated."""
    other = {"ar": "name_arabic", "en": "name_english"}.get(_language(), "")
    return format_html("<bdi>{}</bdi>", getattr(subject, other, "") or subject.name)


@register.filter
def said(label: Any) -> str:  # noqa: ANN401 (an object or a mapping with fr, ar, en)
    """Words that data carry in three languages, in the one of the page; French when it is not there."""
    words = label if isinstance(label, dict) else {each: getattr(label, each, "") for each in ("fr", "ar", "en")}
    return str(words.get(_language()) or words["fr"])


# --- marks -----------------------------------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon; give a label only when no word stands beside it."""
    return icons.icon(name, label)


@register.simple_tag
def status_mark(value: str, kind: str = "") -> SafeString:
    """The mark of a legal status, or of a state when its kind is given: case, task, answer, file, finding, delivery."""
    mark = marks.mark_of(str(value), kind, _language())
    return format_html('<span class="mark mark-{}">{}{}</span>', mark.tone, icons.icon(mark.icon), mark.text)


@register.simple_tag
def filiere_mark(filiere: int) -> SafeString:
    """A filière by its shape, its colour and its abbreviation, its full name on hover and for screen readers."""
    which = Filiere(filiere)
    return format_html(
        '<abbr class="mark filiere filiere-{}" title="{}">{}{}</abbr>',
        which.name.lower(),
        which.label(_language()),
        icons.icon(f"filiere-{which.name.lower()}"),
        which.name if which else _("aucune"),
    )


@register.simple_tag
def synthetic() -> SafeString:
    """The word that must stand beside any invented figure."""
    return format_html('<span class="tag">{}</span>', _("synthétique"))


# --- addresses -------------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:  # noqa: ANN401
    """The address of this page with some parameters changed, the others kept; an empty value removes its own."""
    request = context["request"]
    parameters = request.GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            parameters.pop(name, None)
        else:
            parameters[name] = str(value)
    return f"?{parameters.urlencode()}" if parameters else request.path


@register.inclusion_tag("web/components/sort_header.html", takes_context=True)
def sort_header(context: template.Context, key: str, label: str, css: str = "") -> dict[str, Any]:
    """A header of column that sorts by `key` (`?sort=key`, then `?sort=-key`) and goes back to the first page."""
    current = context["request"].GET.get("sort", "")
    direction = {key: "ascending", f"-{key}": "descending"}.get(current, "none")
    wanted = f"-{key}" if direction == "ascending" else key
    address = query(context, sort=wanted, after="", before="")
    return {"label": label, "css": css, "direction": direction, "address": address}


@register.inclusion_tag("web/components/pager.html", takes_context=True)
def pager(context: template.Context, after: str = "", before: str = "", shown: int | None = None) -> dict[str, Any]:
    """Links to the next page (`?after=`) and the previous one (`?before=`), each there only when it leads somewhere."""
    return {
        "next": query(context, after=after, before="") if after else "",
        "previous": query(context, before=before, after="") if before else "",
        "shown": shown,
    }


@register.inclusion_tag("web/components/exports.html", takes_context=True)
def exports(context: template.Context, most: int = 0) -> dict[str, Any]:
    """Links to the same list as CSV and XLSX (`?format=csv`, `?format=xlsx`), filters kept; `most`: rows of a file."""
    links = {name: query(context, format=name, after="", before="") for name in ("csv", "xlsx")}
    return {**links, "most": most}


@register.simple_tag(takes_context=True)
def languages(context: template.Context) -> list[dict[str, Any]]:
    """The languages of the platform, each with the address of this same page in it."""
    request = context.get("request")
    here = request.get_full_path() if request else "/fr/"
    return [
        {**get_language_info(code), "address": translate_url(here, code), "current": code == _language()}
        for code in ("ar", "fr", "en")
    ]


@register.simple_tag(takes_context=True)
def navigation(context: template.Context) -> Head | None:
    """What this person may go to, in order; the page of now is marked."""
    request = context.get("request")
    return head(request) if request else None


# --- forms -----------------------------------------------------------------------------------------------------------


@register.inclusion_tag("web/components/field.html")
def field(bound: Any, help_text: str = "") -> dict[str, Any]:  # noqa: ANN401
    """A form field: label, widget, help, errors, tied together for screen readers."""
    kind = getattr(bound.field.widget, "input_type", "")
    css = {"checkbox": "form-check-input", "select": "form-select"}.get(kind, "form-control")
    check = kind == "checkbox" and not hasattr(bound.field, "choices")
    if kind in {"radio", "checkbox"} and not check:
        css = "form-check-input"
    widget = bound.as_widget(attrs={"class": css + (" is-invalid" if bound.errors else "")})
    group = bool(getattr(bound.field.widget, "use_fieldset", False))
    return {"field": bound, "widget": widget, "check": check, "group": group, "help_text": help_text}


@register.inclusion_tag("web/components/form_errors.html")
def form_errors(form: Any) -> dict[str, Any]:  # noqa: ANN401
    """What is wrong in a form, said once at its head, each line leading to its field."""
    return {"form": form, "fields": [bound for bound in form.visible_fields() if bound.errors]}


# --- where am I ------------------------------------------------------------------------------------------------------


@register.inclusion_tag("web/components/breadcrumb.html")
def trail(*steps: str) -> dict[str, Any]:
    """The way to this page: label, address, label, address…, and last the label of the page itself, alone."""
    pairs = [*steps, ""] if len(steps) % 2 else list(steps)
    return {"steps": [{"label": pairs[i], "address": pairs[i + 1]} for i in range(0, len(pairs), 2)]}


@register.inclusion_tag("web/components/empty.html")
def nothing(text: str, icon: str = "case", address: str = "", action: str = "") -> dict[str, str]:
    """What is said where there is nothing yet: what will be here, and what to do for it."""
    return {"text": text, "icon": icon, "address": address, "action": action}


# --- who held a case -------------------------------------------------------------------------------------------------


@register.inclusion_tag("web/components/minute_bar.html")
def minute_bar(
    timeline: Any,  # noqa: ANN401 (a `onestop.public.Timeline`, or anything with its `segments` and `lives`)
    due: dt.datetime | None = None,
    names: dict[str, str] | None = None,
    *,
    compact: bool = False,
) -> dict[str, Any]:
    """Who held a case, as a bar: `{% minute_bar timeline case.due_at %}`; compact in a list: `compact=True`.

    `names`: what to call administrations, by code. The full one has lanes, a legend and the same in a table.
    """
    runs = [lane for life in timeline.lives for lane in life.lanes]
    uid = f"bar-{secrets.token_hex(4)}"
    return {"bar": minute_bars.bar(timeline.segments, runs, due, names), "compact": compact, "uid": uid}
