"""The tree of the yearly statement of salaries (SIMPL-IR, « état 9421 ») as data: lists, tags, types, codes, totals.

The DGI's own schema (traitementSalaire.xsd) is not public: tags, order, codes and totals are those on which several
independent payroll programs agree. Amounts are dirhams with a dot and two decimals.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from functools import cached_property

ROOT = "TraitementEtSalaire"
CODE = "code"
EXEMPT_ELEMENTS = "listElementsExonere"
EXEMPT_ELEMENT = "ElementExonerePP"
PAYMENT_DETAILS = "listDetailPaiement"


class Category(IntEnum):
    """The list of the statement that names the person; the number is kept in the lake."""

    PERMANENT = 1
    EXEMPT = 2
    OCCASIONAL = 3
    TRAINEE = 4
    DOCTORAL = 5


class Kind(StrEnum):
    """What the text of an element must be."""

    TEXT = "text"
    NAME = "name"
    """Identity or address: written, never read into memory."""
    INTEGER = "integer"
    AMOUNT = "amount"
    DATE = "date"
    BOOLEAN = "boolean"
    CODED = "coded"
    """An element that holds one `code`."""


@dataclass(frozen=True, slots=True)
class Field:
    """One element of a person: the DGI's tag, our column, its type, whether it must be there, its closed codes."""

    tag: str
    column: str
    kind: Kind
    required: bool = False
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Section:
    """One list of the statement. `category` is None for lists whose members are not lines of the lake."""

    category: Category | None
    list_tag: str
    tag: str
    fields: tuple[Field, ...]
    details: tuple[str, ...] = ()
    """The element of a member that is itself a list."""
    also_known: frozenset[str] = field(default=frozenset())

    @cached_property
    def known(self) -> frozenset[str]:
        """Every tag that may stand under a member of the list."""
        return frozenset(each.tag for each in self.fields) | self.also_known | set(self.details)

    @cached_property
    def read(self) -> tuple[Field, ...]:
        """The elements that are read: all but names and addresses."""
        return tuple(each for each in self.fields if each.kind is not Kind.NAME)

    @cached_property
    def read_tags(self) -> tuple[str, ...]:
        """The tags of the elements that are read, in order."""
        return tuple(each.tag for each in self.read)

    @cached_property
    def nested(self) -> tuple[str, ...]:
        """The tags whose text stands deeper: coded elements, and the list of details of a member."""
        return tuple(each.tag for each in self.fields if each.kind is Kind.CODED) + self.details

    def of_kind(self, kind: Kind) -> tuple[Field, ...]:
        """The elements of one type."""
        return tuple(each for each in self.fields if each.kind is kind)


FAMILY_STATUSES = frozenset({"C", "M", "D", "V"})
EXPENSE_RATES = frozenset({"TPP.20.2009", "TPP.25.2009", "TPP.35.2009", "TPP.40.2009", "TPP.45.2009", "TAS.40.2012"})
PAYMENT_MEANS = frozenset({"ES", "CH", "SIR"})
EXEMPT_NATURES = frozenset(f"NAT_ELEM_EXO_{number}" for number in range(1, 26) if number not in {10, 15})
"""10 and 15 were seen in no program."""
OTHER_NATURE = 25

_NAMES = (
    Field("nom", "family_name", Kind.NAME),
    Field("prenom", "given_name", Kind.NAME),
    Field("adressePersonnelle", "address", Kind.NAME),
    Field("numCNI", "cin", Kind.TEXT),
    Field("numCE", "residence_card", Kind.TEXT),
)
_CNSS = Field("numCNSS", "person", Kind.TEXT)
_IFU = Field("ifu", "person_fiscal_id", Kind.NAME)
_DAYS = Field("periode", "days_year", Kind.INTEGER)
_GROSS = Field("mtBrutTraitementSalaire", "gross_salary_year", Kind.AMOUNT, required=True)
_GROSS_TAXABLE = Field("mtRevenuBrutImposable", "gross_taxable_income_year", Kind.AMOUNT, required=True)
_NET_TAXABLE = Field("mtRevenuNetImposable", "net_taxable_income_year", Kind.AMOUNT, required=True)
_WITHHELD = Field("irPreleve", "income_tax_withheld_year", Kind.AMOUNT)

