#include "lesson/catalogue.h"

#include "lesson/backprop.h"
#include "lesson/batch.h"
#include "lesson/batchnorm.h"
#include "lesson/bias.h"
#include "lesson/convolution.h"
#include "lesson/filter.h"
#include "lesson/finetune.h"
#include "lesson/gradients.h"
#include "lesson/image.h"
#include "lesson/init.h"
#include "lesson/l2.h"
#include "lesson/network.h"
#include "lesson/padding.h"
#include "lesson/parameters.h"
#include "lesson/pooling.h"
#include "lesson/shapes.h"

namespace kg {
namespace {

template <class Model>
std::unique_ptr<Lesson> make(std::uint64_t seed) {
  return std::make_unique<Model>(seed);
}

#define KG_LESSON(slug, title, Model, View) {slug, title, make<Model>},
constexpr LessonEntry kEntries[] = {
#include "lesson/lessons.inc"
};
#undef KG_LESSON

}  // namespace

std::span<const LessonEntry> lesson_catalogue() { return kEntries; }

const LessonEntry* find_lesson(std::string_view slug) {
  for (const LessonEntry& entry : kEntries) {
    if (entry.slug == slug) return &entry;
  }
  return nullptr;
}

}  // namespace kg
