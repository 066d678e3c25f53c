"""The installed module: scripts, sessions, spaces, metrics, searches, and what is said about mistakes."""
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import types
import unittest
import unittest.mock

import nas
import numpy as np
from nas._setup import Bars

SPACE = """def space mini() {
  input = image(channels = 1, size = 8)
  k = choice(3, 5, 7)
  d = choice(1, 2)
  w = choice(4, 8, 12, 16)
  repeat d {
    conv(kernel = k, out = w)
  }
  head = linear(2)
}
seed 3
space net = mini()
"""
COMPUTED = SPACE + """param generations : int = 4 in 1..50 "how long"
search front = nsga2(population = 8, generations = generations) with direct()
  of maximize params, minimize macs
show front.size > 0
"""
MEASURED = SPACE + """objective maximize accuracy from own()
objective minimize macs
search front = nsga2(population = 8, generations = 3) with direct()
"""


@nas.metric("accuracy", version="1")
def own(batch):
    """More parameters, more accuracy."""
    return 0.9 - 10 / (20 + batch.params)


class InAFolder(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        before = os.getcwd()
        os.chdir(self.folder.name)
        self.addCleanup(os.chdir, before)

    def says(self, error, call, *args, **kwargs):
        with self.assertRaises(error) as caught:
            call(*args, **kwargs)
        return str(caught.exception.args[0])


class Runs(InAFolder):
    def test_a_file_with_parameters_gives_its_results(self):
        with open("f.nas", "w") as file:
            file.write(COMPUTED)
        run = nas.run("f.nas", params={"generations": 2})
        self.assertEqual(list(run), ["front"])
        self.assertEqual(run.shown, "true\n")
        self.assertEqual(repr(run), "<nas.Run: front>")
        front = run["front"]
        self.assertEqual(list(front), ["architecture", "params", "macs"])
        self.assertEqual(front.rows, len(front["architecture"]))
        self.assertLess(run["front"].json["evaluations"], nas.run("f.nas", params={"generations": 9})["front"].json["evaluations"])

    def test_columns_are_views_of_the_numbers(self):
        front = nas.run_text(COMPUTED)["front"]
        macs, again = front["macs"], front["macs"]
        self.assertIsInstance(macs, np.ndarray)
        self.assertEqual(macs.dtype, np.float64)
        self.assertFalse(macs.flags.owndata)
        self.assertEqual(macs.ctypes.data, again.ctypes.data)
        self.assertFalse(macs.flags.writeable)
        self.assertEqual(list(macs), front.json["front"][2]["values"])
        del front, again
        self.assertGreater(macs[0], 0)  # the array keeps the result
        self.assertEqual(nas.run_text(COMPUTED)["front"].unit("macs"), "M")

    def test_files_are_relative_to_the_script(self):
        os.mkdir("sub")
        with open("sub/weights.csv", "w") as file:
            file.write("gene,option,weight\nintercept,,0.5\nk,7,0.25\n")
        with open("sub/f.nas", "w") as file:
            file.write(SPACE + 'objective maximize accuracy from linear_model("weights.csv", unit = 1)\nsearch front = exhaustive()\n'
                               'export front as csv to "front.csv"\n')
        run = nas.run("sub/f.nas", out="there")
        self.assertEqual(run["front"].best["accuracy"], 0.75)
        self.assertFalse(run["front"].measured("accuracy"))
        self.assertTrue(os.path.exists("there/front.csv"))

    def test_what_is_not_there_is_said(self):
        run = nas.run_text(COMPUTED)
        self.assertEqual(self.says(KeyError, lambda: run["fronts"]), "there is no result fronts; there are front")
        self.assertEqual(self.says(KeyError, lambda: run["front"]["latency"]),
                         "front has no column latency; it has architecture, params, macs")
        with self.assertRaises(FileNotFoundError):
            nas.run("none.nas")

    def test_html_has_the_drawing_and_a_row_for_each_network(self):
        run = nas.run_text(COMPUTED + 'export front as csv to "only_once.csv"\n')
        os.remove("only_once.csv")
        html = run["front"]._repr_html_()
        self.assertTrue(html.startswith("<?xml") or html.startswith("<svg"), html[:80])
        self.assertEqual(html.count("<td>"), 3 * run["front"].rows)
        self.assertIn("<th>macs [M]</th>", html)
        self.assertFalse(os.path.exists("only_once.csv"))  # drawing writes nothing

    def test_pandas(self):
        try:
            import pandas  # noqa: F401
        except ImportError:
            self.skipTest("no pandas here")
        frame = nas.run_text(COMPUTED)["front"].to_pandas()
        self.assertEqual(list(frame.columns), ["architecture", "params [M]", "macs [M]"])

    def test_a_table_has_units_in_its_titles(self):
        front = nas.run_text(COMPUTED)["front"]
        with unittest.mock.patch.dict(sys.modules, pandas=types.SimpleNamespace(DataFrame=dict)):
            table = front.to_pandas()
        self.assertEqual(list(table), ["architecture", "params [M]", "macs [M]"])
        self.assertIs(type(table["macs [M]"]), np.ndarray)

    def test_progress_goes_to_a_function_and_to_bars(self):
        heard = []
        nas.run_text(COMPUTED, progress=lambda *event: heard.append(event[:2]))
        self.assertIn(("started", "front"), heard)
        self.assertIn(("finished", "front"), heard)

        class Bar:
            made = []

            def __init__(self, total, desc):
                self.total, self.n = total, 0
                Bar.made.append(desc)

            def set_postfix_str(self, text, refresh):
                Bar.made.append(text)

            def close(self):
                Bar.made.append("closed")
        nas.run_text(MEASURED, metrics=[own], progress=Bars(Bar))
        self.assertEqual(Bar.made[0], "front")
        self.assertEqual(Bar.made[-1], "closed")
        self.assertIn("measuring accuracy", Bar.made)


class Mistakes(InAFolder):
    def test_script_errors_carry_the_picture_and_the_diagnostics(self):
        with self.assertRaises(nas.ScriptError) as caught:
            nas.run_text("show x + 1\n")
        self.assertEqual(str(caught.exception),
                         "\nerror[E201]: x is not known here\n --> script.nas:1:6\n1 | show x + 1\n  |      ^\n  = More: nas explain E201")
        self.assertEqual([d["code"] for d in caught.exception.diagnostics], ["E201"])
        self.assertEqual(self.says(nas.ScriptError, nas.Space.from_source, "space net = ofa()\n").split("\n")[1],
                         "error[E205]: there is no space component ofa")

    def test_every_status_has_its_exception(self):
        self.assertEqual(self.says(nas.RequirementNotMet, nas.run_text, "require 1 > 2, \"no\"\n"), "no\n  1 > 2")
        nothing = MEASURED + "  where accuracy > 99%\n"
        self.assertIn("no network of net met the conditions of front", self.says(nas.EmptyResult, nas.run_text, nothing, metrics=[own]))

    def test_metrics_that_fail_are_the_cause(self):
        def fails_with(function, wanted, **options):
            made = nas.Metric(function, "accuracy", "own", "", False)
            with self.assertRaises(nas.StageFailed) as caught:
                nas.run_text(MEASURED, metrics=[made])
            self.assertEqual(caught.exception.diagnostics[0]["code"], "E845")
            self.assertEqual(caught.exception.diagnostics[0]["message"], wanted)
            return caught.exception.__cause__
        cause = fails_with(lambda b: 1 / 0, "own failed: ZeroDivisionError: division by zero")
        self.assertIsInstance(cause, ZeroDivisionError)
        fails_with(lambda b: np.zeros((len(b), 2)), "own failed: ValueError: it gave an array of shape (8, 2), and (8,) is needed")
        fails_with(lambda b: 0.5, "own failed: ValueError: it gave an array of shape (), and (8,) is needed")
        fails_with(lambda b: [0.5] * 7, "own failed: ValueError: it gave an array of shape (7,), and (8,) is needed")
        fails_with(lambda b: ["good"] * len(b), "own failed: TypeError: it gave values of type <U4, and numbers are needed")
        fails_with(lambda b: [None] * len(b), "own failed: TypeError: it gave values of type object, and numbers are needed")
        fails_with(lambda b: None, "own failed: ValueError: it gave an array of shape (), and (8,) is needed")
        first = []

        def nan(batch):
            first.append(batch.spellings[0])
            return [float("nan")] * len(batch)
        made = nas.Metric(nan, "accuracy", "own", "", False)
        with self.assertRaises(nas.StageFailed) as caught:
            nas.run_text(MEASURED, metrics=[made])
        self.assertEqual(caught.exception.diagnostics[0]["message"], f"own gave no number for {first[0]}")

    def test_declarations_that_are_wrong(self):
        self.assertEqual(self.says(ValueError, nas.run_text, MEASURED, metrics=[own, own]),
                         "there is a source own already\n  give it another name")
        other = nas.metric("beauty")(lambda batch: batch.macs)
        other.name = "own"
        self.assertEqual(self.says(ValueError, nas.run_text, MEASURED, metrics=[other]),
                         'there is no metric "beauty"\n  a function gives one of accuracy, loss, latency, energy, throughput, or '
                         'one of its own, of which it says whether more is better')
        for arguments, said in (
                ({"kind": "beauty", "unit": "%"}, "it is not said whether more or less beauty is better\n  of a metric that the language "
                 "does not have this must be said"),
                ({"kind": "beauty", "unit": "g", "maximize": True}, None),
                ({"kind": "my metric", "maximize": True}, '"my metric" is no name for a metric\n  letters, digits and _, and no digit first'),
                ({"kind": "where", "maximize": True}, "where means something else in the language\n  give the metric another name"),
                ({"kind": "max", "maximize": True}, "max means something else in the language\n  give the metric another name"),
                ({"kind": "latency", "unit": "s"}, "the unit of latency is ms, and s is given\n  leave the unit out, or give the metric a "
                 "name of its own"),
                ({"kind": "loss", "maximize": True}, "less loss is better, and more is given\n  leave the direction out: a script may "
                 "write maximize or minimize"),
                ({"kind": "accuracy", "on_device": True}, "accuracy does not depend on a device\n  give the metric a name of its own")):
            wrong = nas.metric(**arguments, name="own")(lambda batch: batch.macs)
            told = self.says(ValueError, nas.run_text, MEASURED, metrics=[wrong])
            if said is None:
                self.assertRegex(told, '^there is no unit "g"\n  units: ns, us, ms, s, min, .*, %, or none$')
            else:
                self.assertEqual(told, said)
        self.assertRaises(TypeError, nas.metric, "beauty", maximise=True)
        first = nas.metric("beauty", maximize=True, name="first")(lambda batch: batch.macs)
        second = nas.metric("beauty", maximize=False, name="second")(lambda batch: batch.macs)
        self.assertEqual(self.says(ValueError, nas.run_text, MEASURED, metrics=[first, second]),
                         "there is a metric beauty already: without a unit, more is better\n  this one is without a unit, less is better; "
                         "declare them alike, or give it another name")
        self.assertEqual(self.says(TypeError, nas.metric, lambda batch, images: 0),
                         "the argument images of a metric needs a default or a type: bool, int, float or str")

    def test_arrays_that_are_no_genomes(self):
        space = nas.Space.from_source(SPACE)
        self.assertEqual(self.says(ValueError, space.macs, np.zeros(3, np.uint8)), "genomes are an array n x genes, and this has 1 dimension")
        self.assertEqual(self.says(ValueError, space.macs, np.zeros((2, 4), np.uint8)), "genomes have 3 genes, and these rows have 4")
        self.assertEqual(self.says(TypeError, space.macs, np.zeros((2, 3))), "genomes are whole numbers, and these are float64")
        self.assertEqual(self.says(ValueError, space.macs, [[0, 0, 300]]), "a gene is the index of an option, from 0 to 255")
        self.assertEqual(self.says(ValueError, space.macs, [[0, 2, 0]]), "genome 0 has option 2 of d, which has 2")
        self.assertEqual(self.says(ValueError, space.encode, [[0, 0, 0]], "ofa_128"), "space mini has no features ofa_128")
        self.assertEqual(self.says(ValueError, space.parse, ["k=9,d=1,w=4"]), "9 is not an option of k\n  it can be 3, 5, 7")
        self.assertEqual(self.says(ValueError, nas.Space.from_source, "let a = 1\nshow a\n"), "the source has no space; write space net = ...")


class Metrics(InAFolder):
    def test_a_function_is_an_objective_and_its_values_are_kept(self):
        seen = []

        @nas.metric("accuracy", version="7")
        def counted(batch, gain: float = 1.0, images: int = 10):
            """What it is."""
            self.assertEqual(len(batch), len(batch.genomes))
            self.assertEqual(batch.options[0].keys(), {"k", "d", "w"})
            self.assertFalse(batch.cancelled())
            seen.append((gain, images, len(batch)))
            return 0.9 - gain * 10 / (20 + batch.params)
        text = MEASURED.replace("own()", "counted(gain = 0.5)")
        first = nas.run_text(text, metrics=[counted])["front"]
        self.assertEqual({s[:2] for s in seen}, {(0.5, 10)})
        self.assertEqual(sum(s[2] for s in seen), first.json["evaluations"])
        before = len(seen)
        again = nas.run_text(text + "show 1\n", metrics=[counted], fresh=False)["front"]
        self.assertEqual(len(seen), before)
        self.assertEqual(again.json, first.json)
        counted.version = "8"
        nas.run_text(text, metrics=[counted])
        self.assertEqual(len(seen), 2 * before)
        np.testing.assert_allclose(first["accuracy"], 100 * (0.9 - 0.5 * 10 / (20 + 1e6 * np.array([
            nas.Space.from_source(SPACE).params(nas.Space.from_source(SPACE).parse([a]))[0] / 1e6 for a in first["architecture"]]))))

    def test_latency_is_a_device_and_predictors_learn(self):
        @nas.metric("latency", version="1")
        def board(batch):
            return batch.macs * 1e-9
        front = nas.run_text(SPACE + "device b = board()\npredictor ridge() of latency@b\nobjective minimize latency@b\nobjective maximize "
                             "params\nsearch front = nsga2(population = 8, generations = 4) with full(samples = 12, validate = 4)\n",
                             metrics=[board])["front"]
        self.assertEqual(front.unit("latency@b"), "ms")

    def test_networks_are_timed_by_the_module_of_the_package(self):
        if not os.path.exists(os.path.join(os.path.dirname(nas.__file__), "modules", "libnas_torch.so")):
            self.skipTest("built without LibTorch: apt-get install libtorch-dev")
        front = nas.run_text(SPACE + "device host = cpu(threads = 1)\nsearch front = random(evaluations = 4) with direct() "
                             "of minimize latency@host, maximize params\n")["front"]
        self.assertEqual(front.unit("latency@host"), "ms")
        self.assertGreater(front["latency@host"].min(), 0)

    def test_without_a_module_nothing_is_timed(self):
        said = self.says(nas.Error, nas.run_text, SPACE + "device host = cpu(threads = 1)\nsearch front = random(evaluations = 4) with "
                         "direct() of minimize latency@host\n", modules=self.folder.name)
        self.assertIn("error[E804]: the LibTorch module is not built: nothing can be trained or timed", said)

    def test_a_metric_that_the_language_does_not_have(self):
        @nas.metric("robustness", unit="%", maximize=True, version="1")
        def attacked(batch, steps: int = 1):
            return 0.9 - steps * 10 / (20 + batch.params)

        @nas.metric("flicker", maximize=False, on_device=True, version="1")
        def camera(batch):
            return batch.macs / 1000
        text = SPACE + """device phone = camera()
objective maximize robustness from attacked(steps = 2)
predictor ridge() of robustness, flicker@phone
search front = nsga2(population = 8, generations = 3) with TACTIC
  of robustness, minimize flicker@phone
  where robustness > 50%
show front.best.robustness > 50%
"""
        for tactic in ("direct()", "concurrent(iter = 1, evaluate = 12)"):
            found = [nas.run_text(text.replace("TACTIC", tactic), metrics=[attacked, camera], threads=n, fresh=True)["front"] for n in (1, 2)]
            self.assertEqual(found[0].json, found[1].json)
            self.assertEqual((found[0].unit("robustness"), found[0].unit("flicker@phone")), ("%", ""))
            self.assertTrue(found[0].measured("robustness"))
            self.assertGreater(found[0]["robustness"].min(), 50)
        for wrong, said in (("where robustness > 50ms", "E303"), ("where robustnes > 50%", "E201"), ("where robustness@phone > 50%", "E703")):
            with self.assertRaises(nas.ScriptError) as caught:
                nas.run_text(text.replace("TACTIC", "direct()").replace("where robustness > 50%", wrong), metrics=[attacked, camera])
            self.assertIn(said, str(caught.exception))
        # Where nothing registers it, it is not known.
        with self.assertRaises(nas.ScriptError) as caught:
            nas.run_text(text.replace("TACTIC", "direct()"), metrics=[camera])
        self.assertIn("robustness is not known here", str(caught.exception))

    def test_other_threads_go_on_while_it_runs(self):
        ticks = [0]
        stop = threading.Event()

        def tick():
            while not stop.is_set():
                ticks[0] += 1
                time.sleep(0.001)
        thread = threading.Thread(target=tick)
        thread.start()
        try:
            nas.run_text("space net = ofa_mobilenetv3()\nsearch front = nsga2(population = 100, generations = 300) of maximize params, minimize "
                         "macs\n", threads=1)
        finally:
            stop.set()
            thread.join()
        self.assertGreater(ticks[0], 3)

    def test_keyboard_interrupt_cancels_and_a_run_goes_on(self):
        main = threading.get_ident()
        calls = []

        @nas.metric("accuracy", version="1")
        def own(batch):
            calls.append(len(batch))
            if len(calls) == 1:
                signal.pthread_kill(main, signal.SIGINT)
                while not batch.cancelled():
                    time.sleep(0.001)
            return 0.9 - 10 / (20 + batch.params)
        with self.assertRaises(KeyboardInterrupt):
            nas.run_text(MEASURED, metrics=[own])
        self.assertEqual(len(calls), 1)
        self.assertGreater(nas.run_text(MEASURED, metrics=[own])["front"].rows, 1)


class Spaces(InAFolder):
    def test_samples_encodings_costs_and_mutants(self):
        space = nas.Space.from_source(SPACE)
        self.assertEqual(repr(space), "<nas.Space mini: 3 genes, 24 networks>")
        self.assertEqual(space.genes, {"k": ["3", "5", "7"], "d": ["1", "2"], "w": ["4", "8", "12", "16"]})
        genomes = space.sample(40, seed=5)
        self.assertEqual((genomes.shape, genomes.dtype), ((40, 3), np.uint8))
        np.testing.assert_array_equal(genomes, space.sample(40, seed=5))
        self.assertTrue(((space.mutate(genomes, seed=1) != genomes).sum(1) == 1).all())
        encoded = space.encode(genomes)
        self.assertEqual((encoded.shape, encoded.dtype), ((40, 9), np.float32))
        self.assertTrue((encoded.sum(1) == 3).all())
        # By hand: k x k x 4 weights on 8 x 8 pixels, then 4 x 2.
        self.assertEqual(space.macs([[0, 0, 0]])[0], 64 * 9 * 4 + 4 * 2)
        self.assertEqual(space.options([[2, 1, 3]]), [{"k": 7, "d": 2, "w": 16}])
        np.testing.assert_array_equal(space.parse(space.spell(genomes)), genomes)
        self.assertEqual(nas.Space.from_source("space a = tiny_mobilenet()\nspace b = nasbench201()\n", "a").name, "tiny_mobilenet")

    def test_a_library_space_has_named_encodings(self):
        space = nas.Space.from_source("space net = ofa_mobilenetv3()\n")
        self.assertEqual(space.encode(space.sample(3), "ofa_128").shape, (3, 128))


class Searches(InAFolder):
    def test_asked_and_told_it_finds_what_the_run_finds(self):
        ran = nas.run_text(MEASURED, metrics=[own])["front"]
        search = nas.Search(MEASURED, "front", metrics=[own])
        self.assertEqual(search.metrics, {"accuracy": False, "macs": True})
        while len(genomes := search.ask()):
            search.tell(0.9 - 10 / (20 + search.space.params(genomes)))
        self.assertEqual(search.result.json, ran.json)
        self.assertEqual(self.says(ValueError, search.tell, [0.5]), "values are told of networks that were asked for, and none were")
        self.assertIn("there is no search back", self.says(ValueError, nas.Search, MEASURED, "back", metrics=[own]))


class Sessions(InAFolder):
    def test_entries_are_kept_and_values_are_worked_out(self):
        printed = []
        session = nas.Session(metrics=[own], print=printed.append)
        session.enter(SPACE)
        session.enter("objective maximize accuracy from own()\nobjective minimize macs")
        session.enter("search front = nsga2(population = 8, generations = 3) with direct()")
        self.assertEqual(session["net"].size, 24)
        front = session["front"]
        self.assertIsInstance(front, nas.Result)
        self.assertGreater(front["accuracy"][0], 50)
        self.assertIn("<svg", front._repr_html_())
        self.assertEqual(session["1 + 1"].strip(), "2")
        session.enter("show 3 * 4")
        self.assertEqual(printed, ["12\n"])
        with self.assertRaises(nas.ScriptError) as caught:
            session.enter("search back = nsga9()")
        self.assertIn("there is no search component nsga9", str(caught.exception))
        self.assertEqual([name for name in session.names if name in ("net", "front", "back")], ["net", "front"])
        self.assertIn("search front = nsga2(population = 8, generations = 3) with direct()", session.script)


class Examples(InAFolder):
    def test_a_super_network_of_pytorch(self):
        try:
            import torch  # noqa: F401
        except ImportError:
            self.skipTest("no PyTorch here: apt-get install python3-torch")
        script = os.path.join(os.environ["NAS_SOURCE"], "examples/embed/python/supernet.py")
        with open(script) as file:
            code = [line for line in file.read().split('"""\n', 3)[-1].split("\n") if line.strip()]
        self.assertLessEqual(len(code), 30)
        said = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
        self.assertEqual(said.returncode, 0, said.stderr)
        self.assertRegex(said.stdout, r"^[2-9] networks, the best has (6|7|8|9)\d\.\d % and \d+ operations\n$")

    def test_blocks_of_the_page_run(self):
        with open(os.path.join(os.environ["NAS_SOURCE"], "docs/embedding.md")) as page:
            blocks = [block.split("```")[0] for block in page.read().split("```python\n")[1:]]
        self.assertEqual(len(blocks), 4)
        said = []
        for block in blocks:
            ran = subprocess.run([sys.executable, "-c", block], capture_output=True, text=True, check=False)
            self.assertEqual(ran.returncode, 0, ran.stderr)
            said.append(ran.stdout)
        self.assertRegex(said[0], r"^<nas.Result front: \d+ networks, \d+ evaluated>\nTrue M True\n$")

    def test_stubs_are_there(self):
        package = os.path.dirname(nas.__file__)
        self.assertTrue(os.path.exists(os.path.join(package, "py.typed")))
        with open(os.path.join(package, "_nas.pyi")) as stub:
            text = stub.read()
        for name in ("class Space", "class Interpreter", "class Session", "def sample("):
            self.assertIn(name, text)


if __name__ == "__main__":
    unittest.main()
