"""The parts of Mesa that this package builds on, the same under every supported version.

Two side effects of Mesa 3.3 are undone here: on import it sets how the whole process starts other
processes, and it keeps every model forever in a register of agents' numbers.
"""

from __future__ import annotations

import multiprocessing
from typing import Any

_chosen = multiprocessing.get_start_method(allow_none=True)

# imported after the line above, which saves the setting that Mesa 3.3 changes
from mesa import Agent, DataCollector, Model  # noqa: E402
from mesa.agent import AgentSet  # noqa: E402

try:
    from mesa.agentset import GroupBy
except ImportError:  # before Mesa 3.5
    from mesa.agent import GroupBy

if multiprocessing.get_start_method(allow_none=True) != _chosen:
    multiprocessing.set_start_method(_chosen, force=True)

__all__ = ["Agent", "AgentSet", "DataCollector", "GroupBy", "Model", "remove_from_register"]


def remove_from_register(model: Any) -> bool:
    """Remove a model from Mesa's register; return whether this version of Mesa keeps one.

    If it does, Mesa numbers the model's next agent from 1 again.
    """
    register = getattr(Agent, "_ids", None)
    if register is None:
        return False
    register.pop(model, None)
    return True
