#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "engine/kernels/simd.h"
#include "engine/trainer.h"
#include "nets.h"

using namespace kg;

namespace {

using Kind = OptimizerSettings::Kind;
using Layers = std::vector<LayerDescription>;

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

struct Data {
  std::vector<float> images;
  std::vector<int> labels;
};

// Points (x, y) around three corners of a triangle, which are their classes.
Data triangle(int count, std::uint64_t seed) {
  constexpr float kCorners[3][2] = {{0, 1}, {-1, -1}, {1, -1}};
  Rng rng(seed);
  Data data;
  for (int n = 0; n < count; ++n) {
    const int label = n % 3;
    for (const float corner : kCorners[label]) data.images.push_back(corner + rng.uniform(-0.4f, 0.4f));
    data.labels.push_back(label);
  }
  return data;
}

Network classifier(std::uint64_t seed = 3) {
  return built(SampleShape(2),
               {Dense{.units = 8, .activation = kTanh}, Dense{.units = 3, .activation = kSoftmax}}, seed);
}

OptimizerSettings settings_of(Kind kind, float rate) {
  OptimizerSettings settings;
  settings.kind = kind;
  settings.learning_rate = rate;
  return settings;
}

const char* name_of(Kind kind) {
  constexpr const char* kNames[] = {"sgd", "momentum", "nesterov", "rmsprop", "adam"};
  return kNames[static_cast<int>(kind)];
}

// Every parameter's gradient, one after the other.
std::vector<float> gradients_of(const Network& network) {
  std::vector<float> all;
  for (int k = 0; k < network.layers(); ++k) {
    for (const Parameter& p : network.parameters(k))
      all.insert(all.end(), p.gradient.begin(), p.gradient.end());
  }
  return all;
}

bool all_finite(const Network& network) {
  for (int k = 0; k < network.layers(); ++k) {
    for (const Parameter& p : network.parameters(k)) {
      for (const float value : p.values) {
        if (!std::isfinite(value)) return false;
      }
    }
  }
  return true;
}

bool diverged(const Result<StepReport>& report) {
  return !report.ok() && report.sentence().rfind("Training has diverged at update ", 0) == 0;
}

}  // namespace

TEST_CASE("engine/trainer: every optimizer learns a problem that can be learned") {
  const std::uint64_t seed = 17;
  CAPTURE(seed);
  const Data data = triangle(60, seed), unseen = triangle(90, seed + 1);
  for (const auto& [kind, rate] :
       {std::pair(Kind::sgd, 0.5f), std::pair(Kind::momentum, 0.1f), std::pair(Kind::nesterov, 0.1f),
        std::pair(Kind::rmsprop, 0.02f), std::pair(Kind::adam, 0.05f)}) {
    for (const Loss loss : {Loss::cross_entropy, Loss::mean_squared_error}) {
      CAPTURE(name_of(kind));
      CAPTURE(name_of(loss));
      Network network = classifier();
      Trainer trainer(network, settings_of(kind, rate), loss, 60);
      double first = 0, last = 0;
      for (int update = 0; update < 100; ++update) {
        const Result<StepReport> report = trainer.step(data.images, data.labels);
        REQUIRE(report.ok());
        if (update == 0) first = report->loss;
        last = report->loss;
      }
      CHECK(last < first / 4);
      CHECK(trainer.updates() == 100);
      const Result<Evaluation> evaluation = trainer.evaluate(unseen.images, unseen.labels);
      REQUIRE(evaluation.ok());
      CHECK(evaluation->accuracy() > 0.98);
    }
  }
}

