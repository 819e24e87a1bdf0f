"""The field of a seal as PDF/UA wants it: a name for who listens, a place in the structure of the document.

pyHanko adds the field of a signature beside the structure of a tagged document; ISO 14289-1 (7.18.1, 7.18.4) asks for a
name that readers speak and for a `Form` element that holds its widget.
"""

from __future__ import annotations

from typing import Any, Final

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

STRUCTURE: Final = "/StructTreeRoot"
OBJECTS: Final[Any] = generic
"""The makers of objects of pyHanko, which bear no types."""


def add_field(writer: IncrementalPdfFileWriter, name: str, spoken: str) -> None:
    """Add the field of a seal that is not drawn: `name` for programs, `spoken` for who listens."""
    append_signature_field(writer, SigFieldSpec(name, readable_field_name=spoken))
    fields = writer.root["/AcroForm"]["/Fields"]
    if STRUCTURE in writer.root:
        _place(writer, fields.raw_get(len(fields) - 1), spoken)


def _place(writer: IncrementalPdfFileWriter, widget: Any, spoken: str) -> None:  # noqa: ANN401 (pyHanko's own)
    """Put a widget at the end of the structure of the document, in a `Form` element of its own."""
    structure, field = writer.root[STRUCTURE], widget.get_object()
    document = structure["/K"].raw_get(0)
    held = OBJECTS.DictionaryObject(
        {pdf_name("/Type"): pdf_name("/OBJR"), pdf_name("/Obj"): widget, pdf_name("/Pg"): field.raw_get("/P")}
    )
    form = writer.add_object(
        OBJECTS.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/StructElem"),
                pdf_name("/S"): pdf_name("/Form"),
                pdf_name("/P"): document,
                pdf_name("/Pg"): field.raw_get("/P"),
                pdf_name("/Alt"): OBJECTS.pdf_string(spoken),
                pdf_name("/K"): held,
            }
        )
    )
    children = document.get_object()["/K"]
    children.append(form)
    writer.update_container(children)
    key = structure["/ParentTreeNextKey"]
    field[pdf_name("/StructParent")] = OBJECTS.NumberObject(key)
    writer.mark_update(widget)
    _number(writer, structure, int(key), form)


def _number(writer: IncrementalPdfFileWriter, structure: Any, key: int, form: Any) -> None:  # noqa: ANN401 (pyHanko's own)
    """Tell the structure which element holds the object of this number."""
    tree, pair = structure["/ParentTree"], (OBJECTS.NumberObject(key), form)
    if "/Nums" in tree:
        tree["/Nums"].extend(pair)
        writer.update_container(tree["/Nums"])
    else:
        limits = OBJECTS.ArrayObject([OBJECTS.NumberObject(key)] * 2)
        leaf = OBJECTS.DictionaryObject(
            {pdf_name("/Limits"): limits, pdf_name("/Nums"): OBJECTS.ArrayObject(pair)},
        )
        tree["/Kids"].append(writer.add_object(leaf))
        writer.update_container(tree["/Kids"])
    structure[pdf_name("/ParentTreeNextKey")] = OBJECTS.NumberObject(key + 1)
    writer.update_container(structure)
