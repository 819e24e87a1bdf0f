from __future__ import annotations

import io

from minassa.declarations.simpl_ir.places import Spot, locate

TEXT = "<?xml version='1.0'?>\n<r><a/>\n<é>é</é><p>é<x/><y>1</y>\n  <y>2</y></p>\n<p><y/></p></r>"
CONTENT = TEXT.encode()
FIRST, SECOND = CONTENT.index(b"<p>"), CONTENT.rindex(b"<p>")


def test_children_are_found_by_rank_in_characters() -> None:
    spots = [Spot(FIRST, "y"), Spot(FIRST, "y", 1), Spot(SECOND, "y"), Spot(FIRST), Spot(0, "a"), Spot(0, "p", 1)]
    assert locate(io.BytesIO(CONTENT), spots) == {
        Spot(FIRST, "y"): (3, 17),
        Spot(FIRST, "y", 1): (4, 3),
        Spot(SECOND, "y"): (5, 4),
        Spot(FIRST): (3, 9),
        Spot(0, "a"): (2, 4),
        Spot(0, "p", 1): (5, 1),
    }


def test_an_absent_child_is_shown_at_its_parent() -> None:
    spots = [Spot(FIRST, "z"), Spot(0, "z"), Spot(0)]
    assert locate(io.BytesIO(CONTENT), spots) == {Spot(FIRST, "z"): (3, 9), Spot(0, "z"): (2, 1), Spot(0): (2, 1)}


def test_places_beyond_a_block_are_right() -> None:
    text = "<r>" + "é" * 200_000 + "\n" + "é" * 100_000 + "<p/></r>"
    content = text.encode()
    assert locate(io.BytesIO(content), [Spot(content.index(b"<p/>"))]) == {Spot(content.index(b"<p/>")): (2, 100_001)}
