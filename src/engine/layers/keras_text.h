// Words of Python, for the Keras code of a layer.
#pragma once

#include <string>

#include "engine/initializer.h"
#include "engine/layers/activation.h"
#include "engine/layers/window.h"
#include "engine/python_text.h"

namespace kg {

std::string python_tuple(Size2 size);  // "(3, 3)"

// Arguments that follow others; "" where they say what Keras assumes anyway.
std::string python_argument(const char* name, Size2 value, Size2 keras_default);
std::string python_argument(Padding padding);
std::string python_argument(ActivationKind activation);
std::string python_arguments(const Initializer& kernel, const Initializer& bias, bool use_bias, float l2);

}  // namespace kg
