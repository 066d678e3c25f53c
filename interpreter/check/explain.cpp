#include "check/explain.h"

#include <fmt/format.h>

#include <string_view>

namespace nas {
namespace {

constexpr Explanation kExplanations[] = {
    {"E101", "a bracket without its partner",
     "A bracket is opened and never closed, or closed and never opened. The caret shows the lonely one.", "let a = (1 + 2\n",
     "let a = (1 + 2)\n"},
    {"E102", "a text that is not closed", "A text ends on the line where it begins.", "let name = \"net\n",
     "let name = \"net\"\n"},
    {"E103", "a character that the language does not know",
     "Outside of texts and comments only letters, digits and the signs of the grammar stand.", "let a = 1 $ 2\n",
     "let a = 1 + 2\n"},
    {"E104", "a word or sign in a place where it has no meaning",
     "The statement is whole before this place, or something else is needed here.", "let a = 1 2\n", "let a = 1\nlet b = 2\n"},
    {"E105", "an unknown stage",
     "A statement begins with a stage (space, device, dataset, ...) or with a word such as let, param or def.", "serch nsga2()\n",
     "space tiny_mobilenet()\nsearch nsga2() of maximize macs, minimize params\n"},
    {"E106", "a missing sign", "A declaration lacks its = or its :.", "let a 1\n", "let a = 1\n"},
    {"E107", "a missing value", "Something has to stand behind this sign.", "let a =\n", "let a = 1\n"},
    {"E108", "a missing name", "This word declares something, and a name has to follow it.", "let = 1\n", "let a = 1\n"},
    {"E109", "nested too deep", "Brackets, braces and operators may be nested up to a limit, which the message names.", "", ""},
    {"E110", "a script that is too long", "The message names the limit. Data belong into tables, not into scripts.", "", ""},
    {"E111", "a script that is not UTF-8", "Scripts are texts in UTF-8. The message names the first byte that is not.", "", ""},
    {"E112", "a value with too many parts", "One expression may have a limited number of parts, which the message names.", "",
     ""},
    {"E113", "a missing body", "foreach, if, when and def space are followed by { ... }.", "foreach i in 1..2\n",
     "foreach i in 1..2 {\n  show i\n}\n"},
    {"E114", "an unknown escape in a text", "After a backslash stands one of the escapes that the message names.",
     "let a = \"a\\q\"\n", "let a = \"a\\n\"\n"},
    {"E115", "a hole in a text without one value", "Between ${ and } stands one expression.", "let a = \"${}\"\n",
     "let b = 1\nlet a = \"${b}\"\n"},
    {"E116", "too many mistakes", "Further mistakes are counted and not shown. Correct the first ones.", "", ""},

    {"E201", "an unknown name", "Nothing of this name has been declared.", "let rounds = 5\nshow ronds\n",
     "let rounds = 5\nshow rounds\n"},
    {"E202", "a name declared twice", "A name is declared once. The message shows both places.", "let a = 1\nlet a = 2\n",
     "let a = 1\nlet b = 2\n"},
    {"E203", "a name used before it is declared", "Statements are read from the top; a name is known below its declaration.",
     "show a\nlet a = 1\n", "let a = 1\nshow a\n"},
    {"E204", "what is left out is not unique",
     "A stage that is unique in the script may be left out; with none, or with two, it has to be named. So has the device of a "
     "part "
     "of the best network, where the search measured on several: front.best.latency@phone.",
     "space a = tiny_mobilenet()\nspace b = nasbench201()\nsearch nsga2() of maximize macs, minimize params\n",
     "space a = tiny_mobilenet()\nspace b = nasbench201()\nsearch nsga2() over a of maximize macs, minimize params\nsearch "
     "nsga2() over b of maximize macs, minimize params\n"},
    {"E205", "an unknown component",
     "No component of this kind has this name; nas list shows those that there are. Where the "
     "standard library is missing, NAS_STDLIB names its folder.",
     "space net = tiny_mobilnet()\n", "space net = tiny_mobilenet()\n"},
    {"E206", "an import that is not there", "The path of an import is relative to the file that names it.",
     "import \"not_there.nas\"\n", "let a = 1\n"},
    {"E207", "an unknown part", "The value has no part of this name.", "space net = tiny_mobilenet()\nshow net.largest.mac\n",
     "space net = tiny_mobilenet()\nshow net.largest.macs\n"},
    {"E208", "too much work for a check",
     "Checking ends after a number of steps, passes and nested calls, which the message names.",
     "foreach i in 1..1000000 {\n  show i\n}\n", "foreach i in 1..3 {\n  show i\n}\n"},
    {"E209", "an import that leads back to itself", "A file imports another one that imports the first.", "", ""},

    {"E301", "a value of the wrong type", "The place needs a value of another type, which the message names.",
     "if 3 {\n  show 1\n}\n", "if 3 > 2 {\n  show 1\n}\n"},
    {"E302", "a bare number where a unit is needed", "Numbers with a dimension carry a unit: 25 could be 25 ms or 25 s.",
     "let limit = 25ms\nlet slow = limit < 25\n", "let limit = 25ms\nlet slow = limit < 30ms\n"},
    {"E303", "units that do not fit together", "Only values of one dimension are added and compared.", "let a = 25ms + 8MB\n",
     "let a = 25ms + 8s\n"},
    {"E304", "conditions that a search cannot keep", "A search takes conditions on metrics that are joined by and.",
     "space net = tiny_mobilenet()\nsearch nsga2() of maximize macs, minimize params where macs < 2M or params < 1M\n",
     "space net = tiny_mobilenet()\nsearch nsga2() of maximize macs, minimize params where macs < 2M and params < 1M\n"},
    {"E305", "an unknown unit", "The letters behind a number are its unit.", "let a = 25sec\n", "let a = 25s\n"},
    {"E306", "an item that a list does not have", "Items are counted from 1; [-1] is the last one.",
     "let a = [1, 2]\nlet b = a[3]\n", "let a = [1, 2]\nlet b = a[2]\n"},
    {"E307", "division by zero", "The value behind the / is zero.", "let a = 1 / 0\n", "let a = 1 / 2\n"},

    {"E401", "an unknown argument", "The component has no argument of this name. nas doc NAME lists them.",
     "device host = cpu(thread = 1)\n", "device host = cpu(threads = 1)\n"},
    {"E402", "an argument given twice", "Each argument and each clause is given once.",
     "device host = cpu(threads = 1, threads = 2)\n", "device host = cpu(threads = 2)\n"},
    {"E403", "something that is needed is missing",
     "An argument without a default, a component, a metric or a file is not given.", "device\n", "device host = cpu()\n"},
    {"E404", "an argument of the wrong type", "The message names what the argument takes.",
     "device host = cpu(threads = \"two\")\n", "device host = cpu(threads = 2)\n"},
    {"E405", "a value out of bounds", "The message names the bounds.", "device host = cpu(threads = 0)\n",
     "device host = cpu(threads = 1)\n"},
    {"E406", "a clause that the stage does not have", "The message names the clauses of the stage.",
     "space net = tiny_mobilenet()\nsearch nsga2() of maximize macs, minimize params from 3\n",
     "space net = tiny_mobilenet()\nsearch nsga2() of maximize macs, minimize params\n"},

    {"E501", "shapes that do not fit",
     "Shapes are checked on every path through a space; the message names the choices that lead to the mistake.",
     "def space s() {\n  input = image(channels = 3, size = 8)\n  a = conv(k = 3, out = 4)(x)\n  b = conv(k = 3, out = 8)(x)\n  "
     "add(a, b)\n  linear(10)\n}\nspace net = s()\n",
     "def space s() {\n  input = image(channels = 3, size = 8)\n  a = conv(k = 3, out = 8)(x)\n  b = conv(k = 3, out = 8)(x)\n  "
     "add(a, b)\n  linear(10)\n}\nspace net = s()\n"},
    {"E502", "a choice without options", "A choice needs an option that can be taken.",
     "def space s() {\n  choice { conv(k = 3, out = 4) if 1 > 2 }\n  linear(10)\n}\nspace net = s()\n",
     "def space s() {\n  choice { conv(k = 3, out = 4), conv(k = 5, out = 4) }\n  linear(10)\n}\nspace net = s()\n"},
    {"E503", "an empty space", "No network of the space meets its requirements, or it has no layers.",
     "def space s() {\n  conv(k = choice(3, 5), out = 4)\n  linear(10)\n  require macs < 1\n}\nspace net = s()\n",
     "def space s() {\n  conv(k = choice(3, 5), out = 4)\n  linear(10)\n  require macs < 100M\n}\nspace net = s()\n"},
    {"E504", "a space whose networks cannot be counted", "Too many choices depend on each other at once.", "", ""},
    {"E505", "a space that is too large to check",
     "The number of choices, options and layers has limits, which the message names.",
     "def space s() {\n  conv(k = 3, out = choice(1..300))\n  linear(10)\n}\nspace net = s()\n",
     "def space s() {\n  conv(k = 3, out = choice(8, 16))\n  linear(10)\n}\nspace net = s()\n"},

    {"E601", "an objective without a source", "Accuracy and loss come from a trained super-network, a table or a linear model.",
     "space net = tiny_mobilenet()\nsearch nsga2() of maximize accuracy, minimize macs\n",
     "space net = tiny_mobilenet()\nobjective maximize accuracy from linear_model(\"weights.csv\")\nsearch nsga2() of maximize "
     "accuracy, minimize macs\n"},
    {"E602", "two stages that write one file", "The second one would overwrite the first.",
     "space net = tiny_mobilenet()\nsearch f = nsga2() of minimize macs, minimize params\nplot pareto(f) to \"out/f.svg\"\nplot "
     "convergence(f) to \"out/f.svg\"\n",
     "space net = tiny_mobilenet()\nsearch f = nsga2() of minimize macs, minimize params\nplot pareto(f) to \"out/f.svg\"\nplot "
     "convergence(f) to \"out/g.svg\"\n"},
    {"E607", "a profile of another metric",
     "A predictor learns the metric that its profile holds; a transfer is to the device that its probe was measured on.",
     "space net = tiny_mobilenet()\ndevice host = cpu()\ndevice both = cpu(threads = 2)\nprofile base = latency over net on "
     "host\n"
     "predictor ridge() of latency@both from base\n",
     "space net = tiny_mobilenet()\ndevice host = cpu()\nprofile base = latency over net on host\npredictor lin = ridge() of "
     "latency@host from base\nshow lin\n"},
    {"E608", "a predictor that learns inside searches",
     "Without `from` a predictor learns anew inside every search that asks it; it has no values before. With `from` it learns "
     "from a "
     "profile, once.",
     "space net = tiny_mobilenet()\ndevice host = cpu()\nprofile base = latency over net on host\npredictor lin = ridge() of "
     "latency@host\nshow spearman(lin, base)\n",
     "space net = tiny_mobilenet()\ndevice host = cpu()\nprofile base = latency over net on host\npredictor lin = ridge() from "
     "base\nprofile test = latency over net on host { samples = 30 }\nshow spearman(lin, test)\n"},
    {"E609", "conditions that contradict each other", "No number is above one bound and below the other.",
     "space net = tiny_mobilenet()\nsearch random() of minimize macs, minimize params where params > 60M and params < 55M\n",
     "space net = tiny_mobilenet()\nsearch random() of minimize macs, minimize params where 100k < params < 300k\n"},
    {"E603", "weights or predictors of another space",
     "A super-network, a predictor and a profile stand for the networks of their own space only.",
     "dataset data = fashion_mnist()\nspace a = tiny_mobilenet()\nspace b = nasbench201()\ntrain w = supernet() of a using data\n"
     "objective maximize accuracy from w\nobjective minimize macs\nsearch nsga2() over b\n",
     "dataset data = fashion_mnist()\nspace a = tiny_mobilenet()\nspace b = nasbench201()\ntrain w = supernet() of a using data\n"
     "objective maximize accuracy from w\nobjective minimize macs\nsearch nsga2() over a\nshow b.networks\n"},
    {"E604", "an output outside the output folder",
     "A script writes only below its output folder: no leading / and no .. in a path.",
     "space net = tiny_mobilenet()\nsearch f = nsga2() of minimize macs, minimize params\nplot pareto(f) to \"../f.svg\"\n",
     "space net = tiny_mobilenet()\nsearch f = nsga2() of minimize macs, minimize params\nplot pareto(f) to \"out/f.svg\"\n"},

    {"E701", "a search for another number of objectives", "The message names the searches that fit.", "", ""},
    {"E702", "conditions for a search that only weighs",
     "This search makes one number of all objectives, so a bound in where cannot be kept. The message names the searches that "
     "can.",
     "", ""},
    {"E707", "a search that does not suit the space", "The message says what the search can do and what the script asks of it.",
     "", ""},
    {"E703", "a metric that its source cannot give", "The message names the metrics that it gives.",
     "device host = cpu()\nspace net = tiny_mobilenet()\nsearch nsga2() of maximize macs, minimize params@host\n",
     "device host = cpu()\nspace net = tiny_mobilenet()\nsearch nsga2() of maximize macs, minimize latency@host\n"},
    {"E704", "seeds of a stage that has no chance in it",
     "Trainings, searches, profiles and tunings depend on a seed; seeds = 1..5 runs them once for each.",
     "space net = tiny_mobilenet()\nsearch front = random() of maximize macs, minimize params\nplot pareto(front) to "
     "\"out/a.svg\" { seeds = 1..5 }\n",
     "space net = tiny_mobilenet()\nsearch front = random() of maximize macs, minimize params { seeds = 1..5 }\nplot "
     "pareto(front) to \"out/a.svg\"\n"},
    {"E705", "results that cannot be compared",
     "Hypervolumes are comparable only where the objectives are the same, in the same order.",
     "space net = tiny_mobilenet()\nsearch a = random() of maximize macs, minimize params\nsearch b = random() of maximize macs, "
     "minimize memory\nshow compare(a, b)\n",
     "space net = tiny_mobilenet()\nsearch a = random() of maximize macs, minimize params\nsearch b = nsga2() of maximize macs, "
     "minimize params\nshow compare(a, b)\n"},
    {"E708", "energy that this machine does not show",
     "energy@DEVICE of a cpu reads the processor's energy counters, /sys/class/powercap. Virtual machines seldom have them, and "
     "on others "
     "only root may read them; the message says which it is. A table of energies measured elsewhere serves as well: device d = "
     "table(...).",
     "", ""},
    {"E706", "two tactics that would both run a search",
     "direct, full and concurrent each say what is measured and when; one of them runs a search. Others only prepare it.",
     "space net = tiny_mobilenet()\nsearch a = nsga2() with full(), concurrent() of maximize macs, minimize params\n",
     "space net = tiny_mobilenet()\nsearch a = nsga2() of maximize macs, minimize params\nsearch b = nsga2() with direct(), "
     "warm_start(a) of maximize macs, minimize params\n"},

    {"E709", "a plot for another number of objectives", "The message names how many the plot draws.",
     "space net = tiny_mobilenet()\nsearch front = random() of maximize macs, minimize params, minimize memory { seeds = 1..3 }\n"
     "plot attainment(front) to \"out/a.svg\"\n",
     "space net = tiny_mobilenet()\nsearch front = random() of maximize macs, minimize params { seeds = 1..3 }\n"
     "plot attainment(front) to \"out/a.svg\"\n"},

    {"E710", "an export of weights that nobody trained",
     "onnx and torch write networks with weights: accuracy or loss of the search comes from a super-network.",
     "space net = tiny_mobilenet()\nsearch front = random() of maximize macs, minimize params\n"
     "export front.best as onnx to \"out/best.onnx\"\n",
     "dataset data = fashion_mnist()\nspace net = tiny_mobilenet()\ntrain weights = supernet() of net using data\n"
     "objective maximize accuracy from weights\nsearch front = random() of maximize accuracy, minimize params\n"
     "export front.best as onnx to \"out/best.onnx\"\n"},
    {"E801", "a file that is missing", "Files are named relative to the script.", "", ""},
    {"E802", "a data set that is missing", "The message says which package brings it.", "", ""},
    {"E803", "a place that cannot be written", "The folder is read-only, or is no folder. --out and --store choose others.", "",
     ""},
    {"E804", "no LibTorch module", "Training and measuring networks need it; checks, plans and searches on tables do not.", "",
     ""},
    {"E805", "a corrupt gzip file", "The file was cut off or changed. Fetch it again.", "", ""},
    {"E806", "a full disk", "The run stopped. Free some space and run again: what was measured is kept.", "", ""},
    {"E807", "a file that is not the IDX file it should be", "It is cut off, has other dimensions, or is of another kind.", "",
     ""},
    {"E808", "a table that cannot be read", "The first line names the columns, and every row has as many fields.", "", ""},
    {"E809", "a column that is missing", "The message names the nearest column, or all of them.", "", ""},
    {"E810", "a field that is not a number",
     "Values of metrics are finite numbers. missing = ... names the mark of an empty field.", "", ""},
    {"E811", "a row that is no network of the space", "The row's spelling does not belong to the space.", "", ""},
    {"E812", "a network that a table has twice", "duplicates = ... says which row counts.", "", ""},
    {"E813", "a table that matches no spelling",
     "A spelling says how a space's networks are written: spelling mine { op1 = a } finds in the column op1 what the choice a "
     "is. The "
     "columns of the file are those of none of the space's spellings.",
     "", ""},
    {"E814", "a network that a table does not have", "The search asked for a network without a row, or a pool would hold none of its rows.", "", ""},
    {"E815", "an empty result", "No network that was looked at met the conditions.", "", ""},
    {"E816", "a chart of something that a result does not have", "The message names what the result has.", "", ""},
    {"E817", "results that share no axes",
     "`plot pareto` draws results over two metrics that all of them have, of whatever device; `plot attainment` over the same "
     "two "
     "objectives. The axes of pareto may be named.",
     "space net = tiny_mobilenet()\nsearch a = random() of maximize macs, minimize params\nsearch b = random() of maximize macs, "
     "minimize memory\nplot pareto(a, b) to \"out/fronts.svg\"\n",
     "space net = tiny_mobilenet()\nsearch a = random() of maximize macs, minimize params\nsearch b = random() of maximize macs, "
     "minimize memory\nplot pareto(a, b, x = \"params\") to \"out/fronts.svg\"\n"},
    {"E818", "nothing to draw or export", "Every branch that would have given a result was skipped, or the front is empty.", "",
     ""},
    {"E819", "a program that is not installed", "The message names it and the package that brings it. Nothing has run yet.", "",
     ""},
    {"E820", "a damaged run store", "The store's file is damaged, or is something else. Move it away to begin a new one.", "",
     ""},
    {"E821", "a run store of a newer version", "A newer program wrote it. Use that one, or another store.", "", ""},
    {"E822", "a run store in use", "Another run is writing to it.", "", ""},
    {"E823", "values that a metric cannot have",
     "A table holds accuracies as percent (unit = 1%, the default) or as shares (unit = 1). Numbers below zero often mark "
     "networks without a value: missing = -1 leaves them out.",
     "", ""},
    {"E824", "a pool of something that is no table",
     "pool(space, table(...)) keeps the networks of a table's rows; other sources have no rows.", "", ""},
    {"E825", "networks that a search cannot start from",
     "A warm start needs networks of the space that is searched; the message says which one is none.", "", ""},
    {"E826", "a history that PopDB cannot learn from",
     "PopDB needs clusters of networks that a search over the same space has measured.", "", ""},
    {"E827", "conditions that no network meets",
     "The message says what values there are. It was found before anything ran: exactly for macs and params, alone and "
     "against each other, and for small spaces, else by samples that were driven towards the condition.",
     "", ""},
    {"E828", "a file that is no plug-in",
     "--plugin takes shared libraries with NAS_PLUGIN(...) in them; docs/howto.md shows how one is built.", "", ""},
    {"E829", "a plug-in of another interface",
     "C++ classes cross the border between a plug-in and the program, so both must be built from the same headers. The message "
     "names both interfaces: build the plug-in again.",
     "", ""},
    {"E831", "a plug-in's component whose name is taken",
     "A component's name is that of one component of its kind. Give the plug-in's another name.", "", ""},
    {"E832", "a layer that a table of layers does not have",
     "The table of a `lut` device must have a row for every layer that a network of the space can have.", "", ""},
    {"E833", "a saved model that does not fit",
     "The manifest or the numbers of a `perceptron` are damaged, or its inputs are not the columns of the features named.", "",
     ""},
    {"E840", "what cannot be learnt",
     "A predictor needs enough finite values that differ; a transfer needs a probe, and a proxy of a kind that it can adapt.", "",
     ""},
    {"E842", "a script that would start a program",
     "command(...) and remote(...) start other programs. A script is data until somebody allows it to do so: nas run "
     "--allow-run, "
     "or Options::allow_run of an embedder. Nothing has been started yet.",
     "", ""},
    {"E843", "a program that gives no values",
     "The message says what became of it the last time. Networks without a value are passed over as long as others have one; so "
     "many in a row (failures = 5) end the stage. What was measured is in the store.",
     "", ""},
    {"E844", "a program that cannot be asked", "The message says what is wrong with the command, the host, or what was asked.",
     "", ""},
    {"E846", "a GPU that cannot be used",
     "gpu(...) needs a LibTorch with CUDA, found when this tool was built (-DNAS_CUDA=ON, and -DNAS_TORCH_PREFIX for one outside "
     "the system's folders), the driver of the machine, and a GPU of that number. The message says which is missing.",
     "", ""},
    {"E848", "a network that cannot be written with its weights",
     "ONNX files hold networks of one image, convolutional ones and transformers. Weights come from the LibTorch module.", "", ""},
    {"E845", "a program's function that gives no values",
     "A metric of the program that runs the script. The message says what became of the call; nothing of its batch is in the "
     "store.",
     "", ""},
    {"E851", "a metric that a program declares wrongly",
     "A program that embeds the language may bring metrics of its own. A name is one that the language does not use, a unit one "
     "that it has, and two functions that give one metric declare it alike. The message says what is wrong.",
     "", ""},
    {"E849", "a saved predictor that does not fit",
     "It predicts another metric or networks of another space, the file is damaged, or the method has nothing that could be "
     "saved.",
     "", ""},
    {"E850", "a layer that a format of tables cannot name",
     "once-for-all's tables name a layer by its operator and its shapes, an inverted bottleneck by its kernel, width, stride and "
     "flags besides. Layers that differ in anything else share a name there, and sums, concatenations and pools over a window "
     "have "
     "none. export as lut names every layer by all that it computes.",
     "", ""},
    {"E841", "too few networks in common",
     "Values are compared over the networks that both sides know: a predictor knows all of its space, a profile those that it "
     "holds.",
     "", ""},
    {"E838", "too few runs for a plot",
     "What a share of the runs attains needs a family of several runs: { seeds = 1..5 } repeats a search.",
     "space net = tiny_mobilenet()\nsearch a = random() of maximize macs, minimize params\nplot attainment(a) to "
     "\"out/attainment.svg\"\n",
     "space net = tiny_mobilenet()\nsearch a = random() of maximize macs, minimize params { seeds = 1..5 }\nplot attainment(a) "
     "to "
     "\"out/attainment.svg\"\n"},
    {"E830", "a failure without a code of its own", "The message says what happened.", "", ""},

    {"W901", "a name that nothing uses", "What is declared and never used is often misspelt where it should be used.",
     "let size = 3\nshow 1\n", "let size = 3\nshow size\n"},
    {"W902", "a predictor that is never asked",
     "Its metric is computed exactly from the network, or no search below it asks for it.", "predictor ridge() of macs\n",
     "predictor ridge() of accuracy\n"},
    {"W905", "an agreement with what was learnt from",
     "A predictor that is compared with the very rows that it has learnt from looks better than it is. Profiles of one space "
     "draw "
     "other networks where they have other names. Of cells, different genotypes may build one graph (an operator on an edge that "
     "carries nothing, nodes in another order): where a profile holds such twins of what was learnt, the run says how many. They "
     "are judged all the same, because their measured values are their own.",
     "space net = tiny_mobilenet()\ndevice host = cpu()\nprofile base = latency over net on host\npredictor known = ridge() from "
     "base\nshow mape(known, base)\n",
     "space net = tiny_mobilenet()\ndevice host = cpu()\nprofile base = latency over net on host\nprofile test = latency over "
     "net "
     "on host { samples = 30 }\npredictor known = ridge() from base\nshow mape(known, test)\n"},
    {"W904", "an option listed twice",
     "Networks that differ in nothing but which of two equal options they took would be counted and searched as different ones.",
     "def space s() {\n  input = image(channels = 3, size = 8)\n  conv(kernel = choice(3, 5, 3), out = 4)\n  "
     "linear(10)\n}\nspace net = s()\nshow net\n",
     "def space s() {\n  input = image(channels = 3, size = 8)\n  conv(kernel = choice(3, 5), out = 4)\n  linear(10)\n}\nspace "
     "net = s()\nshow net\n"},
    {"W903", "an arm that is never taken", "The condition of this arm is false wherever its choice is decided.",
     "def space s() {\n  repeat stage in 1..2 {\n    choice { conv(k = 3, out = 8), conv(k = 5, out = 8), skip() if stage > 2 "
     "}\n  }\n"
     "  linear(10)\n}\nspace net = s()\n",
     "def space s() {\n  repeat stage in 1..2 {\n    choice { conv(k = 3, out = 8), conv(k = 5, out = 8), skip() if stage > 1 "
     "}\n  }\n"
     "  linear(10)\n}\nspace net = s()\n"},
};

/// Indents every line of a script for the terminal.
std::string indented(std::string_view script) {
  std::string text;
  while (!script.empty()) {
    const std::size_t end = script.find('\n');
    text += fmt::format("    {}\n", script.substr(0, end));
    script.remove_prefix(end == std::string_view::npos ? script.size() : end + 1);
  }
  return text;
}

}  // namespace

std::span<const Explanation> all_explanations() {
  return kExplanations;
}

std::optional<std::string> explain(const std::string& code) {
  for (const Explanation& e : kExplanations) {
    if (code != e.code) continue;
    std::string text = fmt::format("{}: {}\n\n{}\n", e.code, e.title, e.cause);
    if (*e.wrong) text += fmt::format("\nWrong:\n{}\nRight:\n{}", indented(e.wrong), indented(e.right));
    return text;
  }
  return std::nullopt;
}

}  // namespace nas
