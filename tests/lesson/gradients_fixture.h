// What the tests of the lesson `gradients` share.
#pragma once

#include "lesson/gradients.h"
#include "lesson/lesson_fixture.h"
#include "lesson/small_digits.h"

// Does all that the lesson was asked for.
inline void work_off(kg::Lesson& lesson) {
  while (lesson.working()) lesson.work([] { return true; });
}
