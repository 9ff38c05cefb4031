// What the learner's hand is about on the stage of the lesson `image`: only the eye needs it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lesson/image.h"
#include "view/ui.h"

namespace kg {

struct ImageHand {
  // The pixel under the pointer: in the last frame, for all to mark it, and what this frame has found.
  std::optional<ImageLesson::Pixel> over, found;
  int bar = -1;         // the bar of the histogram that is read, in the last frame
  bool pencil = false;  // presses draw, instead of looking
  int ink = 255;        // what the pencil writes, 0 to 255

  // A pixel is pressed, or the key for that.
  void use(Ui& ui, const ImageLesson& lesson, const ImageLesson::Pixel& at) const;
  // One notch nearer (way > 0) or farther.
  static void zoom(Ui& ui, const ImageLesson& lesson, int way);
  static bool can_zoom(const ImageLesson& lesson, int way);
  // The mouse wheel has turned over the picture or the numbers.
  static void wheel(Ui& ui, const ImageLesson& lesson);
};

// What the picture looks like there: of the shown channel a shade of grey, of all three their colour.
Colour shade_of(const ImageLesson& lesson, const ImageLesson::Pixel& at);
// The same for all pixels of a region, row by row: red, green and blue of each. (A heat map of these carries
// no numbers of its own.)
std::vector<float> light_of(const ImageLesson& lesson, const ImageLesson::Region& region);
// "row 9, column 14: 253 (0.99)"
std::string reading(const ImageLesson& lesson, const ImageLesson::Pixel& at);

}  // namespace kg
