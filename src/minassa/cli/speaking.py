"""How the command speaks: progress and errors to people, JSON to programs."""

from __future__ import annotations

import errno
import functools
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

from minassa.vocabulary.errors import MinassaError

P = ParamSpec("P")
T = TypeVar("T")
UNUSABLE = 2
FAILED = 1
STOPPED = 130
BETWEEN_SHOWN, BETWEEN_WRITTEN = 0.2, 15.0
"""Seconds between two signs of progress within a step, on a terminal and in a log."""
SYSTEM = "SYSTEM"
"""Code of what the machine refuses: a disk that is full, a folder that may not be written."""
REFUSALS = {
    errno.ENOENT: "ce fichier ou ce dossier n'existe pas",
    errno.EACCES: "vous n'y avez pas accès",
    errno.EISDIR: "c'est un dossier, on attend un fichier",
    errno.ENOTDIR: "c'est un fichier, on attend un dossier",
    errno.ENOSPC: "le disque est plein",
    errno.EROFS: "on ne peut rien y écrire",
}


class Unreadable(MinassaError):
    """A file given on the command line that is not a text."""

    code = "FILE-UNREADABLE"


def as_json(document: object) -> None:
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
        """One step forward. At once when the step changes, else five times a second, in a log four times a minute."""
        now, terminal = time.monotonic(), sys.stderr.isatty()
        between = BETWEEN_SHOWN if terminal else BETWEEN_WRITTEN
        if self.quiet or (step == self.step and (done < total or not terminal) and now - self.shown < between):
            return
        self.shown, self.step = now, step
        share = f"{100 * done // total:3d} %" if total else "     "
        seconds = f"{now - self.began:7.1f} s"
        if terminal:
            click.echo(f"\r\033[K{seconds}  {share}  {step}", err=True, nl=False)
        else:
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
        wants_json = bool(kwargs.get("json_wanted"))
        try:
            return command(*args, **kwargs)
        except MinassaError as error:
            say_error(error.code, str(error), as_document=wants_json)
            raise SystemExit(FAILED) from error
        except BrokenPipeError:
            # Whoever was reading has heard enough (`| head`): click knows how to end.
            raise
        except OSError as error:
            say_error(SYSTEM, refusal(error), as_document=wants_json)
            raise SystemExit(FAILED) from error
        except KeyboardInterrupt as error:
            click.echo("\nArrêté. Relancez la même commande : elle reprendra où elle en était.", err=True)
            raise SystemExit(STOPPED) from error

    return wrapped


def refusal(error: OSError) -> str:
    """What the machine refuses, in French where it is known: the path, and why."""
    why = REFUSALS.get(error.errno or 0, f"le système refuse : {error.strerror or error}")
    return f"« {error.filename} » : {why}" if error.filename else why


def text_of(path: Path) -> str:
    """The text of a file given on the command line; Unreadable when it is none, OSError when it cannot be opened."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        message = f"« {path} » n'est pas un texte en UTF-8"
        raise Unreadable(message) from error


def say_error(code: str, sentence: str, *, as_document: bool) -> None:
    """Say an error: a sentence for people on the error output, or a document for programs."""
    if as_document:
        as_json({"error": {"code": code, "message": sentence}})
    else:
        click.echo(f"{sentence}  [{code}]", err=True)


json_option = click.option("--json", "json_wanted", is_flag=True, help="Répondre en JSON, pour un programme.")
run_option = click.option("--run", "run_name", default=None, help="Nom du calcul (par défaut : le dernier).")
