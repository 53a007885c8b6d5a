"""The half page with which a study's report begins: what was asked, the answer, what to do.

For: the facts that a committee needs, read from the tables of the folder, and their words in
English and Chinese.  Every sentence is made from numbers; none states a verdict of its own.
May import: sim.results and all packages to its left.
Never: computes an estimate, or reads a file itself.
"""
