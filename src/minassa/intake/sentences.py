"""What is said to people of each thing that can go wrong, by its code: what it is, and what to do."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Final = MappingProxyType(
    {
        "name-empty": _("Le fichier n'a pas de nom : nommez-le puis envoyez-le de nouveau."),
        "name-hidden": _("Le nom contient des caractères invisibles : renommez le fichier."),
        "name-path": _("Le nom contient un chemin (« / », « \\ », « : » ou un point au début) : renommez le fichier."),
        "name-markup": _("Le nom contient un signe qui n'est pas admis (< > \" ' & | ? *) : renommez le fichier."),
        "name-device": _("Ce nom est réservé par des systèmes ou se termine par un point : renommez le fichier."),
        "name-long": _("Le nom dépasse 120 caractères : raccourcissez-le."),
        "empty": _("Le fichier est vide : exportez-le de nouveau."),
        "too-large": _("Le fichier dépasse la taille admise : déposez-le par parties, ou compressez le XML."),
        "too-large-together": _("Ces fichiers dépassent ensemble la taille admise : envoyez-les en plusieurs fois."),
        "too-many": _("Trop de fichiers à la fois : envoyez-les en plusieurs fois."),
        "none": _("Aucun fichier n'a été choisi : choisissez-en au moins un."),
        "cut": _("L'envoi a été interrompu ou est mal formé : recommencez."),
        "extension": _("Cette sorte de fichier n'est pas reçue : envoyez un fichier .txt, .csv, .xlsx, .xml ou .zip."),
        "type": _("Le contenu n'est pas celui qu'annonce le nom du fichier : exportez-le de nouveau."),
        "encoding": _("Le texte est codé d'une façon qui n'est pas reçue : enregistrez-le en UTF-8."),
        "html": _("Le fichier contient une page web : exportez-le de nouveau depuis votre logiciel."),
        "macros": _("Le classeur contient des macros : enregistrez-le en .xlsx, sans macros."),
        "xml-entities": _("Le XML contient un DOCTYPE ou des entités, jamais admis : exportez-le de nouveau."),
        "zip-broken": _("L'archive est abîmée : refaites-la."),
        "zip-bomb": _("L'archive se déplie démesurément : elle n'est pas ouverte. Envoyez le fichier lui-même."),
        "zip-encrypted": _("L'archive est protégée par un mot de passe : envoyez-la sans protection."),
        "zip-names": _("L'archive contient un nom de fichier qui n'est pas admis : refaites-la."),
        "zip-nested": _("L'archive en contient une autre : mettez-y seulement le fichier XML."),
        "zip-content": _("L'archive doit contenir un seul fichier, le XML de la déclaration."),
        "kind-unknown": _("Ce n'est aucun des fichiers connus : vérifiez que vous envoyez le bon fichier."),
        "file-refused": _("Le fichier entier est refusé : corrigez ce qui est signalé, puis envoyez-le de nouveau."),
        "nothing-accepted": _("Aucune ligne n'est acceptée : corrigez ce qui est signalé, puis renvoyez le fichier."),
        "foreign-affiliation": _(
            "L'affiliation que porte le fichier n'est pas celle de l'entreprise, ni d'une autre que vous représentez : "
            "vérifiez l'entreprise choisie, ou demandez un mandat."
        ),
        "no-affiliation": _(
            "Le fichier ne dit pas de quelle entreprise il parle, et son identifiant fiscal n'est pas le sien : "
            "complétez le numéro d'affiliation."
        ),
        "check-failed": _("Le contrôle n'a pas pu aller à son terme : envoyez de nouveau le fichier."),
        "deposit-failed": _("Le dépôt n'a pas pu aller à son terme ; rien n'a été déposé. Demandez-le de nouveau."),
        "not-ready": _("Ce fichier ne peut pas être déposé dans son état actuel."),
        "not-withdrawable": _("Un fichier déposé ne se retire pas : envoyez la version qui le remplace."),
    }
)
"""Each sentence by its code."""


def sentence(code: str) -> str | Promise:
    """The sentence of a code, in the language of the person who reads it; "" for no code, the code for another."""
    return SENTENCES.get(code, code)
