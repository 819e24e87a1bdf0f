"""The effect month by month since the entry, its mean, and whether the two sides moved together before it.

The regression, its covariance clustered by firm and the tests are those of statsmodels; what is ours is the stack of
comparisons it is made on (`stacking`). What the firms that had not entered became, in each comparison, is taken out of
the change of all its firms; then a coefficient is the mean, over the firms that entered, of what they became beyond
that, and a residual is the influence of a firm in Callaway & Sant'Anna (2021): a wave of one firm counts as one draw.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from statsmodels.regression.linear_model import OLS, WLS

from minassa.outlook.evaluation.estimates import Estimate, estimate
from minassa.outlook.evaluation.panel import Panel, TooFew
from minassa.outlook.evaluation.stacking import Stacked, Window, stacked

QUARTER: Final = 3
LEAST_FIRMS: Final = 10
"""Firms that entered, and firms they are compared with, below which nothing is said."""


@dataclass(frozen=True, slots=True)
class EventStudy:
    """Effects by month since the entry (`events`), with what is needed to say anything linear of them.

    `pre_trend_p`: how likely differences as large before the entry would be by chance, jointly over its quarters.
    `naive`: what the firms that entered became, after against before, compared with nobody.
    """

    window: Window
    effects: NDArray[np.float64]
    covariance: NDArray[np.float64]
    degrees: float
    pre_trend_p: float
    naive: Estimate
    entered: int
    compared: int
    entered_left_out: int

    @property
    def mean(self) -> Estimate:
        """The mean effect over the months from the entry on."""
        return self.combined((self.window.events >= 0) / self.window.after)

    @property
    def drift(self) -> Estimate:
        """The slope a month of the differences before the entry: zero when both sides moved together."""
        return self.combined(slope(self.window))

    def each(self) -> list[Estimate]:
        """The effect of every event month, in the order of the window."""
        return [self.combined(row) for row in np.eye(len(self.effects))]

    def combined(self, weights: NDArray[np.float64]) -> Estimate:
        """A linear combination of the effects, in the order of the events of the window."""
        variance = float(weights @ self.covariance @ weights)
        return estimate(float(weights @ self.effects), max(variance, 0.0) ** 0.5, self.degrees)


def event_study(panel: Panel, window: Window) -> EventStudy:
    """The effects of a scheme on the firms of a panel; UnusablePanel when too few can be compared."""
    stack = stacked(panel, window)
    entered, compared = len(np.unique(stack.firm[stack.entered])), len(np.unique(stack.firm[~stack.entered]))
    if min(entered, compared) < LEAST_FIRMS:
        raise TooFew(
            f"Trop peu d'entreprises à comparer : {entered} entrées, {compared} hors du dispositif "
            f"(il en faut {LEAST_FIRMS} de chaque côté).",
            had={"entered": entered, "compared": compared},
            wanted={"entered": LEAST_FIRMS, "compared": LEAST_FIRMS},
        )
    fitted = _fitted(stack)
    return EventStudy(
        window=window,
        effects=np.asarray(fitted.params),
        covariance=np.asarray(fitted.cov_params()),
        degrees=float(fitted.df_resid_inference),
        pre_trend_p=float(fitted.f_test(quarters(window)).pvalue),
        naive=_naive(stack, window),
        entered=entered,
        compared=compared,
        entered_left_out=stack.entered_left_out,
    )


def _fitted(stack: Stacked) -> Any:  # noqa: ANN401 (a result of statsmodels, which has no types)
    """The regression, on having entered, of changes beyond those of the comparisons, month by month since the entry.

    Both sides weigh the same, so having entered is ±½ once its mean is taken out, as that of each month's changes is.
    """
    rows, events = stack.change.shape
    within = np.where(stack.entered, 0.5, -0.5)
    design = np.zeros((rows, events, events))
    design[:, np.arange(events), np.arange(events)] = within[:, None]
    model = WLS(
        _beyond(stack).ravel(),
        design.reshape(rows * events, events),
        weights=np.repeat(stack.weight, events),
        hasconst=False,
    )
    firms = np.unique(stack.firm, return_inverse=True)[1]
    return model.fit(method="qr", cov_type="cluster", cov_kwds={"groups": np.repeat(firms, events)}, use_t=True)


def _beyond(stack: Stacked) -> NDArray[np.float64]:
    """Changes less the mean change of the comparison's firms that had not entered, then less the mean of each month."""
    outside = ~stack.entered
    sums = np.zeros((stack.blocks, stack.change.shape[1]))
    np.add.at(sums, stack.block[outside], stack.change[outside])
    beyond = stack.change - (sums / np.bincount(stack.block[outside])[:, None])[stack.block]
    centred: NDArray[np.float64] = beyond - np.average(beyond, axis=0, weights=stack.weight)
    return centred


def _naive(stack: Stacked, window: Window) -> Estimate:
    """The mean change of the firms that entered, from the base to the months after, with its usual error."""
    after = stack.change[stack.entered][:, window.events >= 0].mean(axis=1)
    fitted = OLS(after, np.ones(len(after))).fit(use_t=True)
    return estimate(float(fitted.params[0]), float(fitted.bse[0]), float(fitted.df_resid))


def quarters(window: Window) -> NDArray[np.float64]:
    """Weights of the mean of each whole quarter before the entry, the nearest first; the base counts as zero."""
    events = window.events
    whole = range(1, window.before // QUARTER + 1)
    rows = [((events >= -QUARTER * rank) & (events < -QUARTER * (rank - 1))) / QUARTER for rank in whole]
    return np.array(rows, dtype=np.float64)


def slope(window: Window) -> NDArray[np.float64]:
    """Weights of the least-squares line through the effects before the entry, the base at zero among them."""
    events = window.events
    centred = np.arange(-window.before, 0) - np.arange(-window.before, 0).mean()
    weights = np.zeros(len(events))
    weights[events < 0] = centred[:-1] / (centred @ centred)
    return weights
