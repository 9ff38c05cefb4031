// By itself, so that the compiler sees no operator of ours where it sees one of its own.
#include "count_allocations.h"

#include <cstdlib>
#include <new>

namespace {

bool counting = false;
std::size_t times_allocated = 0, bytes_allocated = 0;

void* allocate(std::size_t size) noexcept {
  if (counting) {
    ++times_allocated;
    bytes_allocated += size;
  }
  return std::malloc(size > 0 ? size : 1);
}

}  // namespace

CountAllocations::CountAllocations() {
  times_allocated = bytes_allocated = 0;
  counting = true;
}
CountAllocations::~CountAllocations() { counting = false; }
std::size_t CountAllocations::times() const { return times_allocated; }
std::size_t CountAllocations::bytes() const { return bytes_allocated; }

// The other forms of the standard library call these, except those for types that want to be aligned more
// than malloc does it; the engine has none.
void* operator new(std::size_t size) {
  void* memory = allocate(size);
  if (!memory) std::abort();
  return memory;
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return allocate(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
