"""What an interpreter is made with."""
from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from typing import Any

_PACKAGE = os.path.dirname(os.path.abspath(__file__))


def _settings(params: Mapping[str, Any] | None = None, store: str | None = None, out: str | None = None, seed: int | None = None,
              threads: int = 0, fresh: bool = False, allow_run: bool = False, modules: str | None = None,
              files: dict[str, str] | None = None, **callbacks: Any) -> dict[str, Any]:
    written = [(k, "true" if v is True else "false" if v is False else str(v)) for k, v in (params or {}).items()]
    return {"params": written, "store": store, "out": out, "seed": seed, "threads": threads, "fresh": fresh, "allow_run": allow_run,
            "modules": modules or os.path.join(_PACKAGE, "modules"), "stdlib": os.path.join(_PACKAGE, "stdlib"), "files": files or {}, **callbacks}


class Bars:
    """Progress as bars of tqdm, one for each stage that is at work."""

    def __init__(self, tqdm: Any):
        self._tqdm, self._bars = tqdm, {}

    def __call__(self, event: str, stage: str, what: str, done: float, total: float, detail: str) -> None:
        if event == "step" and total > 0:
            bar = self._bars.setdefault(stage, None) or self._tqdm(total=total, desc=stage)
            self._bars[stage] = bar
            bar.total, bar.n = total, done
            bar.set_postfix_str(detail or what, refresh=True)
        elif event in ("finished", "failed") and self._bars.get(stage):
            self._bars.pop(stage).close()


def _progress(wanted: bool | Callable[..., None] | None) -> Callable[..., None] | None:
    if callable(wanted):
        return wanted
    if wanted is False or (wanted is None and not sys.stderr.isatty()):
        return None
    try:
        from tqdm.auto import tqdm
    except ImportError:
        return None
    return Bars(tqdm)
