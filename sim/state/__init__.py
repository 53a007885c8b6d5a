"""The state: the tables of the market, the facts, and the postings that mechanisms share.

May import: core, credit; numba for loops over whole populations.
Never: decides anything.  What happens in the world and what banks decide arrives as facts and is
posted here, or by a mechanism in the tables that its posting names, so that each change can be
audited.
"""
