"""Machine-learned rating: boosted trees on the same old loans.  Needs the extra `ml`."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.core.arrays import Floats
from sim.core.params import checked, param
from sim.policies.learned_rating import PD_RANGE, LearnedRating
from sim.policies.rating.base import Lesson


class MachineLearned(LearnedRating):
    """Estimate by boosted trees how beliefs predict default."""

    kind: Literal["machine_learned"] = "machine_learned"  # type: ignore[assignment]
    trees: int = param(
        40, unit="trees", ge=1, le=10_000, source="A: small samples",
        meaning="number of boosted trees",
        no_lever="method",
    )  # fmt: skip
    depth: int = param(
        2, unit="levels", ge=1, le=20, source="A: pairs of dimensions may interact",
        meaning="depth of each tree",
        no_lever="method",
    )  # fmt: skip
    learning_rate: float = param(
        0.1, unit="share", gt=0, le=1, source="P: default of scikit-learn",
        meaning="share of each tree's correction that is applied",
        no_lever="method",
    )  # fmt: skip
    platform_cost: float = param(
        200_000.0, unit="CNY a year per 1,000 firms", ge=0, le=1e9,
        source="A: 5 million a year for a whole bank, scaled by its book",
        meaning="cost of the machine-learning platform",
        no_lever="price",
    )  # fmt: skip

    @checked
    def _library_is_there(self) -> MachineLearned:
        if find_spec("sklearn") is None:
            raise ValueError("kind machine_learned needs scikit-learn: pip install 'smelend[ml]'")
        return self

    def learn(self, features: Floats, defaulted: NDArray[np.bool_]) -> Lesson:
        if not self.enough(defaulted):
            return None
        from sklearn.ensemble import GradientBoostingClassifier

        model = GradientBoostingClassifier(
            n_estimators=self.trees, max_depth=self.depth, learning_rate=self.learning_rate,
            subsample=1.0, random_state=0,
        )  # fmt: skip
        return model.fit(features, defaulted)

    def predict(self, lesson: Lesson, features: Floats) -> Floats:
        if len(features) == 0:
            return np.zeros(0)
        return np.clip(lesson.predict_proba(features)[:, 1], *PD_RANGE)

    def yearly_cost(self, firms: int, seats: float) -> float:
        return super().yearly_cost(firms, seats) + self.platform_cost * firms / 1000.0
