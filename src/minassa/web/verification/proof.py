"""The daily heads of the journal, to be taken away; the tool that verifies receipts without this platform."""

from __future__ import annotations

import json
from importlib import resources
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from minassa.journal.public import Head, public_heads, public_keys
from minassa.proof import key_id
from minassa.web.access import public_page
from minassa.web.documents import certificate_fingerprint

PAGE: Final = 30
TOOL: Final = "verify_receipt.py"


@require_GET
@public_page
def proof(request: HttpRequest) -> HttpResponse:
    """The heads, the latest first, and how to verify a receipt."""
    rows = Head.objects.order_by("-day")
    asked = request.GET.get("after", "")
    start = int(asked) if asked.isdecimal() and len(asked) < 7 else 0  # noqa: PLR2004 (no longer number)
    found = list(rows[start : start + PAGE + 1])
    context = {
        "heads": [
            {"head": head, "root": bytes(head.root).hex(), "key": head.document.get("key_id", "")}
            for head in found[:PAGE]
        ],
        "next": str(start + PAGE) if len(found) > PAGE else "",
        "previous": str(max(0, start - PAGE)) if start else "",
        "keys": [(key_id(key), key.hex()) for key in public_keys()],
        "certificate": certificate_fingerprint(),
    }
    return render(request, "web/verification/proof.html", context)


@require_GET
@public_page
def heads_json(_request: HttpRequest) -> HttpResponse:
    """The list of heads with its keys, as `verify_receipt.py` reads it."""
    return _download(json.dumps(public_heads(), ensure_ascii=False, indent=1), "heads.json", "application/json")


@require_GET
@public_page
def tool(_request: HttpRequest) -> HttpResponse:
    """The very file by which the platform itself verifies: one file, the standard library of Python alone."""
    return _download(resources.files("minassa.proof").joinpath(TOOL).read_text("utf-8"), TOOL, "text/x-python")


def _download(text: str, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
