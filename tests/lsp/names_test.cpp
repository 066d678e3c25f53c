// What the server knows of a script: names, documentation, completion, renaming, outlines, fixes.
#include <gmock/gmock.h>

#include "tests/lsp/lsp_fixture.h"

using namespace nas::testing;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

namespace {

class Names : public Server {
 protected:
  void SetUp() override {
    Server::SetUp();
    initialize(Json::parse(R"({"textDocument":{"publishDiagnostics":{"relatedInformation":true}}})"));
  }
  std::string hover(std::size_t mark = 0) {
    const Json answer = at("hover", mark);
    return answer.is_null() ? "" : answer["contents"]["value"].get<std::string>();
  }
  std::vector<std::string> completions(std::size_t mark = 0) {
    std::vector<std::string> list;
    const Json answer = at("completion", mark);
    for (const Json& item : answer["items"]) list.push_back(item["textEdit"]["newText"]);
    return list;
  }
  /// The text after the renaming, or the sentence that refuses it.
  std::string renamed(const std::string& name, std::size_t mark = 0) {
    const Json answer = at("rename", mark, {{"newName", name}});
    if (answer.contains("code")) return answer["code"] == -32803 ? answer["message"].get<std::string>() : answer.dump();
    Json changes = {{"textDocument", {{"uri", uri()}}}, {"contentChanges", Json::array()}};
    // From the last to the first, so that each place is one of the text as it was.
    const Json edits = answer["changes"][uri()];
    for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit)
      changes["contentChanges"].push_back({{"range", (*edit)["range"]}, {"text", (*edit)["newText"]}});
    sent_.clear();
    tell("textDocument/didChange", changes);
    EXPECT_THAT(diagnostics(), IsEmpty());
    std::string text = text_;
    for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) {
      std::size_t line = (*edit)["range"]["start"]["line"], begin = 0;
      for (; line > 0; --line) begin = text.find('\n', begin) + 1;
      const std::size_t from = (*edit)["range"]["start"]["character"], to = (*edit)["range"]["end"]["character"];
      text.replace(begin + from, to - from, (*edit)["newText"]);
    }
    return text;
  }
};

const char* const kSpace =
    "def space own(width: int = 16) {\n"
    "  input = image(channels = 3, size = 32)\n"
    "  stem = conv(kernel = 3, out = width)\n"
    "  repeat stage in 1..3 {\n"
    "    kernel = choice(3, 5, 7)\n"
    "    mbconv(kernel = ^kernel, expand = choice(2, 4), out = ^width * stage)\n"
    "  }\n"
    "  head = linear(10)\n"
    "  spelling own {\n"
    "    k = ^stage[*].^kernel\n"
    "  }\n"
    "}\n"
    "space net = ^own(^width = 8)\n"
    "show net.largest.macs\n";

TEST_F(Names, DiagnosticsAreThoseOfCheckWithTheirSecondPlaces) {
  open("let a = 1\nlet a = 2\nshow a\nspace net = tiny_mobilent()\n");
  EXPECT_THAT(diagnostics(),
              ElementsAre("1:4-5 E202 a is declared twice\nthe second time here",
                          StartsWith("3:12-25 E205 there is no space component tiny_mobilent\ndid you mean tiny_mobilenet?\n")));
  const Json first = sent_[0]["params"]["diagnostics"][0];
  EXPECT_EQ(first["severity"], 1);
  EXPECT_EQ(first["source"], "nas");
  EXPECT_EQ(
      first["relatedInformation"],
      Json::array(
          {{{"location",
             {{"uri", uri()}, {"range", Json::parse(R"({"start":{"line":0,"character":4},"end":{"line":0,"character":5}})")}}},
            {"message", "first here"}}}));
}

TEST_F(Names, WithoutRelatedPlacesTheMessageNamesTheirLine) {
  begin();
  initialize();
  open("let a = 1\nlet a = 2\nshow a\n");
  EXPECT_THAT(diagnostics(), ElementsAre("1:4-5 E202 a is declared twice\nthe second time here\nfirst here: line 1"));
  EXPECT_FALSE(sent_[0]["params"]["diagnostics"][0].contains("relatedInformation"));
}

