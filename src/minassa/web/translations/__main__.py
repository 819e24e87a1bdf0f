"""`python -m minassa.web.translations check|compile|extract [part of a path…]`, without database nor settings."""

from __future__ import annotations

import sys
from pathlib import Path

import minassa
from minassa.vocabulary.errors import MinassaError
from minassa.web.translations.catalogues import PLURALS, compile_all
from minassa.web.translations.checking import missing, problems

PACKAGE = Path(minassa.__file__).parent
USAGE = """\
python -m minassa.web.translations check [morceau de chemin…]    contrôle (par exemple : check web/look locale/look)
python -m minassa.web.translations compile                       écrit les .mo que Django lit
python -m minassa.web.translations extract [morceau de chemin…]  écrit les entrées .po qui manquent, à traduire"""


def check(parts: list[str]) -> int:
    """Print every problem whose place holds one of the parts (all without parts); 1 when there is one."""
    found = [each for each in problems(PACKAGE) if not parts or any(part in each.where for part in parts)]
    for problem in found:
        sys.stdout.write(f"{problem}\n")
    sys.stdout.write(f"traductions : {len(found)} problème(s)\n" if found else "traductions : rien à redire\n")
    return 1 if found else 0


def write_compiled(_parts: list[str]) -> int:
    """Compile what changed."""
    sys.stdout.write(f"traductions : {compile_all(PACKAGE)} fichier(s) compilé(s)\n")
    return 0


def extract(parts: list[str]) -> int:
    """Print empty .po entries for sentences that lack a translation, by language."""
    lacking = [
        (use, each) for use, each in missing(PACKAGE) if not parts or any(part in str(use.file) for part in parts)
    ]
    for language, header in PLURALS.items():
        sys.stdout.write(f"# --- {language} : Plural-Forms: {header}\n\n")
        for use, _language in (each for each in lacking if each[1] == language):
            sentence = use.sentence
            sys.stdout.write(f"#: {use.file.relative_to(PACKAGE)}:{use.line}\n")
            sys.stdout.write(f"msgctxt {_quoted(sentence.context)}\n" if sentence.context else "")
            sys.stdout.write(f"msgid {_quoted(sentence.msgid)}\n")
            if sentence.plural:
                forms = "".join(f'msgstr[{i}] ""\n' for i in range(6 if language == "ar" else 2))
                sys.stdout.write(f"msgid_plural {_quoted(sentence.plural)}\n{forms}\n")
            else:
                sys.stdout.write('msgstr ""\n\n')
    return 0


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def main(arguments: list[str]) -> int:
    """Do the one thing asked; 2 for a command that is not known."""
    commands = {"check": check, "compile": write_compiled, "extract": extract}
    if not arguments or arguments[0] not in commands:
        sys.stdout.write(USAGE + "\n")
        return 2
    try:
        return commands[arguments[0]](arguments[1:])
    except MinassaError as error:
        sys.stdout.write(f"{error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
