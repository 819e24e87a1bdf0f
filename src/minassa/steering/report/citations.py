"""Texts of law as they are cited on the page: their title, the article, and the page where they were read."""

from __future__ import annotations

from minassa.vocabulary.texts import UnknownTextError, text


def cited(identifier: str, article: str | None = None, url: str | None = None) -> tuple[str, str]:
    """The words and the address of a citation; the address of the text itself when none is given, or none at all."""
    try:
        known = text(identifier)
    except UnknownTextError:
        return f"{identifier}#{article}" if article else identifier, url or ""
    title = f"{known.title}, {article}" if article else known.title
    return title, url or known.url or ""


def citation(reference: str) -> tuple[str, str]:
    """The words and the address of a reference `text-id#article`."""
    identifier, _, article = reference.partition("#")
    return cited(identifier, article or None)