TEST_F(Names, AMistakeInAnImportedFileIsToldAtTheImport) {
  write("lib.nas", "let one = 1\nlet two = on\n");
  open("seed 1\nimport \"lib.nas\" as lib\nshow lib.one\n");
  EXPECT_THAT(diagnostics(), ElementsAre("1:0-23 E201 in " + (folder_ / "lib.nas").string() +
                                         ", line 2: on is not known here\ndid you mean one?"));
  const Json related = sent_[0]["params"]["diagnostics"][0]["relatedInformation"];
  EXPECT_EQ(related[0]["location"]["uri"], uri("lib.nas"));
  EXPECT_EQ(place(related[0]["location"]["range"]), "1:10-12");
}

TEST_F(Names, QuickFixesReplaceTheWordThatWasMeant) {
  open("let front = 1\nshow frnt\nsearch f = nsga9()\n");
  const auto fixes = [&](int from, int to, Json context = Json::object()) {
    std::vector<std::string> list;
    const Json range = {{"start", {{"line", from}, {"character", 0}}}, {"end", {{"line", to}, {"character", 0}}}};
    for (const Json& fix :
         ask("textDocument/codeAction", {{"textDocument", {{"uri", uri()}}}, {"range", range}, {"context", context}}))
      list.push_back(fix["title"].get<std::string>() + " " + place(fix["edit"]["changes"][uri()][0]["range"]) + " " +
                     fix["edit"]["changes"][uri()][0]["newText"].get<std::string>() + " " +
                     fix["diagnostics"][0]["code"].get<std::string>());
    return list;
  };
  EXPECT_THAT(fixes(0, 9), ElementsAre("write front 1:5-9 front E201", "write nsga2 2:11-16 nsga2 E205"));
  EXPECT_THAT(fixes(0, 1), IsEmpty());
  EXPECT_THAT(fixes(2, 9, {{"only", {"quickfix"}}}), ElementsAre("write nsga2 2:11-16 nsga2 E205"));
  EXPECT_THAT(fixes(0, 9, {{"only", {"refactor"}}}), IsEmpty());
}

TEST_F(Names, HoverTellsTypesUnitsSizesAndDocumentation) {
  open(
      "# How often.\nparam ^rounds : int = 4 in 1..20\nspace ^net = ^tiny_mobilenet()\ndevice host = cpu()\n"
      "search front = ^nsga2(^population = 40, generations = ^rounds)\n  of maximize params, minimize ^macs\n  where memory < "
      "1^50KB\n"
      "show ^front.^best.macs, 0^7\n");
  EXPECT_EQ(hover(0), "param rounds : int = 4 in 1..20\n\na plain number\n\nHow often.");
  EXPECT_EQ(hover(1),
            "space net = tiny_mobilenet()\n\nSpace, 14 choices, 66564 networks\nsmallest 274800 MACs, 6106 parameters\n"
            "largest 1.82011M MACs, 63978 parameters");
  EXPECT_EQ(hover(2),
            "def space tiny_mobilenet(size: int = 28, channels: int = 1, classes: int = 10)\n\n"
            "A small MobileNet space for 28x28 grey images: two stages with elastic depth, expansion and kernel.\n"
            "66,564 networks; a super-network of it trains in about a minute on two cores.");
  EXPECT_THAT(hover(3), AllOf(HasSubstr("search nsga2\n\nElitist genetic search"),
                              HasSubstr("\npopulation: whole number, 4 to 100000"), HasSubstr("Source: Deb")));
  EXPECT_EQ(
      hover(4),
      "nsga2: population\n\nwhole number, 4 to 100000, default 50: networks that survive a generation, and new ones in each");
  EXPECT_EQ(hover(5), hover(0));
  EXPECT_EQ(hover(6), "macs\n\nmetric, less is better; a count, printed in M; computed from the network itself");
  EXPECT_EQ(hover(7), "150KB\n\na memory size, 150 KB\nunits: B, KB, MB, GB, KiB, MiB, GiB");
  EXPECT_THAT(hover(8), HasSubstr("search front = nsga2(population = 40, generations = rounds)\n\nResult"));
  EXPECT_EQ(hover(9), "best\n\npart of front, Result");
  EXPECT_EQ(hover(10), "");  // a number without a unit
}

