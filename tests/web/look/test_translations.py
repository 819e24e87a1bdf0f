"""The tool that keeps three languages whole: what it must find in a small package made for each fault."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

import minassa
from minassa.web.translations.__main__ import main
from minassa.web.translations.catalogues import PLURALS, UnreadableCatalogue, areas, compile_all
from minassa.web.translations.checking import missing, problems
from minassa.web.translations.extraction import Sentence, uses
from minassa.web.translations.literals import template_literals

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: {plural}\\n"\n\n'


class Package:
    """A package of one area with one template, one module and its catalogues."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.template = root / "web" / "templates" / "web" / "area" / "page.html"
        self.module = root / "web" / "area" / "views.py"
        for folder in (self.template.parent, self.module.parent):
            folder.mkdir(parents=True)

    def catalogue(self, language: str, entries: str, plural: str = "") -> None:
        folder = self.root / "web" / "locale" / "area" / language / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        head = HEAD.format(plural=plural or PLURALS[language])
        (folder / "django.po").write_text(head + entries, "utf-8")

    def catalogues(self, arabic: str, english: str) -> None:
        self.catalogue("ar", arabic)
        self.catalogue("en", english)

    def faults(self) -> list[str]:
        return [str(problem) for problem in problems(self.root)]


@pytest.fixture
def package(tmp_path: Path) -> Package:
    return Package(tmp_path)


def entry(msgid: str, *forms: str, plural: str = "", flags: str = "") -> str:
    head = f'{flags}msgid "{msgid}"\n'
    if not plural:
        return head + f'msgstr "{forms[0]}"\n\n'
    said = "".join(f'msgstr[{rank}] "{form}"\n' for rank, form in enumerate(forms))
    return head + f'msgid_plural "{plural}"\n{said}\n'


def test_sentences_are_found_in_every_shape(package: Package) -> None:
    package.template.write_text(
        '{% load minassa %}{% translate "Un" %}{% translate "à 50 %" as x %}{% trans "Deux" context "fin" %}'
        "{% blocktranslate trimmed count n=many with who=name %}\n  {{ n }} pièce de {{ who }}\n"
        '{% plural %}{{ n }} pièces de {{ who }}{% endblocktranslate %}{% title _("Trois") %}{{ _("Quatre") }}',
        "utf-8",
    )
    package.module.write_text(
        "from django.utils.translation import gettext_lazy as _, ngettext as many, pgettext\n"
        'A = _("Cinq " "et plus")\nB = many("%(n)s jour", "%(n)s jours", 2)\nC = pgettext("mois", "mars")\n',
        "utf-8",
    )
    assert {use.sentence for use in uses(package.root)} == {
        Sentence("Un"),
        Sentence("à 50 %%"),
        Sentence("Deux", context="fin"),
        Sentence("%(n)s pièce de %(who)s", "%(n)s pièces de %(who)s"),
        Sentence("Trois"),
        Sentence("Quatre"),
        Sentence("Cinq et plus"),
        Sentence("%(n)s jour", "%(n)s jours"),
        Sentence("mars", context="mois"),
    }


def test_a_package_with_everything_translated_has_no_problem(package: Package) -> None:
    package.template.write_text('<p title="{{ x }}">{% translate "Bonjour" %} CNSS 12</p>', "utf-8")
    package.catalogues(entry("Bonjour", "صباح الخير"), entry("Bonjour", "Hello"))
    assert package.faults() == []


@pytest.mark.parametrize(
    ("arabic", "said"),
    [
        ("", "pas de traduction (ar)"),
        (entry("Reçu %(n)s", "تم", flags=""), "les éléments insérés diffèrent"),
        (entry("Reçu %(n)s", "تم %(n)s", flags="#, fuzzy\n"), "douteuse"),
        (entry("Reçu %(n)s", ""), "vide"),
        (entry("Reçu %(n)s", "تم %(n)s") + entry("Autre", "آخر"), "ne sert nulle part"),
    ],
)
def test_a_fault_of_a_catalogue_is_found(package: Package, arabic: str, said: str) -> None:
    package.template.write_text("{% blocktranslate with n=x %}Reçu {{ n }}{% endblocktranslate %}", "utf-8")
    package.catalogues(arabic, entry("Reçu %(n)s", "Received %(n)s"))
    assert any(said in fault for fault in package.faults())


