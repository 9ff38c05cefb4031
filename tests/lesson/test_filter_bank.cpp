#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <limits>
#include <set>
#include <string>

#include "engine/rng.h"
#include "lesson/filter_bank.h"

using namespace kg;

namespace {

Kernel3x3 preset(const char* name) {
  const FilterPreset* found = find_filter_preset(name);
  REQUIRE(found != nullptr);
  return found->values;
}

Kernel3x3 upside_down(const Kernel3x3& k) { return {k[6], k[7], k[8], k[3], k[4], k[5], k[0], k[1], k[2]}; }
Kernel3x3 transposed(const Kernel3x3& k) { return {k[0], k[3], k[6], k[1], k[4], k[7], k[2], k[5], k[8]}; }

std::vector<float> counted(std::size_t n) {
  std::vector<float> values(n);
  for (std::size_t i = 0; i < n; ++i) values[i] = static_cast<float>(i + 1);
  return values;
}

std::string all_of(const FilterBank& bank, int channels) {
  std::string text = std::to_string(bank.count());
  for (int i = 0; i < bank.count(); ++i) {
    text += " " + bank.filter(i).name + ":";
    for (const float value : bank.values(i, channels)) text += std::to_string(value) + ",";
  }
  return text;
}

}  // namespace

TEST_CASE("lesson/filter_bank: the four edge detectors are the course's") {
  CHECK(preset("top_edge") == Kernel3x3{-1, -1, -1, 1, 1, 1, 0, 0, 0});
  CHECK(preset("bottom_edge") == upside_down(preset("top_edge")));
  CHECK(preset("left_edge") == transposed(preset("top_edge")));
  CHECK(preset("right_edge") == transposed(preset("bottom_edge")));
}

TEST_CASE("lesson/filter_bank: the catalogue is complete and its filters are what they are called") {
  std::set<std::string> names, titles;
  for (const FilterPreset& each : filter_presets()) {
    CAPTURE(each.name);
    names.insert(std::string(each.name));
    titles.insert(std::string(each.title));
    CHECK(each.about.ends_with("."));
    CHECK(each.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string_view::npos);
  }
  CHECK(names.size() == filter_presets().size());
  CHECK(titles.size() == filter_presets().size());
  for (const char* name : {"top_edge", "bottom_edge", "left_edge", "right_edge", "identity", "blur",
                           "sharpen", "sobel_x", "sobel_y", "laplacian", "emboss", "corner"}) {
    CAPTURE(name);
    CHECK(names.contains(name));
  }
  const auto total = [](const Kernel3x3& k) {
    float sum = 0;
    for (const float v : k) sum += v;
    return sum;
  };
  // On an even picture: brightness is kept, or there is no answer.
  for (const char* name : {"identity", "blur", "sharpen", "emboss"}) CHECK(total(preset(name)) == 1);
  for (const char* name :
       {"top_edge", "bottom_edge", "left_edge", "right_edge", "sobel_x", "sobel_y", "laplacian", "corner"}) {
    CAPTURE(name);
    CHECK(total(preset(name)) == 0);
  }
  CHECK(preset("sobel_x") == transposed(preset("sobel_y")));
  CHECK(find_filter_preset("Top edge") == nullptr);
  CHECK(find_filter_preset("") == nullptr);
}

TEST_CASE("lesson/filter_bank: random filters are glorot_uniform, and a seed is a filter") {
  double mean = 0, square = 0;
  float largest = 0;
  constexpr int kKernels = 4000;
  for (std::uint64_t seed = 0; seed < kKernels; ++seed) {
    const Kernel3x3 k = random_kernel(seed);
    CHECK(k == random_kernel(seed));
    for (const float v : k) {
      largest = std::max(largest, std::abs(v));
      mean += static_cast<double>(v) / (9.0 * kKernels);
      square += static_cast<double>(v * v) / (9.0 * kKernels);
    }
  }
  CHECK(random_kernel(1) != random_kernel(2));
  CHECK(largest == doctest::Approx(0.57));
  CHECK(std::abs(mean) < 0.01);
  CHECK(square == doctest::Approx(1.0 / 9).epsilon(0.03));  // the variance 2 / (fan in + fan out) = 2/18
}

TEST_CASE("lesson/filter_bank: a fresh one holds the top edge") {
  const FilterBank bank;
  CHECK(bank.count() == 1);
  CHECK(bank.filter(0).name == "top_edge");
  CHECK(bank.values(0, 1) == std::vector<float>{-1, -1, -1, 1, 1, 1, 0, 0, 0});
}

