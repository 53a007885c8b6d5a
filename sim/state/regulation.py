"""What a supervisor or the law prescribes to every bank and borrower."""

from __future__ import annotations

from sim.core.errors import ClashError
from sim.core.params import Params, checked, param


class Regulation(Params):
    """What a supervisor prescribes to every bank."""

    probation: int = param(
        12, unit="months", ge=0, le=120, source="R: risk classification of 2023, one year",
        meaning="months that a rescheduled loan stays non-performing",
    )  # fmt: skip
    misuse_penalty: float = param(
        1.5, unit="ratio", ge=1, le=10, source="R: 50-100 % on top, central bank notice of 2003",
        meaning="rate on a loan whose misuse was proven, relative to the contract rate",
    )  # fmt: skip
    overdue_penalty: float = param(
        1.0, unit="ratio", ge=1, le=10, source="R: 1.3-1.5 by the notice of 2003; 1 is none",
        meaning="rate on overdue principal, relative to the contract rate",
    )  # fmt: skip
    listed_months: int = param(
        60, unit="months", ge=0, le=600, source="R: five years, credit reporting rules of 2013",
        meaning="months for which the bureau lists a firm whose misuse of a loan was proven, so"
        " that no bank takes its application",
    )  # fmt: skip

    @checked
    def _misuse_costs_at_least_what_delay_does(self) -> Regulation:
        if self.misuse_penalty < self.overdue_penalty:
            raise ClashError(
                f"misuse_penalty {self.misuse_penalty:g} is below overdue_penalty "
                f"{self.overdue_penalty:g}, so a proven misuse would lower what is due: raise it",
                "misuse_penalty",
            )
        return self
