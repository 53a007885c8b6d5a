"""The chain of mechanism behind a claim: what it sets, moves, and loses by each cut."""
