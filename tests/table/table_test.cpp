// Tables: real files matched by spelling, every way a row can be wrong, look-ups of every row.
#include "stdlib/objectives/table.h"

#include <gtest/gtest.h>

#include "../space/space_fixture.h"
#include "core/files.h"

using namespace nas;
using namespace nas::testing;

namespace {

struct FileServices : Services {
  std::map<std::string, std::string> files;
  Result<std::string> read_file(const std::string& path) override {
    const auto it = files.find(path);
    return it == files.end() ? read_whole_file(path) : Result<std::string>(it->second);
  }
  Result<std::string> input_path(const std::string& path) override { return path; }
  Result<NetworkRunner*> runner() override { return Failure{}; }
  int threads() const override { return 1; }
};

/// Kernels of two blocks and a depth: 1 x 2 + 2 x 2 = 6 networks. Spelled as a list and as a text.
std::unique_ptr<CompiledSpace> two_blocks() {
  return compile(R"(def space two() {
  input = image(channels = 3, size = 8)
  repeat stage in 1..1 {
    depth = choice(1, 2)
    repeat block in depth {
      conv(kernel = choice(1, 3), out = 4)
    }
  }
  head = linear(10)
  spelling lists {
    ks = stage[*].block[*].kernel
    d  = stage[*].depth
  }
})");
}

std::string failure_text(const Failure& f) {
  return f.code + ": " + f.message + (f.hint.empty() ? "" : " | " + f.hint);
}

struct Opened {
  std::shared_ptr<Table> table;
  std::string error;
};

Opened open(const std::string& csv, TableArgs args = {}) {
  FileServices services;
  services.files["f.csv"] = csv;
  args.file = "f.csv";
  auto table = Table::open(args, services);
  return table ? Opened{*table, ""} : Opened{nullptr, failure_text(table.failure())};
}

std::string first_error(const Space& space, const std::string& csv, TableArgs args = {}) {
  const Opened opened = open(csv, args);
  if (!opened.table) return opened.error;
  const auto ready = opened.table->ready(space, *find_metric("latency"));
  return ready ? "" : failure_text(ready.failure());
}

std::vector<double> values(const Space& space, const Table& table) {
  std::vector<double> list;
  const auto archs = table.networks(space);
  EXPECT_TRUE(archs) << archs.failure().message;
  if (archs)
    EXPECT_TRUE(table.measure(space, *archs, {}, [&](std::size_t i, const Measurement& m) {
      EXPECT_EQ(i, list.size());
      list.push_back(m.value);
    }));
  return list;
}

TableArgs with_value(std::string value, double unit = 1) {
  TableArgs args;
  args.value = std::move(value);
  args.unit = unit;
  return args;
}

}  // namespace

TEST(Table, FindsTheSpellingInEveryFormOfItsColumns) {
  const auto made = two_blocks();
  const Space& space = *made->space;
  ASSERT_TRUE(made->space) << made->errors();
  const std::vector<double> wanted{0.5, 0.25};
  for (const char* csv : {"ks,d,ms\n3-1,2,500\n1-1,1,250\n", "ks,d,ms\n3 1,2,500\n1 1,1,250\n", "ks,d,ms\n3_1,2,500\n1_1,1,250\n",
                          "ks,d,ms\n\"[3, 1]\",[2],500\n\"[1, 1]\",[1],250\n", "ks0,ks1,d0,ms\n3,1,2,500\n1,1,1,250\n",
                          "ms,d,ks1,ks2\n500,2,3,1\n250,1,1,1\n", "ks,d,ms\n3.0-1.0,2,500\n1-1,1,250\n"}) {
    const Opened opened = open(csv, with_value("ms", 1e-3));
    ASSERT_TRUE(opened.table) << opened.error;
    EXPECT_EQ(values(space, *opened.table), wanted) << csv;
    EXPECT_EQ((*opened.table->networks(space))[0], *space.parse(0, {{"3", "1"}, {"2"}}));
  }
}

