"""One modelling tool measured in this process: `python rival.py TOOL DATA [solve]`."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import modelling
from measure import tell, timed


def main() -> None:
    """Build the model from the data, tell how long that took, and the optimum where asked."""
    tool, path, *rest = sys.argv[1:]
    module = importlib.import_module(f"rivals.{tool}_model")
    data = modelling.load(Path(path))
    loaded, seconds, peak = timed(lambda: module.build(data))
    facts = {"optimum": module.optimum(loaded)} if rest else {}
    tell(seconds, peak, **facts)


if __name__ == "__main__":
    main()
