#include <doctest/doctest.h>

#include <limits>
#include <utility>

#include "engine/tensor.h"

using namespace kg;

TEST_CASE("engine/tensor: values stand in the order N, H, W, C") {
  Tensor tensor({2, 3, 4, 5});
  CHECK(tensor.values().size() == 120);
  CHECK(tensor.index(0, 0, 0, 4) == 4);
  CHECK(tensor.index(0, 0, 1, 0) == 5);
  CHECK(tensor.index(0, 1, 0, 0) == 20);
  CHECK(tensor.index(1, 0, 0, 0) == 60);
  CHECK(tensor.index(1, 2, 3, 4) == 119);
  tensor.at(1, 0, 2, 3) = 7.0f;
  CHECK(tensor.values()[60 + 13] == 7.0f);
  CHECK(std::as_const(tensor).at(1, 0, 2, 3) == 7.0f);
}

TEST_CASE("engine/tensor: weights stand in the order H, W, I, O") {
  Filters filters({3, 4, 2, 5});
  CHECK(filters.values().size() == 120);
  CHECK(filters.index(0, 0, 0, 4) == 4);
  CHECK(filters.index(0, 0, 1, 0) == 5);
  CHECK(filters.index(0, 1, 0, 0) == 10);
  CHECK(filters.index(1, 0, 0, 0) == 40);
  CHECK(filters.index(2, 3, 1, 4) == 119);
}

TEST_CASE("engine/tensor: a new tensor is all zeros, and a 0 among the sizes means no values") {
  const Tensor four({1, 2, 2, 1});
  CHECK(four.values().size() == 4);
  for (float value : four.values()) CHECK(value == 0.0f);
  CHECK(Tensor({0, 28, 28, 1}).values().empty());
  CHECK(Tensor({1, 28, 0, 1}).values().empty());
  CHECK(Tensor().values().empty());
  CHECK(Tensor({1, 1, 2, 1}, {3, 4}).at(0, 0, 1, 0) == 4.0f);
}

TEST_CASE("engine/tensor: shapes know whether they are legal") {
  constexpr int kHuge = std::numeric_limits<int>::max();
  CHECK(Shape{1, 28, 28, 1}.legal());
  CHECK(Shape{0, kHuge, kHuge, kHuge}.legal());
  CHECK(Shape{1, 1 << 14, 1 << 14, 1}.legal());  // 2²⁸, just so
  CHECK_FALSE(Shape{1, 1 << 14, 1 << 14, 2}.legal());
  CHECK_FALSE(Shape{1, 1 << 16, 1 << 16, 1}.legal());  // 2³², which is 0 in 32 bits
  CHECK_FALSE(Shape{kHuge, kHuge, kHuge, kHuge}.legal());
  CHECK_FALSE(Shape{1 << 16, 1 << 16, 1 << 16, 1 << 16}.legal());  // 2⁶⁴: 0 in 64 bits
  CHECK_FALSE(Shape{1, -1, 1, 1}.legal());
  CHECK_FALSE(Shape{0, -1, 1, 1}.legal());
  CHECK_FALSE(Shape{-1, 0, 1, 1}.legal());
  CHECK_FALSE(Shape{1, -1, -1, 1}.legal());
  CHECK_FALSE(FilterShape{3, 3, 1 << 16, 1 << 16}.legal());
  CHECK_FALSE(FilterShape{3, 3, 1, -8}.legal());
  CHECK(FilterShape{3, 3, 1, 8}.legal());
}

TEST_CASE("engine/tensor: shapes in words") {
  CHECK(Shape{1, 28, 28, 3}.text() == "1×28×28×3");
  CHECK(FilterShape{3, 5, 1, 8}.text() == "3×5×1×8");
}
