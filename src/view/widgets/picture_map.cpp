#include "view/widgets/picture_map.h"

#include <algorithm>

namespace kg {

HeatMapTouch picture_map(Ui& ui, const Rect& box, const Picture& picture, int channel,
                         const std::string& id) {
  const Tensor& pixels = picture.pixels();
  const Shape& shape = pixels.shape();
  const bool own_numbers = picture.source() == Picture::Source::pixels;
  HeatMapLook look;
  look.id = id;
  if (shape.c == 3 && channel < 0) {
    look.ink = HeatMap::Ink::rgb;
    look.reach = own_numbers ? reach_of(pixels.values()) : 1;
    return heat_map(ui, box, shape.h, shape.w, pixels.values(), look);
  }
  const std::vector<float> values = every_nth(pixels.values(), shape.c, std::max(channel, 0));
  const bool signs = std::any_of(values.begin(), values.end(), [](float v) { return v < 0; });
  look.ink = signs ? HeatMap::Ink::diverging : HeatMap::Ink::grey;
  look.reach = own_numbers ? reach_of(values) : 1;
  return heat_map(ui, box, shape.h, shape.w, values, look);
}

}  // namespace kg
