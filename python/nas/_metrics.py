"""Functions of a program as metrics of the language."""
from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from typing import Any

import numpy as np

from . import _nas
from ._spaces import Space


class Batch:
    """Networks whose values a metric is asked for."""

    def __init__(self, native: _nas.Batch):
        self._native = native
        self.space = Space(native.space)
        self.genomes: np.ndarray = native.genomes
        self.threads: int = native.threads  #: that the function may use

    def __len__(self) -> int:
        return len(self.genomes)

    @property
    def spellings(self) -> list[str]:
        return self.space.spell(self.genomes)

    @property
    def options(self) -> list[dict[str, int | float | str]]:
        return self.space.options(self.genomes)

    @property
    def macs(self) -> np.ndarray:
        return self.space.macs(self.genomes)

    @property
    def params(self) -> np.ndarray:
        return self.space.params(self.genomes)

    def cancelled(self) -> bool:
        """True where the run is to end: give up soon."""
        return self._native.cancelled()


class Metric:
    """A function of a batch as a metric of the language; made by `nas.metric`."""

    def __init__(self, function: Callable[..., Any], metric: str, name: str, version: str, predicts: bool, unit: str = "",
                 maximize: bool | None = None, on_device: bool = False):
        self.function, self.metric, self.name, self.version, self.predicts = function, metric, name, version, predicts
        self.unit, self.maximize, self.on_device = unit, maximize, on_device
        self.doc = (inspect.getdoc(function) or "").split("\n")[0]
        self.error: BaseException | None = None  #: what the function raised last
        self.schema = []
        for p in list(inspect.signature(function).parameters.values())[1:]:
            argument: dict[str, Any] = {"name": p.name, "type": _type_of(p)}
            if p.default is not p.empty:
                argument["default"] = p.default
            self.schema.append(argument)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.function(*args, **kwargs)

    def _values(self, native: _nas.Batch) -> np.ndarray:
        try:
            self.error = None
            batch = Batch(native)
            values = self.function(batch, **json.loads(native.arguments_json))
            if hasattr(values, "detach"):  # a tensor of PyTorch
                values = values.detach().cpu().numpy()
            array = np.asarray(values)
            if array.shape != (len(batch),):
                raise ValueError(f"it gave an array of shape {array.shape}, and ({len(batch)},) is needed")
            if array.dtype.kind not in "fiub":
                raise TypeError(f"it gave values of type {array.dtype}, and numbers are needed")
            return np.ascontiguousarray(array, dtype=np.float64)
        except BaseException as error:
            self.error = error
            raise

    def _add_to(self, interpreter: _nas.Interpreter) -> None:
        interpreter.add_metric(self.name, self.metric, self.version, self.doc, json.dumps(self.schema), self.predicts, self.unit,
                               self.maximize, self.on_device, self._values)


def _type_of(parameter: inspect.Parameter) -> str:
    default = parameter.default
    known = {bool: "true or false", int: "whole number", float: "number", str: "text", "bool": "true or false", "int": "whole number",
             "float": "number", "str": "text"}
    kind = type(default) if default is not parameter.empty else parameter.annotation
    if kind not in known:
        raise TypeError(f"the argument {parameter.name} of a metric needs a default or a type: bool, int, float or str")
    return known[kind]


def metric(kind: Any = "accuracy", *, name: str | None = None, version: str = "", predicts: bool = False, unit: str = "",
           maximize: bool | None = None, on_device: bool = False) -> Any:
    """Turns a function of a `Batch` into a metric: `@nas.metric` or `@nas.metric("latency", version="board 2")`.

    A metric that the language does not have is declared: `@nas.metric("robustness", unit="%", maximize=True)`. `maximize` says whether
    more is better, `unit` how values are printed (a unit of the language, or none), `on_device` that it is of a device,
    `robustness@phone`.

    The function gives one value for each network, in SI units (s, J, 1/s; shares such as accuracy from 0 to 1). Its further parameters are arguments in
    the script. `version` stands for all that decides the values besides them (weights, code): the run store keeps values under it;
    without one they are not reused.
    """
    def make(function: Callable[..., Any]) -> Metric:
        return Metric(function, "accuracy" if callable(kind) else kind, name or function.__name__, version, predicts, unit,
                      maximize, on_device)
    return make(kind) if callable(kind) else make
