"""Credit risk and losses of the book."""

from __future__ import annotations

from sim.core.arrays import Floats
from sim.outcomes.history import History, ratio
from sim.outcomes.metric import metric


@metric("1/year", "Default rate", better="lower")
def default_rate(history: History) -> Floats:
    """Loans in default for the first time (more than 90 days past due, rescheduled or renewed in
    arrears, written off, sold at a loss), over loan-months never in default, times 12; all live
    loans, all reported months."""
    return 12.0 * ratio(history.total("defaults_full"), history.total("performing_full"))


@metric("share", "NPL ratio, at the end", better="lower")
def npl_ratio(history: History) -> Floats:
    """Non-performing loans (substandard, doubtful and loss) over gross loans, at the end of the
    last month."""
    return ratio(history.last("npl"), history.last("gross_loans"))


@metric("1/year", "NPL formation", better="lower")
def npl_formation(history: History) -> Floats:
    """Balance that became non-performing over the balance that was not at the month's start, both
    summed over all reported months, times 12."""
    return 12.0 * ratio(history.total("npl_new"), history.total("performing_balance"))


@metric("1/year", "Net credit loss", better="lower")
def net_credit_loss(history: History) -> Floats:
    """Write-offs, and sales less their price, less recoveries and claims on the guarantee fund,
    plus the change in the loss expected on the non-performing balance given its age and security,
    over mean gross loans, per year; all reported months."""
    lost = history.total("written_off") + history.total("sold") - history.total("sale_price")
    lost = lost - history.total("recoveries") - history.total("claimed")
    to_come = history.last("npl_loss") - history.series("npl_loss_before")[0]
    return 12.0 * ratio(lost + to_come, history.total("gross_loans"))


@metric("1/year", "Default rate, 90 days", better="lower")
def default_90(history: History) -> Floats:
    """Loans more than 90 days past due for the first time, over loan-months never more than 90 days
    past due, times 12; all live loans, all reported months."""
    return 12.0 * ratio(history.total("defaults"), history.total("performing"))


@metric("share", "Banks that failed", better="lower", judged=False)
def bank_failed(history: History) -> Floats:
    """1 where the bank has failed by the end of the last month, else 0; over seeds, the share of
    seeds in which it failed.  Only a bank that is a legal entity can fail."""
    return history.last("failed")


@metric("share", "Months without authority to lend", better="lower", judged=False)
def authority_lost(history: History) -> Floats:
    """Reported months at whose end the branch may not lend because its bad loans exceed its
    tolerance, over all reported months."""
    return history.mean("barred")


@metric("share", "NPL ratio, mean of all months", better="lower")
def npl_ratio_mean(history: History) -> Floats:
    """Non-performing loans over gross loans, both summed over all reported month-ends."""
    return ratio(history.total("npl"), history.total("gross_loans"))


@metric("share", "NPL ratio with write-offs added back", better="lower")
def npl_ratio_adjusted(history: History) -> Floats:
    """Non-performing balance plus the last 36 months' write-offs, over gross loans plus the same
    write-offs, at the end of the last month; a write-off does not improve it."""
    written_off = history.series("written_off")[-36:].sum(axis=0)
    return ratio(history.last("npl") + written_off, history.last("gross_loans") + written_off)


@metric("share", "NPL ratio on gross loans a year earlier", better="lower", judged=False)
def npl_ratio_lagged(history: History) -> Floats:
    """Non-performing balance at the end of the last month over gross loans twelve months earlier,
    or just before month 1 where fewer than twelve are reported; growth in new loans does not
    improve it.  Nan where there were no loans."""
    return ratio(history.last("npl"), history.gross_loans_before(12))


@metric("share", "Ever-90 ratio, at the end", better="lower")
def ever_90(history: History) -> Floats:
    """Balance of live loans that were ever more than 90 days past due, rescheduled or not, over
    gross loans, at the end of the last month."""
    return ratio(history.last("ever_90"), history.last("gross_loans"))


@metric("1/year", "Write-off rate", better="lower")
def write_off_rate(history: History) -> Floats:
    """Principal written off over mean gross loans, per year; all reported months."""
    return 12.0 * ratio(history.total("written_off"), history.total("gross_loans"))


@metric("share", "Realised loss given default", better="lower")
def realised_lgd(history: History) -> Floats:
    """One minus the recovery rate, over workouts closed in the reported months, weighted by
    exposure, before discounting and costs; a loan written off counts with its future recovery."""
    return 1.0 - ratio(history.total("recovered_share_exposure"), history.total("closed_exposure"))


@metric("ratio", "Provision coverage, at the end", better="none")
def coverage(history: History) -> Floats:
    """Allowance for loan losses over non-performing balance, at the end of the last month."""
    return ratio(history.last("provisions"), history.last("npl"))


@metric("index", "Sector concentration", better="lower")
def sector_concentration(history: History) -> Floats:
    """Sum of squared sector shares of gross loans, at the end of the last month."""
    return history.last("sector_concentration")


@metric("share", "Loss rate, last year", better="lower")
def last_year_loss(history: History) -> Floats:
    """Provision charge of the last twelve reported months over their mean gross loans."""
    charge = history.series("provision_charge")[-12:].sum(axis=0)
    return ratio(charge, history.series("gross_loans")[-12:].mean(axis=0))


@metric("share", "Live loans diverted", better="lower")
def diverting_share(history: History) -> Floats:
    """Live loans that are diverted over all live loans, summed over all reported month-ends;
    true values, which banks do not observe."""
    return ratio(history.total("diverting"), history.total("loans"))


@metric("share", "Defaults begun by ruin", judged=False)
def ruin_share(history: History) -> Floats:
    """Defaults of firms that a ruin hit in the twelve months before, or in the same month, over all
    defaults; all reported months; true values, which banks do not observe."""
    return ratio(history.total("defaults_ruined"), history.total("defaults"))


@metric("count", "Defaults", better="lower")
def defaults(history: History) -> Floats:
    """Loans in default for the first time, all reported months."""
    return history.total("defaults_full")
