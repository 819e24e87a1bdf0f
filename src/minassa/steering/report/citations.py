"""Texts of law as they are cited on the page: in few words, with the article and the page where they were read."""

from __future__ import annotations

from urllib.parse import urlsplit

from minassa.steering.lexicon import lexicon
from minassa.vocabulary.texts import UnknownTextError, text


def cited(identifier: str, article: str | None = None, url: str | None = None) -> tuple[str, str]:
    """The words and the address of a citation; the address of the text itself when none is given, or none at all."""
    try:
        known = text(identifier)
    except UnknownTextError:
        return f"{identifier}#{article}" if article else identifier, url or ""
    words = str(lexicon()["texts"].get(identifier, known.title))
    return f"{words}, {_article(article)}" if article else words, url or known.url or ""


def _article(article: str) -> str:
    return str(lexicon()["articles"].get(article, article.replace("-", " ")))


def citation(reference: str) -> tuple[str, str]:
    """The words and the address of a reference `text-id#article`."""
    identifier, _, article = reference.partition("#")
    return cited(identifier, article or None)


def site(url: str) -> str:
    """The name of the site of an address, for a link that would otherwise say nothing."""
    return urlsplit(url).netloc.removeprefix("www.")
