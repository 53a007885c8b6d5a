"""The firms in the market: their number, size, sectors, and characteristics at entry."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from sim.core.arrays import Floats, read_only
from sim.core.frozen_dict import FrozenDict
from sim.core.params import Params, checked, group, param
from sim.state.economy import SECTORS

QUARTER = 3  # months


class Sector(Params):
    """One sector of the economy."""

    share: float = param(
        ..., unit="share", ge=0, le=1, source="P: Fitch Bohua 2024, rounded",
        meaning="share of firms in this sector",
    )  # fmt: skip
    margin: float = param(
        0.0, unit="share of turnover", ge=-1, le=1, source="A: spread of default 2-3.5 times",
        meaning="difference between the sector's margin and the market's",
    )  # fmt: skip
    season: float = param(
        0.0, unit="share of monthly turnover", ge=0, le=1, source="A: no published series",
        meaning="seasonal amplitude of cash flow, peak above mean",
    )  # fmt: skip
    peak: int = param(
        12, unit="calendar month", ge=1, le=12, source="A: no published series",
        meaning="calendar month with the highest cash flow",
    )  # fmt: skip


def usual_sectors() -> FrozenDict[str, Sector]:
    """Return the sectors of a small-business loan book; their shares are published (4.1)."""
    return FrozenDict(
        {
            "wholesale_retail": Sector(share=0.50, margin=0.0, season=0.06, peak=12),
            "leasing_business": Sector(share=0.10, margin=0.006, season=0.03, peak=6),
            "manufacturing": Sector(share=0.10, margin=-0.006, season=0.05, peak=10),
            "construction": Sector(share=0.10, margin=-0.012, season=0.10, peak=1),
            "services": Sector(share=0.20, margin=0.008, season=0.04, peak=8),
        }
    )


FEWEST = 1_000  # firms: in smaller markets rates depend on the size of the market


class Population(Params):
    """The firms of a branch's market at entry."""

    count: int = param(
        3000, unit="firms", ge=1, le=20_000_000, source="A: a branch's market",
        meaning="number of active firms at any time; fixed costs and headcount scale with it; below"
        " 1,000 rates are biased",
    )  # fmt: skip
    turnover_median: float = param(
        4e6, unit="CNY/year", gt=0, le=1e12, source="A: loan caps follow from it",
        meaning="median annual turnover",
    )  # fmt: skip
    turnover_log_sd: float = param(
        0.8, unit="log", ge=0, le=5, source="A: no published figure",
        meaning="standard deviation of the log of turnover",
    )  # fmt: skip
    margin: float = param(
        0.08, unit="share of turnover", ge=-1, le=1, source="A: .08-.09",
        meaning="mean yearly operating cash flow over turnover",
    )  # fmt: skip
    volatility: float = param(
        0.10, unit="1/year^.5", ge=0, le=5, source="A: default rates imply about .10",
        meaning="yearly sd of cash flow over turnover, for a firm of the size `volatility_at`",
    )  # fmt: skip
    volatility_at: float = param(
        4e6, unit="CNY/year", gt=0, le=1e12, source="A: the median firm",
        meaning="turnover of a firm whose volatility is `volatility`",
    )  # fmt: skip
    volatility_by_size: float = param(
        -0.1, unit="exponent", ge=-1, le=1, source="A: small firms are more volatile",
        meaning="elasticity of volatility with respect to turnover",
    )  # fmt: skip
    quality_weights: tuple[float, float, float, float, float] = param(
        (0.30, 0.30, 0.15, 0.15, 0.10), unit="shares", source="A: design notes, section 2",
        meaning="squared weights of operations, finance, owner, market and debts in overall"
        " quality; they add up to 1",
    )  # fmt: skip
    quality_half_life: float = param(
        0.0, unit="months", ge=0, le=1200,
        source="P: productivity keeps about .8 a year, Foster et al. (2008): 36; 0 is a switch",
        meaning="time in which a firm keeps half of what sets its quality apart; 0: it keeps all",
    )  # fmt: skip
    starting_buffer: float = param(
        1.5, unit="months of costs", ge=0, le=120, source="A: thin buffers",
        meaning="cash of a firm at entry",
    )  # fmt: skip
    opportunism_log_sd: float = param(
        0.8, unit="log", ge=0, le=5, source="A: with `temptation`, 5-8 % of loans divert",
        meaning="sd of the log of a firm's resistance to moral hazard; the median is 1",
    )  # fmt: skip
    informal_access: float = param(
        0.3, unit="probability", ge=0, le=1, source="P: informal finance surveys, rounded",
        meaning="share of firms that can borrow informally",
    )  # fmt: skip
    late_payers: float = param(
        0.0, unit="share of firms", ge=0, le=1, source="A: switch; .4 where on, swept",
        meaning="share of firms whose customers pay late, so that the project financed by a loan"
        " brings in cash only then",
    )  # fmt: skip
    late_by: int = param(
        3, unit="months", ge=1, le=12, source="A: usual terms are 30-90 days, often exceeded",
        meaning="time from delivery to payment by such customers",
    )  # fmt: skip
    ruin_debt: float = param(
        1.0, unit="months of turnover", ge=0, le=120, source="A: what suppliers tolerate",
        meaning="a firm that owes its suppliers more than this is near ruin",
    )  # fmt: skip
    ruin_months: int = param(
        3, unit="months", ge=1, le=99, source="A: suppliers stop delivering",
        meaning="months in a row near ruin after which a firm without a loan exits",
    )  # fmt: skip
    reputation_weight: float = param(
        1.0 / 6.0, unit="share a month", gt=0, le=1, source="A: about the last six months",
        meaning="weight of the latest month in the firms' view of a bank's speed and price",
    )  # fmt: skip
    entry: bool = param(
        True, unit="switch", source="D: without entry the number of firms only falls",
        meaning="a firm that exits is replaced by a new one",
    )  # fmt: skip
    heirs: bool = param(
        False, unit="switch", source="D: else the mix of firms drifts as some kinds exit more",
        meaning="a new firm takes over sector, turnover and opportunism of the firm that it"
        " replaces, and a cash buffer by its costs",
    )  # fmt: skip
    sectors: FrozenDict[str, Sector] = group(usual_sectors, "sectors, by name")

    @checked
    def _sectors_fit(self) -> Population:
        if not 1 <= len(self.sectors) <= SECTORS:
            raise ValueError(f"name 1 to {SECTORS} sectors, found {len(self.sectors)}")
        total = sum(sector.share for sector in self.sectors.values())
        if abs(total - 1.0) > 1e-9:
            raise ValueError(f"shares of sectors must add up to 1, found {total:g}")
        return self

    @checked
    def _weights_add_up(self) -> Population:
        shares = self.quality_weights
        if min(shares) < 0 or abs(sum(shares) - 1.0) > 1e-9:
            found = ", ".join(f"{share:g}" for share in shares)
            raise ValueError(f"quality_weights must be 0 or more and add up to 1, found {found}")
        return self

    @property
    def quality_kept(self) -> float:
        """rho: the share of what sets a firm's quality apart that a quarter keeps."""
        return 0.5 ** (QUARTER / self.quality_half_life) if self.quality_half_life else 1.0

    @property
    def weights(self) -> Floats:
        """Weights of the five dimensions in overall quality, shape (5,)."""
        return self._weights.copy()

    @cached_property
    def _weights(self) -> Floats:
        return read_only(np.sqrt(np.array(self.quality_weights)))

    @cached_property
    def sector_shares(self) -> tuple[float, ...]:
        """Shares of the sectors, in the order of the file."""
        return tuple(sector.share for sector in self.sectors.values())

    @cached_property
    def payment_shares(self) -> tuple[float, ...]:
        """Shares of the firms whose customers pay after 0, 1, ... months."""
        at_once = 1.0 - self.late_payers
        return (at_once, *(0.0,) * (self.late_by - 1), self.late_payers)

    @cached_property
    def _by_sector(self) -> FrozenDict[str, Floats]:
        columns = {}
        for field in Sector.model_fields:
            values = [float(getattr(sector, field)) for sector in self.sectors.values()]
            columns[field] = read_only(np.array(values))
        return FrozenDict(columns)

    def by_sector(self, field: str) -> Floats:
        """Return one field of all sectors, shape (sectors,)."""
        return self._by_sector[field].copy()
