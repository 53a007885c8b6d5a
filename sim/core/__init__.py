"""The ground floor: how things are declared, stored, seen, drawn and refused.

May import: nothing of this project; numpy, numba and pydantic.
Never: knows what a bank, a firm or a loan is.
"""
