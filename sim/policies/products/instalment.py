"""One product: level instalments for everyone."""

from __future__ import annotations

from typing import Literal

import numpy as np

from sim.core.view import View
from sim.credit.schedule import Schedule
from sim.policies.products.base import Products, Terms


class Instalment(Products):
    """Level monthly instalments: equal payments of interest and principal."""

    kind: Literal["instalment"] = "instalment"

    def terms(self, files: View) -> Terms:
        n = len(files)
        return Terms(np.full(n, Schedule.LEVEL, np.int8), np.ones(n), np.zeros(n))