TEST_CASE("engine/trainer: a step of plain gradient descent, by hand") {
  // out = w·x + b with w = 2, b = 1; at x = 3 the target is 5: difference 2, loss 4, dw = 2·2·3 = 12, db = 4.
  Network network = built(SampleShape(1), {Dense{}});
  network.parameters(0)[0].values = {2};
  network.parameters(0)[1].values = {1};
  Trainer trainer(network, settings_of(Kind::sgd, 0.25f), Loss::mean_squared_error, 1);
  const std::vector<float> image = {3}, target = {5};
  const Result<StepReport> report = trainer.step(image, std::span<const float>(target));
  REQUIRE(report.ok());
  CHECK(report->loss == 4);
  CHECK(report->penalty == 0);
  CHECK(report->images == 1);
  CHECK(report->gradient_norm == doctest::Approx(std::sqrt(160.0)));
  CHECK(network.parameters(0)[0].values[0] == -1);
  CHECK(network.parameters(0)[1].values[0] == 0);
}

TEST_CASE("engine/trainer: labels as numbers are targets of 1 and 0") {
  const Data data = triangle(6, 1);
  Network by_label = classifier(), by_target = classifier();
  Trainer one(by_label, {}, Loss::mean_squared_error, 6), other(by_target, {}, Loss::mean_squared_error, 6);
  std::vector<float> targets(18);
  for (std::size_t n = 0; n < 6; ++n) targets[n * 3 + static_cast<std::size_t>(data.labels[n])] = 1;
  REQUIRE(one.step(data.images, data.labels).ok());
  REQUIRE(other.step(data.images, targets).ok());
  CHECK(bits_of(by_label) == bits_of(by_target));
}

// Without a softmax of its own the network's last values are taken for those before one, whatever activation
// they come from; checked against numeric differences.
TEST_CASE("engine/trainer: cross-entropy with and without a softmax, and behind another activation") {
  const Data data = triangle(4, 2);
  const auto network_with = [](ActivationKind last) {
    return built(SampleShape(2),
                 {Dense{.units = 5, .activation = kTanh}, Dense{.units = 3, .activation = last}}, 8);
  };
  Network with = network_with(kSoftmax), without = network_with(ActivationKind::linear);
  Trainer one(with, {}, Loss::cross_entropy, 4), other(without, {}, Loss::cross_entropy, 4);
  const Result<StepReport> a = one.step(data.images, data.labels), b = other.step(data.images, data.labels);
  REQUIRE(a.ok());
  REQUIRE(b.ok());
  CHECK(a->loss == b->loss);
  CHECK(a->correct == b->correct);
  CHECK(bits_of(with) == bits_of(without));

  for (const ActivationKind last : {ActivationKind::linear, kSoftmax, kSigmoid, kTanh}) {
    CAPTURE(kg::name_of(last));
    Network network = network_with(last);
    Trainer trainer(network, {}, Loss::cross_entropy, 4);
    REQUIRE(trainer.gradients(data.images, data.labels).ok());
    for (int k = 0; k < 2; ++k) {
      const std::vector<float> gradient = network.parameters(k)[0].gradient;
      for (std::size_t j = 0; j < gradient.size(); ++j) {
        CAPTURE(k);
        CAPTURE(j);
        float& w = network.parameters(k)[0].values[j];
        const float before = w;
        const auto loss_at = [&](float value) {
          w = value;
          network.parameters_changed();
          return trainer.evaluate(data.images, data.labels)->loss;
        };
        // The loss is about 1 and uncertain by some 1e-7, which 1/(2·0.01) makes 1e-5; the step adds 1e-4/6
        // times the third derivative.
        const double slope = (loss_at(before + 0.01f) - loss_at(before - 0.01f)) / 0.02;
        loss_at(before);
        CHECK(std::abs(slope - static_cast<double>(gradient[j])) < 1e-4);
      }
    }
  }
}

