"""Attributed and hedged claims: who says what, how sure, and exactly where.

`attribute` is the stage's verb. Definitions follow the evaluation guide: one claim per cue; the
content is the span of what is said; nested attributions are claims of their own.
"""

from __future__ import annotations

from kg.extract.claims.attribute import attribute

__all__ = ["attribute"]
