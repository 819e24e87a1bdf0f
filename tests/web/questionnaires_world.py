"""A questionnaire that someone brings, in tests. Invented."""

from __future__ import annotations

from minassa.talent.survey.sheets import Sheets

SHEETS: Sheets = {
    "survey": [
        {"type": "select_one oui", "name": "export", "label::Français (fr)": "Exportez-vous ?"}
        | {"label::العربية (ar)": "هل تصدرون؟"},
        {"type": "integer", "name": "gens", "label::Français (fr)": "Combien ?", "label::العربية (ar)": "كم؟"},
        {"type": "text", "name": "frein", "label::Français (fr)": "Qu'est-ce qui freine ?"}
        | {"label::العربية (ar)": "ما الذي يعيق؟"},
    ],
    "choices": [
        {"list_name": "oui", "name": name, "label::Français (fr)": french, "label::العربية (ar)": arabic}
        for name, french, arabic in (("o", "Oui", "نعم"), ("n", "Non", "لا"))
    ],
    "settings": [{"form_title": "Consultation EXEMPLE", "title_ar": "استشارة مثال", "form_id": "exemple"}],
}


def another() -> Sheets:
    """The same under another code."""
    return {**SHEETS, "settings": [{**SHEETS["settings"][0], "form_id": "autre"}]}
