"""Worlds in which loans end in one payment, for the tests of their renewal."""

from __future__ import annotations

from typing import Any

from sim.scenario.schema import Scenario

# firms that always pay interest, and at maturity more or less than they owe; nothing has a cost
PLAIN: dict[str, Any] = {
    "horizon": 31,
    "burn_in": {"months": 0},
    "firms": {
        "count": 150, "margin": 0.06, "volatility": 0.0, "turnover_log_sd": 0.0,
        "starting_buffer": 0.5, "informal_access": 0.0, "entry": False,
        "sectors": {"one": {"share": 1}},
        "earnings": {"quality_effect": 0.01, "macro_effect": 0.0, "sector_effect": 0.0,
                     "ruin_chance": 0.0},
        "temptation": {"omega": 0.0},
        "demand": {"need_monthly": 1.0, "need_when_short": 1.0, "amount_mean": 9e5,
                   "amount_cv": 0.3, "amount_cap": 10.0, "liars": 0.0,
                   "bullet_share": 1.0, "bullet_term": 24},
        "projects": {"invested": 0.0},
        "take_up": {"walk_away_daily": 0.0, "short_premium": 1.0, "rival_available": 0.0},
        "yardstick": {"sample": 0.0},
    },
    "banks": {
        "main": {
            "screening": {"kind": "none", "memory": 0.0, "learns_from_behaviour": False},
            "rating": {"kind": "flat"},
            "approval": {"kind": "all", "hours": 0.0, "cost": 0.0, "days": 0.0},
            "pricing": {"kind": "flat", "fixed": 0.08},
            "products": {"kind": "instalment"},
            "collateral": {"kind": "none"},
            "monitoring": {"kind": "none"},
            "staffing": {"kind": "none"},
            "capital": {"kind": "standardised", "minimum": 0.0},
        }
    },
}  # fmt: skip
# many short loans, thin cash: who is not renewed can hardly pay
THIN: dict[str, Any] = {
    "horizon": 24,
    "burn_in": {"months": 24},
    "firms": {
        "count": 400, "volatility": 0.06, "yardstick": {"sample": 0.0},
        "demand": {"need_monthly": 0.15, "bullet_share": 1.0, "amount_mean": 9e5},
        "treasury": {"owner_buffer": 2.0},
        "take_up": {"rival_available": 0.0},
    },
    "mechanisms": {"bridges": {"found": 0.7, "limit": 12.0}},
    "banks": {
        "main": {
            "approval": {"kind": "cut_off", "pd_max": 0.2},
            "capital": {"kind": "standardised", "minimum": 0.0},
            "renewal": {"kind": "repay_first"},
        }
    },
}  # fmt: skip


def plain(term: int, **settings: Any) -> Scenario:
    """Return the plain world in which all loans have this term; settings by key, `__` for dot."""
    terms = {3: 0, 6: 1, 12: 2, 24: 3, 36: 4}
    shares = [float(place == terms[term]) for place in range(len(terms))]
    return _with(PLAIN, {"firms.demand.tenor_shares": shares}, settings)


def thin(**settings: Any) -> Scenario:
    """Return the world with thin cash; settings by key, `__` for the dot."""
    return _with(THIN, {}, settings)


def _with(world: dict[str, Any], given: dict[str, Any], settings: dict[str, Any]) -> Scenario:
    chosen = {key.replace("__", "."): value for key, value in settings.items()}
    return Scenario.model_validate(world).with_(given | chosen)
