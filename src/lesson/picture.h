// Picture: the image a lesson works on, and where it came from: our generator, the learner's pen, a file, or
// plain numbers.
//
// A value: lessons copy it, change the copy, and keep it only if everything else still fits (see
// Convolution::edit).
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "data/drawing.h"
#include "data/idx.h"
#include "data/normalise.h"
#include "data/photo.h"
#include "engine/tensor.h"
#include "lesson/lesson.h"

namespace kg {

class Picture {
 public:
  enum class Source { digit, colour_digit, drawing, idx, photo, pixels };

  explicit Picture(std::uint64_t seed);

  const Tensor& pixels() const { return pixels_; }  // (1, H, W, C)
  Source source() const { return source_; }
  int digit() const { return digit_; }
  std::uint64_t seed() const { return seed_; }
  const Drawing& drawing() const { return drawing_; }
  // How the drawing or photograph was brought to 28×28; nothing for the other sources and for an empty sheet.
  const std::optional<Normalised>& normalised() const { return normalised_; }
  // Of the open IDX file; 0 when there is none.
  int idx_count() const { return idx_ ? idx_->images.count() : 0; }
  int idx_index() const { return idx_index_; }
  Tensor idx_image(int index) const { return idx_->images.image(index); }
  int idx_label(int index) const;  // −1 if no labels are loaded
  bool photo_in_colour() const { return photo_colour_; }
  bool has_photo() const { return photo_ != nullptr; }

  std::string label() const;  // "digit 7, hand 42"; "nothing drawn yet"
  Json state() const;

  // Each refuses in a sentence, and then has changed nothing.
  Status set_digit(double digit, std::optional<std::uint64_t> seed, bool colour);
  Status set_pixels(std::span<const float> values, double height, double width, double channels);
  Status add_stroke(std::span<const float> points, std::span<const float> pressure);
  Status undo_stroke();
  void clear_drawing();
  void show_drawing();
  Status load_idx(const std::string& name, std::span<const std::uint8_t> bytes);
  Status select_image(int index);
  Status load_image(const std::string& name, std::span<const std::uint8_t> rgba, int height, int width);
  Status set_photo_colour(bool colour);

  void save(LinkParams& params) const;
  Status load(const std::string& key, const std::string& value);

 private:
  struct IdxFile {
    std::string name;
    IdxImages images;
    std::optional<IdxLabels> labels;
  };
  struct PhotoFile {
    std::string name;
    PhotoDigit digit;
    Tensor colours;
  };

  void show(Source source);
  void refresh();

  Source source_ = Source::digit;
  Source before_drawing_ = Source::digit;  // what an empty sheet leaves in place
  int digit_ = 0;
  std::uint64_t seed_ = 0;
  Drawing drawing_;
  std::shared_ptr<const IdxFile> idx_;  // shared: copies of a Picture are made at every edit
  int idx_index_ = 0;
  std::shared_ptr<const PhotoFile> photo_;
  bool photo_colour_ = false;
  Tensor given_;
  Tensor pixels_;
  std::optional<Normalised> normalised_;
};

// Runs a change on a copy of the lesson's picture and keeps it if the lesson can use it.
using EditPicture = std::function<Status(const std::function<Status(Picture&)>&)>;

// The picture's part of a link.
void load_picture(LinkReader& link, const EditPicture& edit);

// set_digit, set_colour_digit, set_pixels, add_stroke, undo_stroke, clear_drawing, show_drawing, load_idx,
// select_image, load_image, set_photo_colour.
void add_picture_verbs(EditPicture edit, Verbs& verbs);

}  // namespace kg
