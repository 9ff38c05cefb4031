#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "lesson/number_text.h"

using namespace kg;

TEST_CASE("lesson/number_text: no more digits than there are, and a true minus sign") {
  struct Row {
    double value;
    int digits;
    const char* text;
  };
  const Row rows[] = {{17, 2, "17"},
                      {0.25, 2, "0.25"},
                      {-3.5, 2, "−3.5"},
                      {0, 2, "0"},
                      {-0.0, 2, "0"},
                      {100, 2, "100"},
                      {1000, 0, "1000"},
                      {-20, 0, "−20"},
                      {0.1, 2, "0.1"},
                      {2.0 / 3, 2, "0.67"},
                      {-0.004, 2, "0"},
                      {-0.006, 2, "−0.01"},
                      {9007199254740991.0, 0, "9007199254740991"},
                      {0.125, 4, "0.125"},
                      {-1e-12, 2, "0"}};
  for (const Row& row : rows) {
    CAPTURE(row.value);
    CHECK(number_text(row.value, row.digits) == row.text);
  }
}

TEST_CASE("lesson/number_text: two digits that count, whatever the size") {
  const std::pair<double, const char*> rows[] = {{0, "0"},
                                                 {1, "1"},
                                                 {0.314, "0.31"},
                                                 {-0.0024, "−0.0024"},
                                                 {0.00051, "0.00051"},
                                                 {31.4, "31"},
                                                 {312, "310"},
                                                 {9960, "1e4"},
                                                 {9940, "9900"},
                                                 {12345, "1.2e4"},
                                                 {2.44e-7, "2.4e−7"},
                                                 {9.96e-5, "0.0001"},
                                                 {9.94e-5, "9.9e−5"},
                                                 {5.1e12, "5.1e12"},
                                                 {-1e-34, "−1e−34"}};
  for (const auto& [value, text] : rows) {
    CAPTURE(value);
    CHECK(magnitude_text(value) == text);
  }
}

TEST_CASE("lesson/number_text: columns of numbers line up") {
  CHECK(fixed_text(0.5) == "0.50");
  CHECK(fixed_text(-1) == "−1.00");
  CHECK(fixed_text(-0.001) == "0.00");
  CHECK(fixed_text(-0.0, 0) == "0");
  CHECK(fixed_text(-0.4, 0) == "0");
  CHECK(fixed_text(12345.678, 1) == "12345.7");
}

TEST_CASE("lesson/number_text: the largest numbers have room") {
  CHECK(fixed_text(std::numeric_limits<double>::max(), 2).size() == 312);
  CHECK(fixed_text(-std::numeric_limits<double>::max(), 2).substr(0, 6) == "−179");
  CHECK(number_text(std::numeric_limits<double>::infinity()) == "inf");
}

TEST_CASE("lesson/number_text: lists of numbers for links, and back") {
  const std::vector<float> values{0.1f, -3, 1e-7f, 100.5f};
  CHECK(exact_list(values) == "0.1,-3,1e-07,100.5");
  CHECK(parse_list(exact_list(values)) == values);
  CHECK(parse_list("7") == std::vector<float>{7});
  for (const char* bad : {"", ",", "1,", ",1", "1,,2", "1;2", "x", "1x", "inf", "nan", "1e99"}) {
    CAPTURE(std::string(bad));
    CHECK_FALSE(parse_list(bad));
  }
}

TEST_CASE("lesson/number_text: digits that count") {
  CHECK(significant_text(0) == "0");
  CHECK(significant_text(0.031234) == "0.0312");
  CHECK(significant_text(-1.256) == "−1.26");
  CHECK(significant_text(12.345) == "12.3");
  CHECK(significant_text(12345) == "12345");
  CHECK(significant_text(0.5) == "0.5");
  CHECK(significant_text(0.00123456) == "0.00123");
  CHECK(significant_text(2.123e-6) == "2.1e−6");
  CHECK(significant_text(-3.46e12) == "−3.5e12");
  CHECK(significant_text(0.123456, 5) == "0.12346");
}
