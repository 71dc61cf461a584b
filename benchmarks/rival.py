"""One modelling tool measured in this process: `python rival.py TOOL DATA [optimum | solve]`."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import modelling
from measure import tell, timed


def main() -> None:
    """Build the model from the data, and tell how long that took, or how long its solver takes as it comes."""
    tool, path, *rest = sys.argv[1:]
    module = importlib.import_module(f"rivals.{tool}_model")
    data = modelling.load(Path(path))
    loaded, seconds, peak = timed(lambda: module.build(data))
    optimum = None
    if rest == ["solve"]:
        optimum, seconds, peak = timed(lambda: module.optimum(loaded))
    elif rest == ["optimum"]:
        optimum = module.optimum(loaded)
    tell(seconds, peak, **({} if optimum is None else {"optimum": optimum}))


if __name__ == "__main__":
    main()
