"""The table of rights of the API: the status that each caller gets from each operation. A right changes here, in sight.

404: the caller may not know that it exists. 409: allowed, and the state of the case refuses. The case is one of the
enterprise of preparer and signer, deposited; officer, supervisor and system are of an agency that has a task in it.
"""

from __future__ import annotations

from typing import Final

CALLERS: Final = (
    "visitor",
    "account",
    "preparer",
    "signer",
    "other firm",
    "officer",
    "supervisor",
    "other officer",
    "committee",
    "secretariat",
    "park",
    "administrator",
    "system",
    "other system",
)
_ROWS: Final = """
answerComplement   401 404 409 409 404 403 403 404 403 403 403 404 403 404
answerTask         401 404 404 404 404 200 200 404 404 404 404 404 200 404
appealCase         401 404 403 409 404 403 403 404 403 403 403 404 403 404
decideCase         401 404 403 403 404 403 403 404 409 403 403 404 403 404
dropDocument       401 404 409 409 404 404 404 404 403 403 403 404 404 404
estimate           200 200 200 200 200 200 200 200 200 200 200 200 200 200
giveDocument       401 404 201 201 404 403 403 403 403 403 403 403 404 404
issueToken         401 401 401 401 401 401 401 401 401 401 401 401 401 401
listCases          401 403 200 200 200 200 200 200 200 200 200 403 200 200
listDeadLetters    401 403 403 403 403 403 200 403 403 403 403 200 403 403
listDelays         200 200 200 200 200 200 200 200 200 200 200 200 200 200
listDocuments      401 404 200 200 404 403 403 403 403 403 403 403 404 404
listEnterprises    401 403 200 200 200 200 200 200 200 200 200 200 403 403
listHeads          200 200 200 200 200 200 200 200 200 200 200 200 200 200
listMessages       401 404 200 200 404 200 200 404 200 200 200 404 200 404
listProcedures     200 200 200 200 200 200 200 200 200 200 200 200 200 200
listTasks          401 403 403 403 403 200 200 200 403 403 200 403 200 200
openCase           401 404 201 201 404 404 404 404 404 404 404 404 404 404
readCase           401 404 200 200 404 200 200 404 200 200 200 404 200 404
readDocument       401 404 200 200 404 404 404 404 200 200 200 404 404 404
readEnterprise     401 404 200 200 404 200 200 200 200 200 200 200 404 404
readJournal        401 404 200 200 404 200 200 404 200 200 200 404 200 404
readProcedure      200 200 200 200 200 200 200 200 200 200 200 200 200 200
readReceipt        401 404 409 409 404 409 409 404 409 409 409 404 409 404
readTask           401 404 404 404 404 200 200 404 404 404 404 404 200 404
readTimeline       401 404 200 200 404 200 200 404 200 200 200 404 200 404
receiveMessage     401 401 401 401 401 401 401 401 401 401 401 401 401 401
replayMessages     401 403 403 403 403 403 200 403 403 403 403 200 200 403
resendDeadLetter   401 403 403 403 403 403 200 403 403 403 403 200 403 403
saveAnswers        401 404 409 409 404 403 403 404 403 403 403 404 403 404
search             401 403 200 200 200 200 200 200 200 200 200 200 403 403
sendBackTask       401 404 404 404 404 200 200 404 404 404 404 404 200 404
signCase           401 404 403 409 404 403 403 404 403 403 403 404 403 404
submitCase         401 404 409 409 404 403 403 404 403 403 403 404 403 404
useDocument        401 404 409 409 404 404 404 404 403 403 403 404 404 404
validateTask       401 404 404 404 404 403 409 404 404 404 404 404 403 404
withdrawCase       401 404 403 200 404 403 403 404 403 403 403 404 403 404
writeMessage       401 404 201 201 404 201 201 404 201 201 201 404 403 404
"""
_ROWS_OF_A_DRAFT: Final = """
answerComplement   401 404 409 409 404 404 404 404 404 404 404 404 404 404
appealCase         401 404 403 409 404 404 404 404 404 404 404 404 404 404
decideCase         401 404 403 403 404 404 404 404 404 404 404 404 404 404
dropDocument       401 404 200 200 404 404 404 404 404 404 404 404 404 404
listMessages       401 404 200 200 404 404 404 404 404 404 404 404 404 404
readCase           401 404 200 200 404 404 404 404 404 404 404 404 404 404
readJournal        401 404 200 200 404 404 404 404 404 404 404 404 404 404
readReceipt        401 404 404 404 404 404 404 404 404 404 404 404 404 404
readTimeline       401 404 200 200 404 404 404 404 404 404 404 404 404 404
saveAnswers        401 404 200 200 404 404 404 404 404 404 404 404 404 404
signCase           401 404 403 200 404 404 404 404 404 404 404 404 404 404
submitCase         401 404 200 200 404 404 404 404 404 404 404 404 404 404
useDocument        401 404 200 200 404 404 404 404 404 404 404 404 404 404
withdrawCase       401 404 200 200 404 404 404 404 404 404 404 404 404 404
writeMessage       401 404 201 201 404 404 404 404 404 404 404 404 404 404
"""


def _read(text: str) -> dict[str, tuple[int, ...]]:
    rows = (line.split() for line in text.strip().splitlines())
    return {name: tuple(map(int, statuses)) for name, *statuses in rows}


MATRIX: Final = _read(_ROWS)
DRAFT: Final = _read(_ROWS_OF_A_DRAFT)
"""The same for a case that its enterprise has not deposited yet."""
