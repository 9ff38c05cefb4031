// Tabs: what has no room side by side is shown one at a time. The text's words reach what lies in another
// tab: it comes to the front when they point at it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "view/ui.h"

namespace kg {

struct Tab {
  std::string words;
  std::vector<std::string_view> parts = {};  // of the stage (see Ui::part), that are to be seen in it
};

// Which of them is in front now; `chosen` was until now. About 40 units tall.
int tabs(Ui& ui, const std::string& id, const Rect& box, const std::vector<Tab>& all, int chosen);

}  // namespace kg
