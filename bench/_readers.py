"""People who read dashboards, for Locust: each signed in as a member of the Steering Committee, some seconds a page.

The cookies of their sessions come in the file that MINASSA_BENCH_SESSIONS names.
"""

from __future__ import annotations

import json
import os
import random
from pathlib import Path

from locust import HttpUser, between, task

SESSIONS = json.loads(Path(os.environ["MINASSA_BENCH_SESSIONS"]).read_text("utf-8"))
CODES = ("net_jobs", "new_jobs_since", "due", "women_share", "export_turnover", "wage_month")
CUTS = ("filiere=1", "filiere=2", "region=6", "region=4", "taille=3", "p2i=101", "de=2026-01")


class Reader(HttpUser):
    """One person with a browser that keeps its connection, who reads a page for one to five seconds."""

    wait_time = between(1, 5)

    def on_start(self) -> None:
        """Take a session that nobody has taken yet."""
        self.client.cookies.set(SESSIONS["name"], SESSIONS["values"].pop())

    @task(4)
    def cockpit(self) -> None:
        """The cockpit, then one of its filters as htmx asks it."""
        self.client.get("/fr/pilotage/", name="cockpit")

    @task(6)
    def cut(self) -> None:
        """The cockpit under a filter."""
        cut = random.choice(CUTS)  # noqa: S311 (which page is read)
        self.client.get(f"/fr/pilotage/?{cut}", headers={"HX-Request": "true"}, name="cockpit, filtered")

    @task(3)
    def indicators(self) -> None:
        """Every indicator."""
        self.client.get(f"/ar/indicateurs/?{random.choice(CUTS)}", name="indicators")  # noqa: S311 (which page is read)

    @task(4)
    def indicator(self) -> None:
        """One indicator with its curve."""
        self.client.get(f"/fr/indicateurs/{random.choice(CODES)}/", name="indicator")  # noqa: S311 (which page is read)

    @task(2)
    def analysis(self) -> None:
        """The pivot of the analyst."""
        self.client.get("/en/analyse/", name="analysis")

    @task(2)
    def home(self) -> None:
        """The public home."""
        self.client.get("/fr/", name="public home")

    @task(1)
    def reports(self) -> None:
        """The list of reports."""
        self.client.get("/fr/rapports/", name="reports")
