"""Pure credit mathematics: what a loan pays, costs, loses and ties up in capital.

For: amortisation, break-even price, IRB capital, portfolio loss, the five classes and their
provisions, RAROC, beliefs about quality, arrears as a chain, and the bank's own regression.
May import: core; NumPy; SciPy inside the function that needs it, since it is slow to
import.
Never: holds state, draws random numbers, knows a scenario, or rounds money.  Functions take and
return arrays; a number is an array without axes, and an empty array gives an empty array.
"""
