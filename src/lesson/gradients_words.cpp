// The lesson `gradients` in words: for those who hear the page, and in Python.
#include "lesson/gradients.h"
#include "lesson/number_text.h"

namespace kg {
namespace {

std::string net_words(const DeepNetSettings& s) {
  return std::to_string(s.depth) + " layers, " + name_of(s.activation) + ", " +
         deep_initializer_name(s.initializer) + (s.scale == 1 ? "" : " times " + number_text(s.scale)) +
         (s.batch_norm ? ", batch norm" : "") + ".";
}

std::string fate_words(const DeepNet& net) {
  if (!net.known()) {
    return " Its numbers have become too large for the computer: the gradient is no number any more.";
  }
  const std::string from_to = " The gradient is " + magnitude_text(net.last().gradient) +
                              " at the last layer and " + magnitude_text(net.first().gradient) +
                              " at the first: ";
  switch (GradientsLesson::fate(net)) {
    case GradientFate::vanishes:
      return from_to + "it vanishes.";
    case GradientFate::explodes:
      return from_to + "it explodes.";
    default:
      return from_to + "it arrives.";
  }
}

std::string run_words(const DeepNet& net) {
  const std::string count = std::to_string(net.updates());
  if (net.diverged()) return " Training has diverged after update " + count + ".";
  if (net.updates() == 0) return "";
  const double loss = net.late_loss().value_or(net.curve().back().loss);
  return " After " + count + (net.updates() == 1 ? " update" : " updates") + " the loss is " +
         number_text(loss) + ".";
}

// Keras' initializer of the same weights: the named ones are VarianceScaling with another scale.
std::string initializer_code(const DeepNetSettings& s) {
  using Kind = Initializer::Kind;
  if (s.initializer == Kind::random_normal) {
    return "initializers.RandomNormal(stddev=" + exact_text(static_cast<float>(0.05 * s.scale)) + ")";
  }
  if (s.scale == 1) return "\"" + deep_initializer_name(s.initializer) + "\"";
  const bool he = s.initializer == Kind::he_normal || s.initializer == Kind::he_uniform;
  const bool glorot = s.initializer == Kind::glorot_normal || s.initializer == Kind::glorot_uniform;
  const bool uniform = s.initializer == Kind::glorot_uniform || s.initializer == Kind::he_uniform ||
                       s.initializer == Kind::lecun_uniform;
  return "initializers.VarianceScaling(" + exact_text(static_cast<float>(s.scale * s.scale * (he ? 2 : 1))) +
         ", \"" + (glorot ? "fan_avg" : "fan_in") + "\", \"" + (uniform ? "uniform" : "truncated_normal") +
         "\")";
}

}  // namespace

std::string GradientsLesson::narrate() const {
  std::string words = net_words(settings());
  if (timeline_.at_end() || !net_->known()) {
    words += fate_words(*net_);
  } else {
    const int layer = here();
    const LayerGradient& l = net_->layers()[static_cast<std::size_t>(layer)];
    const std::string at = " Layer " + std::to_string(layer + 1);
    if (timeline_.step() == 0) {
      words += at + ", the last: the gradient comes from the loss" +
               (factor_shown(layer) ? " and is " + magnitude_text(l.gradient) : "") + ".";
    } else if (!factor_shown(layer)) {
      words += at + ": the gradient is on its way to it.";
    } else {
      words += at + ": the factor is " + magnitude_text(l.factor) + ", of that weights " +
               magnitude_text(l.by_weights) + ", slope " + magnitude_text(l.by_slope) +
               (settings().batch_norm ? ", normalisation " + magnitude_text(l.by_norm) : "") + ".";
      if (product_shown(layer)) {
        words += " The product so far is " + magnitude_text(l.product) + ", the gradient " +
                 magnitude_text(l.gradient) + ".";
      }
    }
  }
  words += run_words(*net_);
  if (compares()) words += " A, for comparison: " + net_words(kept_->settings()) + fate_words(*kept_);
  if (prediction_) {
    words += " You predicted " + magnitude_text(prediction_->product) + " for layer " +
             std::to_string(prediction_->layer + 1) +
             (!product_shown(prediction_->layer) ? "."
              : predicted_right()                ? ": right."
                                                 : ": no.");
  }
  return words;
}

std::string GradientsLesson::keras_code() const {
  const DeepNetSettings& s = settings();
  const std::string start = initializer_code(s);
  const bool imported = start.starts_with("initializers.");
  return "import tensorflow as tf\n"
         "from tensorflow.keras import Input, Sequential, " +
         std::string(imported ? "initializers, " : "") +
         "losses, optimizers\n"
         "from tensorflow.keras.layers import Activation, " +
         (s.batch_norm ? "BatchNormalization, " : "") +
         "Dense\n\n"
         "model = Sequential([Input(shape=(49,))])\n"
         "for _ in range(" +
         std::to_string(s.depth - 1) +
         "):\n"
         "    model.add(Dense(48, kernel_initializer=" +
         start + "))\n" + (s.batch_norm ? "    model.add(BatchNormalization())\n" : "") +
         "    model.add(Activation(\"" + name_of(s.activation) +
         "\"))\n"
         "model.add(Dense(10, activation=\"softmax\", kernel_initializer=" +
         start +
         "))\n"
         "model.compile(optimizers.SGD(" +
         exact_text(static_cast<float>(s.rate)) +
         "), \"sparse_categorical_crossentropy\")\n\n"
         "# images: (50, 49), standardised; labels: (50,)\n"
         "with tf.GradientTape() as tape:\n"
         "    loss = losses.SparseCategoricalCrossentropy()(labels, model(images, training=True))\n"
         "weights = model.trainable_weights\n"
         "for weight, gradient in zip(weights, tape.gradient(loss, weights)):\n"
         "    print(weight.path, float(tf.sqrt(tf.reduce_mean(gradient**2))))\n";
}

}  // namespace kg