TEST_CASE("engine/trainer: evaluation against a plain count") {
  const std::uint64_t seed = 5;
  CAPTURE(seed);
  const Data data = triangle(31, seed);
  std::vector<int> labels = random_labels(31, 3, seed);  // so that there are mistakes
  for (const int room : {31, 7, 1}) {
    CAPTURE(room);
    Network network = classifier();
    Trainer trainer(network, {}, Loss::cross_entropy, room);
    const std::vector<std::uint32_t> before = bits_of(network);
    const Result<Evaluation> evaluation = trainer.evaluate(data.images, labels);
    REQUIRE(evaluation.ok());
    CHECK(bits_of(network) == before);
    int correct = 0, confusion[3][3] = {};
    double loss = 0;
    for (std::size_t n = 0; n < 31; ++n) {
      std::copy_n(data.images.begin() + static_cast<std::ptrdiff_t>(2 * n), 2, network.input(1).begin());
      const std::span<const float> out = network.forward();
      const int label = labels[n];
      const int answer = out[0] >= out[1] && out[0] >= out[2] ? 0 : out[1] >= out[2] ? 1 : 2;
      correct += answer == label;
      ++confusion[label][answer];
      loss -= std::log(static_cast<double>(out[static_cast<std::size_t>(label)]));
    }
    CHECK(evaluation->images == 31);
    CHECK(evaluation->classes == 3);
    CHECK(evaluation->correct == correct);
    CHECK(correct > 0);
    CHECK(correct < 31);
    CHECK(evaluation->accuracy() == doctest::Approx(correct / 31.0));
    // Relaxed SIMD may round otherwise in a batch than alone.
    CHECK(evaluation->loss == doctest::Approx(loss / 31).epsilon(simd::kFusedMadd ? 1e-5 : 1e-9));
    for (std::size_t label = 0; label < 3; ++label) {
      for (std::size_t answer = 0; answer < 3; ++answer)
        CHECK(evaluation->confusion[label * 3 + answer] == confusion[label][answer]);
    }
  }
  Network network = classifier();
  Trainer trainer(network, {}, Loss::cross_entropy, 4);
  const Result<Evaluation> nothing = trainer.evaluate({}, {});
  REQUIRE(nothing.ok());
  CHECK(nothing->accuracy() == 0);
  CHECK(nothing->loss == 0);
}

TEST_CASE("engine/trainer: of equal values the first is the largest") {
  CHECK(largest(std::vector<float>{1, 3, 3, 2}) == 1);
  CHECK(largest(std::vector<float>{-5}) == 0);
  CHECK(largest(std::vector<float>{0, 0, 0}) == 0);
}

TEST_CASE("engine/trainer: what does not fit is refused in words, and nothing changes") {
  const Layers layers = {BatchNormalization{}, Dense{.units = 3}};
  Network network = built(SampleShape(2), layers, 4);
  Trainer trainer(network, settings_of(Kind::adam, 0.1f), Loss::mean_squared_error, 4);
  const Data data = triangle(4, 1);
  REQUIRE(trainer.step(data.images, data.labels).ok());
  const std::vector<std::uint32_t> before = bits_of(network);
  const auto first = [](const auto& all, std::size_t count) {
    return std::vector(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count));
  };
  const std::vector<float> targets(12);
  const auto refusal = [&](const std::vector<float>& images, const auto& answers) {
    const std::string sentence = trainer.step(images, answers).sentence();
    CHECK(trainer.gradients(images, answers).sentence() == sentence);
    return sentence;
  };
  CHECK(refusal(data.images, std::vector<int>{0, 1, 2, 3}) ==
        "A label is 3, but the network has the classes 0 to 2.");
  CHECK(refusal(data.images, std::vector<int>{0, 1, -1, 0}) ==
        "A label is -1, but the network has the classes 0 to 2.");
  CHECK(refusal(data.images, first(data.labels, 3)) ==
        "There are 4 images and 3 labels: each image needs one.");
  CHECK(refusal(first(data.images, 7), data.labels) ==
        "There are 7 values, but the images of this network have 2 each.");
  CHECK(refusal({}, std::vector<int>{}) == "There are 0 values, but the images of this network have 2 each.");
  const Data more = triangle(5, 1);
  CHECK(refusal(more.images, more.labels) == "The batch has 5 images, but there is room for 4.");
  CHECK(refusal(data.images, first(targets, 9)) == "There are 4 images and 3 targets: each image needs one.");
  CHECK(refusal(first(data.images, 6), first(targets, 10)) ==
        "There are 10 target values, but this network answers each image with 3.");
  CHECK(trainer.evaluate(data.images, first(data.labels, 3)).sentence() ==
        "There are 8 values and 3 labels, but the images of this network have 2 values each.");
  CHECK(trainer.evaluate(data.images, std::vector<int>{0, 1, 2, 3}).sentence() ==
        "A label is 3, but the network has the classes 0 to 2.");
  CHECK(bits_of(network) == before);
  CHECK(trainer.updates() == 1);

  Network picture = built(SampleShape(4, 4, 1), {Conv2D{}});
  Trainer painter(picture, {}, Loss::cross_entropy, 1);
  CHECK(painter.step(std::vector<float>(16), std::vector<int>{0}).sentence() ==
        "Labels need a network that ends in a list of classes, but this one ends in (2, 2, 1).");
  CHECK(painter.step(std::vector<float>(16), std::vector<float>(4)).sentence() ==
        "Targets that are numbers need the loss mean_squared_error; cross_entropy needs labels.");
}

