// What can be done in the pooling lesson.
#include "lesson/number_text.h"
#include "lesson/padding_name.h"
#include "lesson/pooling.h"
#include "lesson/wording.h"

namespace kg {
namespace {

Result<int> places_named(const char* what, double n) {
  if (n >= 1 && n <= PoolingLesson::kMostPlaces) return static_cast<int>(n);
  return Error{std::string(what) + " is 1 to " + std::to_string(PoolingLesson::kMostPlaces) + "; " +
               number_text(n, 0) + " is outside."};
}

}  // namespace

void PoolingLesson::add_verbs() {
  using Type = Param::Type;
  add_timeline_verbs(timeline_, verbs_);
  // Who asks for a picture or a filter wants to see what is pooled of it.
  const auto edit_pictured = [this](const Change& change) {
    return edit([&](Setup& s) {
      if (!is_from_picture(s.source)) s.source = Source::digit;
      return change(s);
    });
  };
  add_picture_verbs(
      [=](const std::function<Status(Picture&)>& change) {
        return edit_pictured([&](Setup& s) { return change(s.picture); });
      },
      verbs_);
  verbs_.push_back({"load_preset",
                    {{"name", Type::text, "4x4, 26x26 or digit"}},
                    "Set up a worked example: max pooling, window 2×2, stride 2.",
                    [this](const Args& a) { return load_preset(a.text(0)); }});
  verbs_.push_back({"set_input",
                    {{"values", Type::numbers, "row by row"},
                     {"height", Type::integer, "rows"},
                     {"width", Type::integer, "columns"}},
                    "Pool these numbers.",
                    [this](const Args& a) { return set_own(a.numbers(0), a.number(1), a.number(2)); }});
  verbs_.push_back({"set_cell",
                    {{"row", Type::integer, "of the input, from 0"},
                     {"col", Type::integer, "of the input, from 0"},
                     {"value", Type::number, "its new number"}},
                    "Change one number of the input; not of one that a picture makes.",
                    [this](const Args& a) { return set_cell(a.number(0), a.number(1), a.number(2)); }});
  verbs_.push_back({"set_mode",
                    {{"mode", Type::text, "max or average"}},
                    "What stays of a window: its largest value, or the mean.",
                    [this](const Args& a) {
                      const std::string name = a.text(0);
                      if (name != "max" && name != "average") {
                        return Status(
                            Error{"The mode is max or average; " + in_quotes(name) + " is neither."});
                      }
                      return edit([&](Setup& s) {
                        s.mode = name == "max" ? Mode::max : Mode::average;
                        return Status(Done{});
                      });
                    }});
  const auto size_verb = [this](const char* name, const char* about, const char* what, int Setup::*size) {
    verbs_.push_back({name, {{"n", Type::integer, "1 to 8"}}, about, [=, this](const Args& a) {
                        const Result<int> n = places_named(what, a.number(0));
                        if (!n) return Status(n.error());
                        return edit([&](Setup& s) { return s.*size = *n, Status(Done{}); });
                      }});
  };
  size_verb("set_window", "How many rows and columns the window has.", "The window’s side", &Setup::window);
  size_verb("set_stride", "How many places the window moves between two stops.", "The stride",
            &Setup::stride);
  verbs_.push_back({"set_padding",
                    {{"padding", Type::text, "valid or same"}},
                    "Whether windows may reach over the edge; places beyond it never count.",
                    [this](const Args& a) {
                      const Result<Padding> padding = padding_named(a.text(0));
                      if (!padding) return Status(padding.error());
                      return edit([&](Setup& s) { return s.padding = *padding, Status(Done{}); });
                    }});
  verbs_.push_back({"set_filter",
                    {{"name", Type::text, "of a preset: top_edge, sobel_x, …, random"}},
                    "Which filter makes the channel that is pooled.",
                    [=, this](const Args& a) {
                      return edit_pictured([&](Setup& s) {
                        return s.bank.set_preset(0, a.text(0), seed(), s.picture.pixels().shape().c);
                      });
                    }});
  verbs_.push_back({"predict",
                    {{"value", Type::number, "what the current cell will be"}},
                    "Say what comes out, before the last comparison.",
                    [this](const Args& a) { return predict(a.number(0)); }});
}

}  // namespace kg
