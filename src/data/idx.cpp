#include "data/idx.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

namespace kg {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::size_t kImagesHeader = 16;  // magic, count, height, width
constexpr std::size_t kLabelsHeader = 8;   // magic, count

std::uint32_t big_endian(Bytes bytes, std::size_t at) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8 | bytes[at + i];
  return number;
}

// With thousands apart, so that a long number of bytes can be read: 47 040 016.
std::string number(std::uint64_t n) {
  const std::string digits = std::to_string(n);
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += ' ';
    text += digits[i];
  }
  return text;
}

std::string counted(std::uint64_t n, const char* noun) {
  return number(n) + " " + noun + (n == 1 ? "" : "s");
}

bool begins(Bytes bytes, std::string_view with) {
  if (bytes.size() < with.size()) return false;
  for (std::size_t i = 0; i < with.size(); ++i) {
    if (bytes[i] != static_cast<std::uint8_t>(with[i])) return false;
  }
  return true;
}

// No control characters, and mostly ASCII.
bool looks_like_text(Bytes bytes) {
  const Bytes beginning = bytes.first(std::min<std::size_t>(bytes.size(), 64));
  std::size_t ascii = 0;
  for (const std::uint8_t byte : beginning) {
    if (byte < 32 && byte != '\n' && byte != '\r' && byte != '\t') return false;
    if (byte < 127) ++ascii;
  }
  return 4 * ascii >= 3 * beginning.size();
}

// What a file of this beginning probably is, as "…: it looks like this."; empty if there is no telling.
std::string_view guess(Bytes bytes) {
  using namespace std::string_view_literals;
  struct Known {
    std::string_view beginning, kind;
  };
  constexpr Known kKnown[] = {
      {"\x1f\x8b"sv, "a gzip file, which has to be unpacked first"},
      {"\x89PNG"sv, "a PNG picture"},
      {"\xff\xd8\xff"sv, "a JPEG picture"},
      {"GIF8"sv, "a GIF picture"},
      {"RIFF"sv, "a WebP picture or a sound"},
      {"PK\x03\x04"sv, "a zip archive, which has to be unpacked first"},
      {"%PDF"sv, "a PDF"},
      {"\x93NUMPY"sv, "a NumPy array"},
      {"\x89HDF"sv, "an HDF5 file"},
  };
  for (const Known& known : kKnown) {
    if (begins(bytes, known.beginning)) return known.kind;
  }
  return looks_like_text(bytes) ? "a text" : ""sv;
}

std::string hex(Bytes bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : bytes) {
    if (!text.empty()) text += ' ';
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

// `wanted` is "pictures" or "labels", `magic` how such a file begins.
Error wrong_magic(Bytes file, const char* wanted, const char* magic) {
  const std::string begins_with =
      std::string(" (a file of ") + wanted + " begins with the bytes " + magic + ")";
  if (idx_kind(file) == IdxKind::images) return {"this IDX file holds pictures, not labels" + begins_with};
  if (idx_kind(file) == IdxKind::labels) return {"this IDX file holds labels, not pictures" + begins_with};
  if (file[0] == 0 && file[1] == 0 && file[2] >= 8 && file[2] <= 14 && file[3] >= 1 && file[3] <= 8) {
    return {"this IDX file holds another kind of data: it begins with " + hex(file.first(4)) + begins_with};
  }
  const std::string_view kind = guess(file);
  if (!kind.empty()) return {"this is not an IDX file: it looks like " + std::string(kind) + begins_with};
  return {"this is not an IDX file: it begins with " + hex(file.first(4)) + begins_with};
}

// `holds` says what the header promises ("60 000 pictures of 28×28 pixels").
Status check_length(std::size_t length, std::uint64_t expected, const std::string& holds) {
  if (length == expected) return Done{};
  const std::string promise =
      "the file says it holds " + holds + ", which makes " + number(expected) + " bytes, but ";
  if (length < expected)
    return Error{promise + "it ends " + counted(expected - length, "byte") + " too early"};
  return Error{promise + "it goes on for " + counted(length - expected, "more byte")};
}

Status check_header(Bytes file, std::size_t header, IdxKind kind, const char* wanted, const char* magic) {
  if (file.empty()) return Error{"the file is empty"};
  if (file.size() < 4) {
    return Error{"this is not an IDX file of " + std::string(wanted) + ": it has only " +
                 counted(file.size(), "byte")};
  }
  if (idx_kind(file) != kind) return wrong_magic(file, wanted, magic);
  if (file.size() < header) {
    return Error{"the file ends within its header: " + counted(file.size(), "byte") + " of " +
                 std::to_string(header)};
  }
  return Done{};
}

}  // namespace

