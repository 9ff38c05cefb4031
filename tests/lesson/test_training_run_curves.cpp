// The curves of a training run: never too many points, and nothing lost that a mean keeps.
#include <doctest/doctest.h>

#include <numeric>

#include "lesson/training_fixture.h"

using namespace kg;

TEST_CASE("lesson/training_curve: thinned by merging neighbours") {
  TrainingCurve curve;
  double sum = 0;
  for (int k = 1; k <= 12345; ++k) {
    const double loss = 1.0 / k;
    sum += loss;
    curve.add({k, k * 32, k * 0.5, loss, k % 2 ? 1.0 : 0.0});
    REQUIRE(static_cast<int>(curve.points().size()) <= TrainingCurve::kMostPoints);
    REQUIRE(curve.points().back().updates == k);
  }
  CHECK(curve.width() == 16);
  CHECK(static_cast<int>(curve.points().size()) >= TrainingCurve::kMostPoints / 2);
  double again = 0, accuracy = 0;
  int before = 0;
  for (const CurvePoint& point : curve.points()) {
    const int n = point.updates - before;
    CHECK((n == curve.width() || &point == &curve.points().back()));
    again += point.loss * n;
    accuracy += point.accuracy * n;
    before = point.updates;
    CHECK(point.images == point.updates * 32);
  }
  CHECK(again == doctest::Approx(sum));
  CHECK(accuracy == doctest::Approx(6173));
  curve.clear();
  CHECK(curve.empty());
  CHECK(curve.width() == 1);
}

TEST_CASE("lesson/training_run: a point for each update, a validation every so many") {
  const auto run = small_run();
  for (int i = 0; i < 35; ++i) REQUIRE(run->step());
  while (run->validating()) REQUIRE(run->piece());
  REQUIRE(run->curve().points().size() == 35);
  CHECK(run->curve().points()[4].updates == 5);
  CHECK(run->curve().points()[4].images == 40);
  CHECK(run->curve().points().back().loss == run->last().loss + run->last().penalty);
  std::vector<int> at;
  for (const CurvePoint& point : run->validation_curve().points()) at.push_back(point.updates);
  CHECK(at == std::vector<int>{0, 10, 20, 30});
  // The last of them is what the trainer says of the same weights.
  const auto again = small_run();
  for (int i = 0; i < 30; ++i) REQUIRE(again->step());
  std::vector<float> images(16 * 50);
  for (int i = 0; i < 50; ++i) again->validation()->copy(i, images.data() + 16 * i);
  const auto whole = again->trainer().evaluate(images, again->validation()->labels());
  REQUIRE(whole);
  CHECK(run->validated().correct == whole->correct);
  CHECK(run->validated().loss == doctest::Approx(whole->loss));
  CHECK(run->validated().confusion == whole->confusion);
  CHECK(std::accumulate(whole->confusion.begin(), whole->confusion.end(), 0) == 50);
}

TEST_CASE("lesson/training_run: without a validation set nothing is validated") {
  const auto run = TrainingRun::make(small_settings(), quarters(20, 1), nullptr);
  REQUIRE(run);
  CHECK_FALSE((*run)->validating());
  for (int i = 0; i < 30; ++i) REQUIRE((*run)->piece());
  CHECK((*run)->updates() == 30);
  CHECK((*run)->validation_curve().empty());
}
