// The pooling lesson's part of the address: its whole state as text, and back.

#include "data/picture_text.h"
#include "lesson/link_verbs.h"
#include "lesson/number_text.h"
#include "lesson/pooling.h"

namespace kg {
const char* PoolingLesson::name_of(Source source) {
  switch (source) {
    case Source::four:
      return "4x4";
    case Source::channel:
      return "26x26";
    case Source::digit:
      return "digit";
    case Source::own:
      break;
  }
  return "own";
}

LinkParams PoolingLesson::save() const {
  LinkParams params;
  picture().save(params);
  if (filter().name != "top_edge") {
    params.emplace_back("filter", setup_.bank.save(picture().pixels().shape().c));
  }
  if (source() == Source::own) {
    params.emplace_back("numbers", picture_to_text(setup_.own));
  } else if (source() != Source::four) {
    params.emplace_back("example", name_of(source()));
  }
  if (mode() != Mode::max) params.emplace_back("mode", "average");
  if (window() != 2) params.emplace_back("window", std::to_string(window()));
  if (stride() != 2) params.emplace_back("stride", std::to_string(stride()));
  if (padding() == Padding::same) params.emplace_back("padding", "same");
  save_timeline(timeline_, params);
  if (prediction_) params.emplace_back("guess", prediction_text(*prediction_));
  return params;
}

// The picture and its filter before the example that uses them. The window is 1×1, which fits everywhere,
// until all that it has to fit is there; the position and what was predicted there come last.
std::vector<std::string> PoolingLesson::load(const LinkParams& params) {
  LinkReader link(params);
  (void)perform("set_window", args(1));
  load_picture(link, [&](const std::function<Status(Picture&)>& change) {
    return edit([&](Setup& s) { return change(s.picture); });
  });
  link.take("filter", [&](const std::string& text) {
    Result<FilterBank> bank = FilterBank::load(text, picture().pixels().shape().c);
    if (!bank) return Status(bank.error());
    if (bank->count() != 1) return Status(Error{"one filter is at work in this lesson"});
    return edit([&](Setup& s) { return s.bank = *bank, Status(Done{}); });
  });
  link.take("example", [&](const std::string& text) {
    const Result<Source> source = example_named(text);
    if (!source) return Status(source.error());
    return edit([&](Setup& s) { return s.source = *source, Status(Done{}); });
  });
  link.take("numbers", [&](const std::string& text) {
    const Result<Tensor> own = picture_from_text(text);
    if (!own) return Status(own.error());
    if (own->shape().c != 1) return Status(Error{"numbers to pool have one channel"});
    return set_own(own->values(), own->shape().h, own->shape().w);
  });
  LinkVerbs by_verb(link, *this);
  by_verb.word("mode", "set_mode");
  by_verb.word("padding", "set_padding");
  by_verb.whole("stride", "set_stride");
  (void)perform("set_window", args(2));
  by_verb.whole("window", "set_window");
  start_at_largest();
  load_timeline(timeline_, link);
  link.take("guess", [&](const std::string& text) {
    const std::optional<Prediction> guess = read_prediction(text, timeline_);
    if (!guess) return Status(Error{"it is a step, a colon and a number"});
    prediction_ = guess;
    return Status(Done{});
  });
  return link.notices();
}

}  // namespace kg