TEST_F(Names, HoverIsMarkdownForClientsThatReadIt) {
  begin();
  initialize(Json::parse(R"({"textDocument":{"hover":{"contentFormat":["markdown","plaintext"]}}})"));
  open("# a_b <c>\nlet ^x = 1\nshow x\n");
  EXPECT_EQ(at("hover"),
            Json::parse(R"({"contents":{"kind":"markdown","value":"```nas\nlet x = 1\n```\na plain number  \n  \na\\_b \\<c\\>"},
                                         "range":{"start":{"line":1,"character":4},"end":{"line":1,"character":5}}})"));
}

TEST_F(Names, DefinitionsLieHereInImportsAndInTheLibrary) {
  write("lib.nas", "let board = 3\n");
  open(
      "import \"^lib.nas\" as lib\nimport \"lib.nas\"\nspace net = ^tiny_mobilenet(^size = 28)\nshow lib.^board, ^board, "
      "^net.largest.macs, ^nsga2\n");
  EXPECT_THAT(places(at("definition", 0)), ElementsAre("lib.nas 0:0-0"));
  EXPECT_THAT(places(at("definition", 1)), ElementsAre("tiny_mobilenet.nas 2:10-24"));
  EXPECT_THAT(places(at("definition", 2)), ElementsAre("tiny_mobilenet.nas 2:25-29"));
  EXPECT_THAT(places(at("definition", 3)), ElementsAre("lib.nas 0:4-9"));
  EXPECT_THAT(places(at("definition", 4)), ElementsAre("lib.nas 0:4-9"));
  EXPECT_THAT(places(at("definition", 5)), ElementsAre("2:6-9"));
  EXPECT_THAT(places(at("definition", 6)), IsEmpty());
}

TEST_F(Names, DefinitionsInSpacesFollowPathsAndArguments) {
  open(kSpace);
  EXPECT_THAT(places(at("definition", 0)), ElementsAre("4:4-10"));
  EXPECT_THAT(places(at("definition", 1)), ElementsAre("0:14-19"));
  EXPECT_THAT(places(at("definition", 2)), ElementsAre("3:9-14"));
  EXPECT_THAT(places(at("definition", 3)), ElementsAre("4:4-10"));
  EXPECT_THAT(places(at("definition", 4)), ElementsAre("0:10-13"));
  EXPECT_THAT(places(at("definition", 5)), ElementsAre("0:14-19"));
}

TEST_F(Names, ReferencesAreThoseOfOneDeclaration) {
  open("let ^a = 1\nforeach ^b in [1, 2] {\n  let a2 = a + b\n  show a2, \"${^a}\"\n}\nshow a\n");
  EXPECT_THAT(places(at("references", 0, {{"context", {{"includeDeclaration", true}}}})),
              ElementsAre("0:4-5", "2:11-12", "3:14-15", "5:5-6"));
  EXPECT_THAT(places(at("references", 2, {{"context", {{"includeDeclaration", false}}}})),
              ElementsAre("2:11-12", "3:14-15", "5:5-6"));
  EXPECT_THAT(places(at("references", 1)), ElementsAre("2:15-16"));
}

TEST_F(Names, ReferencesInTheBranchesOfAWhenAreOfOneName) {
  open(
      "space net = tiny_mobilenet()\nsearch f = nsga2() of maximize params, minimize macs\nwhen f.best.macs > 1M {\n  let ^a = "
      "1\n} otherwise {\n"
      "  let a = 2\n}\nshow a\n");
  EXPECT_THAT(places(at("references", 0, {{"context", {{"includeDeclaration", true}}}})), ElementsAre("3:6-7", "5:6-7", "7:5-6"));
}

