#include "engine/weights_io.h"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/python_text.h"
#include "engine/safetensors.h"

namespace kg {
namespace {

// Calls use(name, parameter) for every parameter of the network.
template <class SomeNetwork, class Use>
void for_each_parameter(SomeNetwork& network, Use use) {
  for (int k = 0; k < network.layers(); ++k) {
    for (auto& parameter : network.parameters(k)) use(network.name(k) + "/" + parameter.name, parameter);
  }
}

using Tensors = std::vector<NamedTensor>;

// The tensors are in the order of their names. The end if there is none of that name.
Tensors::iterator find(Tensors& tensors, const std::string& name) {
  const auto at = std::lower_bound(
      tensors.begin(), tensors.end(), name,
      [](const NamedTensor& tensor, const std::string& wanted) { return tensor.name < wanted; });
  return at != tensors.end() && at->name == name ? at : tensors.end();
}

Status check_fits(const NamedTensor& tensor, const Parameter& parameter) {
  if (tensor.shape != parameter.shape) {
    return Error{"The tensor " + quoted_name(tensor.name) + " has the shape " + python_tuple(tensor.shape) +
                 " in the file, but " + python_tuple(parameter.shape) + " in this network."};
  }
  if (parameter.name != "moving_variance") return Done{};
  for (const float value : tensor.values) {
    if (value < 0) {
      return Error{"The tensor " + quoted_name(tensor.name) +
                   " holds a number below 0, but a variance is at least 0."};
    }
  }
  return Done{};
}

Status check_fits(const Network& network, Tensors& tensors) {
  std::vector<bool> wanted(tensors.size());
  std::string refusal;
  for_each_parameter(network, [&](const std::string& name, const Parameter& parameter) {
    if (!refusal.empty()) return;
    const auto tensor = find(tensors, name);
    if (tensor == tensors.end()) {
      refusal = "This network needs a tensor " + quoted_name(name) + ", but there is none in the file.";
      return;
    }
    wanted[static_cast<std::size_t>(tensor - tensors.begin())] = true;
    if (const Status fits = check_fits(*tensor, parameter); !fits) refusal = fits.sentence();
  });
  if (!refusal.empty()) return Error{refusal};
  const auto extra = std::find(wanted.begin(), wanted.end(), false);
  if (extra == wanted.end()) return Done{};
  return Error{"The file has a tensor " +
               quoted_name(tensors[static_cast<std::size_t>(extra - wanted.begin())].name) +
               ", for which there is no place in this network."};
}

}  // namespace

std::vector<std::uint8_t> save_weights(const Network& network) {
  Safetensors contents;
  contents.metadata["format"] = "kernelglass";
  for_each_parameter(network, [&](std::string name, const Parameter& parameter) {
    contents.tensors.push_back({std::move(name), parameter.shape, parameter.values});
  });
  return write_safetensors(contents);
}

Status load_weights(Network& network, std::span<const std::uint8_t> file) {
  Result<Safetensors> read = read_safetensors(file);
  if (!read) return read.error();
  Tensors tensors = std::move(read).value().tensors;
  if (Status fits = check_fits(network, tensors); !fits) return fits;
  for_each_parameter(network, [&](const std::string& name, Parameter& parameter) {
    const NamedTensor& tensor = *find(tensors, name);
    std::copy(tensor.values.begin(), tensor.values.end(), parameter.values.begin());
  });
  network.parameters_changed();
  return Done{};
}

}  // namespace kg
