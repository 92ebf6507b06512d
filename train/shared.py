"""The one door to the run-time code that training shares with the product: both must see the same
units, pieces, windows and pair features. After the runtime has moved into the package it is taken
from there; until then from PYTHONPATH."""

try:
    from kg.extract.neural import runtime
except ModuleNotFoundError:
    import runtime  # type: ignore[no-redef]

__all__ = ["runtime"]
