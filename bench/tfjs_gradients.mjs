// The gradients that TensorFlow.js' wasm backend lacks (Conv2DBackpropFilter) or computes slowly (Conv2DBackpropInput), made of
// what it computes fast: its forward convolution. What a web developer would write to train with it.

// d_x is the convolution of d_out with the filters turned by half a turn, inputs and outputs swapped.
const turned = (tf, filter) => tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]);

// d_filter(ky, kx, i, o) = Σ x(n, y + ky, x + kx, i) · d_out(n, y, x, o): again a convolution, in which the channels take the
// place of the images, the images that of the channels, and d_out is the filter.
function filter_gradient(tf, x, d_out, border) {
  const padded = border > 0 ? tf.pad(x, [[0, 0], [border, border], [border, border], [0, 0]]) : x;
  const sums = tf.conv2d(tf.transpose(padded, [3, 1, 2, 0]), tf.transpose(d_out, [1, 2, 0, 3]), 1, "valid");
  return tf.transpose(sums, [1, 2, 0, 3]);
}

/**
 * (layer, x, filter, bias) -> relu(convolution + bias) with gradients of its own, for stride 1, odd kernels and `same`. The
 * gradients of filter and bias only if `of_filter`, else the turned filters are kept; the gradient of x of all layers but the
 * first then, else of all.
 */
export function conv2d_relu(tf, { of_filter }) {
  const kept = new Map();
  const kept_turned = (filter) => {
    if (!kept.has(filter)) kept.set(filter, tf.keep(turned(tf, filter)));
    return kept.get(filter);
  };
  const forward = (x, filter, bias) => tf.fused.conv2d({ x, filter, strides: 1, pad: "same", bias, activation: "relu" });
  const before_relu = (d_out, out) => tf.mul(d_out, tf.step(out));
  const x_gradient = (d_sums, filter) => tf.conv2d(d_sums, filter, 1, "same");

  const of_x = (x, filter, bias) =>
    tf.customGrad((image, save) => {
      const value = forward(image, filter, bias);
      save([value]);
      return { value, gradFunc: (d_out, [out]) => x_gradient(before_relu(d_out, out), kept_turned(filter)) };
    })(x);

  const of_all = (layer, x, filter, bias) => {
    const parameter_gradients = (d_sums, input) => [filter_gradient(tf, input, d_sums, layer.pad), tf.sum(d_sums, [0, 1, 2])];
    if (layer.first) {
      return tf.customGrad((weights, offsets, save) => {
        const value = forward(x, weights, offsets);
        save([value]);
        return { value, gradFunc: (d_out, [out]) => parameter_gradients(before_relu(d_out, out), x) };
      })(filter, bias);
    }
    return tf.customGrad((input, weights, offsets, save) => {
      const value = forward(input, weights, offsets);
      save([input, weights, value]);
      return {
        value,
        gradFunc: (d_out, [saved, used, out]) => {
          const d_sums = before_relu(d_out, out);
          return [x_gradient(d_sums, turned(tf, used)), ...parameter_gradients(d_sums, saved)];
        },
      };
    })(x, filter, bias);
  };

  const conv = (layer, x, filter, bias) => (of_filter ? of_all(layer, x, filter, bias) : of_x(x, filter, bias));
  conv.dispose = () => kept.forEach((tensor) => tensor.dispose());
  return conv;
}
