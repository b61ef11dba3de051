// What part of the history is visible, on which axis, and which operations pass the filters.

class View {
  constructor(ops) {
    this.ops = ops;
    this.byTime = ops.data.times;
    this.filter = { outcomes: [true, true, true], f: -1, key: -1, process: -1 };
    this.top = 0;
    this.measure();
    this.applyFilter();
  }

  // Begin and end of every operation on the present axis. An operation that is never completed ends where the next of its row begins.
  measure() {
    const ops = this.ops;
    this.begin = new Float64Array(ops.n);
    this.finish = new Float64Array(ops.n);
    let last = 0;
    for (let i = 0; i < ops.n; i++) {
      this.begin[i] = this.byTime ? ops.start[i] : ops.invoke[i];
      this.finish[i] = this.byTime ? ops.end[i] : ops.complete[i];
      last = Math.max(last, this.begin[i], this.finish[i] === Infinity ? 0 : this.finish[i]);
    }
    for (const fault of ops.data.faults) {
      last = Math.max(last, this.byTime ? fault.end : Math.min(fault.to, ops.data.events));
      fault.x0 = this.byTime ? fault.start : fault.from;
      fault.x1 = Math.max(fault.x0, this.byTime ? fault.end : fault.to);
    }
    const next = new Float64Array(ops.data.lanes.length).fill(last);
    for (let i = ops.n - 1; i >= 0; i--) {
      if (this.finish[i] === Infinity) this.finish[i] = Math.max(this.begin[i], next[ops.lane[i]]);
      next[ops.lane[i]] = this.begin[i];
    }
    const margin = Math.max(last * 0.01, this.byTime ? 1000 : 1);
    this.low = this.byTime ? -margin : -1;
    this.high = last + margin;
    this.x0 = this.low;
    this.x1 = this.high;
  }

  // Rows as arrays of operations in order, with running counts by outcome for drawing many at once.
  applyFilter() {
    const { ops, filter } = this;
    const sizes = new Int32Array(ops.data.lanes.length);
    const pass = new Uint8Array(ops.n);
    this.passing = 0;
    for (let i = 0; i < ops.n; i++) {
      if (!filter.outcomes[ops.type[i]] || (filter.f >= 0 && ops.f[i] !== filter.f) || (filter.key >= 0 && ops.key[i] !== filter.key) ||
        (filter.process >= 0 && ops.process[i] !== filter.process)) continue;
      pass[i] = 1;
      sizes[ops.lane[i]]++;
      this.passing++;
    }
    this.pass = pass;
    this.rows = Array.from(sizes, size => (
      { ops: new Int32Array(size), fails: new Int32Array(size + 1), infos: new Int32Array(size + 1), size: 0 }));
    for (let i = 0; i < ops.n; i++) {
      if (!pass[i]) continue;
      const row = this.rows[ops.lane[i]];
      row.ops[row.size++] = i;
      row.fails[row.size] = row.fails[row.size - 1] + (ops.type[i] === Outcome.fail ? 1 : 0);
      row.infos[row.size] = row.infos[row.size - 1] + (ops.type[i] === Outcome.info ? 1 : 0);
    }
  }

  // The first place in a row whose operation begins at or after x.
  lowerBound(row, x, from = 0) {
    let low = from, high = row.size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.begin[row.ops[middle]] < x) low = middle + 1; else high = middle;
    }
    return low;
  }

  get span() { return this.x1 - this.x0; }

  get smallest() { return this.byTime ? Math.min(200, this.high - this.low) : Math.min(4, this.high - this.low); }

  zoom(factor, centre) {
    const span = Math.min(this.high - this.low, Math.max(this.smallest, this.span * factor));
    const share = (centre - this.x0) / this.span;
    this.show(centre - share * span, centre + (1 - share) * span);
  }

  pan(by) { this.show(this.x0 + by, this.x1 + by); }

  // Shows a range, moved into the history if it sticks out.
  show(x0, x1) {
    let span = x1 - x0;
    if (span < this.smallest) {
      x0 -= (this.smallest - span) / 2;
      span = this.smallest;
    }
    span = Math.min(span, this.high - this.low);
    x0 = Math.min(Math.max(x0, this.low), this.high - span);
    this.x0 = x0;
    this.x1 = x0 + span;
  }

  fit() { this.show(this.low, this.high); }

  // Changes the axis and keeps the same operations in sight.
  setAxis(byTime) {
    if (byTime === this.byTime) return;
    const whole = this.span >= (this.high - this.low) * 0.999;
    const seen = this.edges();
    this.byTime = byTime;
    this.measure();
    if (whole || !seen) return;
    const x0 = this.begin[seen[0]];
    const x1 = Math.max(this.finish[seen[1]], this.begin[seen[1]]);
    this.show(x0 - (x1 - x0) * 0.02, x1 + (x1 - x0) * 0.02);
  }

  // The first and the last operation that begin in sight.
  edges() {
    let first = -1, last = -1;
    for (let i = 0; i < this.ops.n; i++) {
      if (this.begin[i] < this.x0 || this.begin[i] > this.x1) continue;
      if (first < 0) first = i;
      last = i;
    }
    return first < 0 ? null : [first, last];
  }
}
