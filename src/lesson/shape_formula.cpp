#include "lesson/shape_formula.h"

#include "lesson/layer_settings.h"

namespace kg {
namespace {

std::string num(std::int64_t n) { return grouped(n); }

// One side under a window, as window.h counts it.
std::string side(int n, int window, int stride, Padding padding) {
  if (padding == Padding::same) {
    return stride == 1 ? num(n) : "ceil(" + num(n) + "/" + num(stride) + ")";
  }
  const std::string reach = num(n) + " − " + num(window);
  return stride == 1 ? "(" + reach + " + 1)" : "(floor((" + reach + ")/" + num(stride) + ") + 1)";
}

std::string window_words(const SampleShape& in, int window, int stride, Padding padding) {
  const std::string step = stride == 1 ? ""
                                       : ", moved by " + num(stride) +
                                             (padding == Padding::same ? ", rounded up" : ", rounded down");
  if (padding == Padding::same) return "same padding adds zeros around, so every place counts" + step;
  return "a window of " + num(window) + " has " + num(in.h()) + " − " + num(window) + " + 1 places in " +
         num(in.h()) + (in.h() == in.w() ? "" : " rows") + step;
}

struct Explain {
  const SampleShape& in;
  const SampleShape out;

  std::string ends() const { return " = " + sizes_text(out); }
  std::string passed() const { return sizes_text(in) + " stays " + sizes_text(out); }
  std::string slid(const LayerDescription& layer, int channels) const {
    const int window = *window_of(layer), stride = *stride_of(layer);
    const Padding padding = *padding_of(layer);
    return side(in.h(), window, stride, padding) + " × " + side(in.w(), window, stride, padding) + " × " +
           num(channels) + ends();
  }

  ShapeFormula operator()(const Dense& dense) const {
    const std::string units = num(dense.units), inputs = num(in.c());
    const std::string count = inputs + "·" + units + " + " + units + " = " + num(dense.counts(in).learned);
    if (in.rank() == 1) {
      return {inputs + " inputs become " + units + (dense.units == 1 ? " output" : " outputs"), count,
              "Each of " + units + " neurons has a weight for each of " + inputs + " inputs, and a bias."};
    }
    return {num(in.h()) + "×" + num(in.w()) + " pixels × " + units + (dense.units == 1 ? " unit" : " units") +
                ends(),
            count,
            "In Keras a Dense layer on a picture works on the last axis: the same weights at every pixel."};
  }
  ShapeFormula operator()(const Conv2D& conv) const {
    const std::string filters = num(conv.filters), side = num(conv.kernel.h), channels = num(in.c());
    return {slid(conv, conv.filters),
            side + "·" + side + "·" + channels + "·" + filters + " + " + filters + " = " +
                num(conv.counts(in).learned),
            filters + (conv.filters == 1 ? " filter" : " filters") + ", " + side + "×" + side +
                " for each of " + channels + (in.c() == 1 ? " channel" : " channels") +
                ", and a bias each; " + window_words(in, conv.kernel.h, conv.strides.h, conv.padding) + "."};
  }
  ShapeFormula operator()(const MaxPooling2D& pool) const {
    return pooled(pool, "The largest value of every window is kept: there is nothing to learn");
  }
  ShapeFormula operator()(const AveragePooling2D& pool) const {
    return pooled(pool, "Every window becomes its mean: there is nothing to learn");
  }
  ShapeFormula pooled(const LayerDescription& pool, const std::string& words) const {
    return {slid(pool, in.c()), "nothing to learn = 0", words + ", and every channel stays by itself."};
  }
  ShapeFormula operator()(const Flatten&) const {
    const std::string product =
        in.rank() == 1 ? num(in.c())
                       : (in.rank() == 3 ? num(in.h()) + "·" : "") + num(in.w()) + "·" + num(in.c());
    return {product + " = " + num(out.c()), "nothing to learn = 0",
            "The same values in one long list, so that a Dense layer sees all of them at once."};
  }
  ShapeFormula operator()(const Activation& one) const {
    return {passed(), "nothing to learn = 0",
            std::string("Every value goes through ") + name_of(one.activation) + " by itself."};
  }
  ShapeFormula operator()(const Dropout& drop) const {
    return {passed(), "nothing to learn = 0",
            "While training, " + num(*rate_of(drop)) + " % of the values are put to 0 at random."};
  }
  ShapeFormula operator()(const BatchNormalization& norm) const {
    const ParameterCounts counts = norm.counts(in);
    return {passed(), "4·" + num(in.c()) + " = " + num(counts.learned + counts.followed),
            "Each of " + num(in.c()) +
                " channels has gamma and beta, which are learned, and a moving mean and " +
                "variance, which are not: " + num(counts.learned) + " trainable, " + num(counts.followed) +
                " non-trainable."};
  }
};

}  // namespace

ShapeFormula shape_formula(const LayerDescription& layer, const SampleShape& in) {
  return std::visit(Explain{in, output_of(layer, in).value()}, layer);
}

std::string sizes_text(const SampleShape& shape) {
  const std::string c = grouped(shape.c());
  if (shape.rank() == 1) return c;
  return (shape.rank() == 3 ? grouped(shape.h()) + "×" : "") + grouped(shape.w()) + "×" + c;
}

std::string grouped(std::int64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, "\u00a0");
  return text;
}

}  // namespace kg
