"""The lock of every page: who comes, what they ask to see, and whether the policy lets them.

A view bears `@page(action)` or `@public_page`; a test refuses any address whose view bears neither.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeAlias

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control

from minassa.registry.public import Actor, Forbidden, actor_of, require, rules
from minassa.registry.sign_ins import REFUSED, UNKNOWN, tell_refusal

View: TypeAlias = Callable[..., HttpResponseBase]
Loader: TypeAlias = Callable[..., object]

MARK: Final = "minassa_access"
PUBLIC: Final = "public"


class PageRequest(HttpRequest):
    """A request once the lock let it through: the actor is known."""

    actor: Actor


def page(
    action: str, *, subject: Loader | None = None, on: Callable[[Any], object] = lambda found: found
) -> Callable[[View], View]:
    """Let a view be called only by a signed-in actor to whom the policy allows the action.

    `subject(actor, **kwargs)` receives the arguments of the address and gives what the action bears on, among what
    the actor may know of: None or `DoesNotExist` is answered 404. What it gives is handed to the view in their place:
    `view(request, subject)`; without loader the view is called `view(request, **kwargs)`. `on` leads from it to what
    the policy is asked about, where that is another thing (the enterprise of a place of work).
    A refusal is answered 403; a visitor is sent to sign in; who needs a second factor and has none, to set it up. What
    is refused or unknown to a person is told to the journal.
    """

    def lock(view: View) -> View:
        @wraps(view)
        def locked(request: PageRequest, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401 (whatever the address holds)
            request.actor = actor_of(request)
            away = _elsewhere(request)
            if away is not None:
                return away
            try:
                response = _let_in(view, request, action, subject, on, kwargs)
            except Forbidden as refusal:
                tell_refusal(REFUSED, request.actor, action)
                raise PermissionDenied(refusal.message) from refusal
            except Http404:
                tell_refusal(UNKNOWN, request.actor, action)
                raise
            # What an account saw must not stay in a cache shared with the next person at the same desk.
            patch_cache_control(response, private=True, no_store=True)
            return response

        setattr(locked, MARK, action)
        return locked

    return lock


def public_page(view: View) -> View:
    """Mark a view as open to everyone; `request.actor` is there all the same (a visitor, or who is signed in)."""

    @wraps(view)
    def opened(request: PageRequest, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401 (whatever the address holds)
        request.actor = actor_of(request)
        return view(request, **kwargs)

    setattr(opened, MARK, PUBLIC)
    return opened


def mark_of(view: object) -> str | None:
    """The action that a view asks the policy for, `public`, or None when it bears no mark."""
    mark = getattr(view, MARK, None)
    return mark if mark == PUBLIC or mark in rules() else None


def _elsewhere(request: PageRequest) -> HttpResponseBase | None:
    """Where the person must go first, if anywhere."""
    if not request.actor.signed_in:
        return redirect_to_login(request.get_full_path())
    if request.actor.needs_second_factor and not request.actor.second_factor:
        return redirect("mfa_activate_totp")
    return None


def _let_in(
    view: View,
    request: PageRequest,
    action: str,
    subject: Loader | None,
    on: Callable[[Any], object],
    kwargs: dict[str, Any],
) -> HttpResponseBase:
    if subject is None:
        require(request.actor, action)
        return view(request, **kwargs)
    found = _loaded(subject, request.actor, kwargs)
    require(request.actor, action, on(found))
    return view(request, found)


def _loaded(subject: Loader, actor: Actor, kwargs: dict[str, Any]) -> object:
    try:
        found = subject(actor, **kwargs)
    except ObjectDoesNotExist as absent:
        raise Http404 from absent
    if found is None:
        raise Http404
    return found
