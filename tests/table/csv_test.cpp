// CSV: what is read as which field, and the exact sentence for everything that is wrong.
#include "core/csv.h"

#include <gtest/gtest.h>

using namespace nas;

namespace {

std::vector<std::vector<std::string>> rows(const std::string& text) {
  auto csv = Csv::parse("f.csv", text);
  EXPECT_TRUE(csv) << csv.failure().message;
  std::vector<std::vector<std::string>> all;
  if (!csv) return all;
  for (std::size_t r = 0; r < csv->rows(); ++r) {
    all.emplace_back();
    for (std::size_t c = 0; c < csv->columns().size(); ++c) all.back().emplace_back(csv->at(r, c));
  }
  return all;
}

std::string error(const std::string& text) {
  const auto csv = Csv::parse("f.csv", text);
  if (csv) return "";
  return csv.failure().code + ": " + csv.failure().message + (csv.failure().hint.empty() ? "" : " | " + csv.failure().hint);
}

using Rows = std::vector<std::vector<std::string>>;

}  // namespace

TEST(Csv, PlainRowsAndLineEnds) {
  const Rows wanted{{"1", "2"}, {"3", ""}};
  EXPECT_EQ(rows("a,b\n1,2\n3,\n"), wanted);
  EXPECT_EQ(rows("a,b\n1,2\n3,"), wanted);
  EXPECT_EQ(rows("a,b\r\n1,2\r\n3,\r\n"), wanted);
  EXPECT_EQ(rows("\xEF\xBB\xBF\n\na,b\n\n1,2\n\r\n3,\n\n"), wanted);
  EXPECT_EQ(Csv::parse("f.csv", "\xEF\xBB\xBF a , b\n1,2\n")->columns(), (std::vector<std::string>{"a", "b"}));
}

TEST(Csv, Quotes) {
  EXPECT_EQ(rows("a,b\n\"1,5\",\"say \"\"hi\"\"\"\n\"\",\"two\nlines\"\r\n\"\"\"\",x\n"),
            (Rows{{"1,5", "say \"hi\""}, {"", "two\nlines"}, {"\"", "x"}}));
  EXPECT_EQ(rows("a\n5\"\n"), (Rows{{"5\""}}));  // a quote inside a field is a character
}

TEST(Csv, EveryMistakeHasItsSentence) {
  EXPECT_EQ(error(""), "E808: f.csv is empty | the first line of a table names its columns");
  EXPECT_EQ(error("\n\n"), "E808: f.csv is empty | the first line of a table names its columns");
  EXPECT_EQ(error("a,b\n"), "E808: f.csv has a header and no rows");
  EXPECT_EQ(error("a,b,a\n1,2,3\n"), "E808: f.csv has two columns named a | rename one of them");
  EXPECT_EQ(error("a,b\n1,2\n\n3\n"), "E808: line 4 of f.csv has 1 field, the header has 2");
  EXPECT_EQ(error("a,b\n1,2,3\n"), "E808: line 2 of f.csv has 3 fields, the header has 2");
  EXPECT_EQ(error("a,b\n1,\"2\n3,4\n"), "E808: line 2 of f.csv opens a quote that is never closed");
  EXPECT_EQ(error("a,b\n\"1\"x,2\n"), "E808: line 2 of f.csv has text after a closing quote");
  EXPECT_EQ(error("a,b\n\"x\ny\",2\n3\n"), "E808: line 4 of f.csv has 1 field, the header has 2");  // lines inside quotes count
}

TEST(Csv, ColumnsByName) {
  const auto csv = Csv::parse("f.csv", "arch,lat_pixel3,lat_raspi4\nx,1,2\n");
  EXPECT_EQ(*csv->column("lat_raspi4"), 2u);
  const auto typo = csv->column("lat_pixel4");
  EXPECT_EQ(typo.failure().code, "E809");
  EXPECT_EQ(typo.failure().message, "f.csv has no column lat_pixel4");
  EXPECT_EQ(typo.failure().hint, "did you mean lat_pixel3?");
  EXPECT_EQ(csv->column("energy").failure().hint, "its columns are arch, lat_pixel3, lat_raspi4");
}

TEST(Csv, Numbers) {
  const auto csv = Csv::parse("f.csv", "v,k\n1.5,\n -2e-3 ,\n+7,\nabc,\nnan,\n-inf,\n1e999,\n\"\",\n1.5ms,\n+-3,\n");
  ASSERT_EQ(csv->rows(), 10u);
  EXPECT_DOUBLE_EQ(*csv->number(0, 0), 1.5);
  EXPECT_DOUBLE_EQ(*csv->number(1, 0), -2e-3);
  EXPECT_DOUBLE_EQ(*csv->number(2, 0), 7);
  const std::vector<std::string> wanted{"line 5 of f.csv has \"abc\" in column v, which is not a number",
                                        "line 6 of f.csv has \"nan\" in column v, which is not a finite number",
                                        "line 7 of f.csv has \"-inf\" in column v, which is not a finite number",
                                        "line 8 of f.csv has \"1e999\" in column v, which is not a finite number",
                                        "line 9 of f.csv has \"\" in column v, which is not a number",
                                        "line 10 of f.csv has \"1.5ms\" in column v, which is not a number",
                                        "line 11 of f.csv has \"+-3\" in column v, which is not a number"};
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const auto number = csv->number(3 + i, 0);
    ASSERT_FALSE(number);
    EXPECT_EQ(number.failure().code, "E810");
    EXPECT_EQ(number.failure().message, wanted[i]);
  }
}