TEST_F(Names, RenamingChangesEveryMentionAndNothingElse) {
  open("let ^a = 1\nlet b = a + 1  # a\nshow \"a ${a}\", a, b\n");
  EXPECT_EQ(renamed("first"), "let first = 1\nlet b = first + 1  # a\nshow \"a ${first}\", first, b\n");
  open(kSpace);
  EXPECT_THAT(renamed("k", 0),
              AllOf(HasSubstr("    k = choice(3, 5, 7)\n    mbconv(kernel = k, expand"), HasSubstr("stage[*].k\n")));
  open(kSpace);
  EXPECT_THAT(renamed("w", 1), AllOf(HasSubstr("own(w: int = 16)"), HasSubstr("out = w)"), HasSubstr("space net = own(w = 8)")));
  open(kSpace);
  EXPECT_THAT(renamed("part", 2),
              AllOf(HasSubstr("repeat part in 1..3"), HasSubstr("width * part"), HasSubstr("part[*].kernel")));
  open(kSpace);
  EXPECT_THAT(renamed("mine", 4),
              AllOf(HasSubstr("def space mine(width"), HasSubstr("space net = mine(width = 8)"), HasSubstr("spelling own {")));
}

TEST_F(Names, RenamingIsRefusedWhereSomethingWouldMeanAnotherThing) {
  open(
      "let ^a = 1\nlet b = 2\nforeach c in [1] {\n  show a, b, c\n}\nspace ^tiny_mobilenet()\nshow ^macs\nsearch ^x = ^nsga2() "
      "of maximize ^params, minimize macs\n");
  for (const char* name : {"", "2x", "a b", "ä", "a-b", "a.b"})
    EXPECT_EQ(renamed(name), "a name is made of letters, digits and _, and does not begin with a digit") << name;
  EXPECT_EQ(renamed("b"), "b in line 4 would then mean something else");
  EXPECT_EQ(renamed("c"), "c in line 4 would then mean something else");
  EXPECT_EQ(renamed("macs"), "macs in line 7 would then mean something else");
  EXPECT_EQ(renamed("true"), "the script would have a mistake: a name is expected after 'let', not 'true'");
  EXPECT_EQ(renamed("latency"), "the script would have a mistake: latency is the name of a metric");
  EXPECT_EQ(renamed("a"), text_);
  EXPECT_EQ(renamed("n", 1), "this space has the name of its component; write space NAME = tiny_mobilenet");
  EXPECT_EQ(renamed("n", 2), "macs is not declared in this script");
  EXPECT_EQ(renamed("n", 4), "nsga2 is not declared in this script");
  EXPECT_EQ(at("prepareRename", 5), Json({{"code", -32803}, {"message", "params is not declared in this script"}}));
  EXPECT_EQ(place(at("prepareRename", 3)), "7:7-8");
  open("^let a = 1\nshow a\n");
  EXPECT_EQ(renamed("n"), "no name that can be changed stands here");
  open("let ^a = 1\nshow a +\n");
  EXPECT_EQ(renamed("n"), "the script has mistakes in its syntax; mend them first");
  write("lib.nas", "let board = 3\n");
  open("import \"lib.nas\" as lib\nshow lib.^board\n");
  EXPECT_EQ(renamed("n"), "board is declared in another file");
}

TEST_F(Names, APartThatATextNamesKeepsItsName) {
  std::string script = kSpace;
  script += "space less = reduced(net, without = [\"stage[1].kernel = 7\"])\nshow less.largest.macs\n";
  open(script);
  EXPECT_EQ(renamed("k", 0), "kernel stands in the text of line 15, too, which cannot be changed with it");
  EXPECT_EQ(renamed("s", 2), "stage stands in the text of line 15, too, which cannot be changed with it");
}

