"""The state: every table of the market, and the only code that writes to them.

May import: core, credit; numba for loops over whole populations.
Never: decides anything.  What happens in the world and what banks decide arrives as facts and is
posted here, so that each change can be audited.
"""
