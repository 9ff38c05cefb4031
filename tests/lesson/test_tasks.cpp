// The tasks of every lesson: open at first, and done when what they ask for has been done.
#include <doctest/doctest.h>

#include <algorithm>

#include "lesson/lesson_fixture.h"

using namespace kg;

namespace {

struct Solution {
  const char* slug;
  const char* task;
  std::vector<Call> calls;
};

// One way for each task. A lesson's task without one fails the test below.
const std::vector<Solution>& solutions() {
  static const std::vector<Solution> list = {
      {"image", "rare", {call("look_at", 26, 12)}},
      {"image", "three_channels", {call("set_colour_digit", 3)}},
      {"image",
       "line",
       {call("set_blank", 8), call("set_pixel", 2, 4, 1), call("set_pixel", 3, 4, 1),
        call("set_pixel", 4, 4, 1)}},
      {"image", "predict", {call("challenge"), call("predict", 100)}},
      {"filter", "white_on_plain", {call("set_cell", 0, 2, 1, 1), call("set_cell", 0, 0, 1, -2)}},
      {"filter", "as_it_is", {call("set_filter", 3, std::vector<float>{0, 0, 0, 0, 1, 0, 0, 0, 0})}},
      {"filter", "bottom_edge", {call("set_filter", 0, std::vector<float>{1, 1, 1, -1, -1, -1, 0, 0, 0})}},
      {"filter", "eight", {call("random_filters", 8)}},
      {"convolution", "output_13", {call("set_stride", 2)}},
      {"convolution", "keep_the_size", {call("set_padding", "same")}},
      {"convolution", "three_channels", {call("add_filter", "blur"), call("add_filter", "left_edge")}},
      {"convolution",
       "predict",
       {call("set_pixels", std::vector<int>{1, 2, 3, 4, 5, 6, 7, 8, 9}, 3, 3, 1),
        call("set_preset", 0, "top_edge"), call("step_product", -9), call("predict", 9),
        call("step_product", 9)}},
      {"pooling", "nine_by_nine", {call("load_preset", "26x26"), call("set_stride", 3)}},
      {"pooling", "overlap", {call("set_stride", 1)}},
      {"pooling", "keep_the_size", {call("set_stride", 1), call("set_padding", "same")}},
      {"pooling",
       "predict",
       {call("seek", 2), call("step_product", -1), call("predict", 6), call("step_product", 1)}},
      {"batch", "forty", {call("set_batch_size", 25)}},
      {"batch", "predict", {call("challenge"), call("predict", 4)}},
      {"batch",
       "large_wins",
       {call("set_view", "race"), call("set_runs", std::vector<float>{1, 0}), call("set_learning_rate", 0.5),
        call("train_epoch"), call("train_epoch"), call("train_epoch"), call("train_epoch"),
        call("train_epoch")}},
      {"batch",
       "smooth",
       {call("set_view", "surface"), call("train", 1), call("set_runs", std::vector<float>{200, 500})}},
      {"network", "learn", {call("train", 700)}},
      {"network", "take_apart", {call("select_strongest", 2)}},
      {"network",
       "read_mine",
       {call("train", 300), call("add_stroke", std::vector<float>{0.5f, 0.2f, 0.5f, 0.8f})}},
      {"network", "check", {call("check_gradient", 5, 1, 3)}},
      {"bias", "fires_from_minus_one", {call("set_bias", 1)}},
      {"bias", "predict", {call("scrub", 0), call("predict", 0)}},
      {"bias", "half", {call("set_view", "map"), call("set_bias", -0.5)}},
      {"bias", "silence", {call("set_view", "map"), call("set_bias", -5)}},
      {"batchnorm", "outlier", {call("set_scaling", "scaled"), call("set_driver", 6, "miles", 600000)}},
      {"batchnorm", "predict", {call("predict", -1.17)}},
      {"batchnorm",
       "undo",
       {call("load_preset", "three_steps"), call("set_gamma", 0.3), call("set_beta", 0.25)}},
      {"batchnorm", "both", {call("load_preset", "training"), call("set_rate", 0.1), call("train", 200)}},
      {"init", "tame", {call("set_weights", "xavier")}},
      {"init", "predict", {call("set_inputs", 400), call("scrub", 0), call("predict", 20)}},
      {"init",
       "deep_relu",
       {call("set_view", "net"), call("set_activation", "relu"), call("set_depth", 20),
        call("compare", "he_normal")}},
      {"finetune", "head_start", {call("set_view", "second"), call("train", 10)}},
      {"finetune", "level", {call("set_view", "second"), call("set_examples", 100), call("train", 120)}},
      {"finetune", "predict", {call("predict", 6085)}},
      {"finetune",
       "symbols",
       {call("set_task", "symbols"), call("use_our_symbols"), call("set_view", "second"), call("train", 30)}},
      {"l2", "beat", {call("train", 400)}},
      {"l2", "nothing", {call("set_lambda", 300), call("train", 120)}},
      {"l2", "predict", {call("predict", 0.01)}},
      {"padding", "seven_to_three", {call("set_n", 7), call("set_f", 5)}},
      {"padding", "keep_the_size", {call("set_n", 7), call("set_f", 5), call("set_p", 2)}},
      {"padding", "nothing_left", {call("set_n", 28), call("set_view", "chain"), call("set_layers", 14)}},
      {"padding", "predict", {call("challenge"), call("predict", 3)}},
      {"gradients", "vanish", {call("load_preset", "vanishing")}},
      {"gradients", "cure", {call("load_preset", "vanishing"), call("load_preset", "relu_he")}},
      {"gradients", "explode", {call("load_preset", "exploding")}},
      {"gradients", "healthy", {call("load_preset", "tanh_glorot")}},
      {"gradients",
       "overtake",
       {call("load_preset", "vanishing"), call("keep_a"), call("load_preset", "tanh_glorot"),
        call("update", 200)}},
      {"gradients",
       "predict",
       {call("seek", 2), call("step_product", -1), call("predict", 0.0304), call("step_product", 1)}},
      {"parameters", "predict", {call("predict", 8)}},
      {"parameters", "exactly_50", {call("set_inputs", 5), call("set_units", 0, 6)}},
      {"parameters", "small_dense", {call("load_preset", "cnn_2515"), call("set_image", 8)}},
      {"backprop", "flip", {call("update", 100)}},
      {"backprop",
       "predict",
       {call("set_inputs", std::vector<float>{1, 2}), call("set_activation", "relu"),
        call("set_output", "linear"), call("set_label", 0), call("set_weight", 0, 0, 1),
        call("set_weight", 0, 3, 0), call("set_weight", 1, 0, 3), call("set_weight", 1, 2, 0),
        call("set_weight", 1, 4, 0), call("seek", 4), call("step_product", -8), call("predict", 2),
        call("step_product", 1)}},  // (3 − 1) · 1 · 1
      {"backprop", "overshoot", {call("set_output", "linear"), call("set_rate", 3), call("update", 1)}},
      {"backprop", "digit", {call("set_view", "digits"), call("update", 20)}},
      {"shapes", "fit", {call("load_preset", "model_valid"), call("set_filters", 3, 8)}},
      {"shapes", "repair", {call("load_preset", "broken"), call("set_padding", 4, "same")}},
      {"shapes", "predict", {call("seek", 1), call("step_product", -1), call("predict", 4640)}},
  };
  return list;
}

bool met(const Session& session, const std::string& id) {
  const std::vector<Task> tasks = session.lesson().tasks();
  const auto task = std::find_if(tasks.begin(), tasks.end(), [&](const Task& t) { return t.id == id; });
  return task != tasks.end() && task->met;
}

}  // namespace

