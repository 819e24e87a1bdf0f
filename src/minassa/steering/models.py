"""The tables of steering, for Django to find."""

from __future__ import annotations

from minassa.steering.letter_models import AlertLetter, AlertSubscription
from minassa.steering.plan_models import PremiumPlan
from minassa.steering.review_models import YearlyReview
from minassa.steering.vintage_models import Alert, Vintage, VintageSeries

__all__ = ["Alert", "AlertLetter", "AlertSubscription", "PremiumPlan", "Vintage", "VintageSeries", "YearlyReview"]
