"""Which words are retired from code and documents, and the plain word to use instead.

Readers must not need a dictionary.  Identifiers are split at underscores and capitals, so
`same_luck` and `SameLuck` count like two words.
"""

from __future__ import annotations

import re
from pathlib import Path

PLACES = (
    "README.md",
    "docs/*.md",
    "sim/**/*.py",
    "sim/**/templates/**/*",
    "scenarios/**/*",
    "experiments/**/*",
)

_TIME = "(?:month|seed|arm|run|scenario|year|branch)(?:s|es)?"
_MANY = "(?:(?:more|few|whole|further|next|same) )"
_WHICH = r"(?:a|an|one|the|each|every|its|their|those|these|many|several|both|\d[\d,]*)"
RETIRED = {  # a pattern of whole words, in any case: what to write instead
    r"luck(?:y|ily|less)?": "random numbers, chance, shocks",
    r"strokes": "shocks, random numbers",
    r"worlds": "seeds, replications or scenarios",
    r"(?<!-)lived": "simulated, run",
    rf"(?:live|lives|living) {_WHICH} {_MANY}?{_TIME}": "simulate, run",
    r"(?:live|lives) (?:again|over|through)": "simulate again",
    r"witness(?:es|ed)?": "observer",
    r"diar(?:y|ies)": "event log",
    r"shel(?:f|ves)": "results folder",
    r"crews?": "managed executor",
    r"rosters?": "agent registry",
    r"reckon\w*": "compute, count",
    r"dear(?:er|est|ly)?": "expensive, costly",
    r"purses?": "budget",
    r"till": "cash, or until",
    r"candour": "honesty",
    r"belongings": "assets",
    r"upkeep": "running cost, maintenance",
    r"lifelines?": "pipe to the driver",
    r"wholeness": "completeness, integrity",
    r"foret(?:ell|ells|old|elling)": "forecast",
    r"heed(?:s|ed|ing|less)?": "respect, follow",
    r"rungs?": "step",
    r"hast(?:e|y|ily)": "time pressure",
    r"needy": "in need of credit",
    r"afresh|anew": "again",
    r"abreast": "side by side",
    r"hitherto": "so far",
    r"(?:here|there|where)(?:in|of|upon|unto)": "in it, of it, in which",
    r"lest": "so that … not",
    r"whence|thence|hence|hither|thither|whither": "from where, therefore",
    r"unbidden": "without a request",
    r"tidings": "news, information",
    r"befall(?:s|en)?|befell": "happen to",
    r"oneself": "itself, themselves",
    r"n[ao]ught": "nothing, zero",
    r"(?:quick|soon|common)est": "fastest, earliest, most common",
    r"likeli(?:er|est)": "more likely, most likely",
    r"mend(?:s|ed|ing)?": "fix, repair",
    r"slight(?:s|ed)": "false alarms remembered",
    r"ill will": "lost goodwill",
    r"flatter(?:y|ies|ing|ed)": "inflated report",
    r"told apart": "significantly different",
    r"ring of months": "circular buffer",
    r"care after the loan": "post-loan monitoring",
    r"forsake\w*|forsook|alas|behold|betwixt|forthwith|twain|oft|ere": "plain English",
}

_GAP = r"\s+(?:#\s*)?"  # words of a pattern may stand on two lines, or in two lines of a comment
_EACH = [
    (re.compile(rf"(?:{pattern.replace(' ', _GAP)})", re.IGNORECASE), plain)
    for pattern, plain in RETIRED.items()
]
_ANY = re.compile(rf"\b(?:{'|'.join(one.pattern for one, _ in _EACH)})\b", re.IGNORECASE)
_SEAM = re.compile(r"_|(?<=[a-z0-9])(?=[A-Z])")


def retired_words(root: Path) -> list[str]:
    """Return one line for each retired word below `root`: the file, line, word and plain word."""
    files = sorted({file for place in PLACES for file in root.glob(place) if file.is_file()})
    return [said for file in files if "__pycache__" not in file.parts for said in _in(file, root)]


def _in(file: Path, root: Path) -> list[str]:
    """Return the complaints about one file's path, then about its text."""
    name = file.relative_to(root).as_posix()
    said = [f"{name}: rename the file: {_advice(word)}" for word in _found(name)]
    text = _SEAM.sub(" ", file.read_text(encoding="utf-8"))
    for match in _ANY.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        said.append(f"{name}:{line}: {_advice(match.group())}")
    return said


def _found(text: str) -> list[str]:
    return [match.group() for match in _ANY.finditer(_SEAM.sub(" ", text))]


def _advice(word: str) -> str:
    plain = next(plain for pattern, plain in _EACH if pattern.fullmatch(word))
    return f"{' '.join(word.split())!r}: write {plain}"
