#include "engine/summary.h"

#include <algorithm>
#include <array>
#include <map>

namespace kg {
namespace {

// A table of text: every column as wide as its widest cell, and two spaces more.
std::string table_text(const std::vector<std::array<std::string, 3>>& lines) {
  std::size_t width[3] = {}, total = 0;
  for (const auto& line : lines) {
    for (std::size_t k = 0; k < 3; ++k) width[k] = std::max(width[k], line[k].size());
  }
  for (std::size_t k = 0; k < 3; ++k) total += width[k] + (k < 2 ? 2 : 0);
  const std::string rule = std::string(total, '=') + "\n";
  std::string text;
  for (const auto& line : lines) {
    for (std::size_t k = 0; k < 2; ++k) text += line[k] + std::string(width[k] + 2 - line[k].size(), ' ');
    text += line[2] + "\n" + (&line == &lines.front() ? rule : "");
  }
  return text + rule;
}

// 473890 → 473,890, as Keras prints it.
std::string grouped(std::int64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, ",");
  return text;
}

}  // namespace

Result<Summary> summarize(const SampleShape& input, const std::vector<LayerDescription>& layers,
                          const std::vector<bool>& frozen) {
  if (!input.legal()) {
    return Error{"The input is " + input.text() + ", but every size has to be at least 1, and at most " +
                 std::to_string(kMaxValues) + " values fit."};
  }
  Summary summary;
  std::map<std::string, int> used;
  SampleShape shape = input;
  for (std::size_t k = 0; k < layers.size(); ++k) {
    const Result<SampleShape> out = output_of(layers[k], shape);
    if (!out) {
      return Error{"Layer " + std::to_string(k + 1) + ", " + keras_name_of(layers[k]) + ": " +
                   out.sentence()};
    }
    const ParameterCounts counts = counts_of(layers[k], shape);
    const std::string base = base_name_of(layers[k]);
    const int number = used[base]++;
    const bool is_frozen = k < frozen.size() && frozen[k];
    summary.rows.push_back({number == 0 ? base : base + "_" + std::to_string(number),
                            keras_name_of(layers[k]), *out, counts.learned + counts.followed});
    summary.total += counts.learned + counts.followed;
    (is_frozen ? summary.non_trainable : summary.trainable) += counts.learned;
    summary.non_trainable += counts.followed;
    shape = *out;
  }
  return summary;
}

std::string Summary::text() const {
  std::vector<std::array<std::string, 3>> lines = {{"Layer (type)", "Output Shape", "Param #"}};
  for (const Row& row : rows)
    lines.push_back({row.name + " (" + row.type + ")", row.output.keras_text(), grouped(row.params)});
  return table_text(lines) + "Total params: " + grouped(total) + "\nTrainable params: " + grouped(trainable) +
         "\nNon-trainable params: " + grouped(non_trainable) + "\n";
}

}  // namespace kg
