"""A limit on how long one article may take, so that no text can hold up the others.

The limit is an alarm of the operating system; where there is none (Windows, threads other than the
main one) nothing is limited.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_LEAST_SECONDS = 120.0
_SECONDS_A_CHARACTER = 0.005


class DeadlineError(Exception):
    """The time of an article is up."""


def seconds_for(characters: int) -> float:
    """Some ten times what a text of this length takes on a slow laptop."""
    return _LEAST_SECONDS + _SECONDS_A_CHARACTER * characters


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raises DeadlineError inside the block when it takes longer."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(signum: int, frame: FrameType | None) -> None:
        raise DeadlineError(f"took longer than {seconds:.0f} seconds")

    before = signal.signal(signal.SIGALRM, ring)
    started = time.monotonic()
    left, _ = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.signal(signal.SIGALRM, before)
        # an alarm that was set by others goes on
        signal.setitimer(signal.ITIMER_REAL, max(0.001, left - (time.monotonic() - started)) if left else 0)
