// A network as a web of objects, one example at a time: the way of a playground that shows every unit and every link. The peer that
// says what batches and matrix products gain. Mean squared error with one half, tanh, plain gradient descent, as such playgrounds have.

class Unit {
  links = [];
  out = [];
  bias = 0;
  output = 0;
  total = 0;
  slope = 0;
  biasSlopes = 0;

  forward(activation) {
    this.total = this.bias;
    for (const link of this.links) this.total += link.weight * link.from.output;
    this.output = activation.value(this.total);
    return this.output;
  }
}

class Link {
  slopes = 0;

  constructor(from, to, weight) {
    this.from = from;
    this.to = to;
    this.weight = weight;
  }
}

const TANH = { value: (x) => Math.tanh(x), slope: (x) => 1 - Math.tanh(x) ** 2 };

export class PerExample {
  constructor(sizes, random = Math.random) {
    this.layers = sizes.map((size) => Array.from({ length: size }, () => new Unit()));
    for (const [index, layer] of this.layers.entries()) {
      if (index === 0) continue;
      for (const unit of layer) {
        for (const from of this.layers[index - 1]) {
          const link = new Link(from, unit, random() - 0.5);
          unit.links.push(link);
          from.out.push(link);
        }
      }
    }
  }

  forward(inputs) {
    this.layers[0].forEach((unit, index) => {
      unit.output = inputs[index];
    });
    for (const layer of this.layers.slice(1)) for (const unit of layer) unit.forward(TANH);
    return this.layers.at(-1)[0].output;
  }

  backward(target) {
    const [last] = this.layers.at(-1);
    last.outputSlope = last.output - target;
    for (let index = this.layers.length - 1; index >= 1; index -= 1) {
      for (const unit of this.layers[index]) {
        unit.slope = unit.outputSlope * TANH.slope(unit.total);
        unit.biasSlopes += unit.slope;
        for (const link of unit.links) link.slopes += unit.slope * link.from.output;
      }
      if (index === 1) break;
      for (const unit of this.layers[index - 1]) {
        unit.outputSlope = 0;
        for (const link of unit.out) unit.outputSlope += link.weight * link.to.slope;
      }
    }
  }

  update(rate, count) {
    for (const layer of this.layers.slice(1)) {
      for (const unit of layer) {
        unit.bias -= (rate / count) * unit.biasSlopes;
        unit.biasSlopes = 0;
        for (const link of unit.links) {
          link.weight -= (rate / count) * link.slopes;
          link.slopes = 0;
        }
      }
    }
  }

  /** Once over all rows, in batches. */
  epoch(inputs, targets, batchSize, rate) {
    for (const [row, target] of targets.entries()) {
      this.forward(inputs[row]);
      this.backward(target);
      if ((row + 1) % batchSize === 0) this.update(rate, batchSize);
    }
  }
}
