"""The form of a plan of premiums: a budget in dirhams, limits in per cent."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy

from minassa.outlook.optimiser.grid import grid
from minassa.steering.plans.asking import BUDGET_AT_MOST, Wish
from minassa.vocabulary.money import CENTIMES_A_DIRHAM
from minassa.vocabulary.rates import BASIS_POINTS

ONE_PER_CENT: Final = BASIS_POINTS // 100


class RateField(forms.DecimalField):
    """A rate in per cent, from 0 to 100, with two decimals at most."""

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 (what any field of a form takes)
        """Take a rate as people write it."""
        attributes = {"step": "0.01", "min": "0", "max": "100", "dir": "ltr", "inputmode": "decimal"}
        widget = forms.NumberInput(attrs=attributes)
        super().__init__(min_value=0, max_value=100, decimal_places=2, max_digits=5, widget=widget, **given)


class PlanForm(forms.Form):
    """What a plan must respect."""

    budget = forms.IntegerField(
        label=gettext_lazy("Budget d'une année, en dirhams"),
        min_value=1,
        max_value=BUDGET_AT_MOST // CENTIMES_A_DIRHAM,
        widget=forms.NumberInput(attrs={"step": "1", "dir": "ltr", "inputmode": "numeric"}),
    )
    pae_floor = RateField(label=gettext_lazy("PAE : pas moins que, en %"))
    paf_floor = RateField(label=gettext_lazy("PAF : pas moins que, en %"))
    stability = RateField(label=gettext_lazy("Un taux bouge au plus de, en % de lui-même"))
    region_floor = RateField(label=gettext_lazy("Chaque région garde au moins, en % de ce qu'elle reçoit"))

    def wish(self) -> Wish:
        """What the form asks, once it is valid."""
        given: dict[str, Any] = self.cleaned_data
        rates = {name: int(given[name] * ONE_PER_CENT) for name in LIMITS}
        return Wish(budget_year=given["budget"] * CENTIMES_A_DIRHAM, **rates)


LIMITS: Final = ("pae_floor", "paf_floor", "stability", "region_floor")


def proposed(offered_year: int) -> dict[str, Any]:
    """What the form holds before anything is asked: the budget of the offer, and the limits that are assumed."""
    held = grid()
    return {
        "budget": offered_year // CENTIMES_A_DIRHAM or None,
        **{name: _told(getattr(held, name)) for name in LIMITS},
    }


def asked_again(wish: Wish) -> dict[str, Any]:
    """What the form holds to ask a plan again, changed."""
    return {"budget": wish.budget_year // CENTIMES_A_DIRHAM, **{name: _told(getattr(wish, name)) for name in LIMITS}}


def _told(basis_points: int) -> str:
    """A rate as the form takes it: per cent, a dot before its hundredths."""
    percent, hundredths = divmod(basis_points, ONE_PER_CENT)
    return f"{percent}.{hundredths:02}" if hundredths else str(percent)
