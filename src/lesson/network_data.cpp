// Where the lesson `network` gets its digits from: generated, drawn and labelled, or read from files.
#include <algorithm>

#include "lesson/network.h"
#include "lesson/number_text.h"
#include "lesson/wording.h"

namespace kg {
namespace {

constexpr int kMostApart = 1000;  // of a loaded or drawn set, for validation

// A fifth of a small set, at most kMostApart of a large one.
std::pair<Digits, Digits> with_validation(const DigitSet& set, std::uint64_t seed) {
  auto [training, validation] = split(set, std::min(set.count() / 5, kMostApart), seed);
  return {std::make_shared<const DigitSet>(std::move(training)),
          validation.count() > 0 ? std::make_shared<const DigitSet>(std::move(validation)) : nullptr};
}

Result<DigitSet> read_pair(std::span<const std::uint8_t> images, std::span<const std::uint8_t> labels) {
  const Result<IdxImages> pictures = read_idx_images({images.begin(), images.end()});
  if (!pictures) return pictures.error();
  const Result<IdxLabels> answers = read_idx_labels(labels);
  if (!answers) return answers.error();
  if (pictures->height() != DigitSet::kSide || pictures->width() != DigitSet::kSide) {
    return Error{"The network takes pictures of 28×28 pixels; those of the file have " +
                 std::to_string(pictures->height()) + "×" + std::to_string(pictures->width()) + "."};
  }
  return digits_from_idx(*pictures, *answers);
}

}  // namespace

Status NetworkLesson::load_idx(std::span<const std::uint8_t> images, std::span<const std::uint8_t> labels,
                               const std::string& which) {
  if (which != "train" && which != "test") {
    return Error{"A set is for \"train\" or for \"test\"; " + in_quotes(which) + " is neither."};
  }
  Result<DigitSet> set = read_pair(images, labels);
  if (!set) return set.error();
  if (which == "test") {
    test_ = std::make_shared<const DigitSet>(std::move(set).value());
    examination_ = {};
    return Done{};
  }
  std::tie(idx_training_, idx_validation_) = with_validation(*set, seed_);
  return set_source("idx");
}

// Files come one by one: pictures wait for their labels, or the other way round.
Status NetworkLesson::add_idx_file(const std::string& name, std::span<const std::uint8_t> bytes) {
  const IdxKind kind = idx_kind(bytes);
  if (kind == IdxKind::other) return Error{in_quotes(name) + " holds neither pictures nor labels."};
  const bool was_waiting = !waiting_.empty() && idx_kind(waiting_) != kind;
  if (!was_waiting) {
    waiting_.assign(bytes.begin(), bytes.end());
    waiting_name_ = name;
    return Done{};
  }
  const bool test = name.find("t10k") != std::string::npos || name.find("test") != std::string::npos;
  const std::vector<std::uint8_t> other = std::exchange(waiting_, {});
  return kind == IdxKind::labels ? load_idx(other, bytes, test ? "test" : "train")
                                 : load_idx(bytes, other, test ? "test" : "train");
}

Status NetworkLesson::set_source(const std::string& name) {
  if (name == "generated") {
    if (source_ == Source::generated) return Done{};
    hold();
    source_ = Source::generated;
    if (generated_training_) return use_digits(generated_training_, generated_validation_);
    want_digits(seed_, kTraining, kValidation, Variety::wild, Variety::everyday);
    return Done{};
  }
  if (name == "own") {
    if (own_->count() == 0) {
      return Error{"There are no labelled drawings yet: draw a digit and press the button with its label."};
    }
    hold();
    source_ = Source::own;
    const auto [training, validation] = with_validation(*own_, seed_);
    return use_digits(training, validation);
  }
  if (name == "idx") {
    if (!idx_training_) return Error{"No set was loaded yet: drop its two IDX files on the page."};
    hold();
    source_ = Source::idx;
    return use_digits(idx_training_, idx_validation_);
  }
  return Error{"Digits come from generated, own or idx; " + in_quotes(name) + " is none of them."};
}

// The picture on stage becomes one of the learner's own examples.
Status NetworkLesson::label_picture(double label) {
  if (!(label >= 0 && label <= 9)) return Error{"A label is 0 to 9; " + number_text(label) + " is none."};
  if (nothing_drawn()) return Error{"Nothing is drawn: there is nothing to give a label to."};
  if (own_->count() >= kMostOwn) {
    return Error{"There are " + std::to_string(kMostOwn) + " labelled pictures: that is as many as fit."};
  }
  own_->add(picture_.pixels().values(), static_cast<int>(label));
  if (source_ == Source::own) return set_source("own");
  return Done{};
}

void NetworkLesson::add_data_verbs() {
  using Type = Param::Type;
  verbs_.push_back({"load_idx",
                    {{"images", Type::bytes, "an IDX file of 28×28 pictures"},
                     {"labels", Type::bytes, "and one of their labels"},
                     {"which", Type::text, "train or test"}},
                    "Take a set of digits from files, to learn from or to be tested on.",
                    [this](const Args& a) { return load_idx(a.bytes(0), a.bytes(1), a.text(2)); }});
  verbs_.push_back({"add_idx_file",
                    {{"name", Type::text, "with t10k or test in it: a test set"},
                     {"bytes", Type::bytes, "pictures or labels"}},
                    "Take one file of a pair; when the other is there, too, the set is used.",
                    [this](const Args& a) { return add_idx_file(a.text(0), a.bytes(1)); }});
  verbs_.push_back({"set_source",
                    {{"name", Type::text, "generated, own or idx"}},
                    "Which digits to learn from. The weights stay.",
                    [this](const Args& a) { return set_source(a.text(0)); }});
  verbs_.push_back({"label_picture",
                    {{"label", Type::integer, "0 to 9"}},
                    "Add the picture to your own digits, under this label.",
                    [this](const Args& a) { return label_picture(a.number(0)); }});
  verbs_.push_back({"forget_own", {}, "Take away your own digits.", [this](const Args&) {
                      own_ = std::make_shared<DigitSet>();
                      return source_ == Source::own ? set_source("generated") : Status(Done{});
                    }});
}

}  // namespace kg
