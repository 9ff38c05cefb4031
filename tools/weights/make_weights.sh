# shellcheck shell=bash
# The weights that the page ships: assets/weights/digits.safetensors. Sourced by ./dev, which calls make_weights.
#
# They come from generated digits alone, by the engine's own training, and from the same sources are always the same
# file, byte for byte: nothing in them depends on the machine (-ffp-contract=off, exact_math, rng). When the digits or
# the training change on purpose, make them again and commit them.

KG_WEIGHTS=assets/weights/digits.safetensors
KG_WEIGHTS_MADE=(8 300000 6 1) # filters, digits, epochs, seed
# The figures were measured by reading those files with the weights made here; they are words, nothing is computed from them.
KG_WEIGHTS_NOTE="It has seen generated digits only. Of MNIST's training digits it reads 97.48 % of the first 50000 and 97.85 % of the last 10000; it never saw the test digits."

# make_weights [--check]: writes the file, or only says whether it would come out the same.
make_weights() {
  local to=build/digits.safetensors
  build native kg_weights || die "kg_weights could not be built."
  build/native/kg_weights "$to" "${KG_WEIGHTS_MADE[@]}" "$KG_WEIGHTS_NOTE" || die "the training failed."
  if [ "${1:-}" = --check ]; then
    cmp "$to" "$KG_WEIGHTS" || die "$KG_WEIGHTS is not what these sources make."
    say "$KG_WEIGHTS is what these sources make, byte for byte."
  else
    mkdir -p "${KG_WEIGHTS%/*}"
    mv "$to" "$KG_WEIGHTS"
    say "Written: $KG_WEIGHTS"
  fi
}
