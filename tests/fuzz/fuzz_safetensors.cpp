// Weight files: kg_fuzz_safetensors -dict=tests/fuzz/safetensors.dict -max_total_time=20
// build/fuzz/safetensors
#include "fuzz/target.h"

KG_FUZZ_TARGET(fuzz::safetensors_seeds, fuzz::broken_weight_file)
