#include "engine/safetensors.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <limits>
#include <string_view>
#include <utility>

#include "engine/json_reader.h"
#include "engine/python_text.h"
#include "engine/tensor.h"

namespace kg {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::size_t kLengthBytes = 8;
constexpr std::uint64_t kMostHeader = 100'000'000;  // as in the format's own library
constexpr std::string_view kMetadata = "__metadata__";

std::uint64_t little_endian(Bytes bytes) {
  std::uint64_t number = 0;
  for (std::size_t k = bytes.size(); k > 0; --k) number = number << 8 | bytes[k - 1];
  return number;
}

void put_little_endian(std::vector<std::uint8_t>& file, std::uint64_t number, int bytes) {
  for (int k = 0; k < bytes; ++k) file.push_back(static_cast<std::uint8_t>(number >> (8 * k) & 255));
}

// How many values a shape has; if it is more than kMaxValues, some number above it. Cannot overflow: at most
// 2²⁸ times 2³¹.
std::uint64_t count_of(const std::vector<int>& shape) {
  if (std::find(shape.begin(), shape.end(), 0) != shape.end()) return 0;
  std::uint64_t count = 1;
  for (const int size : shape) {
    if (count <= kMaxValues) count *= static_cast<std::uint64_t>(size);
  }
  return count;
}

// What the header says of a tensor.
struct Entry {
  std::string name;
  std::vector<int> shape;
  std::uint64_t begin = 0, end = 0;
};

std::string named(const Entry& e) { return "The tensor " + quoted_name(e.name); }

std::string twice(std::string_view name) {
  return "The header names " + quoted_name(name) + " twice, so it is not clear which of them holds.";
}

class HeaderReader {
 public:
  explicit HeaderReader(std::string_view header) : json_(header, kLengthBytes) {}

  Status read(std::vector<Entry>& entries, std::map<std::string, std::string>& metadata) {
    bool metadata_read = false;
    const auto member = [&](std::string name) {
      if (name != kMetadata) return entry(std::move(name), entries);
      return std::exchange(metadata_read, true) ? json_.refuse(twice(name)) : texts(metadata);
    };
    if (!json_.starts_with('{')) {
      json_.expected("a {");
    } else if (json_.object(member) && !json_.only_spaces_left()) {
      json_.expected("nothing but spaces");
    }
    if (!json_.sentence().empty()) return Error{json_.sentence()};
    return Done{};
  }

 private:
  bool texts(std::map<std::string, std::string>& metadata) {
    return json_.object([&](std::string name) {
      std::string text;
      if (!json_.string(text)) return false;
      return metadata.emplace(name, std::move(text)).second || json_.refuse(twice(name));
    });
  }

  bool entry(std::string name, std::vector<Entry>& entries) {
    Entry e;
    e.name = std::move(name);
    bool dtype_read = false, shape_read = false, offsets_read = false;
    const auto once = [&](bool& read, const std::string& key) {
      return !std::exchange(read, true) || json_.refuse(twice(key));
    };
    const auto member = [&](std::string key) {
      if (key == "dtype") return once(dtype_read, key) && dtype(e);
      if (key == "shape") return once(shape_read, key) && shape(e);
      if (key == "data_offsets") return once(offsets_read, key) && offsets(e);
      return json_.refuse(named(e) + " has an entry " + quoted_name(key) +
                          ", but only dtype, shape and data_offsets belong there.");
    };
    if (!json_.object(member)) return false;
    if (!dtype_read || !shape_read || !offsets_read) {
      const char* missing = !dtype_read ? "dtype" : !shape_read ? "shape" : "data_offsets";
      return json_.refuse(named(e) + " has no " + missing + ", but it needs dtype, shape and data_offsets.");
    }
    entries.push_back(std::move(e));
    return true;
  }

  bool dtype(const Entry& e) {
    std::string type;
    if (!json_.string(type)) return false;
    return type == "F32" || json_.refuse(named(e) + " holds numbers of the type " + quoted_name(type) +
                                         ", but only F32 can be read here: floats of 32 bits.");
  }

  bool shape(Entry& e) {
    return json_.numbers([&](std::uint64_t size) {
      if (size > static_cast<std::uint64_t>(std::numeric_limits<int>::max())) {
        return json_.refuse(named(e) + " has the size " + std::to_string(size) + ", which is too large.");
      }
      e.shape.push_back(static_cast<int>(size));
      return true;
    });
  }

  bool offsets(Entry& e) {
    int count = 0;
    const auto take = [&](std::uint64_t n) {
      ++count;
      (count == 1 ? e.begin : e.end) = n;
      return count <= 2;
    };
    if (json_.numbers(take) && count == 2) return true;
    return json_.refuse(named(e) +
                        " needs two data_offsets, where its data begins and where it ends, but has " +
                        (count > 2 ? "more." : std::to_string(count) + "."));
  }

  JsonReader json_;
};

Status check_size(const Entry& e) {
  const std::uint64_t count = count_of(e.shape), bytes = count * sizeof(float);
  if (count > kMaxValues) {
    return Error{named(e) + " has the shape " + python_tuple(e.shape) +
                 ", which is too many values: at most " + std::to_string(kMaxValues) + " fit."};
  }
  if (e.end < e.begin || e.end - e.begin != bytes) {
    return Error{named(e) + " has the shape " + python_tuple(e.shape) + ", which makes " +
                 std::to_string(bytes) + " bytes, but its data is said to go from byte " +
                 std::to_string(e.begin) + " to " + std::to_string(e.end) + "."};
  }
  return Done{};
}

// Whether the tensors lie one behind the other and fill the data. Sorts them by where they lie.
Status check_places(std::vector<Entry>& entries, std::uint64_t data) {
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
  });
  std::uint64_t reached = 0;
  for (const Entry& e : entries) {
    if (e.begin != reached) {
      return Error{"The data of the tensor " + quoted_name(e.name) + " begins at byte " +
                   std::to_string(e.begin) + ", but what lies before it ends at " + std::to_string(reached) +
                   (e.begin < reached ? ": they overlap." : ": there is a gap.")};
    }
    reached = e.end;
  }
  if (reached != data) {
    return Error{"The tensors take " + std::to_string(reached) +
                 " bytes, but behind its header the file has " + std::to_string(data) +
                 (data < reached ? ": its end is missing." : ": that is more.")};
  }
  return Done{};
}

