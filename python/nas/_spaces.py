"""Search spaces and their genomes."""
from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable
from typing import Any

import numpy as np

from . import _nas
from ._errors import _raise
from ._setup import _settings


class Space:
    """A search space. Genomes are arrays n x genes of uint8: the index of an option for every gene."""

    def __init__(self, native: _nas.Space):
        self._native = native

    @staticmethod
    def from_source(source: str, name: str | None = None) -> Space:
        """The space `name` of a script, or its last one: `nas.Space.from_source("space net = tiny_mobilenet()")`."""
        interpreter = _nas.Interpreter(_settings())
        interpreter.load_text("space", source)
        _raise(interpreter.check(), interpreter)
        spaces = [n["name"] for n in json.loads(interpreter.names_json()) if n["type"] == "Space"]
        native = interpreter.space(name if name is not None else spaces[-1]) if name or spaces else None
        if native is None:
            raise ValueError(f"the source has no space {name}" if name else "the source has no space; write space net = ...")
        return Space(native)

    @property
    def name(self) -> str:
        return self._native.name

    @property
    def genes(self) -> dict[str, list[str]]:
        """Genes in order, with how their options are written."""
        return dict(self._native.genes)

    @property
    def size(self) -> int:
        """How many networks it has, before conditions on whole networks."""
        return self._native.networks

    @property
    def feature_names(self) -> list[str]:
        return self._native.feature_names

    def sample(self, n: int, seed: int = 0) -> np.ndarray:
        """n networks, all of them alike; the same seed gives the same ones."""
        return self._native.sample(n, seed)

    def mutate(self, genomes: np.ndarray, seed: int = 0) -> np.ndarray:
        """Copies with one gene changed in each."""
        return self._native.mutate(_genomes(genomes), seed)

    def encode(self, genomes: np.ndarray, encoding: str = "") -> np.ndarray:
        """What predictors learn from, n x columns of float32: a column for every option of every gene, or a named encoding."""
        return self._native.encode(_genomes(genomes), encoding)

    def macs(self, genomes: np.ndarray) -> np.ndarray:
        return self._native.macs(_genomes(genomes))

    def params(self, genomes: np.ndarray) -> np.ndarray:
        return self._native.params(_genomes(genomes))

    def spell(self, genomes: np.ndarray) -> list[str]:
        return self._native.spell(_genomes(genomes))

    def parse(self, texts: Iterable[str]) -> np.ndarray:
        return self._native.parse(list(texts))

    def options(self, genomes: np.ndarray) -> list[dict[str, int | float | str]]:
        """The choices of each network by the names of the genes, numbers where they are numbers."""
        genes = [(name, [_plain(option) for option in options]) for name, options in self._native.genes]
        return [{name: options[index] for (name, options), index in zip(genes, row)} for row in _genomes(genomes)]

    def __repr__(self) -> str:
        return f"<nas.Space {self.name}: {len(self._native.genes)} genes, {self.size:,} networks>"


def _plain(text: str) -> int | float | str:
    for kind in (int, float):
        with contextlib.suppress(ValueError):
            return kind(text)
    return text


def _genomes(genomes: Any) -> np.ndarray:
    array = np.asarray(genomes)
    if array.ndim != 2:
        raise ValueError(f"genomes are an array n x genes, and this has {array.ndim} dimension{'' if array.ndim == 1 else 's'}")
    if array.dtype.kind not in "ui":
        raise TypeError(f"genomes are whole numbers, and these are {array.dtype}")
    if array.size and (array.min() < 0 or array.max() > 255):
        raise ValueError("a gene is the index of an option, from 0 to 255")
    return np.ascontiguousarray(array, dtype=np.uint8)
