"""A small statement written by hand, every list in it, and ways to break it. Everything and everybody is invented."""

from __future__ import annotations

from minassa.declarations.findings import Finding
from minassa.declarations.simpl_ir import SimplIrFile, read

_PERMANENT = """<PersonnelPermanent>
  <nom>EXEMPLE</nom>
  <prenom>FICTIVE</prenom>
  <adressePersonnelle>1 rue Synthétique</adressePersonnelle>
  <numCNI>QZ000001</numCNI>
  <numCE></numCE>
  <numPPR></numPPR>
  <numCNSS>199000003</numCNSS>
  <ifu></ifu>
  <salaireBaseAnnuel>96000.00</salaireBaseAnnuel>
  <mtBrutTraitementSalaire>108000.00</mtBrutTraitementSalaire>
  <periode>312</periode>
  <mtExonere>6000.00</mtExonere>
  <mtEcheances>1000.00</mtEcheances>
  <nbrReductions>2</nbrReductions>
  <mtIndemnite>0.00</mtIndemnite>
  <mtAvantages>0.00</mtAvantages>
  <mtRevenuBrutImposable>102000.00</mtRevenuBrutImposable>
  <mtFraisProfess>25500.00</mtFraisProfess>
  <mtCotisationAssur>5000.00</mtCotisationAssur>
  <mtAutresRetenues>500.00</mtAutresRetenues>
  <mtRevenuNetImposable>70000.00</mtRevenuNetImposable>
  <mtTotalDeduction>32000.00</mtTotalDeduction>
  <irPreleve>6200.50</irPreleve>
  <casSportif>false</casSportif>
  <numMatricule>7</numMatricule>
  <datePermis></datePermis>
  <dateAutorisation></dateAutorisation>
  <refSituationFamiliale><code>M</code></refSituationFamiliale>
  <refTaux><code>TPP.25.2009</code></refTaux>
  <listElementsExonere>
    <ElementExonerePP>
      <montantExonere>4000.00</montantExonere>
      <refNatureElementExonere><code>NAT_ELEM_EXO_5</code></refNatureElementExonere>
    </ElementExonerePP>
    <ElementExonerePP>
      <montantExonere>2000.00</montantExonere>
      <refNatureElementExonere><code>NAT_ELEM_EXO_14</code></refNatureElementExonere>
    </ElementExonerePP>
  </listElementsExonere>
</PersonnelPermanent>
<PersonnelPermanent>
  <nom>EXEMPLE</nom><prenom>FICTIF</prenom><numCNI>QZ000002</numCNI><numCNSS></numCNSS>
  <mtBrutTraitementSalaire>50000</mtBrutTraitementSalaire><periode>150.00</periode>
  <mtRevenuBrutImposable>50000.0</mtRevenuBrutImposable><mtRevenuNetImposable>33000.00</mtRevenuNetImposable>
  <mtFraisProfess>17000.00</mtFraisProfess><mtTotalDeduction>17000.00</mtTotalDeduction><irPreleve/>
</PersonnelPermanent>
"""

_OTHERS = """<listPersonnelExonere>
<PersonnelExonere>
  <nom>EXEMPLE</nom><prenom>FICTIVE</prenom><numCE>QZE00003</numCE><numCNSS>199000029</numCNSS>
  <periode>312</periode><dateRecrutement>2025/02/01</dateRecrutement>
  <mtBrutTraitementSalaire>60000.00</mtBrutTraitementSalaire>
  <mtRevenuBrutImposable>60000.00</mtRevenuBrutImposable><mtRetenuesOperees>4000.00</mtRetenuesOperees>
  <mtRevenuNetImposable>56000.00</mtRevenuNetImposable>
</PersonnelExonere>
</listPersonnelExonere>
<listPersonnelOccasionnel>
<PersonnelOccasionnel>
  <nom>EXEMPLE</nom><prenom>FICTIF</prenom><numCNI>QZ000004</numCNI>
  <mtBrutSommes>10000.00</mtBrutSommes><irPreleve>3000.00</irPreleve><profession>Formation</profession>
</PersonnelOccasionnel>
</listPersonnelOccasionnel>
<listStagiaires>
<Stagiaire>
  <nom>EXEMPLE</nom><prenom>FICTIVE</prenom><numCNI>QZ000005</numCNI><numCNSS>199000045</numCNSS>
  <mtBrutTraitementSalaire>12000.00</mtBrutTraitementSalaire><mtBrutIndemnites>600.00</mtBrutIndemnites>
  <mtRetenues>100.00</mtRetenues><mtRevenuNetImposable>12500.00</mtRevenuNetImposable><periode>90</periode>
</Stagiaire>
</listStagiaires>
<listDoctorants>
<Doctorant>
  <nom>EXEMPLE</nom><prenom>FICTIF</prenom><numCNI>QZ000006</numCNI><mtBrutIndemnites>7000.00</mtBrutIndemnites>
</Doctorant>
</listDoctorants>
"""

