#include "lesson/stack.h"

#include "engine/summary.h"
#include "lesson/layer_text.h"
#include "lesson/number_text.h"
#include "lesson/shape_formula.h"

namespace kg {

bool operator==(const Stack& a, const Stack& b) {
  return a.input == b.input && stack_text(a.layers) == stack_text(b.layers);
}

Status check_input(double h, double w, double c) {
  const auto within = [](double n, int most) { return n >= 1 && n <= most; };
  if (within(h, Stack::kLargestSide) && within(w, Stack::kLargestSide) && within(c, Stack::kMostChannels))
    return Done{};
  return Error{"The input has 1 to " + std::to_string(Stack::kLargestSide) + " rows and columns and 1 to " +
               std::to_string(Stack::kMostChannels) + " channels; " + number_text(h, 0) + "×" +
               number_text(w, 0) + "×" + number_text(c, 0) + " is outside."};
}

Status check_count(std::size_t layers) {
  if (layers >= 1 && layers <= Stack::kMostLayers) return Done{};
  return Error{layers == 0 ? "A stack has at least one layer: add another one first."
                           : "A stack has at most " + std::to_string(Stack::kMostLayers) +
                                 " layers here, and this would be number " + std::to_string(layers) + "."};
}

Status can_be_counted(const Stack& stack) {
  const Result<Summary> summary = summarize(stack.input, stack.layers);
  if (!summary)
    return Error{"A stack that does not fit together has no parameters yet. " + summary.sentence()};
  if (summary->total == 0) return Error{"None of these layers has parameters: there is nothing to count."};
  if (summary->total <= Stack::kMostCounted) return Done{};
  return Error{"This network has " + grouped(summary->total) + " parameters; up to " +
               grouped(Stack::kMostCounted) + " can be shown one by one."};
}

Result<Stack> read_stack(std::string_view layers, std::string_view input) {
  Result<std::vector<LayerDescription>> read = read_layers(layers);
  if (!read) return read.error();
  if (Status few = check_count(read->size()); !few) return few.error();
  const Result<std::vector<int>> sizes = read_size(input);
  if (!sizes) return sizes.error();
  if (Status legal = check_input((*sizes)[0], (*sizes)[1], (*sizes)[2]); !legal) return legal.error();
  return Stack{SampleShape((*sizes)[0], (*sizes)[1], (*sizes)[2]), std::move(read).value()};
}

}  // namespace kg
