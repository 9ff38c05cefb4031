// Writes ONNX models: the few messages of onnx.proto that a small graph needs, as protocol buffers.
// A field is its number and wire type in one varint, then a varint (type 0), or a length and so many bytes (type 2).

const utf8 = new TextEncoder();

function varint(value) {
  const bytes = [];
  for (let rest = BigInt.asUintN(64, BigInt(value)); ; rest >>= 7n) {
    if (rest < 128n) return Uint8Array.from([...bytes, Number(rest)]);
    bytes.push(Number(rest & 127n) | 128);
  }
}

function joined(parts) {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

const number = (field, value) => joined([varint(field << 3), varint(value)]);
const bytes = (field, value) => joined([varint((field << 3) | 2), varint(value.length), value]);
const text = (field, value) => bytes(field, utf8.encode(value));
const message = (field, ...parts) => bytes(field, joined(parts));

const kFloat = 1, kInt64 = 7; // TensorProto.DataType
const kIntAttribute = 2, kIntsAttribute = 7; // AttributeProto.AttributeType
const kIrVersion = 8, kOpset = 17;

function attribute([name, value]) {
  const content = Array.isArray(value)
    ? [...value.map((each) => number(8, each)), number(20, kIntsAttribute)]
    : [number(3, value), number(20, kIntAttribute)];
  return message(5, text(1, name), ...content);
}

function tensor(name, shape, values) {
  const type = values instanceof BigInt64Array ? kInt64 : kFloat;
  const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return message(5, ...shape.map((size) => number(1, size)), number(2, type), text(8, name), bytes(9, raw));
}

function value_info(field, name, shape) {
  const sizes = shape.map((size) => message(1, number(1, size)));
  return message(field, text(1, name), message(2, message(1, number(1, kFloat), message(2, ...sizes))));
}

/** A graph of single-precision tensors that grows node by node; tensors are known by their names. */
export class OnnxGraph {
  #parts = [];
  #count = 0;

  input(name, shape) {
    this.#parts.push(value_info(11, name, shape));
    return name;
  }

  output(name, shape) {
    this.#parts.push(value_info(12, name, shape));
  }

  /** Values that do not change: a Float32Array, or a BigInt64Array (shapes). */
  constant(shape, values) {
    const name = `constant${++this.#count}`;
    this.#parts.push(tensor(name, shape, values));
    return name;
  }

  /** A node with one output, whose name is returned. Attributes are whole numbers or lists of them. */
  node(operation, inputs, attributes = {}, name = `value${++this.#count}`) {
    const named = [...inputs.map((input) => text(1, input)), text(2, name), text(4, operation)];
    this.#parts.push(message(1, ...named, ...Object.entries(attributes).map(attribute)));
    return name;
  }

  reshape(value, shape) {
    return this.node("Reshape", [value, this.constant([shape.length], BigInt64Array.from(shape, BigInt))]);
  }

  model() {
    const graph = message(7, text(2, "bench"), ...this.#parts);
    return joined([number(1, kIrVersion), graph, message(8, text(1, ""), number(2, kOpset))]);
  }
}