TEST_CASE(
    "lesson/filter_bank: values stand row by row with the channels innermost, in the bank as in Keras' "
    "order") {
  FilterBank bank;
  bank.widen(3);
  REQUIRE(bank.set_values(0, counted(27), 3).ok());
  REQUIRE(bank.set_preset(1, "identity", 0, 3).ok());
  CHECK(bank.values(0, 3) == counted(27));
  const Filters filters = bank.filters(3);
  CHECK(filters.shape() == FilterShape{3, 3, 3, 2});
  for (int y = 0; y < 3; ++y) {
    for (int x = 0; x < 3; ++x) {
      for (int c = 0; c < 3; ++c) {
        CHECK(filters.at(y, x, c, 0) == static_cast<float>((y * 3 + x) * 3 + c + 1));
        CHECK(filters.at(y, x, c, 1) == (y == 1 && x == 1 ? 1.0f : 0.0f));
        CHECK(bank.weight(0, y, x, c) == filters.at(y, x, c, 0));
      }
    }
  }
}

TEST_CASE("lesson/filter_bank: more channels copy the first plane; fewer lose nothing") {
  FilterBank bank;
  REQUIRE(bank.set_values(0, counted(9), 1).ok());
  bank.widen(3);
  for (int c = 0; c < 3; ++c) CHECK(bank.weight(0, 2, 1, c) == 8);
  REQUIRE(bank.set_cell(0, 1, 1, -5, 2, 3).ok());
  const std::vector<float> coloured = bank.values(0, 3);
  bank.widen(1);
  CHECK(bank.values(0, 1) == counted(9));
  bank.widen(3);
  CHECK(bank.values(0, 3) == coloured);
}

TEST_CASE("lesson/filter_bank: a changed cell makes a filter one's own") {
  FilterBank bank;
  REQUIRE(bank.set_cell(0, 2, 0, 0.5, 0, 1).ok());
  CHECK(bank.filter(0).name == "own");
  CHECK(bank.values(0, 1) == std::vector<float>{-1, -1, -1, 1, 1, 1, 0.5f, 0, 0});
  REQUIRE(bank.set_preset(0, "random", 3, 1).ok());
  CHECK(bank.filter(0).name == "random");
}

TEST_CASE("lesson/filter_bank: up to eight filters, at least one") {
  FilterBank bank;
  for (int i = 1; i < FilterBank::kMaxFilters; ++i) REQUIRE(bank.set_preset(i, "blur", 0, 1).ok());
  CHECK(bank.count() == 8);
  CHECK(bank.set_preset(8, "blur", 0, 1).sentence() == "The filters are 0 to 7; 8 is none of them.");
  REQUIRE(bank.set_values(3, counted(9), 1).ok());
  REQUIRE(bank.remove(2).ok());
  CHECK(bank.count() == 7);
  CHECK(bank.values(2, 1) == counted(9));  // those behind move up
  while (bank.count() > 1) REQUIRE(bank.remove(0).ok());
  CHECK(bank.remove(0).sentence() == "This is the only filter; a convolution needs one.");
  CHECK(bank.count() == 1);
}

TEST_CASE("lesson/filter_bank: what is refused names what is legal, and changes nothing") {
  FilterBank bank;
  REQUIRE(bank.set_preset(1, "blur", 0, 2).ok());
  bank.widen(2);
  const std::string before = all_of(bank, 2);
  const std::vector<float> nine = counted(9), eighteen = counted(18);
  std::vector<float> large = eighteen;
  large[17] = 1001;
  struct Row {
    Status status;
    const char* says;
  };
  const Row rows[] = {
      {bank.set_cell(2, 0, 0, 0, 0, 2), "0 to 1"},
      {bank.set_cell(-1, 0, 0, 0, 0, 2), "−1"},
      {bank.set_cell(0, 3, 0, 0, 0, 2), "0 to 2"},
      {bank.set_cell(0, 0, -1, 0, 0, 2), "column −1"},
      {bank.set_cell(0, 0, 0, 1000.5, 0, 2), "1000.5"},
      {bank.set_cell(0, 0, 0, 0, 2, 2), "channels 0 to 1"},
      {bank.set_cell(0, 0, 0, std::numeric_limits<double>::quiet_NaN(), 0, 2), "−1000 to 1000"},
      {bank.set_values(0, nine, 2), "18 weights; 9 came"},
      {bank.set_values(0, {}, 2), "0 came"},
      {bank.set_values(3, eighteen, 2), "2 adds one"},
      {bank.set_values(0, large, 2), "1001"},
      {bank.set_preset(0, "edge", 0, 2), "top_edge"},
      {bank.set_preset(1e15, "blur", 0, 2), "1000000000000000"},
      {bank.set_preset(-1, "blur", 0, 2), "−1"},
      {bank.remove(2), "0 to 1"},
      {bank.remove(-0.5), "0 to 1"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.says);
    REQUIRE_FALSE(row.status.ok());
    CAPTURE(row.status.sentence());
    CHECK(row.status.sentence().find(row.says) != std::string::npos);
    CHECK(row.status.sentence().ends_with("."));
  }
  CHECK(all_of(bank, 2) == before);
}

