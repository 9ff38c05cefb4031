// What the lessons' tests share: doing verbs by name, remembering them as a recipe, and making random setups.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/rng.h"
#include "lesson/convolution.h"
#include "lesson/session.h"

// A name and arguments; text() is how a person would write the call.
struct Call {
  std::string verb;
  kg::Json args = kg::Json::array();
  std::string text() const {
    std::string list = args.dump();
    if (list.size() > 300) list = list.substr(0, 300) + "…";
    return verb + list;
  }
};

template <class... Values>
Call call(std::string verb, Values&&... values) {
  return {std::move(verb), kg::args(std::forward<Values>(values)...)};
}

// The sentence with which `target` (a Lesson or a Session) refuses; "" if it does not.
template <class Target>
std::string refusal(Target& target, const Call& made) {
  const kg::Status status = target.perform(made.verb, made.args);
  return status ? "" : status.sentence();
}

// For calls that are legal: a refusal is a failure of the test.
template <class Target, class... Values>
void must(Target& target, std::string verb, Values&&... values) {
  const Call made = call(std::move(verb), std::forward<Values>(values)...);
  const std::string sentence = refusal(target, made);
  INFO(made.text());
  REQUIRE(sentence == "");
}

// A session with this lesson open, afresh.
inline kg::Session opened(std::string_view slug) {
  kg::Session session;
  REQUIRE(session.open(slug, {}).ok());
  return session;
}

// Everything one can know of a lesson, as one text.
inline std::string everything(const kg::Lesson& lesson) {
  const kg::Timeline& t = lesson.timeline();
  std::string text = lesson.state().dump() + "\n" + std::to_string(t.position()) + " of " +
                     std::to_string(t.steps()) + "×" + std::to_string(t.ticks()) +
                     (t.playing() ? " playing at " : " at ") + std::to_string(t.speed()) + "\n";
  for (const auto& [key, value] : lesson.save()) text += key + "=" + value + "&";
  return text + "\n" + lesson.narrate() + "\n" + lesson.keras_code();
}

// Where two long texts part, with a little of both; "" if they are the same.
inline std::string difference(const std::string& a, const std::string& b) {
  if (a == b) return "";
  std::size_t at = 0;
  while (at < a.size() && at < b.size() && a[at] == b[at]) ++at;
  const std::size_t from = at < 60 ? 0 : at - 60;
  return "at character " + std::to_string(at) + ": …" + a.substr(from, 120) + "… / …" + b.substr(from, 120) +
         "…";
}

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

inline std::vector<float> random_values(kg::Rng& rng, std::size_t count, float reach) {
  std::vector<float> values(count);
  for (float& value : values) value = rng.uniform(-reach, reach);
  return values;
}

inline int between(kg::Rng& rng, int low, int high) {  // both included
  return low + static_cast<int>(rng.below(static_cast<std::uint32_t>(high - low + 1)));
}

// A convolution in a random state, reached by legal verbs alone, and those verbs in `recipe`. The pictures
// are small, not square, of one to five channels; or one of the other sources that fit into a link.
class RandomConvolution {
 public:
  explicit RandomConvolution(std::uint64_t seed) : lesson(seed), rng_(seed) {
    recipe = "Convolution(" + std::to_string(seed) + ")";
    picture();
    filters();
    if (rng_.below(2)) act(call("set_padding", rng_.below(2) ? "same" : "valid"));
    if (rng_.below(2)) act(call("set_flipped", rng_.below(2) == 1));
    if (rng_.below(2)) act(call("set_stride", between(rng_, 1, 5)));
    act(call("seek", between(rng_, 0, lesson.timeline().steps() - 1)));
    if (rng_.below(2)) act(call("step_product", -between(rng_, 0, lesson.timeline().ticks())));
    if (rng_.below(8) == 0) act(call("finish"));
  }

  void act(const Call& made) {
    recipe += "; " + made.text();
    INFO(recipe);
    const std::string sentence = refusal(lesson, made);
    REQUIRE(sentence == "");
  }

  kg::Convolution lesson;
  std::string recipe;

 private:
  void picture() {
    switch (rng_.below(6)) {
      case 0:
        return act(call("set_digit", between(rng_, 0, 9), between(rng_, 0, 1000)));
      case 1:
        return act(call("set_colour_digit", between(rng_, 0, 9), between(rng_, 0, 1000)));
      case 2:
        return act(call("add_stroke", random_points()));
      default: {
        const int h = between(rng_, 3, 11), w = between(rng_, 3, 11), c = between(rng_, 1, 5);
        act(call("set_pixels", random_values(rng_, static_cast<std::size_t>(h * w * c), 3), h, w, c));
      }
    }
  }
  std::vector<float> random_points() {
    std::vector<float> points;
    for (int i = between(rng_, 2, 9); i > 0; --i)
      points.insert(points.end(), {rng_.uniform(), rng_.uniform()});
    return points;
  }
  void filters() {
    static const char* const kNames[] = {"bottom_edge", "sobel_x", "blur", "corner", "emboss"};
    const int channels = lesson.input().shape().c, count = between(rng_, 1, 4);
    for (int i = 0; i < count; ++i) {
      switch (rng_.below(3)) {
        case 0:
          act(call("set_preset", i, kNames[rng_.below(5)]));
          break;
        case 1:
          act(call("set_preset", i, "random"));
          break;
        default:
          act(call("set_filter", i, random_values(rng_, static_cast<std::size_t>(9 * channels), 2)));
      }
    }
    act(call("set_cell", between(rng_, 0, count - 1), between(rng_, 0, 2), between(rng_, 0, 2),
             static_cast<double>(between(rng_, -1000, 1000)) / 4, between(rng_, 0, channels - 1)));
  }

  kg::Rng rng_;
};