TEST(Table, TheValueColumnMayBeLeftOutWhereOnlyOneIsPossible) {
  const auto made = two_blocks();
  EXPECT_EQ(values(*made->space, *open("ks,d,note,top1\n3-1,2,x,75\n").table), std::vector<double>{75});
  // A script that names none asks for the column called like the metric.
  EXPECT_EQ(values(*made->space, *open("ks,d,accuracy,loss\n3-1,2,75,1\n", with_value("accuracy")).table),
            std::vector<double>{75});
  EXPECT_EQ(values(*made->space, *open("ks,d,note,top1\n3-1,2,x,75\n", with_value("accuracy")).table), std::vector<double>{75});
  EXPECT_EQ(first_error(*made->space, "ks,d,top1,top5\n3-1,2,75,90\n"),
            "E809: f.csv has 2 columns of numbers: top1, top5 | say which one, e.g. value = \"top1\"");
  EXPECT_EQ(first_error(*made->space, "ks,d,note\n3-1,2,x\n"),
            "E809: f.csv has no column of numbers besides the spelling | write value = \"...\"");
}

TEST(Table, EveryMistakeHasItsSentence) {
  const auto made = two_blocks();
  const Space& space = *made->space;
  const TableArgs ms = with_value("ms", 1e-3);
  EXPECT_EQ(first_error(space, "ks,d,ms\n3-1,2,1\n", with_value("mss")), "E809: f.csv has no column mss | did you mean ms?");
  EXPECT_EQ(first_error(space, "ks,e,ms\n3-1,2,1\n", ms),
            "E813: the columns of f.csv match no spelling of space two | it needs the columns of lists (ks, d)");
  EXPECT_EQ(first_error(space, "ks,d,ms\n3-1,2,1\n\n3-1,1\n", ms), "E808: line 4 of f.csv has 2 fields, the header has 3");
  EXPECT_EQ(
      first_error(space, "ks,d,ms\n3-1,2,1\n\n3-1,1,nan\n", ms),
      "E810: line 4 of f.csv has \"nan\" in column ms, which is not a finite number | leave the row out, or write a number there that `missing` names: missing = -1");
  const std::string wrong_kernel = first_error(space, "ks,d,ms\n3-1,2,1\n5-1,2,1\n", ms);
  EXPECT_EQ(wrong_kernel.rfind("E811: line 3 of f.csv: ", 0), 0u) << wrong_kernel;
  EXPECT_NE(wrong_kernel.find("5"), std::string::npos) << wrong_kernel;
  const std::string wrong_length = first_error(space, "ks,d,ms\n3-1-1,2,1\n", ms);
  EXPECT_EQ(wrong_length.rfind("E811: line 2 of f.csv: ", 0), 0u) << wrong_length;
  EXPECT_EQ(first_error(space, "ks,d,ms\n3-1,2,-1\n",
                        [&] {
                          auto a = ms;
                          a.missing = -1;
                          return a;
                        }()),
            "E814: every row of f.csv is missing a value in column ms");
  const auto bare = compile(
      "def space bare() {\n  input = image(channels = 3, size = 8)\n  conv(kernel = choice(1, 3), out = 4)\n  head = "
      "linear(10)\n}");
  EXPECT_EQ(first_error(*bare->space, "ks,d,ms\n3-1,2,1\n", ms),
            "E813: the columns of f.csv match no spelling of space bare | the space has no spelling: write one whose fields are "
            "columns of the file (ks, d, ms)");
  FileServices services;
  TableArgs missing = ms;
  missing.file = "/nowhere/f.csv";
  EXPECT_EQ(failure_text(Table::open(missing, services).failure()),
            "E801: there is no file /nowhere/f.csv | paths are relative to the script");
}

