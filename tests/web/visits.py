"""A page as someone sees it; those of the commissions of the federation and of the register of ventures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils import translation

from tests.web.commissions_world import CODE
from tests.web.every_page_world import Made

Subject = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Visit:
    """A page as someone sees it: `who` is an account of the demonstration, empty for a visitor."""

    route: str
    who: str = ""
    of: Callable[[Made], Subject] = lambda _made: {}
    query: str = ""
    status: int = 200

    def address(self, made: Made, language: str) -> str:
        """Where it is, in a language."""
        with translation.override(language):
            return reverse(self.route, kwargs=dict(self.of(made))) + self.query

    def __str__(self) -> str:
        return f"{self.route}{self.query}-{self.who or 'visitor'}"


def _venture(name: str) -> Callable[[Made], Subject]:
    return lambda made: {"venture": getattr(made.ventures, name).uuid}


def _at_work(name: str) -> Callable[[Made], Subject]:
    return lambda made: {"sitting": getattr(made.commission, name).uuid}


OF_THE_FEDERATION: Final = (
    Visit("review", "copil", lambda made: {"review": made.review.uuid}),
    Visit("reports", "analyste"),
    Visit("ventures"),
    Visit("ventures", "apebi", query="?stade=exporting"),
    Visit("venture", "apebi", _venture("public")),
    Visit("venture", "secretariat", _venture("own")),
    Visit("venture", "sign", _venture("own")),
    Visit("venture-new", "sign"),
    Visit("venture-new", "apebi"),
    Visit("venture-import", "apebi"),
    Visit("commissions"),
    Visit("commission", "apebi", lambda _made: {"code": CODE}),
    Visit("commission", "sign", lambda _made: {"code": CODE}),
    *(Visit("commission-sitting", "apebi", _at_work(name)) for name in ("planned", "minuted")),
    Visit("commission-sitting", "sign", _at_work("minuted")),
)
