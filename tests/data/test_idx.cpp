#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "data/idx.h"
#include "data/normalise.h"
#include "engine/rng.h"

using namespace kg;

namespace {

using Bytes = std::vector<std::uint8_t>;

void put(Bytes& bytes, std::uint32_t number) {
  for (int shift = 24; shift >= 0; shift -= 8)
    bytes.push_back(static_cast<std::uint8_t>(number >> shift & 255));
}

Bytes header(std::uint32_t magic, std::vector<std::uint32_t> sizes) {
  Bytes bytes;
  put(bytes, magic);
  for (const std::uint32_t size : sizes) put(bytes, size);
  return bytes;
}

Bytes images(std::uint32_t count, std::uint32_t height, std::uint32_t width) {
  Bytes bytes = header(0x803, {count, height, width});
  for (std::uint32_t i = 0; i < count * height * width; ++i)
    bytes.push_back(static_cast<std::uint8_t>(i * 37 & 255));
  return bytes;
}

std::string image_sentence(Bytes file) {
  const Result<IdxImages> result = read_idx_images(std::move(file));
  return result.ok() ? "" : result.sentence();
}

std::string label_sentence(const Bytes& file) {
  const Result<IdxLabels> result = read_idx_labels(file);
  return result.ok() ? "" : result.sentence();
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

Bytes of_text(std::string_view text) { return Bytes(text.begin(), text.end()); }

}  // namespace

TEST_CASE("data/idx: pictures that are not square, value by value") {
  const Result<IdxImages> read = read_idx_images(images(3, 2, 5));
  REQUIRE(read.ok());
  CHECK(read->count() == 3);
  CHECK(read->height() == 2);
  CHECK(read->width() == 5);
  const Tensor last = read->image(2);
  CHECK(last.shape() == Shape{1, 2, 5, 1});
  for (int y = 0; y < 2; ++y) {
    for (int x = 0; x < 5; ++x) {
      const int byte = (2 * 10 + y * 5 + x) * 37 & 255;
      CHECK(last.at(0, y, x, 0) == static_cast<float>(byte) / 255.0f);
      CHECK(last.at(0, y, x, 0) == quantised(last.at(0, y, x, 0)));
      CHECK(read->pixels(2)[static_cast<std::size_t>(y * 5 + x)] == byte);
    }
  }
}

TEST_CASE("data/idx: labels, any byte") {
  Bytes file = header(0x801, {4});
  for (const int label : {0, 9, 10, 255}) file.push_back(static_cast<std::uint8_t>(label));
  const Result<IdxLabels> read = read_idx_labels(file);
  REQUIRE(read.ok());
  CHECK(read->labels == Bytes{0, 9, 10, 255});
}

TEST_CASE("data/idx: a file is what its first bytes say") {
  CHECK(idx_kind(images(1, 1, 1)) == IdxKind::images);
  CHECK(idx_kind(header(0x801, {1})) == IdxKind::labels);
  CHECK(idx_kind(header(0x802, {1})) == IdxKind::other);
  CHECK(idx_kind(Bytes{0, 0, 8}) == IdxKind::other);
  CHECK(idx_kind({}) == IdxKind::other);
}

TEST_CASE("data/idx: a file that ends too early, at every byte") {
  const Bytes whole = images(2, 3, 2);
  for (std::size_t length = 0; length < whole.size(); ++length) {
    CAPTURE(length);
    const std::string sentence =
        image_sentence(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length)));
    CHECK_FALSE(sentence.empty());
    if (length >= 16) CHECK(contains(sentence, "ends " + std::to_string(28 - length) + " byte"));
  }
  CHECK(
      image_sentence(Bytes(whole.begin(), whole.end() - 1)) ==
      "the file says it holds 2 pictures of 3×2 pixels, which makes 28 bytes, but it ends 1 byte too early");
  Bytes labels = header(0x801, {3});
  labels.insert(labels.end(), {1, 2, 3});
  for (std::size_t length = 0; length < labels.size(); ++length) {
    CHECK_FALSE(
        label_sentence(Bytes(labels.begin(), labels.begin() + static_cast<std::ptrdiff_t>(length))).empty());
  }
}

TEST_CASE("data/idx: a file that goes on too long") {
  Bytes longer = images(2, 3, 2);
  longer.push_back(0);
  CHECK(contains(image_sentence(longer), "goes on for 1 more byte"));
  Bytes labels = header(0x801, {1});
  labels.insert(labels.end(), {1, 2, 3});
  CHECK(label_sentence(labels) ==
        "the file says it holds 1 label, which makes 9 bytes, but it goes on for 2 more bytes");
}