TEST(Table, AMarkOfFailureIsNoFastNetwork) {
  const auto made = two_blocks();
  const std::string csv = "ks,d,ms\n3-1,2,1\n1-1,1,-1\n1-1,2,-3\n";
  EXPECT_EQ(first_error(*made->space, csv, with_value("ms", 1e-3)),
            "E823: line 4 of f.csv has -3 in column ms, and no network has a latency below zero | missing = -3 leaves out rows "
            "that hold -3");
  EXPECT_TRUE(open(csv, with_value("ms")).table->ready(*made->space, *find_metric("loss")));  // a logarithm of shares, for one
  EXPECT_EQ(first_error(*made->space, "ks,d,ms\n1-1,2,0\n", with_value("ms", 1e-3)), "");
}

TEST(Table, OtherSeparatorsThanCommas) {
  const auto made = two_blocks();
  EXPECT_EQ(first_error(*made->space, "ks;d;ms\n3-1;2;1\n", with_value("mss")),
            "E809: f.csv has no column mss | its header has semicolons and no commas; commas separate the fields of a table");
  EXPECT_EQ(first_error(*made->space, "ks\td\tms\n3-1\t2\t1\n", with_value("mss")),
            "E809: f.csv has no column mss | its header has tabs and no commas; commas separate the fields of a table");
  EXPECT_EQ(values(*made->space, *open("ks , d, ms \n 3-1 ,2 ,\t4\n", with_value("ms")).table), std::vector<double>{4});
}

TEST(Table, EqualNetworksOnSeveralRows) {
  const auto made = two_blocks();
  const Space& space = *made->space;
  // Depth 1 leaves the second kernel out: the first two rows are one network.
  const std::string csv = "ks,d,ms\n3-1,1,1\n3-3,1,4\n1-1,2,7\n";
  TableArgs args = with_value("ms");
  EXPECT_EQ(first_error(space, csv, args),
            "E812: lines 2 and 3 of f.csv are the same network | write duplicates = \"mean\" or duplicates = \"first\"");
  args.duplicates = Duplicates::first;
  EXPECT_EQ(values(space, *open(csv, args).table), (std::vector<double>{1, 7}));
  args.duplicates = Duplicates::mean;
  EXPECT_EQ(values(space, *open(csv, args).table), (std::vector<double>{2.5, 7}));
}

TEST(Table, MissingRowsAreLeftOut) {
  const auto made = two_blocks();
  TableArgs args = with_value("ms");
  args.missing = -1;
  EXPECT_EQ(values(*made->space, *open("ks,d,ms\n3-1,1,-1\n3-3,2,4\n1-1,2,-1.0\n", args).table), std::vector<double>{4});
}

TEST(Table, ANetworkWithoutARowIsNamed) {
  const auto made = two_blocks();
  const auto opened = open("ks,d,ms\n3-1,1,1\n", with_value("ms"));
  const Arch other = *made->space->parse(0, {{"1", "3"}, {"2"}});
  const auto measured =
      opened.table->measure(*made->space, std::vector<Arch>{other}, {}, [](std::size_t, const Measurement&) { ADD_FAILURE(); });
  EXPECT_EQ(failure_text(measured.failure()),
            "E814: f.csv has no row for the network ks=1-3,d=2 | it has 1 of the 6 networks of two: search inside it with "
            "pool(two, table(...))");
}