TEST_F(Names, CompletionKnowsWhatStandsInTheScript) {
  open("let alpha = 1\nspace net = tiny_mobilenet()\nsea^\nshow alp^\nshow net.larg^\ndevice host = cpu(thr^)\nshow 5m^\n");
  EXPECT_THAT(completions(0), ElementsAre("search "));
  EXPECT_THAT(completions(1), ElementsAre("alpha"));
  EXPECT_THAT(completions(2), ElementsAre("largest"));
  EXPECT_THAT(completions(3), ElementsAre("threads = "));
  EXPECT_THAT(completions(4), ElementsAre("5mJ", "5mW", "5min", "5ms"));
  const Json item = at("completion", 3)["items"][0];
  EXPECT_EQ(item["label"], "threads");
  EXPECT_EQ(item["kind"], 10);
  EXPECT_THAT(item["detail"].get<std::string>(), HasSubstr("whole number, 1 to 1024"));
  EXPECT_EQ(place(item["textEdit"]["range"]), "5:18-21");
}

TEST_F(Names, CompletionInASpaceOffersLayersAndItsOwnNames) {
  open(
      "def space own(width: int = 16) {\n  stem = conv(ker^)\n  repeat stage in 1..3 {\n    mbc^\n    kern = 3\n    conv(kernel "
      "= ke^)\n    re^\n  }\n}\n");
  EXPECT_THAT(completions(0), ElementsAre("kern", "kernel = "));
  EXPECT_THAT(completions(1), ElementsAre("mbconv("));
  EXPECT_THAT(completions(2), ElementsAre("kern"));
  EXPECT_THAT(completions(3), AllOf(Contains("repeat "), Contains("require "), Not(Contains("report "))));
}

TEST_F(Names, CompletionOfSettingsAndOfOwnSpaces) {
  open(
      "def space own(width: int = 16) {\n  conv()\n}\nspace n = ow^\nspace net = own(wi^)\ndevice host = cpu()\nprofile p = "
      "latency over net on host { sam^\n");
  EXPECT_THAT(completions(0), ElementsAre("own("));
  EXPECT_THAT(completions(1), ElementsAre("width = "));
  EXPECT_THAT(completions(2), ElementsAre("samples = "));
}

TEST_F(Names, CompletionInATuneKnowsPredictorsAndMethods) {
  open(
      "space net = tiny_mobilenet()\ndevice host = cpu()\nprofile base = latency over net on host\n"
      "tune best = rid^\ntune second = ridge(alp^)\ntune third = ridge(alpha = choice(1, 2)) from base by as^\n"
      "tune fourth = ridge(alpha = choice(1, 2)) from base by asha(bud^)\n");
  EXPECT_THAT(completions(0), ElementsAre("ridge("));
  EXPECT_THAT(completions(1), ElementsAre("alpha = "));
  EXPECT_THAT(completions(2), ElementsAre("asha("));
  EXPECT_THAT(completions(3), ElementsAre("budget = "));
}

TEST_F(Names, NothingIsCompletedInCommentsAndBrokenTexts) {
  open("# sea^\nshow 1\n");
  EXPECT_THAT(completions(0), IsEmpty());
  open("show \"^\n");  // files of the folder: there are none
  EXPECT_THAT(completions(0), IsEmpty());
}