TEST_CASE("data/idx: sizes that cannot be") {
  CHECK(contains(image_sentence(header(0x803, {0, 28, 28})), "0 pictures"));
  CHECK(contains(image_sentence(header(0x803, {5, 0, 28})), "0×28"));
  CHECK(contains(image_sentence(header(0x803, {5, 28, 0})), "28×0"));
  CHECK(contains(image_sentence(header(0x803, {1, 1025, 28})), "1 025×28"));
  // Products that would overflow 32 or 64 bits.
  CHECK(contains(image_sentence(header(0x803, {0xffffffff, 0xffffffff, 0xffffffff})),
                 "4 294 967 295×4 294 967 295"));
  CHECK(contains(image_sentence(header(0x803, {0x80000000, 1024, 1024})), "too early"));
  CHECK(contains(image_sentence(header(0x803, {0x01000000, 16, 16})),
                 "too early"));  // 2³² bytes and the header
  CHECK(contains(label_sentence(header(0x801, {0})), "0 labels"));
  CHECK(contains(label_sentence(header(0x801, {0xffffffff})), "too early"));
}

TEST_CASE("data/idx: another kind of file is called by its name") {
  CHECK(image_sentence({}) == "the file is empty");
  CHECK(label_sentence({}) == "the file is empty");
  CHECK(contains(image_sentence(Bytes{0x1f, 0x8b, 8, 0, 1}), "a gzip file"));
  CHECK(contains(image_sentence(Bytes{0x89, 'P', 'N', 'G', 13, 10}), "a PNG picture"));
  CHECK(contains(image_sentence(Bytes{0xff, 0xd8, 0xff, 0xe0}), "a JPEG picture"));
  CHECK(contains(image_sentence(Bytes{'P', 'K', 3, 4, 0}), "a zip archive"));
  CHECK(contains(image_sentence(of_text("label,pixel0,pixel1\n5,0,0\n")), "a text"));
  CHECK(contains(label_sentence(of_text("%PDF-1.7")), "a PDF"));
  CHECK(contains(image_sentence(Bytes{0xde, 0xad, 0xbe, 0xef}), "begins with de ad be ef"));
  CHECK(contains(image_sentence(header(0x801, {1})), "holds labels, not pictures"));
  CHECK(contains(label_sentence(images(1, 1, 1)), "holds pictures, not labels"));
  CHECK(contains(image_sentence(header(0xd03, {1, 1, 1})), "another kind of data"));
  CHECK(contains(image_sentence(Bytes{0, 0, 8}), "only 3 bytes"));
}

TEST_CASE("data/idx: random bytes never get through") {
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    CAPTURE(seed);
    Rng rng(seed);
    Bytes bytes(rng.below(64));
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(rng.below(256));
    if (seed % 2 == 0 && bytes.size() >= 4) {  // with the right magic, the sizes are what is random
      std::copy_n(Bytes{0, 0, 8, static_cast<std::uint8_t>(seed % 4 == 0 ? 3 : 1)}.begin(), 4, bytes.begin());
    }
    CHECK_FALSE(image_sentence(bytes).empty());
    CHECK_FALSE(label_sentence(bytes).empty());
  }
}

TEST_CASE("data/idx: pictures and labels have to be as many") {
  const IdxImages two = read_idx_images(images(2, 1, 1)).value();
  CHECK(check_idx_pair(two, IdxLabels{{1, 2}}).ok());
  CHECK(check_idx_pair(two, IdxLabels{{1}}).sentence() ==
        "the two files do not belong together: 2 pictures, but 1 label");
}

// MNIST's own training files, where somebody has them unpacked: KG_MNIST_DIR names the folder.
TEST_CASE("data/idx: MNIST's training files") {
  const char* folder = std::getenv("KG_MNIST_DIR");
  const auto file = [&](const std::string& name) {
    Bytes bytes;
    if (folder == nullptr) return bytes;
    if (std::FILE* in = std::fopen((std::string(folder) + "/" + name).c_str(), "rb")) {
      Bytes part(1 << 16);
      for (std::size_t got; (got = std::fread(part.data(), 1, part.size(), in)) > 0;) {
        bytes.insert(bytes.end(), part.begin(), part.begin() + static_cast<std::ptrdiff_t>(got));
      }
      std::fclose(in);
    }
    return bytes;
  };
  Bytes image_file = file("train-images-idx3-ubyte");
  const Bytes label_file = file("train-labels-idx1-ubyte");
  if (image_file.empty() || label_file.empty()) {
    MESSAGE("skipped: KG_MNIST_DIR names no folder with the unpacked files");
    return;
  }
  const Result<IdxImages> pictures = read_idx_images(std::move(image_file));
  REQUIRE(pictures.ok());
  CHECK(pictures->count() == 60000);
  CHECK(pictures->height() == 28);
  CHECK(pictures->width() == 28);
  const Result<IdxLabels> labels = read_idx_labels(label_file);
  REQUIRE(labels.ok());
  CHECK(check_idx_pair(*pictures, *labels).ok());
  CHECK(std::count(labels->labels.begin(), labels->labels.end(), 5) == 5421);

  // They were normalised as ours are: normalising them again barely changes them.
  double change = 0;
  for (int i = 0; i < 200; ++i) {
    const Tensor picture = pictures->image(i * 300);
    const Result<Normalised> again = normalise(picture);
    REQUIRE(again.ok());
    for (std::size_t k = 0; k < 784; ++k) {
      const double d = static_cast<double>(again->picture.values()[k] - picture.values()[k]);
      change += d * d / 200;
    }
  }
  CHECK(change < 5);
}
