"""The tables of training, for Django to find."""

from __future__ import annotations

from minassa.training.roll_models import KEY, Cohort, Content, Graduate, Measured, Outcome, Roll

__all__ = ["KEY", "Cohort", "Content", "Graduate", "Measured", "Outcome", "Roll"]
