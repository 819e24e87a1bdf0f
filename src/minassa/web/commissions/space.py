"""The space of a commission: mandate, members, sessions, work plan, what it recommends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from minassa.commissions.models import Action, ActionState, Member, Point, Sitting
from minassa.commissions.public import (
    NEXT,
    Commission,
    CommissionError,
    commissions,
    end_member,
    mandate_on,
    members_on,
    move_action,
    plan_action,
    plan_sitting,
    seat_member,
    stream_of,
    write_mandate,
)
from minassa.commitments.public import recommendations_from
from minassa.registry.models import Account, Body, Enterprise
from minassa.registry.public import Actor, allowed
from minassa.web.access import PageRequest, page
from minassa.web.cases.drafting import version_of
from minassa.web.cases.tables import FORMATS, exported
from minassa.web.commissions.wording import KINDS, address_of, day_of, mandate_words, member_name, name_of, plain_name
from minassa.web.doing import done_or_told
from minassa.web.journaled import lines_of
from minassa.web.listing import asked, in_order

SORTS: Final = {"due": "due_on", "state": "state", "owner": "owner"}
OPEN: Final = (ActionState.TODO, ActionState.DOING)


def the_commission(_actor: Actor, code: str) -> Commission | None:
    """The commission of an address; that it exists is known to everyone."""
    return commissions().get(code)


@require_http_methods(["GET", "HEAD", "POST"])
@page("commission.view", subject=the_commission)
def commission_page(request: PageRequest, one: Commission) -> HttpResponse:
    """Read the space; write the mandate, seat or end a member, plan a session or an action, move an action."""
    if request.method == "POST":
        act, done, anchor = _ACTS.get(request.POST.get("act", ""), _ACTS["move"])
        done_or_told(request, lambda: act(request, one), str(done), CommissionError)
        return HttpResponseRedirect(reverse("commission", args=[one.code]) + anchor)
    actions = _asked(one, request.GET)
    if request.GET.get("format") in FORMATS:
        return exported(_file_name(one), request.GET["format"], _headings(), _cells(actions))
    return render(request, "web/commissions/space.html", _context(request, one, actions))


def _mandate(request: PageRequest, one: Commission) -> None:
    post = request.POST
    since, said = day_of(post.get("since", "")), post.get("text", "")
    write_mandate(request.actor, one, said, since, post.get("source", ""), timezone.now(), synthetic=_synthetic())


def _seat(request: PageRequest, one: Commission) -> None:
    post = request.POST
    who = _who(post.get("ice", "").strip(), post.get("body", ""))
    email = post.get("email", "").strip()
    account = Account.objects.filter(email__iexact=email).first() if email else None
    if email and account is None:
        raise CommissionError(_("Aucun compte n'a cette adresse."))
    since = day_of(post.get("since", ""))
    seat_member(request.actor, one, who, since, timezone.now(), account=account, synthetic=_synthetic())


def _who(ice: str, body: str) -> Enterprise | Body:
    found: Enterprise | Body | None = Body.objects.filter(code=body).first() if body else None
    if found is None and ice:
        found = Enterprise.objects.filter(ice=ice).first()
    if found is None:
        raise CommissionError(_("Dites l'ICE d'une entreprise du registre, ou choisissez un organisme."))
    return found


def _end(request: PageRequest, one: Commission) -> None:
    end_member(request.actor, _member(request, one), day_of(request.POST.get("until", "")), timezone.now())


def _plan(request: PageRequest, one: Commission) -> None:
    post = request.POST
    points = post.get("points", "").splitlines()
    where, on = post.get("where", ""), day_of(post.get("on", ""))
    plan_sitting(request.actor, one, on, where, points, timezone.now(), synthetic=_synthetic())


def _action(request: PageRequest, one: Commission) -> None:
    post, rank = request.POST, request.POST.get("point", "")
    point = Point.objects.filter(uuid=rank).first() if _is_number(rank) else None
    due = day_of(post.get("due", ""))
    owner = _member(request, one)
    plan_action(
        request.actor, one, post.get("what", ""), owner, due, timezone.now(), point=point, synthetic=_synthetic()
    )


def _move(request: PageRequest, one: Commission) -> None:
    post, number = request.POST, request.POST.get("action", "")
    action = Action.objects.filter(commission=one.code, uuid=number).first() if _is_number(number) else None
    if action is None:
        raise CommissionError(_("Cette action n'est pas au plan de la commission."))
    state, said = post.get("state", ""), post.get("said", "")
    move_action(request.actor, action, state, said, timezone.now(), expected=version_of(post))


_ACTS: Final[Mapping[str, tuple[Callable[[PageRequest, Commission], None], str | Promise, str]]] = {
    "mandate": (_mandate, gettext_lazy("Le mandat est écrit."), "#mandat"),
    "seat": (_seat, gettext_lazy("Le membre siège."), "#membres"),
    "end": (_end, gettext_lazy("Le départ est écrit."), "#membres"),
    "plan": (_plan, gettext_lazy("La séance est prévue."), "#seances"),
    "action": (_action, gettext_lazy("L'action est au plan."), "#plan"),
    "move": (_move, gettext_lazy("L'action a avancé."), "#plan"),
}


def _member(request: PageRequest, one: Commission) -> Member:
    number = request.POST.get("member", "")
    found = Member.objects.filter(commission=one.code, uuid=number).first() if _is_number(number) else None
    if found is None:
        raise CommissionError(_("Choisissez un membre de la commission."))
    return found


def _is_number(text: str) -> bool:
    """Whether a text may be a universal number."""
    return len(text) == 36 and set(text) <= set("0123456789abcdef-") and text.count("-") == 4  # noqa: PLR2004 (its form)


def _synthetic() -> bool:
    return bool(settings.MINASSA_DEMONSTRATION)


def _asked(one: Commission, given: Mapping[str, str]) -> QuerySet[Action]:
    """The actions under the filters of the address, in the order asked."""
    rows = Action.objects.filter(commission=one.code).select_related("owner__enterprise", "owner__body", "point")
    if given.get("etat") in ActionState.values:
        rows = rows.filter(state=given["etat"])
    return in_order(rows, given.get("sort", ""), SORTS) or rows.order_by("due_on", "pk")


def _context(request: PageRequest, one: Commission, actions: QuerySet[Action]) -> dict[str, Any]:
    actor, today = request.actor, timezone.localdate()
    told = mandate_on(one, today)
    past = Member.objects.filter(commission=one.code, until__lt=today).select_related("enterprise", "body")
    members = [(row, member_name(row)) for row in members_on(one.code, today)]
    sittings = Sitting.objects.filter(commission=one.code).order_by("-on", "-pk")
    points = Point.objects.filter(sitting__commission=one.code).order_by("-sitting__on", "rank")
    names = {body.code: plain_name(body) for body in Body.objects.all()}
    return {
        "one": one,
        "name": name_of(one),
        "told": told,
        "mandate": mandate_words(one, told),
        "members": members,
        "past": [(row, member_name(row)) for row in past.order_by("-until")],
        "sittings": sittings,
        "points": points,
        "actions": [_told_action(row, today) for row in actions],
        "states": ActionState.choices,
        "writes": allowed(actor, "commission.write", one),
        "bodies": sorted(names.items(), key=lambda pair: pair[1]),
        "today": today,
        "recommended": recommendations_from("commission", [str(point.uuid) for point in points]),
        "links": _links(actor, one),
        "log": lines_of(actor, stream_of(one.code), KINDS, names)[:20],
        **asked(request.GET, ("etat",)),
    }


def _told_action(row: Action, today: date) -> dict[str, Any]:
    late = row.state in OPEN and row.due_on < today
    return {
        "row": row,
        "owner": member_name(row.owner),
        "late": late,
        "next": [(state.value, state.label) for state in NEXT[ActionState(row.state)]],
        "moves": row.moves.order_by("pk"),
    }


def _links(actor: Actor, one: Commission) -> list[tuple[str, str]]:
    """Pages of the markets that the commission follows, where they are there and open to the reader."""
    if not one.continent:
        return []
    words = {"markets": _("Marchés de sa zone"), "leads": _("Pistes de sa zone")}
    found = [(str(words[route]), address_of(route)) for route in words]
    return [(said, f"{to}?continent={one.continent}") for said, to in found if to and actor.signed_in]


def _file_name(one: Commission) -> str:
    return f"plan-{one.code}" + ("-synthetique" if _synthetic() else "")


def _headings() -> list[str]:
    return [_("Action"), _("Qui la mène"), _("Échéance"), _("État"), _("Séance"), _("Note")]


def _cells(rows: QuerySet[Action]) -> Iterator[tuple[str, ...]]:
    note = _("synthétique") if _synthetic() else ""
    for row in rows:
        day = row.point.sitting.on.isoformat() if row.point else ""
        yield (row.what, member_name(row.owner), row.due_on.isoformat(), row.get_state_display(), day, note)
