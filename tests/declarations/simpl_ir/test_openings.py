from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from minassa.declarations.simpl_ir.openings import Openings

TAGS = ("Stagiaire", "Doctorant")
NOISE = (
    "<!-- <Stagiaire> -->",
    "<![CDATA[<Doctorant>]]>",
    "<?pi <Stagiaire ?>",
    "<Stagiaires>",
    "</Stagiaire>",
    "<nom>é</nom>",
    "\n",
    " ",
    "]]",
    "--",
    "-",
    "?",
)

pieces = st.lists(st.sampled_from([*NOISE, "<Stagiaire>", "<Stagiaire/>", "<Doctorant\n>"]), max_size=30)


@given(pieces, st.integers(1, 40))
def test_openings_are_found_whatever_the_pieces_the_file_is_read_in(parts: list[str], size: int) -> None:
    expected, text = [], b""
    for part in parts:
        name = next((tag for tag in TAGS if part.startswith((f"<{tag}>", f"<{tag}/", f"<{tag}\n"))), None)
        if name:
            expected.append((name, len(text), text.count(b"\n") + 1))
        text += part.encode()
    openings = Openings(TAGS)
    for start in range(0, len(text), size):
        openings.feed(text[start : start + size])
    openings.feed(b"", final=True)
    assert [tuple(each) for each in openings.found] == expected