TEST_CASE("engine/trainer: settings that no update can be made with are refused in words") {
  Network network = classifier();
  Trainer trainer(network, {}, Loss::cross_entropy, 3);
  const Data data = triangle(3, 1);
  const std::vector<std::uint32_t> before = bits_of(network);
  const auto refusal = [&](float OptimizerSettings::*setting, float value) {
    trainer.settings() = {};
    trainer.settings().*setting = value;
    const Result<StepReport> report = trainer.step(data.images, data.labels);
    return report.ok() ? "" : report.sentence();
  };
  using S = OptimizerSettings;
  CHECK(refusal(&S::learning_rate, -0.1f) ==
        "The learning rate is -0.1, but it has to be from 0 to 1000000.");
  CHECK(refusal(&S::learning_rate, kNan).rfind("The learning rate is nan", 0) == 0);
  CHECK(refusal(&S::learning_rate, kInfinity).rfind("The learning rate is inf", 0) == 0);
  CHECK(refusal(&S::momentum, 1) == "The optimizer's momentum is 1.0, but it has to be from 0 to below 1.");
  CHECK(refusal(&S::rho, -1).rfind("The optimizer's rho is -1.0", 0) == 0);
  CHECK(refusal(&S::beta_1, kNan).rfind("The optimizer's beta_1 is nan", 0) == 0);
  CHECK(refusal(&S::beta_2, 1).rfind("The optimizer's beta_2 is 1.0", 0) == 0);
  CHECK(refusal(&S::epsilon, 0) == "The optimizer's epsilon is 0.0, but it has to be above 0 and at most 1.");
  CHECK(bits_of(network) == before);
  CHECK(refusal(&S::learning_rate, 0) == "");
  CHECK(bits_of(network) == before);  // a learning rate of 0 is legal, and changes nothing
}

TEST_CASE("engine/trainer: training that diverges says so, and the weights stay finite") {
  const std::uint64_t seed = 6;
  CAPTURE(seed);
  // Its answers are not bounded, so a learning rate too large makes them grow without end.
  const Layers layers = {Dense{.units = 6, .activation = kRelu}, BatchNormalization{}, Dense{.units = 4},
                         Dense{.units = 3}};
  const Data data = triangle(12, seed);
  for (const Kind kind : {Kind::sgd, Kind::momentum, Kind::nesterov, Kind::rmsprop, Kind::adam}) {
    for (const float rate : {100.0f, 1e6f}) {
      CAPTURE(name_of(kind));
      CAPTURE(rate);
      Network network = built(SampleShape(2), layers, seed);
      Trainer trainer(network, settings_of(kind, rate), Loss::mean_squared_error, 12);
      bool said = false;
      int updates = 0;
      for (int k = 0; k < 200 && !said; ++k) {
        const std::vector<std::uint32_t> before = bits_of(network);
        updates = trainer.updates();
        const Result<StepReport> report = trainer.step(data.images, data.labels);
        CHECK(all_finite(network));
        said = diverged(report);
        if (said) {
          CHECK(bits_of(network) == before);
          CHECK(trainer.updates() == updates);
        } else {
          REQUIRE(report.ok());
        }
      }
      // The latter two move by about the learning rate, whatever the gradient: they need not diverge.
      if (kind != Kind::rmsprop && kind != Kind::adam) CHECK(said);
    }
  }
}

