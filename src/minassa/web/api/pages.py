"""The page of the interface: every operation, from the committed description, and how to call it in a few lines."""

from __future__ import annotations

import json
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_GET

from minassa.web.access import public_page
from minassa.web.api.framing import described
from minassa.web.public.pages import keep, shown

USAGE: Final = """from minassa.client import Client

client = Client(address, client_id, secret, signing_secret)
for task in client.pages("/api/v1/tasks"):
    client.send("/api/v1/inbox", {
        "specversion": "1.0",
        "id": f"{task['case_uuid']}-{task['step']}-{task['round']}",
        "type": "ma.minassa.task.answered.v1",
        "source": "https://agency.example",
        "data": {"case": task["case_uuid"], "step": task["step"], "round": task["round"], "favourable": True},
    })
"""
"""An agency that answers all its tasks; a test runs these very lines."""


@require_GET
@public_page
def interface_page(request: HttpRequest) -> HttpResponse:
    """The operations by subject."""
    context = {"subjects": subjects(), "usage": USAGE}
    return keep(request, shown(request, "web/api/interface.html", context))


def subjects() -> dict[str, list[dict[str, Any]]]:
    """The operations of the description, by tag."""
    found: dict[str, list[dict[str, Any]]] = {}
    for address, operations in json.loads(described())["paths"].items():
        for method, operation in operations.items():
            told = {"method": method.upper(), "address": address, "summary": operation["summary"]}
            required = [one["name"] for one in operation["parameters"] if one["in"] == "header" and one.get("required")]
            found.setdefault(operation["tags"][0], []).append({**told, "headers": required})
    return found


urlpatterns = [path("", interface_page, name="interface")]
