#include "engine/layers/keras_text.h"

namespace kg {

std::string python_tuple(Size2 size) { return python_tuple(std::vector<int>{size.h, size.w}); }

std::string python_argument(const char* name, Size2 value, Size2 keras_default) {
  return value == keras_default ? "" : std::string(", ") + name + "=" + python_tuple(value);
}

std::string python_argument(Padding padding) { return padding == Padding::valid ? "" : ", padding=\"same\""; }

std::string python_argument(ActivationKind activation) {
  return activation == ActivationKind::linear ? ""
                                              : std::string(", activation=\"") + name_of(activation) + "\"";
}

std::string python_arguments(const Initializer& kernel, const Initializer& bias, bool use_bias, float l2) {
  std::string text;
  if (!use_bias) text += ", use_bias=False";
  if (kernel.kind != Initializer::Kind::glorot_uniform) text += ", kernel_initializer=" + keras_text(kernel);
  if (use_bias && bias.kind != Initializer::Kind::zeros) text += ", bias_initializer=" + keras_text(bias);
  if (l2 != 0) text += ", kernel_regularizer=regularizers.l2(" + python_number(l2) + ")";
  return text;
}

}  // namespace kg
