// All tests of C++, in one program that runs natively, under the sanitizers, and as WebAssembly under Node.
// It begins by saying what it is: a green run of the wrong build would prove nothing.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <cstdio>

#include "engine/kernels/dispatch.h"

int main(int argc, char** argv) {
  std::printf("variant %s, instruction set %s, kernels", KG_VARIANT, kg::kernels::instruction_set());
  for (const std::string& name : kg::kernels::active()) std::printf(" %s", name.c_str());
  std::printf("\n");
  std::fflush(stdout);
  return doctest::Context(argc, argv).run();
}