IdxKind idx_kind(Bytes bytes) {
  if (bytes.size() < 4) return IdxKind::other;
  const std::uint32_t magic = big_endian(bytes, 0);
  return magic == 0x803 ? IdxKind::images : magic == 0x801 ? IdxKind::labels : IdxKind::other;
}

std::span<const std::uint8_t> IdxImages::pixels(int i) const {
  assert(i >= 0 && i < count_);
  const std::size_t size = static_cast<std::size_t>(height_) * static_cast<std::size_t>(width_);
  return Bytes(file_).subspan(kImagesHeader + static_cast<std::size_t>(i) * size, size);
}

Tensor IdxImages::image(int i) const {
  const Bytes bytes = pixels(i);
  Tensor picture(Shape{1, height_, width_, 1});
  for (std::size_t k = 0; k < bytes.size(); ++k) picture.values()[k] = static_cast<float>(bytes[k]) / 255.0f;
  return picture;
}

Result<IdxImages> read_idx_images(std::vector<std::uint8_t> file) {
  const Status header = check_header(file, kImagesHeader, IdxKind::images, "pictures", "00 00 08 03");
  if (!header) return header.error();

  const std::uint32_t count = big_endian(file, 4), height = big_endian(file, 8), width = big_endian(file, 12);
  const std::string size = number(height) + "×" + number(width);
  const std::string holds = counted(count, "picture") + " of " + size + " pixels";
  if (count == 0) return Error{"the file says it holds 0 pictures; at least one is needed"};
  if (height == 0 || width == 0)
    return Error{"the file says its pictures have " + size + " pixels, so they are empty"};
  if (height > IdxImages::kMaxSide || width > IdxImages::kMaxSide) {
    return Error{"the file says its pictures have " + size + " pixels; the largest that can be shown have " +
                 number(IdxImages::kMaxSide) + "×" + number(IdxImages::kMaxSide)};
  }
  // At most 2³² · 2¹⁰ · 2¹⁰ and the header: far from overflow.
  const Status length =
      check_length(file.size(), kImagesHeader + std::uint64_t{count} * height * width, holds);
  if (!length) return length.error();
  if (count > static_cast<std::uint32_t>(std::numeric_limits<int>::max()))
    return Error{holds + " are too many"};

  IdxImages images;
  images.file_ = std::move(file);
  images.count_ = static_cast<int>(count);
  images.height_ = static_cast<int>(height);
  images.width_ = static_cast<int>(width);
  return images;
}

Result<IdxLabels> read_idx_labels(Bytes file) {
  const Status header = check_header(file, kLabelsHeader, IdxKind::labels, "labels", "00 00 08 01");
  if (!header) return header.error();
  const std::uint32_t count = big_endian(file, 4);
  if (count == 0) return Error{"the file says it holds 0 labels; at least one is needed"};
  const Status length =
      check_length(file.size(), kLabelsHeader + std::uint64_t{count}, counted(count, "label"));
  if (!length) return length.error();
  return IdxLabels{{file.begin() + kLabelsHeader, file.end()}};
}

Status check_idx_pair(const IdxImages& images, const IdxLabels& labels) {
  if (static_cast<std::size_t>(images.count()) == labels.labels.size()) return Done{};
  return Error{"the two files do not belong together: " +
               counted(static_cast<std::uint64_t>(images.count()), "picture") + ", but " +
               counted(labels.labels.size(), "label")};
}

}  // namespace kg
