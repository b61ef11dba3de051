// Decodes the data that the page carries. Columns are bytes in base64, seven bits a byte, the lowest first.

const byId = id => document.getElementById(id);

function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

class ColumnReader {
  constructor(base64) {
    const text = atob(base64);
    this.bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) this.bytes[i] = text.charCodeAt(i);
    this.at = 0;
  }

  next() {
    let value = 0;
    let weight = 1;
    for (;;) {
      const byte = this.bytes[this.at++];
      value += (byte & 127) * weight;
      if (byte < 128) return value;
      weight *= 128;
    }
  }

  nextSigned() { return unfold(this.next()); }
}

function unfold(value) { return value % 2 === 0 ? value / 2 : -(value + 1) / 2; }

const Outcome = { info: 0, ok: 1, fail: 2 };
const outcomeNames = ['info', 'ok', 'fail'];

// The operations of the page in typed arrays; `op` is the number in the whole history, an index here is its place on this page.
function decode(data) {
  const n = data.count;
  const columns = {};
  for (const name of Object.keys(data.columns)) columns[name] = new ColumnReader(data.columns[name]);
  const ops = {
    n,
    op: new Int32Array(n), process: new Int32Array(n), lane: new Int32Array(n), type: new Uint8Array(n), f: new Uint8Array(n),
    key: new Int32Array(n), line: new Int32Array(n), invoke: new Int32Array(n), complete: new Float64Array(n),
    start: new Float64Array(n), end: new Float64Array(n), input: new Float64Array(n), output: new Float64Array(n), error: new Int32Array(n),
  };
  let op = -1, invoke = -1, start = 0, line = 0;
  for (let i = 0; i < n; i++) {
    op = ops.op[i] = op + 1 + columns.op.next();
    ops.process[i] = columns.process.next();
    ops.lane[i] = columns.lane.next();
    const kind = columns.kind.next();
    ops.type[i] = kind & 3;
    ops.f[i] = kind >> 2;
    ops.key[i] = columns.key.next();
    const before = invoke;
    invoke = ops.invoke[i] = invoke + 1 + columns.invoke.next();
    const complete = columns.complete.next();
    ops.complete[i] = complete === 0 ? Infinity : invoke + complete;
    start = ops.start[i] = start + columns.start.nextSigned();
    const duration = columns.duration.next();
    ops.end[i] = duration === 0 ? Infinity : start + duration - 1;
    line = ops.line[i] = line + invoke - before + columns.line.nextSigned();
    ops.input[i] = columns.input.next();
    ops.output[i] = columns.output.next();
    ops.error[i] = columns.error.next();
  }
  return ops;
}
