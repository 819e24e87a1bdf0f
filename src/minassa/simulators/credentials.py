"""The secrets that the platform gave an agency, in a file of the data folder."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from minassa.client import Client


@dataclass(frozen=True, slots=True)
class Credentials:
    """How an agency proves itself, and to which address it speaks."""

    address: str
    client_id: str
    secret: str
    signing_secret: str

    def client(self) -> Client:
        """A client of the platform for one thread."""
        return Client(self.address, self.client_id, self.secret, self.signing_secret, tries=2)


def file_of(home: Path, code: str) -> Path:
    """Where the demonstration writes the secrets of an agency."""
    return home / "keys" / "clients" / f"{code}.json"


def read(home: Path, code: str) -> Credentials | None:
    """The secrets as they are now; None while there are none, for agencies start before the demonstration is made.

    The address is that of this start of the platform, when its processes are told one.
    """
    try:
        told = json.loads(file_of(home, code).read_text("utf-8"))
        told["address"] = os.environ.get("MINASSA_ADDRESS") or told["address"]
        return Credentials(**{name: told[name] for name in Credentials.__slots__})
    except (OSError, ValueError, KeyError):
        return None
