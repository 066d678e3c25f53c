"""What runs come to."""
from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

import numpy as np

from . import _nas
from ._metrics import Metric


class Result(Mapping[str, np.ndarray]):
    """What a stage came to: the columns of a front by name (NumPy views of the numbers, lists of texts), and everything else as JSON."""

    def __init__(self, name: str, data: dict[str, Any], draw: Callable[[str], str | None] | None = None):
        self.name, self.json, self._draw = name, data, draw
        self._front = _nas.front(json.dumps(data)) if "front" in data else None
        self._index = {column: i for i, column in enumerate(self._front.columns)} if self._front else {}

    def __getitem__(self, column: str) -> Any:
        if column not in self._index:
            raise KeyError(f"{self.name} has no column {column}; it has {', '.join(self._index) or 'none'}")
        i = self._index[column]
        numbers = self._front.numbers(i)
        return numbers if len(numbers) or not self._front.texts(i) else self._front.texts(i)

    def __iter__(self) -> Any:
        return iter(self._index)

    def __len__(self) -> int:
        return len(self._index)

    @property
    def rows(self) -> int:
        """Networks on the front."""
        return len(self._front) if self._front else 0

    @property
    def best(self) -> dict[str, Any]:
        """The best network by the first objective, in SI units."""
        return self.json.get("best", {})

    def unit(self, column: str) -> str:
        return self._front.unit(self._index[column])

    def measured(self, column: str) -> bool:
        """False where a predictor or a model gave the values."""
        return self._front.measured(self._index[column])

    def spread(self, column: str) -> np.ndarray:
        return self._front.spread(self._index[column])

    def to_pandas(self) -> Any:
        """A DataFrame with a row for each network."""
        import pandas
        return pandas.DataFrame({self._title(column): self[column] for column in self})

    def _title(self, column: str) -> str:
        unit = self.unit(column)
        return f"{column} [{unit}]" if unit else column

    def __repr__(self) -> str:
        kind = f"{self.rows} networks, {self.json.get('evaluations', 0)} evaluated" if self._front else self.json.get("kind", "")
        return f"<nas.Result {self.name}: {kind}>"

    def _repr_html_(self) -> str:
        if not self._front:
            return f"<pre>{escape(json.dumps(self.json, indent=1))}</pre>"
        cells = [[f"{v:.4g}" if isinstance(v, float) else escape(str(v)) for v in (float(x) if not isinstance(x, str) else x for x in self[c])]
                 for c in self]
        head = "".join(f"<th>{escape(self._title(c))}</th>" for c in self)
        body = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in zip(*cells))
        svg = self._draw(self.name) if self._draw and len(self.json.get("objectives", [])) > 1 else None
        return (svg or "") + f"<table><caption>{escape(self.name)}</caption><tr>{head}</tr>{body}</table>"


def _drawing(settings: dict[str, Any], metrics: list[Metric], name: str, text: str) -> Callable[[str], str | None]:
    """Draws a front: the script once more with a plot behind it, of which the store has everything."""
    def draw(stage: str) -> str | None:
        with tempfile.TemporaryDirectory() as folder:
            whole = text.rstrip("\n") + f'\nplot pareto({stage}) to "front.svg"\n'
            quiet = {k: v for k, v in settings.items() if k not in ("print", "progress", "log")}
            interpreter = _nas.Interpreter({**quiet, "out": folder, "fresh": False, "files": {name: whole}})
            for m in metrics:
                m._add_to(interpreter)
            interpreter.load_file(name)
            if interpreter.plan() != 0 or interpreter.run([json.loads(interpreter.plan_json())["stages"][-1]["name"]]) != 0:
                return None
            with open(os.path.join(folder, "front.svg"), encoding="utf-8") as svg:
                return svg.read()
    return draw


class Run(Mapping[str, Result]):
    """The results of a run by the names of their stages; `shown` is what the script printed."""

    def __init__(self, results: dict[str, Result], shown: str, plan: dict[str, Any]):
        self._results, self.shown, self.plan = results, shown, plan

    def __getitem__(self, stage: str) -> Result:
        if stage not in self._results:
            raise KeyError(f"there is no result {stage}; there are {', '.join(self._results) or 'none'}")
        return self._results[stage]

    def __iter__(self) -> Any:
        return iter(self._results)

    def __len__(self) -> int:
        return len(self._results)

    def __repr__(self) -> str:
        return f"<nas.Run: {', '.join(self._results) or 'no results'}>"