TEST_CASE("engine/trainer: images that are no numbers are no step, and leave no trace") {
  const Layers layers = {Conv2D{.filters = 2, .activation = kRelu}, BatchNormalization{}, MaxPooling2D{},
                         Flatten{}, Dense{.units = 3, .activation = kSoftmax}};
  Network network = built(SampleShape(6, 6, 1), layers, 2),
          untouched = built(SampleShape(6, 6, 1), layers, 2);
  Trainer trainer(network, {}, Loss::cross_entropy, 2), other(untouched, {}, Loss::cross_entropy, 2);
  const std::vector<float> images = random_values(72, 1);
  const std::vector<int> labels = {0, 2};
  for (const float wrong : {kInfinity, -kInfinity, kNan}) {
    for (const std::size_t place : {std::size_t{0}, std::size_t{40}}) {
      CAPTURE(wrong);
      CAPTURE(place);
      std::vector<float> strange = images;
      strange[place] = wrong;
      const std::vector<std::uint32_t> before = bits_of(network);
      CHECK(diverged(trainer.step(strange, labels)));
      CHECK(bits_of(network) == before);
    }
  }
  CHECK(trainer.step(std::vector<float>(72, kNan), labels).sentence() ==
        "Training has diverged at update 1: the loss or a gradient has become too large to be a number. "
        "Start again "
        "with a smaller learning rate, or with smaller weights.");
  // It can go on as if nothing had happened.
  REQUIRE(trainer.step(images, labels).ok());
  REQUIRE(other.step(images, labels).ok());
  CHECK(bits_of(network) == bits_of(untouched));
}

// The loss is finite in double precision, but what Adam and RMSProp would gather, the square, is not in
// single.
TEST_CASE("engine/trainer: a gradient too large to be squared is a step refused") {
  for (const Kind kind : {Kind::sgd, Kind::adam}) {
    Network network = built(SampleShape(1), {Dense{}});
    Trainer trainer(network, settings_of(kind, 0.01f), Loss::mean_squared_error, 1);
    const std::vector<std::uint32_t> before = bits_of(network);
    CHECK(diverged(trainer.step(std::vector<float>{1e10f}, std::vector<float>{1e10f})));
    CHECK(bits_of(network) == before);
    CHECK(trainer.step(std::vector<float>{1e5f}, std::vector<float>{1e5f}).ok());
  }
}

// Its channel's variance is beyond single precision, though the loss is not.
TEST_CASE("engine/trainer: a moving average that would become infinite is a step refused") {
  Network network = built(SampleShape(2), {BatchNormalization{}, Dense{.units = 2, .activation = kSoftmax}});
  Trainer trainer(network, {}, Loss::cross_entropy, 2);
  const std::vector<std::uint32_t> before = bits_of(network);
  CHECK(diverged(trainer.step(std::vector<float>{1e30f, 0, -1e30f, 1}, std::vector<int>{0, 1})));
  CHECK(bits_of(network) == before);
}

