"""What intake refuses."""

from __future__ import annotations

from minassa.intake.sentences import sentence
from minassa.vocabulary.errors import MinassaError


class UploadRefused(MinassaError):
    """A file, or an act on it, that is not admitted; `problem` says why, nothing was stored."""

    code = "upload-refused"

    def __init__(self, problem: str, name: str = "") -> None:
        """Refuse for a problem of `sentences.SENTENCES`; `name` as it may be shown."""
        super().__init__(str(sentence(problem)), problem=problem, name=name)
        self.problem = problem
        self.name = name


class NoLakeKey(MinassaError):
    """The lake is there and its key is not: persons would get other pseudonyms."""

    code = "lake-key-missing"

    def __init__(self) -> None:
        super().__init__("La clé du lac manque alors que le lac est là : remettez celle d'une sauvegarde.")
