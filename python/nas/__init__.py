"""The language for hardware-aware neural architecture search, in Python.

    import nas
    front = nas.run("search.nas", params={"rounds": 3})["front"]
    front.to_pandas()

`nas.run` and `nas.run_text` run scripts, `nas.Session` grows one entry by entry, `nas.Space` samples and encodes networks, `nas.metric`
turns a function over a batch of architectures into an objective, `nas.Search` is asked for networks and told their values.
"""
from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from . import _nas
from ._errors import EmptyResult, Error, RequirementNotMet, ScriptError, StageFailed, _raise
from ._metrics import Batch, Metric, metric
from ._results import Result, Run, _drawing
from ._setup import _progress, _settings
from ._spaces import Space

__all__ = ["run", "run_text", "Run", "Result", "Session", "Space", "Search", "Batch", "Metric", "metric", "Error", "ScriptError",
           "StageFailed", "RequirementNotMet", "EmptyResult", "version"]
version: str = _nas.version()


def run(file: str | os.PathLike[str], params: Mapping[str, Any] | None = None, *, metrics: Iterable[Metric] = (), store: str = ".nas",
        out: str = "", seed: int | None = None, threads: int = 0, fresh: bool = False, allow_run: bool = False,
        modules: str | None = None, progress: bool | Callable[..., None] | None = None,
        print: Callable[[str], None] | None = None) -> Run:
    """Runs a script to its end and gives its results. Ctrl-C cancels it; run again to go on where it was.

    `metrics`: functions of the program (`nas.metric`) that the script names. `progress`: bars of tqdm (None: on a terminal), or a
    function of (event, stage, what, done, total, detail). `print`: what to do with what the script shows; it is in `Run.shown` too.
    `modules`: the folder of another LibTorch module than the package's.
    Raises ScriptError and its siblings.
    """
    path = os.fspath(file)
    with open(path, encoding="utf-8") as opened:
        text = opened.read()
    return _run(path, text, params, list(metrics), progress, print, store=store, out=out, seed=seed, threads=threads, fresh=fresh,
                allow_run=allow_run, modules=modules)


def run_text(text: str, params: Mapping[str, Any] | None = None, *, metrics: Iterable[Metric] = (), store: str = ".nas", out: str = "",
             seed: int | None = None, threads: int = 0, fresh: bool = False, allow_run: bool = False, modules: str | None = None,
             progress: bool | Callable[..., None] | None = None, print: Callable[[str], None] | None = None) -> Run:
    """The same for a text; files that it names are relative to the current folder."""
    return _run("script.nas", text, params, list(metrics), progress, print, store=store, out=out, seed=seed, threads=threads,
                fresh=fresh, allow_run=allow_run, modules=modules)


def _run(path: str, text: str, params: Any, metrics: list[Metric], progress: Any, show: Any, **options: Any) -> Run:
    shown: list[str] = []

    def take(line: str) -> None:
        shown.append(line)
        if show:
            show(line)
    settings = _settings(params, files={path: text}, print=take, progress=_progress(progress), **options)
    interpreter = _nas.Interpreter(settings)
    for m in metrics:
        m._add_to(interpreter)
    interpreter.load_file(path)
    _raise(interpreter.run([]), interpreter, metrics)
    draw = _drawing(settings, metrics, path, text)
    results = {name: Result(name, json.loads(interpreter.result_json(name)), draw) for name in interpreter.result_names()}
    return Run(results, "".join(shown), json.loads(interpreter.plan_json()))


class Session:
    """A script that grows entry by entry; stages run when their value is looked at: `s.enter("space net = tiny_mobilenet()")`, `s["front"]`."""

    def __init__(self, *, metrics: Iterable[Metric] = (), store: str = ".nas", out: str = "", params: Mapping[str, Any] | None = None,
                 seed: int | None = None, threads: int = 0, allow_run: bool = False, modules: str | None = None,
                 progress: bool | Callable[..., None] | None = None, print: Callable[[str], None] | None = None):
        show = print or (lambda text: sys.stdout.write(text) and None)
        self._settings = _settings(params, store=store, out=out, seed=seed, threads=threads, allow_run=allow_run, modules=modules,
                                   print=show, progress=_progress(progress))
        self._native = _nas.Session(self._settings)
        self._metrics: list[Metric] = []
        for m in metrics:
            self.add(m)

    def add(self, metric: Metric) -> None:
        """Makes a function of the program known to what is entered from now on."""
        metric._add_to(self._native.interpreter)
        self._metrics.append(metric)

    def _need(self, status: int) -> None:
        _raise(status, self._native.interpreter, self._metrics, self._native.failure())

    def enter(self, entry: str) -> None:
        """Takes statements in; one with a mistake changes nothing and raises ScriptError."""
        self._need(self._native.enter(entry))

    def run(self) -> None:
        """Runs every stage."""
        self._need(self._native.run())

    def __getitem__(self, value: str) -> Any:
        """A value, after what it needs has run: a Result, a Space, or its text."""
        status, kind, name, data, text = self._native.look(value)
        self._need(int(status))
        if kind == "space":
            self._need(self._native.check())
            native = self._native.interpreter.space(name)
            return Space(native) if native else json.loads(data)
        loaded = json.loads(data)
        if isinstance(loaded, dict):
            name = loaded.get("name", name)
            return Result(name, loaded, _drawing(self._settings, self._metrics, "session.nas", self._native.script()))
        return text

    @property
    def script(self) -> str:
        return self._native.script()

    @property
    def names(self) -> list[str]:
        return self._native.declared()


class Search:
    """A search of a script that is driven from here: `ask` gives genomes (none when it has ended), `tell` takes a value for every network
    and metric. Told the values that a run would measure, it finds what the run finds."""

    def __init__(self, text: str, stage: str, *, metrics: Iterable[Metric] = (), store: str = ".nas", params: Mapping[str, Any] | None = None,
                 seed: int | None = None):
        interpreter = _nas.Interpreter(_settings(params, store=store, seed=seed))
        for m in metrics:
            m._add_to(interpreter)
        interpreter.load_text("script.nas", text)
        _raise(interpreter.check(), interpreter)
        self._native, self.stage = _nas.Search.open(interpreter, stage), stage
        self.space = Space(self._native.space)
        self.metrics: dict[str, bool] = dict(self._native.metrics)  #: by label: whether it is computed and need not be told

    def ask(self) -> np.ndarray:
        return self._native.ask()

    def tell(self, values: Any) -> None:
        """n x metrics, or n values where one metric alone is not computed."""
        array = np.asarray(values, dtype=np.float64)
        if array.ndim == 1:
            told = [i for i, computed in enumerate(self.metrics.values()) if not computed]
            if len(told) != 1:
                raise ValueError(f"{len(told)} metrics are to be told; give an array n x {len(self.metrics)}")
            whole = np.zeros((len(array), len(self.metrics)))
            whole[:, told[0]] = array
            array = whole
        self._native.tell(np.ascontiguousarray(array))

    @property
    def result(self) -> Result:
        return Result(self.stage, json.loads(self._native.result_json()))
