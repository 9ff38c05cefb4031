// The image lesson's part of the address: its whole state as text, and back.
#include "lesson/image.h"
#include "lesson/number_text.h"

namespace kg {
namespace {

std::string joined(std::initializer_list<int> numbers) {
  std::string text;
  for (const int n : numbers) text += (text.empty() ? "" : ".") + std::to_string(n);
  return text;
}

// "9.9.10.10", exactly `count` whole numbers.
std::optional<std::vector<int>> parse_places(const std::string& text, std::size_t count) {
  std::vector<int> numbers;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('.', at), text.size());
    const std::optional<int> n = parse_int(std::string_view(text).substr(at, end - at));
    if (!n) return std::nullopt;
    numbers.push_back(*n);
    at = end + 1;
  }
  return numbers.size() == count ? std::optional(numbers) : std::nullopt;
}

}  // namespace

LinkParams ImageLesson::save() const {
  LinkParams params;
  picture().save(params);
  const Region home = home_region(input());
  if (!(zoom() == home)) {
    params.emplace_back("zoom", joined({zoom().top, zoom().left, zoom().height, zoom().width}));
  }
  if (!(pixel() == home_pixel(input(), home)))
    params.emplace_back("pixel", joined({pixel().row, pixel().col}));
  if (setup_.channel != kAllChannels) params.emplace_back("channel", std::to_string(setup_.channel));
  if (scale() == Scale::ones) params.emplace_back("scale", "1");
  if (!shaded()) params.emplace_back("shaded", "0");
  if (chosen_bar() >= 0) params.emplace_back("bar", std::to_string(chosen_bar()));
  if (setup_.covered) params.emplace_back("covered", joined({setup_.covered->row, setup_.covered->col}));
  if (const auto& guess = prediction()) {
    params.emplace_back("guess", joined({guess->pixel.row, guess->pixel.col, guess->channel}) + ":" +
                                     exact_text(guess->value));
  }
  save_timeline(timeline_, params);
  return params;
}

// The picture first: places are places in it. The position comes last, as its length is that of the region.
std::vector<std::string> ImageLesson::load(const LinkParams& params) {
  LinkReader link(params);
  load_picture(link, [&](const std::function<Status(Picture&)>& change) { return edit_picture(change); });
  (void)edit([&](Setup& s) {
    s.zoom = home_region(s.picture.pixels());
    s.pixel = home_pixel(s.picture.pixels(), s.zoom);
    return Status(Done{});
  });
  const auto take_pixel = [&](const char* key, std::optional<Pixel> Setup::*field) {
    link.take(key, [&](const std::string& text) {
      const auto at = parse_places(text, 2);
      if (!at) return Status(Error{"it is a row, a point and a column"});
      const Result<Pixel> place = pixel_given((*at)[0], (*at)[1]);
      if (!place) return Status(place.error());
      return edit([&](Setup& s) {
        if (field) {
          s.*field = *place;
        } else {
          s.pixel = *place;
        }
        return Status(Done{});
      });
    });
  };
  link.take("zoom", [&](const std::string& text) {
    const auto at = parse_places(text, 4);
    if (!at) return Status(Error{"it is four whole numbers with points: top.left.height.width"});
    return perform("set_zoom", args((*at)[0], (*at)[1], (*at)[2], (*at)[3]));
  });
  take_pixel("pixel", nullptr);
  link.take("channel", [&](const std::string& text) {
    const std::optional<int> n = parse_int(text);
    return n ? set_channel(*n) : Status(Error{"it is a whole number"});
  });
  link.take("scale", [&](const std::string& text) {
    const std::optional<int> most = parse_int(text);
    return most ? perform("set_scale", args(*most)) : Status(Error{"it is 255 or 1"});
  });
  link.take("shaded", [&](const std::string& text) {
    const std::optional<bool> shaded = parse_switch(text);
    return shaded ? perform("set_shaded", args(*shaded)) : Status(Error{"it is 1 or 0"});
  });
  link.take("bar", [&](const std::string& text) {
    const std::optional<int> n = parse_int(text);
    return n ? set_bar(*n) : Status(Error{"it is a whole number"});
  });
  take_pixel("covered", &Setup::covered);
  link.take("guess", [&](const std::string& text) {
    const std::size_t colon = std::min(text.find(':'), text.size());
    const auto at = parse_places(text.substr(0, colon), 3);
    const std::optional<double> value =
        colon < text.size() ? parse_number(text.substr(colon + 1)) : std::nullopt;
    if (!at || !value || !(*value >= 0 && *value <= 255) || (*at)[2] < 0 || (*at)[2] >= input().shape().c) {
      return Status(Error{"it is row.column.channel, a colon and a number from 0 to 255"});
    }
    const Result<Pixel> place = pixel_given((*at)[0], (*at)[1]);
    if (!place) return Status(place.error());
    return edit([&](Setup& s) {
      return s.prediction = Prediction{*place, (*at)[2], *value}, Status(Done{});
    });
  });
  load_timeline(timeline_, link);
  return link.notices();
}

}  // namespace kg
