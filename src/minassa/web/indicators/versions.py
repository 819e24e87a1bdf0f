"""The vintages of indicators: what each run was made of; one is computed again when it is asked."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minassa.steering.indicators.catalogue import Catalogue
from minassa.steering.indicators.vintages import replay
from minassa.steering.models import Vintage
from minassa.web.access import PageRequest, page
from minassa.web.claims.showing import month_words

MOST: Final = 50


@require_safe
@page("indicator.view")
def versions(request: PageRequest) -> HttpResponse:
    """The last vintages, the newest first; `?rejouer=RUN` sums one again from the frames of its run."""
    rows = list(Vintage.objects.order_by("-pk")[:MOST])
    asked = next((one for one in rows if one.run == request.GET.get("rejouer", "")), None)
    context: dict[str, Any] = {
        "rows": [{"vintage": one, "until": month_words(one.until)} for one in rows],
        "asked": asked,
        **(_replayed(asked) if asked is not None else {}),
    }
    return render(request, "web/indicators/versions.html", context)


def _replayed(vintage: Vintage) -> dict[str, Any]:
    """Whether the run still gives what was kept: `gone`, or the labels of the indicators that differ."""
    found = replay(vintage)
    known = Catalogue.all()
    return {
        "gone": found is None,
        "differing": [str(known[code].label) if code in known else code for code in found or ()],
    }
