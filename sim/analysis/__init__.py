"""What the runs show: differences on common seeds, their attribution, and where they hold.

For: turning the tidy `runs` and `months` frames into paired differences with intervals, shares
of a package's effect, ranks, ladders, regime maps and the verdict on each claim of a study.
May import: core, credit, state, world, policies, outcomes, scenario, model, theory, runs;
scipy, statsmodels and pandas inside the functions that use them, because they load slowly.
Never: writes a file or draws a figure; never lets a verdict decide when to stop; never calls a
zero difference supported.  Statistics run no simulation; calibration, studies, causes and
literature do, through the model or the runs.
"""
