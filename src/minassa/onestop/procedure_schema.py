"""The closed schema of a procedure: what is asked, who answers, who decides, when, by which law, in three languages."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from minassa.delays.figures import figures
from minassa.delays.silence import SilenceEffect, SilenceSwitch
from minassa.vocabulary.statuses import Status
from minassa.vocabulary.texts import text


class Closed(BaseModel):
    """A schema in which no key may be added."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Label(Closed):
    """The same words in French, Arabic and English."""

    fr: str = Field(min_length=1)
    ar: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def said(self, language: str) -> str:
        """The words in a language; French when it is not one of the three."""
        return str(getattr(self, language, self.fr))


def _known_delay(code: str) -> str:
    if code not in figures().delays:
        message = f"délai inconnu de minassa.delays : {code}"
        raise ValueError(message)
    return code


def _known_text(citation: str) -> str:
    text(citation)
    return citation


Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
BodyCode = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,29}$")]
DelayCode = Annotated[str, AfterValidator(_known_delay)]
Citation = Annotated[str, AfterValidator(_known_text)]


class Source(Closed):
    """Where something was read, and how sure it is; `note` says what is missing."""

    text: Citation
    status: Status
    note: str = Field(min_length=1)


class Step(Closed):
    """One step of the sheet shown to the public: who, where, with what, for what, what cost, how long, by what law."""

    code: Code
    title: Label
    who: BodyCode
    where: Label
    documents: list[Code] = []
    result: Label
    cost: Label
    delay: DelayCode | None
    ground: Source
    recourse: Label


class FieldType(StrEnum):
    """What an answer may be."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    EMAIL = "email"
    PHONE = "phone"
    COUNTRY = "country"
    PLACE = "place"
    FILIERE = "filiere"
    OCCUPATION = "occupation"
    """A unit group of ISCO-08 among those that the filières employ."""


class Choice(Closed):
    """One of the possible answers of a field, and where it was read when the law lists it."""

    value: Code
    label: Label
    source: Source | None = None


class When(Closed):
    """A condition: the answer to `field` is one of `values` (`yes`, `no` for a boolean)."""

    field: Code
    values: list[str] = Field(min_length=1)

    def holds(self, answers: dict[str, object]) -> bool:
        """Tell whether it holds for these answers; an answer not given is none of the values."""
        answer = answers.get(self.field)
        shown = {True: "yes", False: "no"}.get(answer, str(answer)) if isinstance(answer, bool) else str(answer)
        return shown in self.values


class Asked(Closed):
    """Something asked: a field, or a document. `seen_by`: bodies that may see it, `all` for all who take part."""

    key: Code
    label: Label
    help: Label | None = None
    required: bool
    when: When | None = None
    seen_by: list[BodyCode] = Field(min_length=1)

    def applies(self, answers: dict[str, object]) -> bool:
        """Tell whether it is asked at all, given the other answers."""
        return self.when is None or self.when.holds(answers)

    def seen(self, bodies: frozenset[str]) -> bool:
        """Tell whether one of these bodies may see it."""
        return "all" in self.seen_by or not bodies.isdisjoint(self.seen_by)


class AskedField(Asked):
    """A field of the form. `fact`: key under which the answer is kept and given back; `person`: kept encrypted."""

    type: FieldType
    choices: list[Choice] = []
    fact: Code | None = None
    person: Literal["full_name", "full_name_arabic", "cin", "passport", "nationality"] | None = None

    @model_validator(mode="after")
    def _choices_of_a_choice(self) -> Self:
        if (self.type is FieldType.CHOICE) is not bool(self.choices):
            message = f"{self.key} : des choix, si et seulement si le type est choice"
            raise ValueError(message)
        return self


class Requirement(Asked):
    """A document asked. `kind`: nature under which it is kept and proposed again."""

    kind: Code
    source: Source


class AskedTask(Closed):
    """What one body answers, beside the others. `in_park`: only inside, or only outside, a P2I."""

    step: Code
    body: BodyCode
    """A code, or `park` for the manager of the P2I of the case."""
    label: Label
    delay: DelayCode
    answers_by: list[Literal["api", "hand"]] = Field(min_length=1)
    when: When | None = None
    in_park: bool | None = None


class Deciding(Closed):
    """Who decides, within which delay, what silence is worth. `platform`: the decision follows from the answers."""

    by: BodyCode
    delay: DelayCode
    silence: SilenceEffect = SilenceEffect.NONE
    pays: bool
    appeal_to: BodyCode
    source: Source

    @model_validator(mode="after")
    def _silence_never_pays(self) -> Self:
        SilenceSwitch(self.silence, self.pays)
        return self


class Fast(Closed):
    """A shorter way: the delays that hold instead, for the cases that a track takes on the day of their deposit."""

    track: Code
    decision: DelayCode
    task: DelayCode
    source: Source


class Procedure(Closed):
    """One version of a procedure. `open_to_requests` false: shown, but no request can be made yet."""

    code: Code
    version: int = Field(ge=1)
    prefix: str = Field(pattern=r"^[A-Z]{2,4}$")
    in_force_from: date
    open_to_requests: bool
    status: Status
    labels: Label
    purpose: Label
    steps: list[Step] = Field(min_length=1)
    fields: list[AskedField]
    requirements: list[Requirement]
    tasks: list[AskedTask]
    decision: Deciding
    signature: bool
    source: Source
    # Left out where there is none: what was published before it existed keeps its digest.
    fast: Fast | None = Field(default=None, exclude_if=lambda fast: fast is None)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        keys = [asked.key for asked in (*self.fields, *self.requirements)]
        steps = [task.step for task in self.tasks]
        known = {field.key for field in self.fields}
        whens = [*(asked.when for asked in (*self.fields, *self.requirements)), *(task.when for task in self.tasks)]
        named = {when.field for when in whens if when}
        shown = {key for step in self.steps for key in step.documents}
        required = {requirement.key for requirement in self.requirements}
        for fault, said in (
            (len(set(keys)) < len(keys), "une clé est demandée deux fois"),
            (len(set(steps)) < len(steps), "deux tâches portent le même nom"),
            (bool(named - known), f"condition sur un champ inconnu : {sorted(named - known)}"),
            (bool(shown - required), f"pièce inconnue : {sorted(shown - required)}"),
            (self.open_to_requests and not self.tasks, "aucune administration n'est saisie"),
        ):
            if fault:
                raise ValueError(said)
        return self

    def field(self, key: str) -> AskedField | None:
        """The field of a key, or None."""
        return next((field for field in self.fields if field.key == key), None)