Result<NamedTensor> read_values(const Entry& e, Bytes data) {
  const Bytes bytes =
      data.subspan(static_cast<std::size_t>(e.begin), static_cast<std::size_t>(e.end - e.begin));
  NamedTensor tensor{e.name, e.shape, std::vector<float>(bytes.size() / sizeof(float))};
  for (std::size_t k = 0; k < tensor.values.size(); ++k) {
    const auto bits = static_cast<std::uint32_t>(little_endian(bytes.subspan(4 * k, 4)));
    tensor.values[k] = std::bit_cast<float>(bits);
    if (!std::isfinite(tensor.values[k])) {
      return Error{named(e) + " has, at place " + std::to_string(k) + " of " +
                   std::to_string(tensor.values.size()) + ", counted from 0, " +
                   (std::isnan(tensor.values[k]) ? "something that is no number." : "an infinite number.")};
    }
  }
  return tensor;
}

std::string header_entry(const NamedTensor& tensor, std::size_t begin, std::size_t end) {
  std::string sizes;
  for (const int size : tensor.shape) sizes += (sizes.empty() ? "" : ",") + std::to_string(size);
  return json_text(tensor.name) + ":{\"dtype\":\"F32\",\"shape\":[" + sizes + "],\"data_offsets\":[" +
         std::to_string(begin) + "," + std::to_string(end) + "]}";
}

std::string header_entry(const std::map<std::string, std::string>& metadata) {
  std::string texts;
  for (const auto& [name, text] : metadata)
    texts += (texts.empty() ? "" : ",") + json_text(name) + ":" + json_text(text);
  return json_text(kMetadata) + ":{" + texts + "}";
}

}  // namespace

std::string quoted_name(std::string_view name) {
  constexpr std::size_t kMost = 60;
  std::string text;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool begins_a_character = (byte & 0xC0) != 0x80;
    if (text.size() >= kMost && begins_a_character) return "“" + text + "…”";
    text += byte < 32 || byte == 127 ? '?' : c;
  }
  return "“" + text + "”";
}

Result<Safetensors> read_safetensors(Bytes file) {
  if (file.size() < kLengthBytes) {
    return Error{"This is no safetensors file: it has only " + std::to_string(file.size()) +
                 " bytes, and the length of its header alone takes 8."};
  }
  const std::uint64_t length = little_endian(file.first(kLengthBytes)), rest = file.size() - kLengthBytes;
  if (length > rest) {
    return Error{"This is no safetensors file, or its end is missing: its header would have " +
                 std::to_string(length) + " bytes, but only " + std::to_string(rest) + " follow."};
  }
  if (length > kMostHeader) {
    return Error{"The header of this safetensors file has " + std::to_string(length) +
                 " bytes, but at most " + std::to_string(kMostHeader) + " are allowed."};
  }
  const Bytes header = file.subspan(kLengthBytes, static_cast<std::size_t>(length));
  const Bytes data = file.subspan(kLengthBytes + header.size());

  Safetensors contents;
  std::vector<Entry> entries;
  HeaderReader reader({reinterpret_cast<const char*>(header.data()), header.size()});
  if (Status read = reader.read(entries, contents.metadata); !read) return read.error();
  for (const Entry& e : entries) {
    if (Status fits = check_size(e); !fits) return fits.error();
  }
  if (Status fits = check_places(entries, data.size()); !fits) return fits.error();

  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
  for (const Entry& e : entries) {
    if (!contents.tensors.empty() && contents.tensors.back().name == e.name) return Error{twice(e.name)};
    Result<NamedTensor> tensor = read_values(e, data);
    if (!tensor) return tensor.error();
    contents.tensors.push_back(std::move(tensor).value());
  }
  return contents;
}

std::vector<std::uint8_t> write_safetensors(const Safetensors& contents) {
  std::vector<const NamedTensor*> tensors;
  for (const NamedTensor& tensor : contents.tensors) tensors.push_back(&tensor);
  std::sort(tensors.begin(), tensors.end(),
            [](const NamedTensor* a, const NamedTensor* b) { return a->name < b->name; });

  std::string header = contents.metadata.empty() ? "" : header_entry(contents.metadata);
  std::size_t end = 0;
  for (std::size_t k = 0; k < tensors.size(); ++k) {
    const NamedTensor& tensor = *tensors[k];
    assert(tensor.values.size() == count_of(tensor.shape));
    assert(tensor.name != kMetadata && (k == 0 || tensor.name != tensors[k - 1]->name));
    const std::size_t begin = end;
    end += tensor.values.size() * sizeof(float);
    header += (header.empty() ? "" : ",") + header_entry(tensor, begin, end);
  }
  header = "{" + header + "}";
  header.resize((header.size() + 7) / 8 * 8, ' ');

  std::vector<std::uint8_t> file;
  file.reserve(kLengthBytes + header.size() + end);
  put_little_endian(file, header.size(), kLengthBytes);
  file.insert(file.end(), header.begin(), header.end());
  for (const NamedTensor* tensor : tensors) {
    for (const float value : tensor->values) put_little_endian(file, std::bit_cast<std::uint32_t>(value), 4);
  }
  return file;
}

}  // namespace kg