PERMANENT = Section(
    Category.PERMANENT,
    "listPersonnelPermanent",
    "PersonnelPermanent",
    (
        *_NAMES,
        Field("numPPR", "civil_servant_number", Kind.NAME),
        _CNSS,
        _IFU,
        Field("salaireBaseAnnuel", "base_salary_year", Kind.AMOUNT),
        _GROSS,
        _DAYS,
        Field("mtExonere", "exempt_year", Kind.AMOUNT),
        Field("mtEcheances", "instalments_year", Kind.AMOUNT),
        Field("nbrReductions", "dependants", Kind.INTEGER),
        Field("mtIndemnite", "expense_allowances_year", Kind.AMOUNT),
        Field("mtAvantages", "benefits_year", Kind.AMOUNT),
        _GROSS_TAXABLE,
        Field("mtFraisProfess", "professional_expenses_year", Kind.AMOUNT),
        Field("mtCotisationAssur", "social_contributions_year", Kind.AMOUNT),
        Field("mtAutresRetenues", "other_deductions_year", Kind.AMOUNT),
        _NET_TAXABLE,
        Field("mtTotalDeduction", "total_deductions_year", Kind.AMOUNT),
        _WITHHELD,
        Field("casSportif", "sportsman", Kind.BOOLEAN),
        Field("numMatricule", "staff_number", Kind.NAME),
        Field("datePermis", "permit_on", Kind.DATE),
        Field("dateAutorisation", "authorised_on", Kind.DATE),
        Field("refSituationFamiliale", "family_status", Kind.CODED, codes=FAMILY_STATUSES),
        Field("refTaux", "expenses_rate", Kind.CODED, codes=EXPENSE_RATES),
    ),
    details=(EXEMPT_ELEMENTS,),
)
EXEMPT = Section(
    Category.EXEMPT,
    "listPersonnelExonere",
    "PersonnelExonere",
    (
        *_NAMES,
        _CNSS,
        _IFU,
        _DAYS,
        Field("dateRecrutement", "hired_on", Kind.DATE),
        _GROSS,
        Field("mtIndemniteArgentNature", "benefits_year", Kind.AMOUNT),
        Field("mtIndemniteFraisPro", "expense_allowances_year", Kind.AMOUNT),
        _GROSS_TAXABLE,
        Field("mtRetenuesOperees", "other_deductions_year", Kind.AMOUNT),
        _NET_TAXABLE,
    ),
)
OCCASIONAL = Section(
    Category.OCCASIONAL,
    "listPersonnelOccasionnel",
    "PersonnelOccasionnel",
    (
        *_NAMES,
        _IFU,
        Field("mtBrutSommes", "gross_salary_year", Kind.AMOUNT, required=True),
        _WITHHELD,
        Field("profession", "profession", Kind.NAME),
    ),
)
TRAINEE = Section(
    Category.TRAINEE,
    "listStagiaires",
    "Stagiaire",
    (
        *_NAMES,
        _CNSS,
        _IFU,
        _GROSS,
        Field("mtBrutIndemnites", "allowances_year", Kind.AMOUNT),
        Field("mtRetenues", "other_deductions_year", Kind.AMOUNT),
        _NET_TAXABLE,
        _DAYS,
    ),
)
DOCTORAL = Section(
    Category.DOCTORAL,
    "listDoctorants",
    "Doctorant",
    (*_NAMES, Field("mtBrutIndemnites", "gross_salary_year", Kind.AMOUNT, required=True)),
)
SHARES = Section(
    None,
    "listBeneficiaires",
    "Beneficiaire",
    (Field("mtAbondement", "employer_top_up_year", Kind.AMOUNT),),
    also_known=frozenset(each.tag for each in (*_NAMES, _CNSS, _IFU))
    | {"organisme", "nbrActionsAcquises", "nbrActionsDistribuees", "nbrActionsCedees", "complementSalaire"}
    | {"prixAcquisition", "valeurActionAttribution", "valeurActionLeveeOption"}
    | {"dateAttribution", "dateLeveOption", "dateCession"},
)
SAVINGS = Section(
    None,
    "listBeneficiairesPlanEpargne",
    "BeneficiairePlanEpargne",
    (
        Field("mtAbondement", "employer_top_up_year", Kind.AMOUNT),
        Field("mtAnuuelRevenuSalarial", "salary_income_year", Kind.AMOUNT),
    ),
    also_known=frozenset(each.tag for each in (*_NAMES, _CNSS, _IFU))
    | frozenset({"commune", "numPlan", "duree", "dateOuverture"}),
)
PAYMENTS = Section(
    None,
    "listVersements",
    "VersementTraitementSalaire",
    (
        Field("mois", "month", Kind.INTEGER, required=True),
        Field("totalVersement", "paid", Kind.AMOUNT, required=True),
        Field("dateDerniereVersment", "paid_on", Kind.DATE),
    ),
    details=(PAYMENT_DETAILS,),
    also_known=frozenset({"numQuittance"}),
)

