"""`smelend cache`: the books that are kept on disk for arms that share their burn-in."""

from __future__ import annotations

from typing import Annotated

import typer


def cache(
    clear: Annotated[bool, typer.Option("--clear", help="Remove all of them.")] = False,
) -> None:
    """Show or clear the books kept on disk.

    Arms that share the months before month 1 simulate them once; commands keep the books of that
    month here. Nothing is lost by clearing them but time. SMELEND_BOOKS_GB sets how much they may
    take, 0 to keep none.
    """
    from sim.runs.book_store import LIMIT, usual_store

    store = usual_store()
    files = store.files()
    total = sum(size for _, size in files) / 1e6
    print(f"{store.folder}: {len(files):,} books, {total:,.1f} of {store.limit / 1e6:,.0f} MB")
    if clear:
        print(f"{store.shrink(0):,} removed")
    elif not store.limit:
        print(f"nothing is kept, since {LIMIT} is 0")
