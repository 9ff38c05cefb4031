// Files of pictures and labels: kg_fuzz_idx -max_total_time=20 build/fuzz/idx
#include "fuzz/target.h"

KG_FUZZ_TARGET(fuzz::idx_seeds, fuzz::broken_idx)
