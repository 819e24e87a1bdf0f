"""Sentences to translate, found in Django templates and in Python, each with where it stands."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.translation.template import templatize

_STRING: Final = r"u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
_CALL: Final = re.compile(rf"(?:\b(n?p?n?gettext)|(?<!\w)(_))\(\s*({_STRING}(?:\s*,\s*{_STRING})*)")
_ONE: Final = re.compile(_STRING)
_SHAPES: Final = {
    "gettext": ("msgid",),
    "gettext_lazy": ("msgid",),
    "gettext_noop": ("msgid",),
    "_": ("msgid",),
    "ngettext": ("msgid", "plural"),
    "ngettext_lazy": ("msgid", "plural"),
    "pgettext": ("context", "msgid"),
    "pgettext_lazy": ("context", "msgid"),
    "npgettext": ("context", "msgid", "plural"),
    "npgettext_lazy": ("context", "msgid", "plural"),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in French as the code holds it: with a plural and a context when it has them."""

    msgid: str
    plural: str = ""
    context: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What a catalogue files it under: its context and its text."""
        return self.context, self.msgid


@dataclass(frozen=True, slots=True)
class Use:
    """A sentence, the file that shows it, the line (1-based)."""

    sentence: Sentence
    file: Path
    line: int


def template_uses(file: Path) -> Iterator[Use]:
    """The sentences of a template: `translate`, `blocktranslate` (plural, trimmed, context), `_("…")` in tags."""
    text = templatize(file.read_text("utf-8"))
    for found in _CALL.finditer(text):
        texts = [ast.literal_eval(each) for each in _ONE.findall(found[3])]
        named = dict(zip(_SHAPES[found[1] or "_"], texts, strict=False))
        yield Use(Sentence(**named), file, text.count("\n", 0, found.start()) + 1)


def python_uses(file: Path) -> Iterator[Use]:
    """The sentences of a Python module that imports words of `django.utils.translation`, under any alias."""
    tree = ast.parse(file.read_text("utf-8"))
    words = aliases(tree)
    for node in ast.walk(tree) if words else ():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in words:
            shape = _SHAPES[words[node.func.id]]
            texts = [each.value for each in node.args[: len(shape)] if isinstance(each, ast.Constant)]
            if len(texts) == len(shape) and all(isinstance(text, str) for text in texts):
                yield Use(Sentence(**dict(zip(shape, map(str, texts), strict=True))), file, node.lineno)


def aliases(tree: ast.AST) -> dict[str, str]:
    """The names under which a module knows the words of translation: `{"_": "gettext_lazy"}`."""
    return {
        name.asname or name.name: name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if name.name in _SHAPES
    }


def templates(package: Path) -> list[Path]:
    """The Django templates of the platform; those of the report are of another kind."""
    folder = package / "web" / "templates"
    return sorted(file for file in folder.rglob("*") if file.suffix in {".html", ".txt"})


def modules(package: Path) -> list[Path]:
    """Every module of the package."""
    return sorted(package.rglob("*.py"))


def uses(package: Path) -> list[Use]:
    """Every sentence of the package, in the order of files and lines."""
    found = [use for file in templates(package) for use in template_uses(file)]
    return found + [use for file in modules(package) for use in python_uses(file)]
