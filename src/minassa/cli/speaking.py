"""How the command speaks: progress and errors to people, JSON to programs."""

from __future__ import annotations

import functools
import json
import sys
import time
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import click

from minassa.vocabulary.errors import MinassaError

P = ParamSpec("P")
T = TypeVar("T")
UNUSABLE = 2
FAILED = 1


def as_json(document: Any) -> None:
    """Print a document for programs."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=1, default=str))


class Watch:
    """Shows how far a long work has come, on the error output, and how long it took."""

    def __init__(self, *, quiet: bool) -> None:
        self.quiet = quiet
        self.began = time.monotonic()
        self.step = ""
        self.shown = 0.0

    def __call__(self, step: str, done: int, total: int) -> None:
        """One step forward. Shown at once when the step changes, else at most five times a second."""
        now = time.monotonic()
        if self.quiet or (step == self.step and done < total and now - self.shown < 0.2):
            return
        self.shown, new = now, step != self.step
        self.step = step
        share = f"{100 * done // total:3d} %" if total else "     "
        seconds = f"{now - self.began:7.1f} s"
        if sys.stderr.isatty():
            click.echo(f"\r\033[K{seconds}  {share}  {step}", err=True, nl=False)
        elif new:
            click.echo(f"{seconds}  {share}  {step}", err=True)

    def end(self, sentence: str) -> None:
        """The last word of a long work."""
        if sys.stderr.isatty() and not self.quiet:
            click.echo("\r\033[K", err=True, nl=False)
        if not self.quiet:
            click.echo(f"{time.monotonic() - self.began:7.1f} s  {sentence}", err=True)


def spoken(command: Callable[P, T]) -> Callable[P, T]:
    """A command whose known errors are said in one sentence, with their code, and leave with status 1."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except MinassaError as error:
            if kwargs.get("json_wanted"):
                as_json({"error": {"code": error.code, "message": str(error)}})
            else:
                click.echo(f"{error}  [{error.code}]", err=True)
            raise SystemExit(FAILED) from error
        except KeyboardInterrupt as error:
            click.echo("\nArrêté. Relancez la même commande : elle reprendra où elle en était.", err=True)
            raise SystemExit(130) from error

    return wrapped


json_option = click.option("--json", "json_wanted", is_flag=True, help="Répondre en JSON, pour un programme.")
