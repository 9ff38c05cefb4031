#include "lesson/picture.h"

#include <cassert>
#include <cmath>

#include "data/digit_generator.h"
#include "data/picture_text.h"
#include "lesson/number_text.h"

namespace kg {
namespace {

// Digit and hand in a link: "7.42".
bool parse_hand(std::string_view text, double& digit, std::uint64_t& seed) {
  const std::size_t dot = text.find('.');
  if (dot != 1 || text[0] < '0' || text[0] > '9') return false;
  digit = text[0] - '0';
  const std::optional<std::uint64_t> hand = parse_seed(text.substr(2));
  seed = hand.value_or(0);
  return hand.has_value();
}

Status check_values(std::span<const float> values) {
  for (const float value : values) {
    if (!(std::abs(value) <= 1e6f))
      return Error{"Pixels go from −1000000 to 1000000; one of these is outside."};
  }
  return Done{};
}

const char* source_name(Picture::Source source) {
  switch (source) {
    case Picture::Source::digit:
      return "digit";
    case Picture::Source::colour_digit:
      return "colour_digit";
    case Picture::Source::drawing:
      return "drawing";
    case Picture::Source::idx:
      return "idx";
    case Picture::Source::photo:
      return "photo";
    case Picture::Source::pixels:
      return "pixels";
  }
  return "";
}

}  // namespace

Picture::Picture(std::uint64_t seed) : digit_(7), seed_(seed) { refresh(); }

int Picture::idx_label(int index) const {
  return idx_ && idx_->labels ? idx_->labels->labels[static_cast<std::size_t>(index)] : -1;
}

std::string Picture::label() const {
  switch (source_) {
    case Source::digit:
      return "digit " + std::to_string(digit_) + ", hand " + std::to_string(seed_);
    case Source::colour_digit:
      return "digit " + std::to_string(digit_) + " in colour, hand " + std::to_string(seed_);
    case Source::drawing:
      return drawing_.empty() ? "nothing drawn yet" : "your drawing";
    case Source::photo:
      return photo_->name;
    case Source::pixels:
      return "your own numbers";
    case Source::idx: {
      const int label = idx_label(idx_index_);
      return idx_->name + ", picture " + std::to_string(idx_index_) + " of " + std::to_string(idx_count()) +
             (label >= 0 ? ", label " + std::to_string(label) : "");
    }
  }
  return "";
}

Json Picture::state() const {
  Json state = {{"kind", source_name(source_)}, {"label", label()}, {"strokes", drawing_.strokes().size()}};
  if (source_ == Source::digit || source_ == Source::colour_digit) {
    state["digit"] = digit_;
    state["hand"] = seed_;
  }
  if (idx_) {
    state["index"] = idx_index_;
    state["count"] = idx_count();
  }
  return state;
}

void Picture::show(Source source) {
  if (source != Source::drawing) before_drawing_ = source;
  source_ = source;
  refresh();
}

void Picture::refresh() {
  normalised_.reset();
  const bool empty_sheet = source_ == Source::drawing && drawing_.empty();
  switch (empty_sheet ? before_drawing_ : source_) {
    case Source::digit:
      pixels_ = generate_digit(digit_, seed_, Variety::neat);
      break;
    case Source::colour_digit:
      pixels_ = generate_colour_digit(digit_, seed_, Variety::neat);
      break;
    case Source::pixels:
      pixels_ = given_;
      break;
    case Source::idx:
      pixels_ = idx_->images.image(idx_index_);
      break;
    case Source::photo:
      pixels_ = photo_colour_ ? photo_->colours : photo_->digit.normalised.picture;
      if (!photo_colour_) normalised_ = photo_->digit.normalised;
      break;
    case Source::drawing:
      if (Result<Normalised> result = drawing_.normalised()) {
        normalised_ = std::move(result).value();
        pixels_ = normalised_->picture;
      }
      break;
  }
}

Status Picture::set_digit(double digit, std::optional<std::uint64_t> seed, bool colour) {
  if (!(digit >= 0 && digit <= 9)) {
    return Error{"A digit is 0 to 9; " + number_text(digit, 0) + " is none."};
  }
  digit_ = static_cast<int>(digit);
  seed_ = seed ? *seed : (seed_ + 1) % (1ull << 53);
  show(colour ? Source::colour_digit : Source::digit);
  return Done{};
}

Status Picture::set_pixels(std::span<const float> values, double height, double width, double channels) {
  const auto sizes = [&] {
    return number_text(height, 0) + "×" + number_text(width, 0) + "×" + number_text(channels, 0);
  };
  if (!(height >= 1 && height <= kMaxPictureSide && width >= 1 && width <= kMaxPictureSide && channels >= 1 &&
        channels <= kMaxPictureChannels && height * width * channels <= kMaxPictureValues)) {
    return Error{"A picture has 1 to " + std::to_string(kMaxPictureSide) + " rows and columns, 1 to " +
                 std::to_string(kMaxPictureChannels) + " channels and at most " +
                 std::to_string(kMaxPictureValues) + " values in all; " + sizes() + " is outside."};
  }
  const Shape shape{1, static_cast<int>(height), static_cast<int>(width), static_cast<int>(channels)};
  if (values.size() != shape.size()) {
    return Error{"A picture of " + sizes() + " has " + std::to_string(shape.size()) + " values; " +
                 std::to_string(values.size()) + " came."};
  }
  if (Status fine = check_values(values); !fine) return fine;
  given_ = Tensor(shape);
  std::copy(values.begin(), values.end(), given_.values().begin());
  show(Source::pixels);
  return Done{};
}

Status Picture::add_stroke(std::span<const float> points, std::span<const float> pressure) {
  if (points.size() < 2 || points.size() % 2 != 0) {
    return Error{"A stroke is a list of x, y, x, y, … from 0 to 1; " + std::to_string(points.size()) +
                 " numbers came."};
  }
  if (!pressure.empty() && pressure.size() != points.size() / 2) {
    return Error{"A stroke has one pressure for each point, or none at all."};
  }
  const auto pressed = [&](std::size_t i) { return pressure.empty() ? 1.0f : pressure[i]; };
  Drawing next = drawing_;
  if (Status begun = next.begin(points[0], points[1], pressed(0)); !begun) return begun;
  for (std::size_t i = 1; i < points.size() / 2; ++i) {
    if (Status more = next.extend(points[2 * i], points[2 * i + 1], pressed(i)); !more) return more;
  }
  next.end();
  drawing_ = std::move(next);
  show(Source::drawing);
  return Done{};
}

Status Picture::undo_stroke() {
  if (!drawing_.undo()) return Error{"There is no stroke to take back: nothing is drawn yet."};
  show(Source::drawing);
  return Done{};
}

void Picture::clear_drawing() {
  drawing_.clear();
  show(Source::drawing);
}

void Picture::show_drawing() { show(Source::drawing); }

Status Picture::load_idx(const std::string& name, std::span<const std::uint8_t> bytes) {
  if (idx_kind(bytes) == IdxKind::labels) {
    Result<IdxLabels> labels = read_idx_labels(bytes);
    if (!labels) return labels.error();
    if (!idx_)
      return Error{"These are labels. Open the file with their pictures first, then this one again."};
    if (Status pair = check_idx_pair(idx_->images, *labels); !pair) return pair;
    idx_ = std::make_shared<IdxFile>(IdxFile{idx_->name, idx_->images, std::move(labels).value()});
    refresh();
    return Done{};
  }
  Result<IdxImages> images = read_idx_images({bytes.begin(), bytes.end()});
  if (!images) return images.error();
  const Shape shape = images->image(0).shape();
  if (shape.h > kMaxPictureSide || shape.w > kMaxPictureSide || shape.size() > kMaxPictureValues) {
    return Error{"The pictures in this file are " + shape.text() + "; a lesson shows up to " +
                 std::to_string(kMaxPictureValues) + " pixels."};
  }
  idx_ = std::make_shared<IdxFile>(IdxFile{name, std::move(images).value(), std::nullopt});
  idx_index_ = 0;
  show(Source::idx);
  return Done{};
}

Status Picture::select_image(int index) {
  if (!idx_)
    return Error{"No file with pictures is open: drop an IDX file (MNIST's format) on the page first."};
  if (index < 0 || index >= idx_count()) {
    return Error{"The file has the pictures 0 to " + std::to_string(idx_count() - 1) + "."};
  }
  idx_index_ = index;
  show(Source::idx);
  return Done{};
}

Status Picture::load_image(const std::string& name, std::span<const std::uint8_t> rgba, int height,
                           int width) {
  const Rgba photo{rgba, height, width};
  Result<Tensor> colours = photo_colours(photo);
  if (!colours) return colours.error();
  Result<PhotoDigit> digit = photo_digit(photo);
  if (!digit) return digit.error();
  photo_ = std::make_shared<PhotoFile>(PhotoFile{name, std::move(digit).value(), std::move(colours).value()});
  show(Source::photo);
  return Done{};
}

Status Picture::set_photo_colour(bool colour) {
  if (!photo_) return Error{"No photograph is open: drop a PNG or JPEG picture on the page first."};
  photo_colour_ = colour;
  show(Source::photo);
  return Done{};
}

void Picture::save(LinkParams& params) const {
  const bool drawn = source_ == Source::drawing;
  const Source base = drawn ? before_drawing_ : source_;
  if (base == Source::digit || base == Source::colour_digit) {
    params.emplace_back(base == Source::digit ? "digit" : "colour",
                        std::to_string(digit_) + "." + std::to_string(seed_));
  } else {
    params.emplace_back("seed", std::to_string(seed_));
    if (!drawn || drawing_.empty()) params.emplace_back("pixels", picture_to_text(pixels_));
  }
  if (drawn || !drawing_.empty()) params.emplace_back(drawn ? "drawing" : "sheet", drawing_.save());
}

Status Picture::load(const std::string& key, const std::string& value) {
  if (key == "digit" || key == "colour") {
    double digit = 0;
    std::uint64_t seed = 0;
    if (!parse_hand(value, digit, seed)) {
      return Error{"it is a digit, a point and the number of a hand, as in 7.42"};
    }
    return set_digit(digit, seed, key == "colour");
  }
  if (key == "seed") {
    const std::optional<std::uint64_t> seed = parse_seed(value);
    if (!seed) return Error{"a seed is a whole number from 0 on"};
    return set_digit(digit_, *seed, source_ == Source::colour_digit);
  }
  if (key == "pixels") {
    Result<Tensor> picture = picture_from_text(value);
    if (!picture) return picture.error();
    if (Status fine = check_values(picture->values()); !fine) return fine;
    given_ = std::move(picture).value();
    show(Source::pixels);
    return Done{};
  }
  assert(key == "sheet" || key == "drawing");
  Result<Drawing> drawing = Drawing::load(value);
  if (!drawing) return drawing.error();
  drawing_ = std::move(drawing).value();
  if (key == "drawing") show(Source::drawing);
  return Done{};
}

// A drawing is laid over what it replaced, so that comes first.
void load_picture(LinkReader& link, const EditPicture& edit) {
  for (const char* const key : {"seed", "digit", "colour", "pixels", "sheet", "drawing"}) {
    link.take(key,
              [&](const std::string& text) { return edit([&](Picture& p) { return p.load(key, text); }); });
  }
}

void add_picture_verbs(EditPicture edit, Verbs& verbs) {
  using Type = Param::Type;
  const Param digit{"digit", Type::integer, "0 to 9"};
  const Param seed{"seed", Type::seed, "which hand writes it; without it, the next one", true};
  const auto set_digit = [edit](bool colour) {
    return [edit, colour](const Args& a) {
      const std::optional<std::uint64_t> hand = a.has(1) ? std::optional(a.seed(1)) : std::nullopt;
      return edit([&](Picture& p) { return p.set_digit(a.number(0), hand, colour); });
    };
  };
  verbs.push_back({"set_digit", {digit, seed}, "Write a digit.", set_digit(false)});
  verbs.push_back(
      {"set_colour_digit", {digit, seed}, "Write a digit in colour: three channels.", set_digit(true)});
  verbs.push_back(
      {"set_pixels",
       {{"values", Type::numbers, "row by row, channels innermost"},
        {"height", Type::integer, "rows"},
        {"width", Type::integer, "columns"},
        {"channels", Type::integer, "1 for grey, 3 for red, green and blue"}},
       "Take these numbers as the picture.",
       [edit](const Args& a) {
         const std::vector<float> values = a.numbers(0);
         return edit([&](Picture& p) { return p.set_pixels(values, a.number(1), a.number(2), a.number(3)); });
       }});
  verbs.push_back({"add_stroke",
                   {{"points", Type::numbers, "x, y, x, y, … from 0 to 1"},
                    {"pressure", Type::numbers, "one for each point; 1 is a mouse", true}},
                   "Draw one stroke; the picture becomes the drawing.",
                   [edit](const Args& a) {
                     const std::vector<float> points = a.numbers(0);
                     const std::vector<float> pressure = a.has(1) ? a.numbers(1) : std::vector<float>();
                     return edit([&](Picture& p) { return p.add_stroke(points, pressure); });
                   }});
  verbs.push_back({"undo_stroke", {}, "Take the last stroke back.", [edit](const Args&) {
                     return edit([](Picture& p) { return p.undo_stroke(); });
                   }});
  verbs.push_back({"clear_drawing", {}, "Start with an empty sheet.", [edit](const Args&) {
                     return edit([](Picture& p) { return p.clear_drawing(), Status(Done{}); });
                   }});
  verbs.push_back({"show_drawing", {}, "Work on the drawing.", [edit](const Args&) {
                     return edit([](Picture& p) { return p.show_drawing(), Status(Done{}); });
                   }});
  verbs.push_back({"load_idx",
                   {{"name", Type::text, "of the file"},
                    {"bytes", Type::bytes, "an IDX file of pictures, or of their labels"}},
                   "Open an MNIST-format file.",
                   [edit](const Args& a) {
                     return edit([&](Picture& p) { return p.load_idx(a.text(0), a.bytes(1)); });
                   }});
  verbs.push_back(
      {"select_image",
       {{"index", Type::integer, "0 to the last picture of the file"}},
       "Take a picture of the open file.",
       [edit](const Args& a) { return edit([&](Picture& p) { return p.select_image(a.integer(0)); }); }});
  verbs.push_back({"load_image",
                   {{"name", Type::text, "of the file"},
                    {"rgba", Type::bytes, "red, green, blue, alpha, row by row"},
                    {"height", Type::integer, "rows"},
                    {"width", Type::integer, "columns"}},
                   "Take the digit in a photograph.",
                   [edit](const Args& a) {
                     return edit([&](Picture& p) {
                       return p.load_image(a.text(0), a.bytes(1), a.integer(2), a.integer(3));
                     });
                   }});
  verbs.push_back(
      {"set_photo_colour",
       {{"colour", Type::boolean, "colours, or the digit in it"}},
       "How the open photograph is used.",
       [edit](const Args& a) { return edit([&](Picture& p) { return p.set_photo_colour(a.boolean(0)); }); }});
}

}  // namespace kg
