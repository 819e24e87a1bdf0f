"""Bodies, the systems that speak for them, sign-ins, and what each role may do."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from minassa.journal.models import Entry
from minassa.onestop.clients import ClientSecrets, create_client, rotate_client, set_client_active
from minassa.onestop.models import ApiClient
from minassa.registry.models import Account, AccountRequest, Body, Invitation, Power, RequestState, Role
from minassa.registry.public import Actor, allowed, change_body, pending, rules, visible_requests
from minassa.registry.sign_ins import REFUSED, STREAM, UNKNOWN
from minassa.web.access import PageRequest, page
from minassa.web.administration.forms import BodyForm, ClientForm

PAGE: Final = 100


def body(_actor: Actor, code: str) -> Body:
    """A body; DoesNotExist."""
    return Body.objects.get(code=code)


def client(_actor: Actor, client_id: str) -> ApiClient:
    """A client; DoesNotExist."""
    return ApiClient.objects.select_related("body").get(client_id=client_id)


@require_safe
@page("administration.enter")
def home(request: PageRequest) -> HttpResponseBase:
    """What waits, and where everything is."""
    actor = request.actor
    waiting = AccountRequest.objects.filter(visible_requests(actor), state=RequestState.OPEN).count()
    whole = allowed(actor, "account.list")
    context = {
        "waiting": waiting,
        "whole": whole,
        "accounts": Account.objects.filter(is_active=True).count() if whole else 0,
        "invitations": Invitation.objects.filter(pending(timezone.now())).count() if whole else 0,
        "clients": ApiClient.objects.filter(is_active=True).count() if whole else 0,
        "may_register": allowed(actor, "enterprise.register"),
    }
    return render(request, "web/administration/home.html", context)


@require_safe
@page("body.edit")
def bodies(request: PageRequest) -> HttpResponseBase:
    """The bodies."""
    return render(request, "web/administration/bodies.html", {"rows": Body.objects.order_by("kind", "name")})


@require_http_methods(["GET", "HEAD", "POST"])
@page("body.edit", subject=body)
def body_page(request: PageRequest, shown: Body) -> HttpResponseBase:
    """How a body answers."""
    now = {"answers_by_api": shown.answers_by_api, "endpoint": shown.endpoint}
    form = BodyForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        change_body(request.actor, shown, timezone.now(), **form.cleaned_data)
        messages.success(request, _("C'est enregistré."))
        return redirect("admin-bodies")
    return render(request, "web/administration/body.html", {"form": form, "body": shown})


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("made")
@page("client.manage")
def clients(request: PageRequest) -> HttpResponseBase:
    """The systems of bodies; a new one is made here, and its secrets are shown this once."""
    form, made = ClientForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        made = create_client(request.actor, form.cleaned_data["body"], form.cleaned_data["scopes"], timezone.now())
        form = ClientForm()
    return _clients_page(request, form, made)


@require_POST
@page("client.manage", subject=client)
def rotate(request: PageRequest, shown: ApiClient) -> HttpResponseBase:
    """New secrets, shown this once."""
    return _clients_page(request, ClientForm(), rotate_client(request.actor, shown, timezone.now()))


@require_POST
@page("client.manage", subject=client)
def switch_client(request: PageRequest, shown: ApiClient) -> HttpResponseBase:
    """Close a client, or open it again."""
    set_client_active(request.actor, shown, timezone.now(), active=request.POST.get("active") == "yes")
    messages.success(request, _("C'est enregistré."))
    return redirect("admin-clients")


def _clients_page(request: PageRequest, form: ClientForm, made: ClientSecrets | None) -> HttpResponseBase:
    rows = ApiClient.objects.select_related("body").order_by("body__code", "client_id")
    # Answered at once, not after a redirection: the secrets are kept nowhere, not even until the next page.
    return render(request, "web/administration/clients.html", {"form": form, "made": made, "rows": rows})


@require_safe
@page("sign-in.list")
def sign_ins(request: PageRequest) -> HttpResponseBase:
    """Sign-ins and refusals, the latest first."""
    found = Entry.objects.filter(stream=STREAM).order_by("-number")
    if request.GET.get("kind"):
        found = found.filter(kind=request.GET["kind"])
    before = request.GET.get("after", "")
    if before.isdecimal():
        found = found.filter(number__lt=int(before))
    rows = list(found[: PAGE + 1])
    context = {
        "rows": rows[:PAGE],
        "after": str(rows[PAGE - 1].number) if len(rows) > PAGE else "",
        "kinds": KINDS,
    }
    return render(request, "web/administration/sign_ins.html", context)


KINDS: Final = (
    "session.opened",
    "session.closed",
    "session.refused",
    "second-factor.added",
    "second-factor.refused",
    "second-factor.removed",
    "password.changed",
    REFUSED,
    UNKNOWN,
)


@require_safe
@page("policy.view")
def policy(request: PageRequest) -> HttpResponseBase:
    """Each action of the platform, and who may hold it at most: read from the table that decides."""
    holders = [*Role.values, *Power.values]
    lines = []
    for name, rule in sorted(rules().items()):
        if rule.label:
            held = rule.roles | rule.powers
            by_role = [holder in held for holder in holders]
            lines.append((rule.label, name, by_role, rule.clients, rule.committees, rule.gated))
    context = {"roles": [*Role.labels, *Power.labels], "lines": lines}
    return render(request, "web/administration/policy.html", context)