TEST_CASE("engine/trainer: looking at gradients changes no parameter") {
  for (const bool keep : {false, true}) {
    CAPTURE(keep);
    Network network = built(SampleShape(9, 8, 2), every_kind_of_layer(), 3);
    Trainer trainer(network, {}, Loss::cross_entropy, 4, keep);
    const std::vector<float> images = random_values(4 * 144, 5);
    const std::vector<int> labels = {0, 2, 1, 1};
    const std::vector<std::uint32_t> before = bits_of(network);
    const Result<StepReport> looked = trainer.gradients(images, labels);
    REQUIRE(looked.ok());
    CHECK(bits_of(network) == before);
    CHECK(trainer.updates() == 0);
    double squares = 0;
    for (const float g : gradients_of(network)) squares += static_cast<double>(g) * static_cast<double>(g);
    CHECK(squares > 0);
    CHECK(looked->gradient_norm == doctest::Approx(std::sqrt(squares)));
    CHECK(network.room().keep_gradients == keep);
  }
}

TEST_CASE("engine/trainer: a batch's gradient is the mean of its images' gradients") {
  const Data data = triangle(3, 9);
  Network network = classifier();
  Trainer trainer(network, {}, Loss::cross_entropy, 3);
  REQUIRE(trainer.gradients(data.images, data.labels).ok());
  const std::vector<float> together = gradients_of(network);
  std::vector<double> mean(together.size());
  for (std::size_t n = 0; n < 3; ++n) {
    REQUIRE(trainer.gradients(std::span(data.images).subspan(2 * n, 2), std::span(data.labels).subspan(n, 1))
                .ok());
    const std::vector<float> alone = gradients_of(network);
    for (std::size_t k = 0; k < mean.size(); ++k) mean[k] += static_cast<double>(alone[k]) / 3;
  }
  // Numbers up to 1, a few roundings each.
  for (std::size_t k = 0; k < mean.size(); ++k)
    CHECK(std::abs(static_cast<double>(together[k]) - mean[k]) < 1e-6);
}

TEST_CASE("engine/trainer: from the same seed the same run, also after a restart and with dropout") {
  const std::uint64_t seed = 77;
  CAPTURE(seed);
  Network network = built(SampleShape(9, 8, 2), every_kind_of_layer(), seed);
  const std::vector<float> images = random_values(6 * 144, seed);
  const std::vector<int> labels = random_labels(6, 3, seed);
  for (const Kind kind : {Kind::sgd, Kind::momentum, Kind::nesterov, Kind::rmsprop, Kind::adam}) {
    CAPTURE(name_of(kind));
    network.initialize(seed);
    Trainer trainer(network, settings_of(kind, 0.01f), Loss::cross_entropy, 6);
    const auto run = [&] {
      std::vector<double> losses;
      for (int update = 0; update < 5; ++update) {
        const Result<StepReport> report = trainer.step(images, labels);
        REQUIRE(report.ok());
        losses.push_back(report->loss);
      }
      return losses;
    };
    const std::vector<double> losses = run();
    const std::vector<std::uint32_t> bits = bits_of(network);
    trainer.restart(seed);
    CHECK(trainer.updates() == 0);
    CHECK(run() == losses);
    CHECK(bits_of(network) == bits);
    Network other = built(SampleShape(9, 8, 2), every_kind_of_layer(), seed + 1);
    trainer.restart(seed + 1);
    CHECK(bits_of(network) == bits_of(other));
    CHECK(run() != losses);
  }
}

TEST_CASE("engine/trainer: dropout drops other values at every step") {
  Network network = built(SampleShape(64), {Dropout{0.5f}, Dense{.units = 2, .activation = kSoftmax}});
  Trainer trainer(network, settings_of(Kind::sgd, 0), Loss::cross_entropy, 1);
  const std::vector<float> image(64, 1);
  const std::vector<int> label = {1};
  std::vector<std::vector<float>> seen;
  for (int update = 0; update < 3; ++update) {
    REQUIRE(trainer.step(image, label).ok());
    seen.emplace_back(network.values(1).begin(), network.values(1).end());
  }
  CHECK(seen[0] != seen[1]);
  CHECK(seen[1] != seen[2]);
}