TEST_F(Names, SignaturesShowTheArgumentAtTheCursor) {
  open("space net = tiny_mobilenet()\nsearch f = nsga2(^population = 40, ^generations = [1, 2^, mutation = ^\nshow ^max(1, 2)\n");
  const auto active = [&](std::size_t mark) {
    const Json answer = at("signatureHelp", mark);
    if (answer.is_null()) return std::string("none");
    const Json signature = answer["signatures"][0];
    if (!answer.contains("activeParameter")) return signature["label"].get<std::string>();
    const Json label = signature["parameters"][answer["activeParameter"].get<std::size_t>()]["label"];
    const std::size_t begin = label[0], end = label[1];
    return signature["label"].get<std::string>().substr(begin, end - begin);
  };
  EXPECT_EQ(active(0), "population");
  EXPECT_EQ(active(1), "generations");
  EXPECT_EQ(active(2), "none");  // in a list
  EXPECT_EQ(active(4), "none");
  open("search f = nsga2(10, ^\n");
  EXPECT_EQ(active(0), "generations");
  EXPECT_EQ(at("signatureHelp")["signatures"][0]["label"],
            "nsga2(population, generations, crossover, mutation, crossover_share, mutation_share)");
  open("search f = nsga2(mutation = \"a\", unknown = ^\n");
  EXPECT_EQ(active(0), "nsga2(population, generations, crossover, mutation, crossover_share, mutation_share)");
}

TEST_F(Names, OutlinesAreNestedOrFlatAsTheClientReadsThem) {
  const char* const text = "let a = 1\ndef f(x) = x + a\nshow f(1)\n";
  open(text);
  const Json flat = ask("textDocument/documentSymbol", {{"textDocument", {{"uri", uri()}}}});
  ASSERT_EQ(flat.size(), 3u);
  EXPECT_EQ(flat[2]["name"], "x");
  EXPECT_EQ(flat[2]["containerName"], "f");
  EXPECT_EQ(places(Json::array({flat[1]["location"]})), std::vector<std::string>{"1:0-16"});
  begin();
  initialize(Json::parse(R"({"textDocument":{"documentSymbol":{"hierarchicalDocumentSymbolSupport":true}}})"));
  open(text);
  const Json nested = ask("textDocument/documentSymbol", {{"textDocument", {{"uri", uri()}}}});
  ASSERT_EQ(nested.size(), 2u);
  EXPECT_EQ(nested[1]["name"], "f");
  EXPECT_EQ(nested[1]["detail"], "def");
  EXPECT_EQ(place(nested[1]["selectionRange"]), "1:4-5");
  EXPECT_EQ(nested[1]["children"][0]["name"], "x");
}

TEST_F(Names, FormattingIsThatOfFmtAndRefusedWhereTheSyntaxIsWrong) {
  open("let   a=1\nshow a");
  const Json edits = ask("textDocument/formatting", {{"textDocument", {{"uri", uri()}}}, {"options", Json::object()}});
  ASSERT_EQ(edits.size(), 1u);
  EXPECT_EQ(edits[0]["newText"], "let a = 1\nshow a\n");
  EXPECT_EQ(place(edits[0]["range"]), "0:0-1:6");
  open("let a =\n");
  EXPECT_EQ(ask("textDocument/formatting", {{"textDocument", {{"uri", uri()}}}}),
            Json({{"code", -32803}, {"message", "the script has mistakes in its syntax; mend them first"}}));
}

// Whatever the text is and wherever the question points, there is an answer.
TEST_F(Names, EveryQuestionHasAnAnswerAtEveryPlaceOfBrokenTexts) {
  std::string own = kSpace;
  std::erase(own, '^');
  const std::string texts[] = {"",
                               "\n",
                               own.substr(0, own.size() / 2),
                               own.substr(own.size() / 3, 150),
                               "search f = nsga2(((({{{[[[\n",
                               "show \"${a ${b}\"\nlet",
                               std::string("let a\0b = 1\n", 12),
                               "let ä = \"€\" }\n# \xc3\xa4",
                               "import \"s.nas\"\nimport \".\" as x\nshow x.y\n"};
  for (const std::string& text : texts) {
    open(text);
    for (std::size_t line = 0; line < 6; ++line)
      for (std::size_t character = 0; character < 24; character += 3) {
        marks_ = {{{"line", line}, {"character", character}}};
        for (const char* question : {"completion", "hover", "definition", "references", "signatureHelp"})
          EXPECT_FALSE(at(question).is_object() && at(question).contains("code")) << question << " " << text;
        EXPECT_NE(at("rename", 0, {{"newName", "n"}}), "no answer");
      }
  }
}

}  // namespace
