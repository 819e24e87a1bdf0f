"""What an entry of the reference holds: a skill, an occupation, a level, each named in three languages."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from minassa.vocabulary.filieres import FILIERE_CODES

SKILL_CODE = r"^MS-[A-Z]{3}-\d{2}$"
OCCUPATION_CODE = r"^MO-\d{4}-\d{2}$"
LOWEST, HIGHEST = 1, 8
"""Levels of the National Qualifications Framework (CNC), launched on 23 July 2019."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2)]
SkillCode = Annotated[str, StringConstraints(pattern=SKILL_CODE)]
OccupationCode = Annotated[str, StringConstraints(pattern=OCCUPATION_CODE)]
SkillUri = Annotated[str, StringConstraints(pattern=r"^http://data\.europa\.eu/esco/skill/[0-9a-f-]{36}$")]
OccupationUri = Annotated[str, StringConstraints(pattern=r"^http://data\.europa\.eu/esco/occupation/[0-9a-f-]{36}$")]


def _of_the_offer(code: str) -> str:
    """The code of a filière of the offer as it is written; ValueError for any other."""
    if code not in FILIERE_CODES:
        message = f"filière inconnue : {code}"
        raise ValueError(message)
    return code


FiliereCode = Annotated[str, AfterValidator(_of_the_offer)]


class Standing(StrEnum):
    """How far an entry has gone: written by us, or decided by the commission."""

    PROPOSED = "proposed"
    VALIDATED = "validated"
    DEPRECATED = "deprecated"
    """No longer to be used; its code stays, and its successor is told when it has one."""


class Kind(StrEnum):
    """Something that one does, or something that one knows."""

    SKILL = "skill"
    KNOWLEDGE = "knowledge"


class RomeBy(StrEnum):
    """Where the ROME codes of an occupation come from."""

    CROSSWALK = "crosswalk"
    """The ESCO-ROME table of France Travail (v1.4)."""
    JUDGEMENT = "judgement"
    """Our own reading, for an occupation that the table does not hold."""


class Closed(BaseModel):
    """A model that refuses keys it does not know and is never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Closed):
    """The same thing said in French, Arabic and English."""

    fr: Text
    ar: Text
    en: Text

    def said(self, language: str) -> str:
        """In a language; French when there is no such language."""
        return {"ar": self.ar, "en": self.en}.get(language, self.fr)


class Synonyms(Closed):
    """Other names in each language, as adverts and registers write them."""

    fr: tuple[Text, ...] = ()
    ar: tuple[Text, ...] = ()
    en: tuple[Text, ...] = ()

    def everything(self) -> tuple[str, ...]:
        """All of them, whatever the language."""
        return (*self.fr, *self.ar, *self.en)


class Skill(Closed):
    """A skill or a piece of knowledge of the reference.

    `esco` names what it covers of ESCO, by URI; `ecf` and `sfia` hold codes only, never the wording of their owners.
    """

    code: SkillCode
    kind: Kind
    label: Words
    definition: Words | None = None
    synonyms: Synonyms = Synonyms()
    esco: tuple[SkillUri, ...] = ()
    ecf: tuple[Text, ...] = ()
    sfia: tuple[Text, ...] = ()
    status: Standing = Standing.PROPOSED
    successor: SkillCode | None = None

    @property
    def domain(self) -> str:
        """The three letters of its domain."""
        return self.code.split("-")[1]


class Occupation(Closed):
    """An occupation of the reference: level of the CNC, links by code, and the skills that it asks.

    `esco`: the occupation of ESCO that it is; None for one that people proposed and that ESCO does not have.
    """

    code: OccupationCode
    esco: OccupationUri | None = None
    isco08: Annotated[str, StringConstraints(pattern=r"^\d{4}$")]
    filieres: tuple[FiliereCode, ...] = Field(min_length=1)
    cnc: int = Field(ge=LOWEST, le=HIGHEST)
    rome: tuple[Annotated[str, StringConstraints(pattern=r"^[A-N]\d{4}$")], ...] = Field(min_length=1)
    rome_by: RomeBy
    ecf: tuple[Text, ...] = ()
    sfia: tuple[Text, ...] = ()
    label: Words
    definition: Words
    synonyms: Synonyms = Synonyms()
    essential: tuple[SkillCode, ...] = Field(min_length=1)
    optional: tuple[SkillCode, ...] = ()
    status: Standing = Standing.PROPOSED
    successor: OccupationCode | None = None
