"""Limiting scenarios: for each row, the production code where the exact answer must come out.

A file has the name of the row that it belongs to and holds

- `OFF`, what is switched off or put to an extreme, in one line;
- `PRODUCTION`, functions of the model that the trial must run, by their dotted names;
- `CASE`, the parameters of the closed form;
- `answers(case)`, the closed form for each quantity that is measured;
- `simulated(seed, case)`, what trials of the production code give for each, with standard error;
- `CLOSED_FORM_ONLY`, parts of the row that no run can show, each with the reason; often none.
"""
