"""The report on levers: what each does to its own process and to the outcomes, at its extremes."""
