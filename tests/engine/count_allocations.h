// Counts what is allocated while a CountAllocations lives: by operator new, which count_allocations.cpp
// replaces in the whole program of tests, and through it by every container.
#pragma once

#include <cstddef>

class CountAllocations {
 public:
  CountAllocations();
  ~CountAllocations();
  CountAllocations(const CountAllocations&) = delete;
  CountAllocations& operator=(const CountAllocations&) = delete;

  std::size_t times() const;
  std::size_t bytes() const;  // in all; what was given back meanwhile is not taken off
};