_PAYMENT = """<VersementTraitementSalaire>
  <mois>{month}</mois><totalVersement>{paid}</totalVersement><dateDerniereVersment>2025-01-31</dateDerniereVersment>
  <listDetailPaiement><DetailPaiementTraitementSalaire><reference>R{month}</reference><totalVerse>{paid}</totalVerse>
  <principal>{paid}</principal><penalite>0.00</penalite><majorations>0.00</majorations>
  <refMoyenPaiement><code>SIR</code></refMoyenPaiement></DetailPaiementTraitementSalaire></listDetailPaiement>
</VersementTraitementSalaire>
"""

_PAYMENTS = "".join(_PAYMENT.format(month=month, paid="9200.50" if month == 12 else "0.00") for month in range(1, 13))

EXAMPLE = f"""<?xml version="1.0" encoding="UTF-8"?>
<!-- exemple synthétique : ni l'entreprise ni les personnes n'existent -->
<TraitementEtSalaire>
<identifiantFiscal>99000003</identifiantFiscal>
<nom></nom>
<prenom></prenom>
<raisonSociale>EXEMPLE &amp; FICTIF SARL</raisonSociale>
<exerciceFiscalDu>2025-01-01</exerciceFiscalDu>
<exerciceFiscalAu>2025-12-31</exerciceFiscalAu>
<annee>2025</annee>
<commune><code>141.01.51</code></commune>
<adresse>1 rue Synthétique</adresse>
<numeroCIN></numeroCIN>
<numeroCNSS>9900003</numeroCNSS>
<numeroCE></numeroCE>
<numeroRC>990003</numeroRC>
<identifiantTP>99000003</identifiantTP>
<numeroFax></numeroFax>
<numeroTelephone></numeroTelephone>
<email></email>
<effectifTotal>4</effectifTotal>
<nbrPersoPermanent>2</nbrPersoPermanent>
<nbrPersoOccasionnel>1</nbrPersoOccasionnel>
<nbrStagiaires>1</nbrStagiaires>
<totalMtRevenuBrutImposablePP>152000.00</totalMtRevenuBrutImposablePP>
<totalMtRevenuNetImposablePP>103000.00</totalMtRevenuNetImposablePP>
<totalMtTotalDeductionPP>49000.00</totalMtTotalDeductionPP>
<totalMtIrPrelevePP>6200.50</totalMtIrPrelevePP>
<totalMtBrutSommesPO>10000.00</totalMtBrutSommesPO>
<totalIrPrelevePO>3000.00</totalIrPrelevePO>
<totalMtBrutTraitSalaireSTG>12000.00</totalMtBrutTraitSalaireSTG>
<totalMtBrutIndemnitesSTG>600.00</totalMtBrutIndemnitesSTG>
<totalMtRetenuesSTG>100.00</totalMtRetenuesSTG>
<totalMtRevenuNetImpSTG>12500.00</totalMtRevenuNetImpSTG>
<totalSommePayeRTS>180000.00</totalSommePayeRTS>
<totalmtAnuuelRevenuSalarial>0.00</totalmtAnuuelRevenuSalarial>
<totalmtAbondement>0.00</totalmtAbondement>
<montantPermanent>158000.00</montantPermanent>
<montantOccasionnel>10000.00</montantOccasionnel>
<montantStagiaire>12000.00</montantStagiaire>
<referenceDeclaration>SYNTHETIQUE</referenceDeclaration>
<listPersonnelPermanent>
{_PERMANENT}</listPersonnelPermanent>
{_OTHERS}<listVersements>
{_PAYMENTS}</listVersements>
</TraitementEtSalaire>
"""


def read_text(text: str) -> SimplIrFile:
    """Read a statement given as text."""
    return read("exemple.xml", text.encode())


def replaced(old: str, new: str, rank: int = 0) -> str:
    """The example with one occurrence of a text (the first, unless `rank` says otherwise) put in place of another."""
    start = -1
    for _ in range(rank + 1):
        start = EXAMPLE.index(old, start + 1)
    return EXAMPLE[:start] + new + EXAMPLE[start + len(old) :]


def place(text: str, marker: str, rank: int = 0) -> tuple[int, int]:
    """Line and column, from 1, of an occurrence of a marker, counted in characters."""
    start = -1
    for _ in range(rank + 1):
        start = text.index(marker, start + 1)
    return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)


def shown(findings: list[Finding]) -> list[tuple[str, str, int, int]]:
    """Findings without their sentences."""
    return [(each.rule, str(each.severity), each.line, each.column) for each in findings]
