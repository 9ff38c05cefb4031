// The catalogue of lessons.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "lesson/lesson.h"

namespace kg {

struct LessonEntry {
  std::string_view slug, title;
  std::unique_ptr<Lesson> (*make)(std::uint64_t seed);
};

std::span<const LessonEntry> lesson_catalogue();
const LessonEntry* find_lesson(std::string_view slug);  // nullptr if there is none

}  // namespace kg
