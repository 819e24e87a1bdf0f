"""Files sent by a form, or one by one by the script of the page: sealed, received, each answered for."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from minassa.intake.public import Received, UploadRefused, limits, receive, sentence
from minassa.registry.models import Enterprise
from minassa.web.access import PageRequest, page
from minassa.web.deposits.subjects import the_enterprise
from minassa.web.deposits.uploading import SealingHandler, seal_on_arrival


# Exempt at the door only because the token stands in the same body as the files: `_checked` asks for it once they can
# be read as they come, and nothing is received before that.
@csrf_exempt
@require_POST
@page("upload.send", subject=the_enterprise)
def send(request: PageRequest, enterprise: Enterprise) -> HttpResponseBase:
    """Receive files for an enterprise; JSON for the script of the page, else back to the list."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > limits().request_bytes:
        return _refused(request, enterprise, "too-large-together", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    handler = seal_on_arrival(request)
    try:
        try:
            _ = request.POST
        except (BadRequest, MultiPartParserError, SuspiciousOperation) as cause:
            problem = "too-many" if "Files" in type(cause).__name__ else "cut"
            return _refused(request, enterprise, problem)
        request.sealing = handler  # type: ignore[attr-defined]
        return _checked(request, enterprise)
    finally:
        handler.drop()


@csrf_protect
def _checked(request: HttpRequest, enterprise: Enterprise) -> HttpResponse:
    """Once the token of the form is the right one."""
    handler: SealingHandler = request.sealing  # type: ignore[attr-defined]
    if handler.too_many:
        return _refused(request, enterprise, "too-many")
    try:
        received = receive(request.actor, enterprise, handler.incoming, timezone.now())  # type: ignore[attr-defined]
    except UploadRefused as refusal:
        return _refused(request, enterprise, refusal.problem)
    return _answer(request, enterprise, received)


def _answer(request: HttpRequest, enterprise: Enterprise, received: list[Received]) -> HttpResponse:
    if _wants_json(request):
        failed = all(each.upload is None for each in received)
        status = HTTPStatus.BAD_REQUEST if failed else HTTPStatus.CREATED
        return JsonResponse({"files": [_told(each) for each in received]}, status=status)
    for each in received:
        level = messages.ERROR if each.problem else messages.INFO if each.again else messages.SUCCESS
        messages.add_message(request, level, f"{each.name} : {_said(each)}")
    return _back(enterprise)


def _said(received: Received) -> str:
    if received.problem:
        return str(sentence(received.problem))
    return _("déjà reçu, rien n'est gardé deux fois.") if received.again else _("reçu, le contrôle va commencer.")


def _told(received: Received) -> dict[str, Any]:
    address = reverse("upload", args=[received.upload.uuid]) if received.upload else ""
    return {
        "name": received.name,
        "problem": received.problem,
        "again": received.again,
        "sentence": _said(received),
        "address": address,
    }


def _refused(
    request: HttpRequest, enterprise: Enterprise, problem: str, status: int = HTTPStatus.BAD_REQUEST
) -> HttpResponse:
    """The whole sending is refused: nothing of it was kept."""
    if _wants_json(request):
        return JsonResponse({"files": [], "problem": problem, "sentence": str(sentence(problem))}, status=status)
    messages.error(request, str(sentence(problem)))
    return _back(enterprise)


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _back(enterprise: Enterprise) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("uploads-of", args=[enterprise.uuid]))