TEST_CASE("lesson/tasks: every lesson has two or more, none of them met at first") {
  for (const LessonEntry& entry : lesson_catalogue()) {
    CAPTURE(entry.slug);
    for (const std::uint64_t seed : {std::uint64_t{3}, std::uint64_t{20}, std::uint64_t{4711}}) {
      CAPTURE(seed);
      const std::unique_ptr<Lesson> lesson = entry.make(seed);
      const std::vector<Task> tasks = lesson->tasks();
      CHECK(tasks.size() >= 2);
      for (const Task& task : tasks) {
        CAPTURE(task.id);
        CHECK(!task.met);
      }
    }
  }
}

TEST_CASE("lesson/tasks: each can be done by verbs") {
  for (const LessonEntry& entry : lesson_catalogue()) {
    CAPTURE(entry.slug);
    for (const Task& task : entry.make(Session::kSeed)->tasks()) {
      CAPTURE(task.id);
      const auto solution = std::find_if(solutions().begin(), solutions().end(), [&](const Solution& s) {
        return entry.slug == s.slug && task.id == s.task;
      });
      REQUIRE(solution != solutions().end());
      Session session;
      REQUIRE(session.open(entry.slug, {}));
      for (const Call& made : solution->calls) {
        CHECK(!met(session, task.id));  // not before the last call
        INFO(made.text());
        REQUIRE(refusal(session, made) == "");
        session.work([&] { return session.lesson().busy(); });
      }
      CHECK(met(session, task.id));
    }
  }
}
