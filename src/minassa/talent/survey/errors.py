"""What can be wrong with a form, a sample or weights: a stable code, a sentence for people."""

from __future__ import annotations

from minassa.vocabulary.errors import MinassaError


class FormError(MinassaError):
    """A form that is not an XLSForm of the subset that is read here."""

    code = "survey-form"


class ExpressionError(FormError):
    """A condition of a form that cannot be read."""

    code = "survey-expression"


class SampleError(MinassaError):
    """A sample that cannot be drawn as asked."""

    code = "survey-sample"


class RakingError(MinassaError):
    """Margins that no weights of these answers can meet."""

    code = "survey-raking"


class ExportError(MinassaError):
    """A file of answers that cannot be read as one of a tool that Minassa knows."""

    code = "survey-export"