TEST_CASE("lesson/filter_bank: a link brings back every weight to the last bit") {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    Rng rng(seed);
    const int channels = 1 + static_cast<int>(rng.below(4)), count = 1 + static_cast<int>(rng.below(8));
    FilterBank bank;
    bank.widen(channels);
    for (int i = 0; i < count; ++i) {
      if (rng.below(3) == 0) {
        const auto all = filter_presets();
        REQUIRE(bank.set_preset(i, all[rng.below(static_cast<std::uint32_t>(all.size()))].name, 0, channels)
                    .ok());
        continue;
      }
      std::vector<float> values(static_cast<std::size_t>(9 * channels));
      for (float& v : values) {
        v = rng.uniform(-1, 1) * std::pow(10.0f, static_cast<float>(rng.below(12)) - 8);
        if (rng.below(8) == 0) v = std::round(v);
      }
      values[0] = rng.below(2) ? 1000.0f : -0.0f;
      REQUIRE(bank.set_values(i, values, channels).ok());
    }
    const std::string text = bank.save(channels);
    INFO("seed " << seed << ": " << text);
    const Result<FilterBank> back = FilterBank::load(text, channels);
    REQUIRE(back.ok());
    CHECK(all_of(*back, channels) == all_of(bank, channels));
    for (int i = 0; i < count; ++i) CHECK(back->values(i, channels) == bank.values(i, channels));
    CHECK(back->save(channels) == text);
  }
}

TEST_CASE("lesson/filter_bank: a link says of a random filter that it is one") {
  FilterBank bank;
  REQUIRE(bank.set_preset(0, "random", 5, 1).ok());
  const Result<FilterBank> back = FilterBank::load(bank.save(1), 1);
  REQUIRE(back.ok());
  CHECK(back->values(0, 1) == bank.values(0, 1));
  CHECK(back->filter(0).name == "random");
}

TEST_CASE("lesson/filter_bank: hostile texts are refused in words") {
  std::string nine_filters = "blur";
  for (int i = 0; i < 8; ++i) nine_filters += "~blur";
  const std::string texts[] = {"",
                               "~",
                               "top_edge~",
                               "~top_edge",
                               "TOP_EDGE",
                               "random",
                               "c",
                               "c:",
                               "c:,",
                               "c:1",
                               "c:1,2,3,4,5,6,7,8",
                               "c:1,2,3,4,5,6,7,8,9,10",
                               "c:1,2,3,4,5,6,7,8,",
                               "c:1,2,3,4,5,6,7,8,x",
                               "c:1,2,3,4,5,6,7,8,nan",
                               "c:1,2,3,4,5,6,7,8,inf",
                               "c:1,2,3,4,5,6,7,8,-inf",
                               "c:1,2,3,4,5,6,7,8,1e39",
                               "c:1,2,3,4,5,6,7,8,1001",
                               "c:1,2,3,4,5,6,7,8,9a",
                               "c:1;2;3",
                               "c:1 2 3 4 5 6 7 8 9",
                               "c:--1,2,3,4,5,6,7,8,9",
                               "own",
                               nine_filters,
                               std::string(100000, '~'),
                               std::string(100000, 'c'),
                               std::string("blur\0blur", 9),
                               "c:" + std::string(100000, ','),
                               "\xff\xfe",
                               "c:1,2,3,4,5,6,7,8,9~c:1"};
  for (const std::string& text : texts) {
    CAPTURE(text.substr(0, 60));
    const Result<FilterBank> bank = FilterBank::load(text, 1);
    REQUIRE_FALSE(bank.ok());
    CHECK(bank.sentence().size() > 10);
    CHECK(bank.sentence().size() < 400);  // it is shown to the learner
  }
}

TEST_CASE("lesson/filter_bank: random texts never get anything illegal in") {
  constexpr char kLetters[] = "c:0123456789,.-+e~xnaif";
  for (std::uint64_t seed = 0; seed < 5000; ++seed) {
    Rng rng(seed);
    std::string text = rng.below(2) ? "c:" : "";
    for (int i = static_cast<int>(rng.below(60)); i > 0; --i)
      text += kLetters[rng.below(sizeof kLetters - 1)];
    INFO("seed " << seed << ": " << text);
    const Result<FilterBank> bank = FilterBank::load(text, 1);
    if (!bank) continue;
    REQUIRE(bank->count() >= 1);
    REQUIRE(bank->count() <= FilterBank::kMaxFilters);
    for (int i = 0; i < bank->count(); ++i) {
      for (const float value : bank->values(i, 1)) REQUIRE(std::abs(value) <= FilterBank::kMaxWeight);
    }
  }
}
