"""Mistakes and failures as exceptions."""
from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import _nas
    from ._metrics import Metric


class Error(Exception):
    """What went wrong, as the tool prints it: with the line and a caret where it is a mistake of a script."""

    def __init__(self, text: str, diagnostics: list[dict[str, Any]] | None = None):
        super().__init__(text)
        self.diagnostics = diagnostics or []  #: {code, severity, file, line, column, message, ...} of every mistake and warning


class ScriptError(Error):
    """Mistakes in a script."""


class StageFailed(Error):
    """A stage could not do its work; a metric's own exception is the cause."""


class RequirementNotMet(Error):
    """A `require` of the script is not met."""


class EmptyResult(Error):
    """No network meets the conditions."""


_ERRORS = {1: ScriptError, 2: Error, 3: StageFailed, 4: RequirementNotMet, 5: EmptyResult}


def _raise(status: int, interpreter: _nas.Interpreter, metrics: Iterable[Metric] = (), failure: str = "") -> None:
    if status == 0:
        return
    if status == 130:
        raise KeyboardInterrupt("the run was cancelled; run again to go on")
    picture = interpreter.picture()
    cause = next((m.error for m in metrics if m.error is not None), None)
    text = picture if picture and status in (1, 3) else failure or interpreter.failure()
    raise _ERRORS.get(status, Error)("\n" + text.rstrip("\n") if picture and text == picture else text,
                                     json.loads(interpreter.diagnostics())) from cause
