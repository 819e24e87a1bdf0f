"""What must come out of each vote, by an account kept apart from the package: who is there, linked, and voted what."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Book:
    """What the account beside knows of an item."""

    rank: int
    firms: tuple[int, ...]
    consensus: bool = False
    together: tuple[int, ...] = ()
    state: str = "listed"
    secret: bool = False
    asked: bool = False
    votes: dict[str, str] = field(default_factory=dict)
    aside: set[str] = field(default_factory=set)
    version: int = 0
    frozen: int = 0


class AccountBeside:
    """A motion (1), loud claims (2, 3), quiet ones (4, 5) on the list (0), a derogation (6), and the people."""

    def __init__(self) -> None:
        self.books = {
            0: Book(0, (), together=(4, 5)),
            1: Book(1, ()),
            2: Book(2, (0,)),
            3: Book(3, (1,)),
            4: Book(4, (1,)),
            5: Book(5, (2,)),
            6: Book(6, (2,), consensus=True),
        }
        self.pulled: set[int] = set()
        self.there: set[str] = set()
        self.linked: dict[str, set[int]] = {}

    def ranks(self, rank: int) -> set[int]:
        """The items that a vote on this one bears on."""
        return {rank, *(one for one in self.books[rank].together if one not in self.pulled)}

    def aside(self, rank: int) -> set[str]:
        """Who is recused, by links to the firms or by themselves."""
        found: set[str] = set()
        for one in self.ranks(rank):
            book = self.books[one]
            found |= book.aside | {who for who, firms in self.linked.items() if firms & set(book.firms)}
        return found

    def seat(self, who: str) -> str:
        return "mtnra" if who == "deputy" else who

    def quorate(self, rank: int | None = None) -> bool:
        counted = {self.seat(who) for who in self.there - (self.aside(rank) if rank is not None else set())}
        return len(counted) >= 4 and "mtnra" in counted

    def chair(self) -> str | None:
        return next((who for who in ("mtnra", "deputy") if who in self.there), None)

    def fresh(self, rank: int) -> bool:
        return self.books[rank].version == self.books[rank].frozen

    def expected(self, rank: int) -> str:
        """What closing the vote must give for an item voted by itself, or for the list as a whole."""
        book = self.books[rank]
        if not self.fresh(rank) or set(book.votes) & self.aside(rank) or not self.quorate(rank):
            return "put_off"
        pro, con = (sum(one == choice for one in book.votes.values()) for choice in ("for", "against"))
        if book.consensus:
            return "adopted" if pro and not con else "rejected"
        if pro == con:
            chair = next((book.votes[who] for who in ("mtnra", "deputy") if who in book.votes), "")
            return "adopted" if chair == "for" and not book.secret else "rejected"
        return "adopted" if pro > con else "rejected"
