// The null platform's own handles, for tests.
#pragma once

#include "platform/platform.h"

namespace kg {

class NullPlatform final : public Platform {
 public:
  explicit NullPlatform(Host& host);
  ~NullPlatform() override;

  void begin_frame() override;
  void end_frame() override;
  void typeface_changed() override;
  void request_frame() override;
  void settle() override;
  double now() const override;
  void send(const std::string& event) override;

  // Draws frames of `seconds` each until none is wanted, or `most`, with the work between them; returns how
  // many.
  int run(int most, float seconds = 1.0f / 60);

  Surface surface{900, 668, 1, 1};
  std::vector<std::string> sent;
  // The clock: it stands at `time`, and goes on by `tick` at each look, so that whatever looks at it takes
  // its time.
  mutable double time = 0;
  double tick = 0.001;

 private:
  Host& host_;
  bool wanted_ = false;
};

}  // namespace kg