// A pool of one table's rows is searched with the values of a larger one; so is a space that has lost options. A row that is no
// network of the whole space is still a mistake.
TEST(Table, ServesPartsOfASpace) {
  const auto made = two_blocks();
  const Space& whole = *made->space;
  const std::string csv = "ks,d,ms\n3-1,2,1\n1-1,2,2\n1-3,2,4\n";
  const auto network = [&](const std::string& first, const std::string& second) {
    return *whole.parse(0, {{first, second}, {"2"}});
  };
  const auto value = [](const Table& table, const Space& space, const Arch& arch) {
    double found = 0;
    const auto keep = [&](std::size_t, const Measurement& m) { found = m.value; };
    const auto measured = table.measure(space, std::span(&arch, 1), {}, keep);
    return measured ? found : -1;
  };
  const Space pool = whole.restricted_to({network("1", "3"), network("3", "1")});
  const std::string gene = whole.genes()[*whole.find_gene("stage[1].block[1].kernel")].name;
  const auto reduced = whole.without(std::vector<std::string>{gene + " = 3"});
  ASSERT_TRUE(reduced) << reduced.failure().message;
  EXPECT_EQ(&pool.whole().program(), &whole.program());
  EXPECT_EQ(reduced->whole().networks(), whole.networks());
  const auto opened = open(csv, with_value("ms"));
  const Table& table = *opened.table;
  EXPECT_EQ(value(table, pool, network("1", "3")), 4);  // the first to ask makes the index, for all parts
  EXPECT_EQ(value(table, *reduced, network("1", "1")), 2);
  EXPECT_EQ(value(table, whole, network("3", "1")), 1);
  EXPECT_TRUE(table.ready(*reduced, *find_metric("latency")));
  EXPECT_EQ(*table.networks(*reduced), (std::vector<Arch>{network("1", "1"), network("1", "3")}));
  EXPECT_EQ(table.networks(pool)->size(), 2u);
  EXPECT_EQ(failure_text(open("ks,d,ms\n3-1,2,1\n", with_value("ms")).table->networks(*reduced).failure()),
            "E814: no row of f.csv is among the 3 networks of two | its rows hold options that the space has dropped");
  EXPECT_EQ(failure_text(open("ks,d,ms\n7-1,2,1\n", with_value("ms")).table->networks(*reduced).failure()).substr(0, 23),
            "E811: line 2 of f.csv: ");
}

TEST(Table, SharesAndPercentAreToldApart) {
  const auto made = two_blocks();
  const MetricKind& accuracy = *find_metric("accuracy");
  const std::string shares = "ks,d,top1\n3-1,1,0.75\n3-3,2,0.8\n", percent = "ks,d,top1\n3-1,1,75\n3-3,2,80\n";
  auto ready = [&](const std::string& csv, double unit, const MetricKind& kind) {
    const auto result = open(csv, with_value("top1", unit)).table->ready(*made->space, kind);
    return result ? "" : failure_text(result.failure());
  };
  EXPECT_EQ(ready(shares, 1, accuracy), "");
  EXPECT_EQ(ready(percent, 0.01, accuracy), "");
  EXPECT_EQ(ready(shares, 0.01, accuracy),
            "E823: no value of top1 in f.csv is above 1: these are shares, not percent | write unit = 1");
  EXPECT_EQ(ready(percent, 1, accuracy),
            "E823: line 3 of f.csv has an accuracy of 8000 % | write unit = 1% for percent, unit = 1 for shares");
  EXPECT_EQ(ready(shares, 0.01, *find_metric("loss")), "");
}

TEST(Table, KeyFollowsContentAndArgumentsNotThePath) {
  auto key = [](const std::string& name, const std::string& csv, TableArgs args) {
    FileServices services;
    services.files[name] = csv;
    args.file = name;
    return (*Table::open(args, services))->key();
  };
  const TableArgs ms = with_value("ms", 1e-3);
  const std::string csv = "ks,d,ms,s\n3-1,1,1,2\n", base = key("a.csv", csv, ms);
  EXPECT_EQ(key("b/c.csv", csv, ms), base);
  EXPECT_NE(key("a.csv", csv + "1-1,1,1,2\n", ms), base);
  EXPECT_NE(key("a.csv", csv, with_value("s", 1e-3)), base);
  EXPECT_NE(key("a.csv", csv, with_value("ms", 1)), base);
  TableArgs other = ms;
  other.missing = -1;
  EXPECT_NE(key("a.csv", csv, other), base);
  other = ms;
  other.duplicates = Duplicates::mean;
  EXPECT_NE(key("a.csv", csv, other), base);
}

