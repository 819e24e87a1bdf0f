"""Words left outside translation: in the text and attributes of templates, in the strings of Python."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from django.template.base import Lexer, TokenType

from minassa.web.translations.extraction import aliases

PROPER: Final = frozenset(Path(__file__).with_name("proper_nouns.txt").read_text("utf-8").split())
"""Words that are the same in the three languages: proper nouns, abbreviations, names of formats."""

SHOWN: Final = ("alt", "title", "placeholder", "aria-label", "aria-description", "label", "summary")
_WORD: Final = re.compile(r"[^\W\d_]\w*")
_HOLE: Final = "\x00"
_SILENT: Final = frozenset({"script", "style", "code", "kbd"})
_FRENCH: Final = re.compile(r"[éèêàçùœîôÉÀ«]|\b(le|la|les|des|une|votre|vos|du|pas|est|sont|au|aux|pour|dans)\b")
_TWO_WORDS: Final = re.compile(r"[^\W\d_]{2,}[,.'’:;-]?\s+[^\W\d_]{2,}")


class _Reader(HTMLParser):
    """Collects the words a page would show whatever the language."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        for name, value in attrs:
            if name in SHOWN and value:
                self._keep(value)

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in _SILENT))

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._keep(data)

    def _keep(self, text: str) -> None:
        words = [word for word in _WORD.findall(text.replace(_HOLE, " ")) if word not in PROPER]
        if words:
            self.found.append((self.getpos()[0], " ".join(text.replace(_HOLE, "…").split())))


def template_literals(file: Path) -> list[tuple[int, str]]:
    """Line and words of what a template says in one language only."""
    reader = _Reader()
    reader.feed(_without_tags(file.read_text("utf-8")))
    reader.close()
    return reader.found


def _without_tags(source: str) -> str:
    parts: list[str] = []
    translated = commented = False
    for token in Lexer(source).tokenize():
        name = token.contents.split(maxsplit=1)[0] if token.contents.strip() else ""
        if token.token_type == TokenType.BLOCK:
            translated = name in {"blocktranslate", "blocktrans"} or (
                translated and name not in {"endblocktranslate", "endblocktrans"}
            )
            commented = name == "comment" or (commented and name != "endcomment")
            parts.append(" ")
        elif token.token_type == TokenType.VAR:
            parts.append(_HOLE)
        elif token.token_type == TokenType.TEXT:
            hidden = translated or commented
            parts.append("\n" * token.contents.count("\n") if hidden else token.contents)
    return "".join(parts)


def python_literals(file: Path) -> Iterator[tuple[int, str]]:
    """Line and text of French strings of a module that no word of translation surrounds. A good guess, not a proof.

    Left out: docstrings, `{"fr": …}` labels, what is raised to programmers, and lines that end in `# not shown`.
    """
    source = file.read_text("utf-8")
    tree, lines = ast.parse(source), source.splitlines()
    excused = set(_excused(tree, set(aliases(tree))))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in excused:
            continue
        if _TWO_WORDS.search(node.value) and _FRENCH.search(node.value) and "# not shown" not in lines[node.lineno - 1]:
            yield node.lineno, node.value


def _excused(tree: ast.AST, words: set[str]) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            yield from _constants(node.value) if isinstance(node.value, ast.Constant) else ()
        elif _spoken_for(node, words):
            yield from _constants(node)


def _spoken_for(node: ast.AST, words: set[str]) -> bool:
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in words
    if isinstance(node, ast.Dict):
        return any(isinstance(key, ast.Constant) and key.value == "fr" for key in node.keys)
    return isinstance(node, ast.Raise)


def _constants(node: ast.AST) -> Iterator[int]:
    return (id(each) for each in ast.walk(node) if isinstance(each, ast.Constant))
