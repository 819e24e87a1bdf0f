"""What pages open to everyone share: kept a few minutes by caches, no cookie for a reader without account."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language

MINUTES: Final = 5


def language() -> str:
    """The language of the page: `fr`, `ar` or `en`."""
    return (get_language() or "fr")[:2]


def shown(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """The page; a reader without account has nothing to post, so no token is drawn and no cookie is set."""
    told = {"demonstration": settings.MINASSA_DEMONSTRATION, **context}
    if not request.user.is_authenticated:
        told["csrf_token"] = ""
    return render(request, template, told)


def keep(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let caches keep the page some minutes, and browsers ask whether it changed; 304 when it did not."""
    if request.user.is_authenticated:
        patch_cache_control(response, private=True, no_store=True)
        return response
    patch_cache_control(response, public=True, max_age=MINUTES * 60)
    tag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = tag
    asked = {one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")}
    if tag in asked:
        kept = HttpResponse(status=304)
        kept["ETag"] = tag
        kept["Cache-Control"] = response["Cache-Control"]
        return kept
    return response
