#include "view/widgets/tabs.h"

#include <algorithm>

#include "view/widgets/button.h"

namespace kg {

int tabs(Ui& ui, const std::string& id, const Rect& box, const std::vector<Tab>& all, int chosen) {
  std::vector<std::string> words;
  for (const Tab& tab : all) words.push_back(tab.words);
  const int pressed = segmented(ui, id, box, "Show", words, chosen);
  if (pressed >= 0) return pressed;
  if (!ui.newly_pointed) return chosen;
  const auto has_it = [&](const Tab& tab) {
    return std::find(tab.parts.begin(), tab.parts.end(), ui.display.pointed) != tab.parts.end();
  };
  if (has_it(all[static_cast<std::size_t>(chosen)])) return chosen;
  const auto other = std::find_if(all.begin(), all.end(), has_it);
  return other == all.end() ? chosen : static_cast<int>(other - all.begin());
}

}  // namespace kg
