// The convolution lesson's part of the address: its whole state as text, and back.
#include "lesson/convolution.h"
#include "lesson/link.h"

namespace kg {

LinkParams Convolution::save() const {
  LinkParams params;
  picture().save(params);
  params.emplace_back("filters", bank().save(input().shape().c));
  if (stride() != 1) params.emplace_back("stride", std::to_string(stride()));
  if (padding() == Padding::same) params.emplace_back("padding", "same");
  if (flipped()) params.emplace_back("flip", "1");
  save_timeline(timeline_, params);
  if (prediction_) params.emplace_back("guess", prediction_text(*prediction_));
  return params;
}

// The padding before the picture: a small picture may need it. The picture before the filters, which need its
// channels; the position last, since it needs them all.
std::vector<std::string> Convolution::load(const LinkParams& params) {
  LinkReader link(params);
  link.take("padding", [&](const std::string& text) { return perform("set_padding", args(text)); });
  load_picture(link, [&](const std::function<Status(Picture&)>& change) {
    return edit([&](Setup& s) { return change(s.picture); });
  });
  link.take("filters", [&](const std::string& text) {
    Result<FilterBank> bank = FilterBank::load(text, input().shape().c);
    return bank ? edit([&](Setup& s) { return s.bank = *bank, Status(Done{}); }) : Status(bank.error());
  });
  link.take("stride", [&](const std::string& text) {
    const std::optional<int> n = parse_int(text);
    return n ? perform("set_stride", args(*n)) : Status(Error{"a stride is a whole number"});
  });
  link.take("flip", [&](const std::string& text) {
    const std::optional<bool> on = parse_switch(text);
    return on ? perform("set_flipped", args(*on)) : Status(Error{"it is 1 or 0"});
  });
  start_at_strongest();
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