PEOPLE = (PERMANENT, EXEMPT, OCCASIONAL, TRAINEE, DOCTORAL)
SECTIONS = (*PEOPLE, SHARES, SAVINGS, PAYMENTS)

HEADER = (
    "identifiantFiscal",
    "nom",
    "prenom",
    "raisonSociale",
    "exerciceFiscalDu",
    "exerciceFiscalAu",
    "annee",
    "commune",
    "adresse",
    "numeroCIN",
    "numeroCNSS",
    "numeroCE",
    "numeroRC",
    "identifiantTP",
    "numeroFax",
    "numeroTelephone",
    "email",
)
"""The elements of the employer, in their order, before the counts and totals."""
HEADER_ALIASES = {"exerciceFiscalDAu": "exerciceFiscalAu"}
"""One payroll program misspells the end of the year."""
HEADER_ALSO_KNOWN = frozenset({"formeJuridique", "profession", "referenceDeclaration"})
HEADER_NAMES = frozenset({"nom", "prenom", "adresse", "numeroCIN", "numeroCE", "numeroFax", "numeroTelephone", "email"})
"""Header elements that may name a natural person: never kept."""

COUNTS = {"nbrPersoPermanent": PERMANENT, "nbrPersoOccasionnel": OCCASIONAL, "nbrStagiaires": TRAINEE}
HEADCOUNT = "effectifTotal"
SUMS = {
    "totalMtRevenuBrutImposablePP": (PERMANENT, "mtRevenuBrutImposable"),
    "totalMtRevenuNetImposablePP": (PERMANENT, "mtRevenuNetImposable"),
    "totalMtTotalDeductionPP": (PERMANENT, "mtTotalDeduction"),
    "totalMtIrPrelevePP": (PERMANENT, "irPreleve"),
    "totalMtBrutSommesPO": (OCCASIONAL, "mtBrutSommes"),
    "totalIrPrelevePO": (OCCASIONAL, "irPreleve"),
    "totalMtBrutTraitSalaireSTG": (TRAINEE, "mtBrutTraitementSalaire"),
    "totalMtBrutIndemnitesSTG": (TRAINEE, "mtBrutIndemnites"),
    "totalMtRetenuesSTG": (TRAINEE, "mtRetenues"),
    "totalMtRevenuNetImpSTG": (TRAINEE, "mtRevenuNetImposable"),
}
"""Totals of the header and the element of which they are the sum."""
ALL_PAID = "totalSommePayeRTS"
SALARY_INCOME = "totalmtAnuuelRevenuSalarial"
TOP_UP = "totalmtAbondement"
PAID_TO = ("montantPermanent", "montantOccasionnel", "montantStagiaire")
TOTALS = (*SUMS, ALL_PAID, SALARY_INCOME, TOP_UP, *PAID_TO)
"""Every total in amounts, in the order of the file."""
