#include "lesson/chain_rule.h"

#include <cassert>

#include "lesson/number_text.h"

namespace kg {
namespace {

constexpr int kHidden = SmallNet::kHidden, kOut = SmallNet::kOutputs;
constexpr const char* kUnits[] = {"input ", "hidden ", "output "};
constexpr const char* kLetters[] = {"x", "h", "a"};

std::string number(double value) { return significant_text(value); }
// As a later part of a sum or product: (−0.55).
std::string part(double value) { return value < 0 ? "(" + number(value) + ")" : number(value); }
std::string unit(int place, int index) { return kUnits[place] + std::to_string(index); }
std::string letter(int place, int index) { return kLetters[place] + std::to_string(index); }
std::size_t at(int index) { return static_cast<std::size_t>(index); }
double value(const std::vector<float>& values, int index) { return static_cast<double>(values[at(index)]); }

std::string capital(std::string words) {
  words.front() = static_cast<char>(words.front() - 'a' + 'A');
  return words;
}

Working sum_of(const ChainRule& c, int layer, int o) {
  const WeightGrid grid = small_grid(layer);
  const SmallPass::LayerPass& pass = c.before.layers[at(layer)];
  const std::vector<float>& weights = c.net.parameters[at(layer)];
  Working w;
  w.title = "Weighted sum of " + unit(layer + 1, o);
  w.name = "z";
  for (int i = 0; i < grid.in; ++i) {
    w.sum.push_back({{letter(layer, i), value(pass.inputs, i)},
                     {"weight", value(weights, grid.index({.in = i, .out = o}))}});
  }
  w.sum.push_back({{"bias", value(weights, grid.weights() + o)}});
  w.result = value(pass.sums, o);
  return w;
}

Working activation_of_unit(const ChainRule& c, int layer, int o) {
  const SmallPass::LayerPass& pass = c.before.layers[at(layer)];
  Working w;
  w.title = "Activation of " + unit(layer + 1, o);
  w.name = letter(layer + 1, o);
  w.formula = std::string(name_of(c.net.activations[at(layer)])) + "(" + number(value(pass.sums, o)) + ")";
  w.result = value(pass.activations, o);
  return w;
}

Working loss_part(const ChainRule& c, int tick) {
  const std::vector<float>& out = c.before.outputs();
  Working w;
  const auto error = [&](int k) { return value(out, k) - value(c.before.targets, k); };
  if (tick == 0) {
    const int best = c.before.prediction;
    w.title = "The prediction";
    const double high = value(out, best), low = value(out, 1 - best);
    w.formula = "class " + std::to_string(best) + ": " + number(high) +
                (high > low ? " is more than " : " is as much as ") + number(low);
    w.result = best;
    w.note = "The output with the highest activation is the prediction.";
  } else if (tick <= kOut) {
    const int k = tick - 1;
    w.title = "How far " + unit(2, k) + " is off";
    w.name = "(a" + std::to_string(k) + " − y" + std::to_string(k) + ")²";
    w.formula = "(" + number(value(out, k)) + " − " + number(value(c.before.targets, k)) + ")²";
    w.result = error(k) * error(k);
    w.note = "y is what the label asks for: 1 at its class, else 0.";
  } else {
    w.title = "The loss";
    w.name = "L";
    w.formula = "(" + number(error(0) * error(0)) + " + " + number(error(1) * error(1)) + ") / 2";
    w.result = c.before.loss;
    w.note = "The mean of both: one number for how wrong the network is.";
  }
  return w;
}

Working wish(const ChainRule& c, int k) {
  const double a = value(c.before.outputs(), k), y = value(c.before.targets, k);
  Working w;
  w.title = "What " + unit(2, k) + " should do";
  w.name = "∂L/∂" + letter(2, k);
  w.formula = "2 · (" + number(a) + " − " + number(y) + ") / 2";
  w.result = value(c.before.layers[1].wishes, k);
  w.note = w.result < 0   ? "Below 0: the loss falls when this output rises. It should go up."
           : w.result > 0 ? "Above 0: the loss falls when this output falls. It should go down."
                          : "0: this output is just right.";
  return w;
}

// ∂L/∂w = ∂L/∂a · a′(z) · input, and for a bias the input is 1.
Working chain(const ChainRule& c, const WeightPlace& where) {
  const WeightGrid grid = small_grid(where.layer);
  const WeightGrid::Place place = grid.place(where.index);
  const SmallPass::LayerPass& pass = c.before.layers[at(where.layer)];
  const std::string a = letter(where.layer + 1, place.out);
  Working w;
  w.title = capital(name_of_weight(where));
  w.name = place.bias ? "∂L/∂b" : "∂L/∂w";
  w.sum.push_back(
      {{"∂L/∂" + a, value(pass.wishes, place.out)},
       {a + "′(z)", value(pass.slopes, place.out)},
       place.bias ? Factor{"1", 1} : Factor{letter(where.layer, place.in), value(pass.inputs, place.in)}});
  w.result = value(pass.gradients, where.index);
  w.note = w.result < 0   ? "Below 0: a larger one makes the loss smaller. The update will raise it."
           : w.result > 0 ? "Above 0: a smaller one makes the loss smaller. The update will lower it."
                          : "0: a little more or less changes nothing. The update leaves it.";
  return w;
}

// ∂L/∂h = Σ over the outputs it feeds of ∂L/∂a · a′(z) · w; so far: the first `outputs` of them.
Working jump(const ChainRule& c, int j, int outputs) {
  const SmallPass::LayerPass& pass = c.before.layers[1];
  Working w;
  w.title = "What hidden " + std::to_string(j) + " should do";
  w.name = "∂L/∂" + letter(1, j);
  for (int k = 0; k < outputs; ++k) {
    const std::string a = letter(2, k);
    w.sum.push_back({{"∂L/∂" + a, value(pass.wishes, k)},
                     {a + "′(z)", value(pass.slopes, k)},
                     {"weight", value(c.net.parameters[1], small_grid(1).index({.in = j, .out = k}))}});
    double product = 1;
    for (const Factor& factor : w.sum.back()) product *= factor.value;
    w.result += product;
  }
  w.note = outputs < kOut ? "The part of output 0; that of output 1 comes next."
                          : "The wishes of both outputs, each through its weight, added up.";
  if (outputs == kOut) w.result = value(c.before.layers[0].wishes, j);
  return w;
}

Working updated(const ChainRule& c, const WeightPlace& where) {
  const double old = value(c.net.parameters[at(where.layer)], where.index);
  const double gradient = value(c.before.layers[at(where.layer)].gradients, where.index);
  Working w;
  w.title = "New " + name_of_weight(where);
  w.name = small_grid(where.layer).place(where.index).bias ? "b" : "w";
  w.formula = number(old) + " − " + number(static_cast<double>(c.rate)) + " · " + part(gradient);
  w.result = value(c.next.parameters[at(where.layer)], where.index);
  w.note = "Old value − learning rate · gradient.";
  return w;
}

Working again(const ChainRule& c, int tick) {
  Working w;
  w.name = "L";
  if (!c.after) {
    w.title = "Forward again";
    w.formula = "too large to be a number";
    w.note = "This step is far too long: choose a smaller learning rate.";
    w.result = c.before.loss;
    return w;
  }
  if (tick < 2) {
    const std::vector<float>& now = c.after->layers[at(tick)].activations;
    const std::vector<float>& old = c.before.layers[at(tick)].activations;
    w.title = tick == 0 ? "The hidden units with the new weights" : "The outputs with the new weights";
    w.name = "";
    for (std::size_t k = 0; k < now.size(); ++k) {
      w.formula += (k ? "   " : "") + letter(tick + 1, static_cast<int>(k)) + ": " +
                   number(static_cast<double>(old[k])) + " → " + number(static_cast<double>(now[k]));
    }
    w.result = static_cast<double>(now[0]);
    return w;
  }
  w.title = "The loss again";
  w.formula = "was " + number(c.before.loss) + ", now";
  w.result = c.after->loss;
  w.note = w.result < c.before.loss
               ? "The loss has fallen. Update again, and it falls further."
               : "The loss has risen: the step was too long. Try a smaller learning rate.";
  return w;
}

}  // namespace

std::vector<int> backprop_ticks() {
  const int weights = small_grid(0).total() + small_grid(1).total();
  return {2 * kHidden,           2 * kOut, kOut + 2, kOut, small_grid(1).total(), kHidden * kOut,
          small_grid(0).total(), weights,  3};
}

bool is_chain_rule(BackpropStep step) {
  return step == BackpropStep::back_outputs || step == BackpropStep::jump ||
         step == BackpropStep::back_hidden;
}

// Unit by unit: the weights into it in order, then its bias.
WeightPlace weight_at(const Moment& moment) {
  int layer = moment.step == BackpropStep::back_outputs ? 1 : 0, tick = moment.tick;
  if (moment.step == BackpropStep::update && tick >= small_grid(0).total())
    layer = 1, tick -= small_grid(0).total();
  const WeightGrid grid = small_grid(layer);
  const int each = grid.in + 1, out = tick / each, in = tick % each;
  return {layer, in == grid.in ? grid.weights() + out : grid.index({.in = in, .out = out})};
}

Moment gradient_moment(const WeightPlace& where) {
  const WeightGrid grid = small_grid(where.layer);
  const WeightGrid::Place place = grid.place(where.index);
  return {where.layer == 1 ? BackpropStep::back_outputs : BackpropStep::back_hidden,
          place.out * (grid.in + 1) + (place.bias ? grid.in : place.in)};
}

std::string name_of_weight(const WeightPlace& where) {
  const WeightGrid::Place place = small_grid(where.layer).place(where.index);
  if (place.bias) return "bias of " + unit(where.layer + 1, place.out);
  return "weight from " + unit(where.layer, place.in) + " to " + unit(where.layer + 1, place.out);
}

std::string Working::text() const {
  std::string right = formula;
  if (formula.empty()) {
    for (const Product& product : sum) {
      if (!right.empty()) right += " + ";
      for (std::size_t k = 0; k < product.size(); ++k) {
        const bool first = k == 0 && right.empty();
        right += (k ? " · " : "") + (first ? number(product[k].value) : part(product[k].value));
      }
    }
  }
  return (name.empty() ? "" : name + " = ") + right + (name.empty() ? "" : " = " + number(result));
}

Working ChainRule::gradient_of(const WeightPlace& where) const { return chain(*this, where); }

Working ChainRule::at(const Moment& moment) const {
  const int t = moment.tick;
  switch (moment.step) {
    case BackpropStep::hidden:
      return t % 2 == 0 ? sum_of(*this, 0, t / 2) : activation_of_unit(*this, 0, t / 2);
    case BackpropStep::outputs:
      return t % 2 == 0 ? sum_of(*this, 1, t / 2) : activation_of_unit(*this, 1, t / 2);
    case BackpropStep::loss:
      return loss_part(*this, t);
    case BackpropStep::wishes:
      return wish(*this, t);
    case BackpropStep::jump:
      return jump(*this, t / kOut, t % kOut + 1);
    case BackpropStep::back_outputs:
    case BackpropStep::back_hidden:
      return chain(*this, weight_at(moment));
    case BackpropStep::update:
      return updated(*this, weight_at(moment));
    case BackpropStep::again:
      return kg::again(*this, t);
  }
  return {};
}

}  // namespace kg
