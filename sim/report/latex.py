"""Tables as LaTeX, to be `\\input` into a paper that loads booktabs and longtable."""

from __future__ import annotations

from sim.results.table import Table

SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", '"': r"\textquotedbl{}",
    "\N{MINUS SIGN}": "$-$", "\N{EN DASH}": "--", "\N{NO-BREAK SPACE}": "~",
    "\N{MULTIPLICATION SIGN}": r"$\times$", "\N{RIGHTWARDS ARROW}": r"$\to$",
    "\N{LEFT DOUBLE QUOTATION MARK}": "``", "\N{RIGHT DOUBLE QUOTATION MARK}": "''",
    "[": "{[}", "]": "{]}",  # a bracket after \\ would be read as a length
}  # fmt: skip


def escaped(text: str) -> str:
    """Return a text escaped for LaTeX, on one line."""
    return "".join(SPECIAL.get(letter, letter) for letter in " ".join(text.split()))


def as_latex(table: Table) -> str:
    """Return a table as a longtable, its headings in italics and its note below."""
    shape = "".join("l" if column.kind in ("words", "verdict") else "r" for column in table.columns)
    width = len(table.columns)
    lines = [
        "% needs \\usepackage{booktabs,longtable}",
        f"\\begin{{longtable}}{{{shape}}}",
        f"\\caption{{{escaped(table.title)}}}\\\\",
        "\\toprule",
        _row([column.title for column in table.columns]),
        "\\midrule",
        "\\endhead",
    ]
    for block in table.blocks:
        if block.heading:
            heading = f"\\textit{{{escaped(block.heading)}}}"
            lines.append(f"\\multicolumn{{{width}}}{{l}}{{{heading}}} \\\\")
        lines += [_row([cell.text for cell in row]) for row in block.rows]
    lines.append("\\bottomrule")
    if table.note:
        note = f"\\footnotesize {escaped(table.note)}"
        lines.append(f"\\multicolumn{{{width}}}{{p{{0.9\\linewidth}}}}{{{note}}} \\\\")
    return "\n".join([*lines, "\\end{longtable}", ""])


def _row(texts: list[str]) -> str:
    return " & ".join(map(escaped, texts)) + " \\\\"