TEST(RealTables, NasBench201) {
  const auto data = shared_data();
  if (!data) GTEST_SKIP() << "the folder of real measurements is not there";
  const auto made = compile_stdlib("nasbench201");
  FileServices services;
  TableArgs args = with_value("lat_pixel3", 1e-3);
  args.file = *data / "nasbench201.csv.gz";
  auto table = Table::open(args, services);
  ASSERT_TRUE(table) << table.failure().message;
  const auto ready = (*table)->ready(*made->space, *find_metric("latency"));
  ASSERT_TRUE(ready) << ready.failure().message;
  EXPECT_EQ((*table)->networks(*made->space)->size(), 15625u);
  // Row 0 of the file: 3.60585 ms.
  const Arch first =
      *made->space->parse("|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|");
  EXPECT_TRUE((*table)->measure(*made->space, std::vector<Arch>{first}, {},
                                [](std::size_t, const Measurement& m) { EXPECT_DOUBLE_EQ(m.value, 3.60585e-3); }));
}

TEST(RealTables, RowsThatDidNotCompileAreLeftOut) {
  const auto data = shared_data();
  if (!data) GTEST_SKIP() << "the folder of real measurements is not there";
  const auto made = compile_stdlib("nasbench201");
  FileServices services;
  TableArgs args = with_value("lat_hwnas_edgetpu", 1e-3);
  args.file = *data / "nasbench201_subset18.csv.gz";
  args.missing = -1;
  EXPECT_EQ((*Table::open(args, services))->networks(*made->space)->size(), 1999u - 259u);
}

TEST(RealTables, OfaLatenciesAndAccuracies) {
  const auto data = shared_data();
  if (!data) GTEST_SKIP() << "the folder of real measurements is not there";
  FileServices services;
  // Resolutions of the file are part of its spelling: the space must offer them.
  List sizes;
  for (int r = 128; r <= 224; r += 4) sizes.emplace_back(r);
  const auto elastic = compile_stdlib("ofa_mobilenetv3", {{"resolution", Value(sizes)}});
  ASSERT_TRUE(elastic->space) << elastic->errors();
  TableArgs latency = with_value("lat_titan_rtx_1", 1e-3);
  latency.file = *data / "ofa_mobilenetv3_latency.csv.gz";
  latency.duplicates = Duplicates::mean;
  const auto rows = (*Table::open(latency, services))->networks(*elastic->space);
  ASSERT_TRUE(rows) << rows.failure().message;
  EXPECT_GT(rows->size(), 4900u);
  EXPECT_LE(rows->size(), 5000u);
  const auto fixed = compile_stdlib("ofa_mobilenetv3");
  TableArgs accuracy = with_value("top1", 0.01);
  accuracy.file = *data / "ofa_mobilenetv3_w10_accuracy.csv.gz";
  accuracy.duplicates = Duplicates::mean;
  const auto table = *Table::open(accuracy, services);
  const auto networks = table->networks(*fixed->space);
  ASSERT_TRUE(networks) << networks.failure().message;
  EXPECT_TRUE(table->ready(*fixed->space, *find_metric("accuracy")));
  const auto first = fixed->space->parse(
      1, {{"5", "7", "5", "5", "3", "3", "3", "7", "5", "5", "3", "7", "7", "3", "3", "3", "5", "5", "5", "5"},
          {"4", "3", "4", "4", "4", "6", "3", "4", "4", "3", "4", "3", "3", "6", "6", "6", "4", "3", "4", "4"},
          {"2", "3", "2", "4", "3"},
          {"224"}});
  ASSERT_TRUE(first) << first.failure().message;
  EXPECT_EQ((*networks)[0], *first);
  EXPECT_EQ(fixed->space->macs(first->genes), 255502624);  // the file's own count
}
