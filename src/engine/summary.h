// Summary: what Keras' model.summary() says of a stack of layers. Counting needs no weights, so a network too
// large to be built can be looked at, too.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/layers/description.h"

namespace kg {

struct Summary {
  struct Row {
    std::string name;     // conv2d, conv2d_1, …
    std::string type;     // Conv2D
    SampleShape output;   //
    std::int64_t params;  //
  };
  std::vector<Row> rows;
  std::int64_t total = 0, trainable = 0, non_trainable = 0;

  std::string text() const;  // a table, a line per layer, and the three sums
};

// `frozen` has a true for each layer that is not trained; it may be shorter. Refuses a stack that does not
// fit together: "Layer 3, Conv2D: …".
Result<Summary> summarize(const SampleShape& input, const std::vector<LayerDescription>& layers,
                          const std::vector<bool>& frozen = {});

}  // namespace kg
