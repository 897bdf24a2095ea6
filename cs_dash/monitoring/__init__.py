"""What happens in the program, for who runs it: loads, questions, errors, the server; names and numbers, never data.

Whoever wants to know listens: the log (`cs_dash/monitoring/log_lines.py`), the server's measurements (`/metrics`).
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

Fact = str | int | float
Listener = Callable[[str, Mapping[str, Fact]], None]
LOAD, QUESTION, STARTED, STOPPED = "load", "question", "server started", "server stopped"
_PROGRAM = Path(__file__).resolve().parents[2]
_LISTENERS: list[Listener] = []


def listen(listener: Listener) -> Callable[[], None]:
    """Have `listener` hear of everything from now on; return what ends that."""
    _LISTENERS.append(listener)

    def end() -> None:
        with suppress(ValueError):
            _LISTENERS.remove(listener)

    return end


def record(kind: str, **facts: Fact) -> None:
    """Tell who listens that something happened. No fact may be a value of a file, or a name of a person or account."""
    for listener in tuple(_LISTENERS):
        listener(kind, facts)


@contextmanager
def recorded(kind: str, **facts: Fact) -> Iterator[dict[str, Fact]]:
    """Tell who listens how many seconds something took, and the type of the error that ended it.

    What is put into the yielded dictionary is told as well.
    """
    more, started = dict(facts), time.monotonic()
    try:
        yield more
    except BaseException as error:
        more |= {"outcome": "failed", "error": type(error).__name__}
        raise
    finally:
        record(kind, **more, seconds=round(time.monotonic() - started, 4))


def place_of(error: BaseException) -> str:
    """Return where an error was raised, as "cs_dash/look/words.py:12": the last place in this program, if any."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(_PROGRAM / "cs_dash")]
    if not frames:
        return ""
    frame = (own or frames)[-1]
    path = Path(frame.filename)
    return f"{path.relative_to(_PROGRAM).as_posix() if own else path.name}:{frame.lineno}"
