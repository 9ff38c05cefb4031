#include "view/view.h"

#include <cassert>

#include "view/lessons/backprop_view.h"
#include "view/lessons/batch_view.h"
#include "view/lessons/batchnorm_view.h"
#include "view/lessons/bias_view.h"
#include "view/lessons/convolution_view.h"
#include "view/lessons/filter_view.h"
#include "view/lessons/finetune_view.h"
#include "view/lessons/gradients_view.h"
#include "view/lessons/image_view.h"
#include "view/lessons/init_view.h"
#include "view/lessons/l2_view.h"
#include "view/lessons/network_view.h"
#include "view/lessons/padding_view.h"
#include "view/lessons/parameters_view.h"
#include "view/lessons/pooling_view.h"
#include "view/lessons/shapes_view.h"

namespace kg {

std::unique_ptr<View> make_view(std::string_view slug) {
#define KG_LESSON(row_slug, title, Model, LessonView) \
  if (slug == row_slug) return std::make_unique<LessonView>();
#include "lesson/lessons.inc"
#undef KG_LESSON
  assert(false && "every lesson has a view");
  return nullptr;
}

}  // namespace kg
