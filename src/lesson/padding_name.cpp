#include "lesson/padding_name.h"

#include "lesson/wording.h"

namespace kg {

Result<Padding> padding_named(const std::string& name) {
  for (const Padding padding : {Padding::valid, Padding::same}) {
    if (name == name_of(padding)) return padding;
  }
  return Error{"The padding is valid or same; " + in_quotes(name) + " is neither."};
}

}  // namespace kg
