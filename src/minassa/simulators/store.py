"""What an agency keeps: messages received, by their number, its answers, its register of firms. One SQLite file."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from minassa.simulators.agencies import Agency, Firm, drawn

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS message (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, event TEXT NOT NULL, received_at REAL NOT NULL, times INTEGER NOT NULL,
    due_at REAL, tries INTEGER NOT NULL DEFAULT 0, answer TEXT, answered_at REAL, outcome TEXT);
CREATE INDEX IF NOT EXISTS awaited ON message (due_at) WHERE answered_at IS NULL AND due_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS firm (ice TEXT PRIMARY KEY, debt INTEGER NOT NULL, in_order INTEGER NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Awaited:
    """A message whose answer is due; `answer` is the event already written, empty before the first attempt."""

    id: str
    event: dict[str, Any]
    answer: dict[str, Any]
    tries: int


class Store:
    """The file of one agency, shared by its threads. Killed at any instant, it holds a message once or not at all."""

    def __init__(self, file: Path) -> None:
        """Open the file, or make it."""
        file.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._link = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        self._link.execute("PRAGMA journal_mode = WAL")
        # Holds what is written against a kill, not against a power cut: agencies are played, machines are not.
        self._link.execute("PRAGMA synchronous = NORMAL")
        self._link.executescript(_TABLES)

    def receive(self, event: Mapping[str, Any], kind: str, now: float, due: float | None) -> bool:
        """Keep a message; False when its number was there already. `due`: when it is to be answered, None for never."""
        row = (event["id"], kind, json.dumps(event, ensure_ascii=False), now, due)
        with self._lock:
            times = self._link.execute(
                "INSERT INTO message VALUES (?, ?, ?, ?, 1, ?, 0, NULL, NULL, NULL) "
                "ON CONFLICT (id) DO UPDATE SET times = times + 1 RETURNING times",
                row,
            ).fetchall()
            return bool(times[0][0] == 1)

    def awaited(self, now: float, most: int = 50) -> list[Awaited]:
        """Messages whose answer is due, the longest awaited first."""
        with self._lock:
            rows = self._link.execute(
                "SELECT id, event, answer, tries FROM message WHERE answered_at IS NULL AND due_at <= ? "
                "ORDER BY due_at, received_at LIMIT ?",
                (now, most),
            ).fetchall()
        return [Awaited(id_, json.loads(event), json.loads(said or "{}"), tries) for id_, event, said, tries in rows]

    def write_answer(self, message_id: str, answer: Mapping[str, Any]) -> None:
        """Keep an answer before it is sent, so that every attempt sends the same bytes under the same number."""
        text = json.dumps(answer, ensure_ascii=False)
        with self._lock:
            self._link.execute("UPDATE message SET answer = ? WHERE id = ? AND answer IS NULL", (text, message_id))

    def answered(self, message_id: str, outcome: Mapping[str, Any], now: float) -> None:
        """The platform has the answer: what it said of it."""
        text = json.dumps(outcome, ensure_ascii=False)
        with self._lock:
            self._link.execute("UPDATE message SET answered_at = ?, outcome = ? WHERE id = ?", (now, text, message_id))

    def later(self, message_id: str, due: float) -> None:
        """The answer did not go: to be tried again."""
        with self._lock:
            self._link.execute("UPDATE message SET due_at = ?, tries = tries + 1 WHERE id = ?", (due, message_id))

    def firm(self, agency: Agency, ice: str) -> Firm:
        """A firm of the register; one never seen is drawn from the seed and kept."""
        first = drawn(agency, ice)
        with self._lock:
            self._link.execute("INSERT OR IGNORE INTO firm VALUES (?, ?, ?)", (ice, first.debt, first.in_order))
            row = self._link.execute("SELECT debt, in_order FROM firm WHERE ice = ?", [ice]).fetchone()
        return Firm(ice, row[0], in_order=bool(row[1]))

    def set_firm(self, firm: Firm) -> None:
        """Change a firm of the register: it pays its debt, or does not."""
        with self._lock:
            self._link.execute("INSERT OR REPLACE INTO firm VALUES (?, ?, ?)", (firm.ice, firm.debt, firm.in_order))

    def counts(self) -> dict[str, int]:
        """Messages received (once each), deliveries, answers given, answers refused, answers due or to come."""
        names = ("received", "deliveries", "answered", "refused", "awaited")
        with self._lock:
            row = self._link.execute(
                "SELECT count(*), coalesce(sum(times), 0), count(answered_at), "
                "count(*) FILTER (WHERE json_extract(outcome, '$.accepted') = 0), "
                "count(*) FILTER (WHERE answered_at IS NULL AND due_at IS NOT NULL) FROM message"
            ).fetchone()
        return dict(zip(names, row, strict=True))

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._link.close()