TEST_CASE("engine/trainer: L2 adds λ·Σw² to the loss and 2·λ·w to the gradient, layer by layer") {
  const Data data = triangle(6, 4);
  const float lambda = 0.01f;
  const auto network_with = [](float first, float second) {
    return built(SampleShape(2),
                 {Dense{.units = 8, .activation = kTanh, .l2 = first},
                  Dense{.units = 3, .activation = kSoftmax, .l2 = second}},
                 3);
  };
  Network plain = network_with(0, 0), one = network_with(lambda, 0), both = network_with(lambda, 2 * lambda);
  Trainer trainers[] = {Trainer(plain, {}, Loss::cross_entropy, 6), Trainer(one, {}, Loss::cross_entropy, 6),
                        Trainer(both, {}, Loss::cross_entropy, 6)};
  double loss = 0, penalty[3] = {};
  for (int k = 0; k < 3; ++k) {
    const Result<StepReport> report = trainers[k].gradients(data.images, data.labels);
    REQUIRE(report.ok());
    if (k == 0) loss = report->loss;
    CHECK(report->loss == loss);
    penalty[k] = report->penalty;
  }
  const auto squares = [&](int layer) {
    double sum = 0;
    for (const float w : plain.parameters(layer)[0].values)
      sum += static_cast<double>(w) * static_cast<double>(w);
    return sum;
  };
  CHECK(penalty[0] == 0);
  CHECK(penalty[1] == doctest::Approx(static_cast<double>(lambda) * squares(0)));
  CHECK(penalty[2] == doctest::Approx(static_cast<double>(lambda) * (squares(0) + 2 * squares(1))));
  for (int layer = 0; layer < 2; ++layer) {
    const std::vector<float>& w = plain.parameters(layer)[0].values;
    for (std::size_t j = 0; j < w.size(); ++j) {
      const float g = plain.parameters(layer)[0].gradient[j];
      CHECK(one.parameters(layer)[0].gradient[j] == (layer == 0 ? g + 2 * lambda * w[j] : g));
      CHECK(both.parameters(layer)[0].gradient[j] == g + 2 * (layer == 0 ? lambda : 2 * lambda) * w[j]);
    }
    CHECK(plain.parameters(layer)[1].gradient == both.parameters(layer)[1].gradient);  // the bias has none
  }
  // A frozen layer is not trained, so it is not penalised.
  both.freeze(1, true);
  CHECK(trainers[2].gradients(data.images, data.labels)->penalty == penalty[1]);
}

TEST_CASE("engine/trainer: learning rate, L2 and the kind of optimizer can change between steps") {
  const Data data = triangle(6, 4);
  Network network = classifier(), other = classifier();
  Trainer trainer(network, settings_of(Kind::sgd, 0.1f), Loss::cross_entropy, 6);
  Trainer steady(other, settings_of(Kind::sgd, 0.1f), Loss::cross_entropy, 6);
  REQUIRE(trainer.step(data.images, data.labels).ok());
  REQUIRE(steady.step(data.images, data.labels).ok());
  CHECK(bits_of(network) == bits_of(other));

  const std::vector<float> before = network.parameters(0)[0].values;
  trainer.settings().learning_rate = 0.5f;
  REQUIRE(trainer.step(data.images, data.labels).ok());
  const std::vector<float>& gradient = network.parameters(0)[0].gradient;
  for (std::size_t k = 0; k < before.size(); ++k)
    CHECK(network.parameters(0)[0].values[k] == before[k] - 0.5f * gradient[k]);

  REQUIRE(steady.step(data.images, data.labels).ok());
  CHECK(bits_of(network) != bits_of(other));

  network.parameters(0)[0].l2 = 0.1f;
  CHECK(trainer.gradients(data.images, data.labels)->penalty > 0);
  network.parameters(0)[0].l2 = 0;
  CHECK(trainer.gradients(data.images, data.labels)->penalty == 0);

  for (const Kind kind : {Kind::momentum, Kind::nesterov, Kind::rmsprop, Kind::adam, Kind::sgd}) {
    CAPTURE(name_of(kind));
    trainer.settings().kind = kind;
    const std::vector<std::uint32_t> bits = bits_of(network);
    REQUIRE(trainer.step(data.images, data.labels).ok());
    CHECK(bits_of(network) != bits);
  }
}

