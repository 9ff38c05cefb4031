// Wording: what outsiders say, made fit for a sentence of ours.
#pragma once

#include <string>
#include <string_view>

namespace kg {

// What others report in passing ("the file is empty") as a sentence of its own ("The file is empty.").
std::string as_sentence(std::string words);

// A name that came from outside, in quotes, and no longer than a sentence can bear.
std::string in_quotes(std::string_view name);

}  // namespace kg
