// The filter lesson as the page reads it: its numbers, what can be seen in words, and the same in Keras.
#include "engine/python_text.h"
#include "lesson/filter.h"
#include "lesson/number_text.h"
#include "lesson/tensor_json.h"
#include "lesson/wording.h"

namespace kg {
namespace {

constexpr int kSide = FilterBank::kSide;

std::string number(float value) { return number_text(static_cast<double>(value)); }

std::string place(const FilterLesson::Cell& at) {
  return "row " + std::to_string(at.row) + ", column " + std::to_string(at.col);
}

// One filter as nested lists: rows of weights, or of the channels' weights where there are several.
std::string python_filter(const FilterBank& bank, int filter, int channels) {
  std::string rows;
  for (int y = 0; y < kSide; ++y) {
    std::string row;
    for (int x = 0; x < kSide; ++x) {
      std::string cell;
      for (int c = 0; c < channels; ++c)
        cell += (c ? ", " : "") + python_number(bank.weight(filter, y, x, c));
      row += (x ? ", " : "") + (channels > 1 ? "[" + cell + "]" : cell);
    }
    rows += (y ? ", [" : "[") + row + "]";
  }
  return "[" + rows + "]";
}

}  // namespace

Patch FilterLesson::patch(const std::vector<float>& block, const std::vector<float>& weights) const {
  return {block, weights, channels(), darkest_, lightest_};
}

BlockSeen FilterLesson::seen(int filter, const Cell& at) const {
  const std::vector<float> pixels = block(at), own = weights(filter);
  return see_block(patch(pixels, own));
}

std::string FilterLesson::words(int filter, const Cell& at) const {
  const std::vector<float> pixels = block(at), own = weights(filter);
  const Patch here = patch(pixels, own);
  return as_sentence(see_block(here).words) + " " + sum_words(here);
}

Json FilterLesson::state() const {
  const int filter = chosen();
  Json filters = Json::array(), outputs = Json::array();
  for (int i = 0; i < bank().count(); ++i) {
    filters.push_back({{"name", bank().filter(i).name},
                       {"title", title_of(bank().filter(i))},
                       {"height", kSide},
                       {"width", kSide},
                       {"channels", channels()},
                       {"values", weights(i)}});
    outputs.push_back({{"height", output_.shape().h},
                       {"width", output_.shape().w},
                       {"values", every_nth(output_.values(), bank().count(), i)},
                       {"reach", reach(i)},
                       {"shown", written(i)}});
  }
  const auto extreme = [&](bool positive) {
    const std::optional<Cell> at = strongest(filter, positive);
    if (!at) return Json(nullptr);
    return Json{
        {"row", at->row}, {"col", at->col}, {"value", value(filter, *at)}, {"words", words(filter, *at)}};
  };
  Json in = tensor_json(picture().pixels());
  in["source"] = picture().state();
  const Cell here = looked_at();
  const char* const kinds[] = {"positive", "negative", "cell"};
  return {{"input", std::move(in)},
          {"filters", std::move(filters)},
          {"outputs", std::move(outputs)},
          {"chosen", filter},
          {"strongest", {{"positive", extreme(true)}, {"negative", extreme(false)}}},
          {"looked_at",
           {{"kind", kinds[static_cast<int>(look())]},
            {"row", here.row},
            {"col", here.col},
            {"value", value(filter, here)},
            {"block", block(here)},
            {"products", products(filter, here)},
            {"words", words(filter, here)}}},
          {"scale", common_scale() ? "common" : "own"}};
}

std::string FilterLesson::narrate() const {
  const int filter = chosen();
  const std::string name = title_of(bank().filter(filter)) + ", filter " + std::to_string(filter) + " of " +
                           std::to_string(bank().count());
  if (!complete(filter)) {
    return name + ", sweeps over the picture: " + std::to_string(written(filter)) + " of " +
           std::to_string(cells()) + " cells are written.";
  }
  const Cell here = looked_at();
  const std::optional<Cell> positive = strongest(filter, true), negative = strongest(filter, false);
  if (!positive && !negative) return name + ": no response anywhere.";
  const std::string kind = positive == here   ? "strongest positive response "
                           : negative == here ? "strongest negative response "
                                              : "response ";
  return name + ": " + kind + number(value(filter, here)) + " at " + place(here) + ". " + words(filter, here);
}

std::string FilterLesson::keras_code() const {
  const Shape& shape = picture().pixels().shape();
  const int count = bank().count();
  std::string rows;
  for (int i = 0; i < count; ++i) {
    rows += "    " + python_filter(bank(), i, channels()) + ",  # " + title_of(bank().filter(i)) + "\n";
  }
  const bool grey = channels() == 1;
  return "import numpy as np\n"
         "from tensorflow.keras import Input, Sequential\n"
         "from tensorflow.keras.layers import Conv2D\n\n"
         "model = Sequential([\n"
         "    Input(shape=" +
         python_tuple({shape.h, shape.w, shape.c}) +
         "),\n"
         "    Conv2D(filters=" +
         std::to_string(count) +
         ", kernel_size=(3, 3), use_bias=False),\n"
         "])\n\n"
         "# The filters are random now. These are yours:\n"
         "filters = np.array([\n" +
         rows + "])" + (grey ? "[..., np.newaxis]" : "") +
         "  # filter, row, column, channel\n"
         "model.layers[0].set_weights([filters.transpose(1, 2, 3, 0)])\n";
}

}  // namespace kg
