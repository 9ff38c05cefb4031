// Numbers as people read them: with a true minus sign, and 0 without one.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kg {

// At most `digits` after the point, no trailing zeros: "17", "0.25", "−3.5".
std::string number_text(double value, int digits = 2);

// A share of one, in hundredths: "97.5 %".
std::string percent_text(double share, int digits = 1);

// So many digits that count: "0.0312", "−1.25", "12.3"; beyond a hundred thousand and below a
// ten-thousandth with the power of ten: "2.1e−6".
std::string significant_text(double value, int digits = 3);

// Exactly `digits` after the point, so that columns of numbers line up: "0.50", "−1.00".
std::string fixed_text(double value, int digits = 2);

// Two digits that count, whatever the size: "0.31", "0.0024", "310", "2.4e−7", "5.1e12". For a finite value.
std::string magnitude_text(double value);

// The shortest that reads back as the same number, for links: "0.1", "-3e-07".
std::string exact_text(float value);
std::string exact_text(double value);

// Several of them with commas, "0.1,-3", and back; nothing if the text is anything else, or not finite.
std::string exact_list(std::span<const float> values);
std::optional<std::vector<float>> parse_list(std::string_view text);

}  // namespace kg