def test_arabic_says_one_and_two_without_the_number(package: Package) -> None:
    package.template.write_text(
        "{% blocktranslate count n=x %}{{ n }} jour{% plural %}{{ n }} jours{% endblocktranslate %}", "utf-8"
    )
    forms = ("بدون", "يوم", "يومان", "%(n)s أيام", "%(n)s يوما", "%(n)s يوم")
    english = entry("%(n)s jour", "%(n)s day", "%(n)s days", plural="%(n)s jours")
    package.catalogues(entry("%(n)s jour", *forms, plural="%(n)s jours"), english)
    assert package.faults() == []
    package.catalogues(entry("%(n)s jour", *forms[:5], "يوم", plural="%(n)s jours"), english)
    assert any("insérés" in fault for fault in package.faults())


def test_other_plural_rules_than_those_of_the_language_are_refused(package: Package) -> None:
    package.catalogue("ar", "", plural="nplurals=2; plural=(n > 1);")
    assert any("Plural-Forms" in fault for fault in package.faults())


@pytest.mark.parametrize(
    "text",
    [
        "<p>Bonjour</p>",
        '<img alt="une carte" src="x">',
        '<input placeholder="Votre nom">',
        '<nav aria-label="Pages"></nav>',
        "<p>{{ n }} dossiers</p>",
        '<option label="Tous">{% translate "Tous" %}</option>',
    ],
)
def test_words_outside_translation_are_found(package: Package, text: str) -> None:
    package.template.write_text(text, "utf-8")
    assert template_literals(package.template)


@pytest.mark.parametrize(
    "text",
    [
        "<p>{{ name }} · CNSS / DGI — 12 %</p>",
        '{% if a %}<p class="x"{% if b %} id="une"{% endif %}>{% translate "Bonjour" %}</p>{% endif %}',
        "{# une note #}{% comment %}encore une{% endcomment %}<style>p{color:red}</style>",
        '<img alt="{% translate "une carte" %}" title="{{ name }}">',
        "{% blocktranslate %}Bonjour <b>vous</b>{% endblocktranslate %}",
    ],
)
def test_what_is_no_word_of_one_language_passes(package: Package, text: str) -> None:
    package.template.write_text(text, "utf-8")
    assert template_literals(package.template) == []


def test_french_left_in_python_is_found(package: Package) -> None:
    package.module.write_text(
        '"""Une vue, dans les pages."""\n'
        "from django.utils.translation import gettext as _\n"
        'GOOD = _("Le dossier est prêt")\nLABELS = {"fr": "Le lieu du dossier", "ar": "المكان"}\n'
        'BAD = "Votre dossier est là"\nLOG = "la file est vide"  # not shown\n'
        'def fail():\n    raise ValueError("Une erreur de programme")\n',
        "utf-8",
    )
    package.catalogues(entry("Le dossier est prêt", "الملف جاهز"), entry("Le dossier est prêt", "The case is ready"))
    assert len(package.faults()) == 1
    assert "views.py:5" in package.faults()[0]


def test_compiled_catalogues_are_read_and_french_counts_zero_as_one(package: Package) -> None:
    english = entry("%(n)s jour", "%(n)s day", "%(n)s days", plural="%(n)s jours")
    arabic = entry("%(n)s jour", "لا", "يوم", "يومان", "%(n)s أيام", "%(n)s يوما", "%(n)s يوم", plural="%(n)s jours")
    package.catalogues(arabic, english)
    assert compile_all(package.root) == 3
    assert compile_all(package.root) == 0
    folder = package.root / "web" / "locale" / "area"
    read = {language: gettext.translation("django", folder, [language]) for language in ("fr", "ar", "en")}
    said = {(each, n): read[each].ngettext("%(n)s jour", "%(n)s jours", n) for each in read for n in (0, 1, 2, 11)}
    assert (said["fr", 0], said["fr", 1], said["fr", 2]) == ("%(n)s jour", "%(n)s jour", "%(n)s jours")
    assert (said["en", 0], said["en", 1]) == ("%(n)s days", "%(n)s day")
    assert (said["ar", 2], said["ar", 11]) == ("يومان", "%(n)s يوما")


def test_a_broken_catalogue_is_named(package: Package) -> None:
    package.catalogue("en", "nonsense here\n")
    with pytest.raises(UnreadableCatalogue, match=r"django\.po"):
        areas(package.root)


def test_what_lacks_a_translation_is_listed_once_a_language(package: Package) -> None:
    package.template.write_text('{% translate "Un" %}{% translate "Un" %}', "utf-8")
    assert sorted(language for _use, language in missing(package.root)) == ["ar", "en"]


def test_an_unknown_command_tells_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["translate"]) == 2
    assert "extract" in capsys.readouterr().out


def test_the_platform_itself_says_everything_in_three_languages() -> None:
    found = problems(Path(minassa.__file__).parent)
    assert [str(problem) for problem in found] == []
