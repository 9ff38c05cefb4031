// Deform: a picture as another hand might have drawn it: turned and slanted a little, stretched and bent, and
// brought to 28×28 again.
#pragma once

#include "engine/rng.h"
#include "engine/tensor.h"

namespace kg {

// `picture` is (1, 28, 28, 1), ink 0..1; so is what comes back, every value one of 0/255 … 255/255. A picture
// without ink stays as it is. The same generator gives the same picture natively and in wasm.
Tensor deformed(const Tensor& picture, Rng& rng);

}  // namespace kg
