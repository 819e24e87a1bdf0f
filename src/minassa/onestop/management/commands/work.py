"""The worker of the platform: messages to agencies, timers, and the loops that other applications add."""

from __future__ import annotations

import signal
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from minassa.onestop.worker import Worker


class Command(BaseCommand):
    """`python -m minassa.web work`."""

    help = "Envoie les messages aux administrations, fait ce qui arrive à échéance ; s'arrête proprement sur SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        """Its name, and whether it stops when nothing is left."""
        parser.add_argument("--name", default="", help="nom de cet ouvrier (machine et processus par défaut)")
        parser.add_argument("--once", action="store_true", help="fait ce qui est dû maintenant, puis s'arrête")

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Work."""
        worker = Worker(options["name"])
        if options["once"]:
            worker.drain()
        else:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda _number, _frame: self._stop(worker, _frame))
            worker.run()
        for name, count in sorted(worker.done.items()):
            self.stdout.write(f"{name} : {count}")

    def _stop(self, worker: Worker, _frame: FrameType | None) -> None:
        worker.stop.set()
