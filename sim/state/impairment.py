"""Impairment: default by the full definition, of which arrears beyond 90 days are one kind.

A loan is in default from the first of: more than 90 days past due, a term extended while the firm
was in arrears (openly or by a hidden renewal), a write-off, a sale at a loss.  Whoever takes one of
these steps calls `impair`, which counts each loan once.
"""

from __future__ import annotations

from sim.core.compiled import compiled


@compiled
def impair(i, b, restructured, loans, ledger):  # type: ignore[no-untyped-def]
    """Note that loan `i` of book `b` is in default; `restructured` says that this is the cause.

    All but the tables are numbers or flags.
    """
    if loans.impaired[i]:
        return
    loans.impaired[i] = True
    ledger.defaults_full[b] += 1.0
    if restructured:
        ledger.defaults_restructured[b] += 1.0
