"""What the header records of files say, as columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from minassa.declarations.ebds.blocks import texts
from minassa.declarations.ebds.file_controls import complement_numbers
from minassa.declarations.ebds.layout import RECORDS
from minassa.declarations.ebds.table import FileTable

_EMPLOYER = RECORDS["B01"]


@dataclass(frozen=True, slots=True)
class Headers:
    """One entry per file, in the order given; 0 and empty where the file has no readable header.

    ``month`` is a month index, ``issued`` and ``due`` are AAAAMMJJ, ``complement`` is 1 to 9 for a complementary
    declaration and 0 otherwise, ``transfer`` is the reference created by CNSS. Texts are bytes (latin-1).
    """

    affiliation: NDArray[np.int32]
    month: NDArray[np.int32]
    transfer: NDArray[np.int64]
    complement: NDArray[np.int8]
    issued: NDArray[np.int32]
    due: NDArray[np.int32]
    company: NDArray[np.bytes_]
    activity: NDArray[np.bytes_]
    address: NDArray[np.bytes_]
    city: NDArray[np.bytes_]
    postcode: NDArray[np.bytes_]
    agency: NDArray[np.bytes_]


def headers_of(table: FileTable, count: int) -> Headers:
    """The headers of the first ``count`` files."""
    written = table.header[:count]
    return Headers(
        affiliation=table.affiliation[:count],
        month=table.month[:count],
        transfer=table.transfer[:count],
        complement=complement_numbers(table)[:count],
        issued=table.issued[:count],
        due=table.due[:count],
        company=texts(written, _EMPLOYER, "company"),
        activity=texts(written, _EMPLOYER, "activity"),
        address=texts(written, _EMPLOYER, "address"),
        city=texts(written, _EMPLOYER, "city"),
        postcode=texts(written, _EMPLOYER, "postcode"),
        agency=texts(written, _EMPLOYER, "agency"),
    )
