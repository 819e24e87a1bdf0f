"""Days as text, by the column."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_EPOCH = 1970 * 12


def days(months: NDArray[np.int64], day: NDArray[np.int64]) -> NDArray[np.datetime64]:
    """Return the day of each month (index), the last of the month when `day` is past its end."""
    first = (months - _EPOCH).astype("datetime64[M]")
    length = ((first + np.timedelta64(1, "M")).astype("datetime64[D]") - first.astype("datetime64[D]")).astype(np.int64)
    later = (np.minimum(day, length) - 1).astype("timedelta64[D]")
    result: NDArray[np.datetime64] = first.astype("datetime64[D]") + later
    return result


def iso_days(months: NDArray[np.int64], day: NDArray[np.int64], known: NDArray[np.bool_]) -> NDArray[np.str_]:
    """Return each day as AAAA-MM-JJ, empty where it is not known."""
    return np.where(known, days(np.where(known, months, _EPOCH), day).astype("U10"), "")


def iso_months(months: NDArray[np.int64], known: NDArray[np.bool_]) -> NDArray[np.str_]:
    """Return each month (index) as AAAA-MM, empty where it is not known."""
    return np.where(known, (np.where(known, months, _EPOCH) - _EPOCH).astype("datetime64[M]").astype("U7"), "")