TEST_CASE("engine/trainer: another kind of optimizer begins anew, from the weights as they are") {
  const Data data = triangle(12, 8);
  for (const Kind before : {Kind::sgd, Kind::momentum, Kind::rmsprop, Kind::adam}) {
    for (const Kind after : {Kind::momentum, Kind::nesterov, Kind::rmsprop, Kind::adam}) {
      if (before == after) continue;
      CAPTURE(name_of(before));
      CAPTURE(name_of(after));
      Network network = classifier(), other = classifier(9);
      Trainer trainer(network, settings_of(before, 0.01f), Loss::cross_entropy, 12);
      for (int update = 0; update < 5; ++update) REQUIRE(trainer.step(data.images, data.labels).ok());
      for (int k = 0; k < network.layers(); ++k) {
        for (std::size_t p = 0; p < network.parameters(k).size(); ++p)
          other.parameters(k)[p].values = network.parameters(k)[p].values;
      }
      other.parameters_changed();
      Trainer fresh(other, settings_of(after, 0.01f), Loss::cross_entropy, 12);
      trainer.settings().kind = after;
      for (int update = 0; update < 3; ++update) {
        REQUIRE(trainer.step(data.images, data.labels).ok());
        REQUIRE(fresh.step(data.images, data.labels).ok());
        CHECK(bits_of(network) == bits_of(other));
      }
      CHECK(trainer.updates() == 8);
    }
  }
}

TEST_CASE("engine/trainer: frozen layers do not change, whatever the optimizer has gathered about them") {
  Network network = built(SampleShape(9, 8, 2), every_kind_of_layer(), 2);
  const std::vector<float> images = random_values(4 * 144, 1);
  const std::vector<int> labels = {0, 1, 2, 0};
  for (const Kind kind : {Kind::sgd, Kind::momentum, Kind::nesterov, Kind::rmsprop, Kind::adam}) {
    CAPTURE(name_of(kind));
    Trainer trainer(network, settings_of(kind, 0.01f), Loss::cross_entropy, 4);
    const auto values_of = [&](int layer) {
      std::vector<std::vector<float>> values;
      for (const Parameter& p : network.parameters(layer)) values.push_back(p.values);
      return values;
    };
    for (int layer = 0; layer < network.layers(); ++layer) network.freeze(layer, false);
    for (int update = 0; update < 2; ++update) REQUIRE(trainer.step(images, labels).ok());
    for (int layer = 0; layer < 4; ++layer) network.freeze(layer, true);
    const auto frozen = values_of(0), averages = values_of(1), also = values_of(3), learning = values_of(6);
    for (int update = 0; update < 3; ++update) REQUIRE(trainer.step(images, labels).ok());
    CHECK(values_of(0) == frozen);
    CHECK(values_of(1) == averages);
    CHECK(values_of(3) == also);
    CHECK(values_of(6) != learning);
    network.freeze(3, false);
    REQUIRE(trainer.step(images, labels).ok());
    CHECK(values_of(0) == frozen);
    CHECK(values_of(3) != also);
  }
}

TEST_CASE("engine/trainer: the number of right answers is that of the batch, while training") {
  const Data data = triangle(12, 3);
  Network network = classifier();
  Trainer trainer(network, settings_of(Kind::adam, 0.05f), Loss::cross_entropy, 12);
  for (int update = 0; update < 10; ++update) {
    const int expected = trainer.evaluate(data.images, data.labels)->correct;
    const Result<StepReport> report = trainer.step(data.images, data.labels);
    REQUIRE(report.ok());
    CHECK(report->correct == expected);
    CHECK(report->images == 12);
  }
}
