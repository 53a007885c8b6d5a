"""Limiting scenarios: for each row, the case in which production code must give the exact answer.

A file has the name of its row and contains

- `OFF`, what is switched off or set to an extreme, in one line;
- `PRODUCTION`, functions of the model that the trial must run, by their dotted names;
- `CASE`, the parameters of the closed form;
- `answers(case)`, the closed form for each quantity that is measured;
- `simulated(seed, case)`, what trials of the production code give for each, with standard error;
- `CLOSED_FORM_ONLY`, parts of the row that no run can show, each with the reason; often none.
"""
