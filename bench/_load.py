"""Makes the load: threads with a connection kept open, in a process of their own; prints every duration as JSON.

`python -m bench._load cases CAST SECONDS` plays whole five-agency cases; `python -m bench._load bare PORT SECONDS`
posts to the bare view. Durations are milliseconds from the first byte sent to the last received.
"""

from __future__ import annotations

import http.client
import json
import sys
import threading
import time
import uuid
from pathlib import Path
from typing import Any

from minassa.client import sign

CLIENTS = 8
AGENCIES = ("cnss", "dgi", "commune", "immigration", "gisre")
CSRF = "b" * 32
ANSWERS = {
    "activity": "centre-appels",
    "filiere": 2,
    "place": 101,
    "premises": "leased",
    "started_on": "2026-01-05",
    "jobs_planned": 120,
    "export_share": 80,
    "foreign_staff": False,
    "contact_email": "suivi@exemple.example",
}


class Failed(Exception):
    """A step that was not taken: what is measured is then worth nothing."""


class Caller:
    """One connection."""

    def __init__(self, port: int) -> None:
        self.link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.spent: list[tuple[str, float]] = []

    def call(self, name: str, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[Any, str]:
        """One request, timed; the JSON and the tag of its answer."""
        start = time.perf_counter()
        self.link.request(method, path, body, headers)
        answer = self.link.getresponse()
        content = answer.read()
        self.spent.append((name, (time.perf_counter() - start) * 1e3))
        if answer.status >= http.client.BAD_REQUEST:
            raise Failed(f"{name}: {answer.status} {content[:300]!r}")
        return json.loads(content) if content else None, answer.headers.get("ETag", "")


class Firm:
    """One client of the load: a firm that files cases, the systems of agencies that answer, the committee."""

    def __init__(self, cast: dict[str, Any], rank: int) -> None:
        self.cast, self.firm = cast, cast["firms"][rank]
        self.caller = Caller(cast["port"])
        self.tokens = cast["tokens"]

    def act(self, name: str, method: str, path: str, body: object = None, tag: str = "", session: str = "") -> Any:  # noqa: ANN401
        """One act of a person."""
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": uuid.uuid4().hex,
            "Cookie": f"sessionid={session or self.firm['session']}; csrftoken={CSRF}",
            "X-CSRFToken": CSRF,
            **({"If-Match": tag} if tag else {}),
        }
        content = b"" if body is None else json.dumps(body).encode()
        return self.caller.call(name, method, f"/api/v1{path}", content, headers)

    def answer(self, agency: str, case: str) -> None:
        """The answer of the system of an agency, signed."""
        data = {"case": case, "step": agency, "round": 1, "favourable": True, "ground": "", "data": {"synthetic": True}}
        number = str(uuid.uuid4())
        event = {
            "specversion": "1.0",
            "id": number,
            "type": "ma.minassa.task.answered.v1",
            "source": agency,
            "data": data,
        }
        content = json.dumps(event).encode()
        signed = sign(self.cast["systems"][agency]["signing_secret"], number, int(time.time()), content)
        headers = {"Authorization": f"Bearer {self.tokens[agency]}", "Content-Type": "application/json", **signed}
        said, _tag = self.caller.call("answer", "POST", "/api/v1/inbox", content, headers)
        if not said["accepted"]:
            raise Failed(f"answer: {said}")

    def case(self) -> None:
        """One whole case: eleven steps."""
        asked = {"procedure": "membership", "enterprise_ice": self.firm["ice"]}
        case, tag = self.act("open", "POST", "/cases", asked)
        path = f"/cases/{case['reference']}"
        _, tag = self.act("save", "PUT", f"{path}/answers", {"answers": ANSWERS}, tag)
        used = {"requirement": "premises_contract", "document": self.firm["document"]}
        _, tag = self.act("document", "POST", f"{path}/documents", used, tag)
        _, tag = self.act("sign", "POST", f"{path}/sign", None, tag)
        done, tag = self.act("submit", "POST", f"{path}/submit", None, tag)
        for agency in AGENCIES:
            self.answer(agency, case["uuid"])
        tag = f'"{done["version"] + len(AGENCIES)}"'
        given = {"favourable": True, "ground": ""}
        done, _ = self.act("decide", "POST", f"{path}/decide", given, tag, self.cast["committee"])
        if done["state"] != "accepted":
            raise Failed(str(done))


def tokens(port: int, systems: dict[str, Any]) -> dict[str, str]:
    """A bearer token for each system."""
    found = {}
    for code, one in systems.items():
        asked = {"grant_type": "client_credentials", "client_id": one["client_id"], "client_secret": one["secret"]}
        headers = {"Content-Type": "application/json"}
        said, _ = Caller(port).call("token", "POST", "/api/v1/token", json.dumps(asked).encode(), headers)
        found[code] = said["access_token"]
    return found


def cases(cast: dict[str, Any], seconds: float) -> dict[str, Any]:
    """Eight clients play cases for so long; each ends the case it has begun."""
    cast["tokens"] = tokens(cast["port"], cast["systems"])
    firms = [Firm(cast, rank) for rank in range(CLIENTS)]
    for firm in firms:
        firm.case()  # warm: connections, plans, caches of definitions
    warm = sum(len(firm.caller.spent) for firm in firms)
    for firm in firms:
        firm.caller.spent.clear()
    wrong: list[str] = []
    start, used = time.perf_counter(), time.process_time()

    def play(firm: Firm) -> None:
        try:
            while time.perf_counter() - start < seconds:
                firm.case()
        except (Failed, OSError) as error:
            wrong.append(str(error))

    _together([lambda firm=firm: play(firm) for firm in firms])
    elapsed = time.perf_counter() - start
    spent = [one for firm in firms for one in firm.caller.spent]
    used = time.process_time() - used
    return {"elapsed": elapsed, "spent": spent, "wrong": wrong, "processor": used, "warm": warm}


def bare(port: int, seconds: float) -> dict[str, Any]:
    """Eight clients post to the bare view for so long."""
    callers = [Caller(port) for _ in range(CLIENTS)]
    start = time.perf_counter()

    def play(caller: Caller) -> None:
        while time.perf_counter() - start < seconds:
            caller.call("bare", "POST", "/", b"one row", {})

    _together([lambda caller=caller: play(caller) for caller in callers])
    elapsed = time.perf_counter() - start
    return {"elapsed": elapsed, "spent": [one for caller in callers for one in caller.spent], "wrong": []}


def _together(work: list[Any]) -> None:
    threads = [threading.Thread(target=one) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    what, given, limit = sys.argv[1], sys.argv[2], float(sys.argv[3])
    made = cases(json.loads(Path(given).read_text("utf-8")), limit) if what == "cases" else bare(int(given), limit)
    print(json.dumps(made))
