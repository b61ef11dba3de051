// What operations say of themselves: labels, details, search.

class Operations {
  constructor(data) {
    this.data = data;
    Object.assign(this, decode(data));
    this.manyKeys = data.keys.length > 1;
    this.results = new Set(['read', 'dequeue', 'pop', 'peek', 'extract-max', 'generate', 'poll', 'txn', 'snapshot']);
    this.reads = new Set(data.functions.flatMap((name, f) => ['read', 'peek', 'poll', 'contains', 'snapshot'].includes(name) ? [f] : []));
  }

  // The place on this page of an operation of the history; −1 if the page does not carry it.
  find(op) {
    let low = 0, high = this.n - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (this.op[middle] === op) return middle;
      if (this.op[middle] < op) low = middle + 1; else high = middle - 1;
    }
    return -1;
  }

  value(code) {
    if (code === 0) return 'null';
    if (code % 2 === 1) return String(unfold((code - 1) / 2));
    return this.data.values[code / 2 - 1];
  }

  keyText(i) { return this.data.keys[this.key[i]]; }

  name(i) { return this.data.functions[this.f[i]]; }

  errorText(i) { return this.error[i] === 0 ? '' : this.data.errors[this.error[i] - 1]; }

  // Such as "x: write 5", "read → 5".
  label(i) {
    const ok = this.type[i] === Outcome.ok;
    const result = this.results.has(this.name(i));
    let text = (this.manyKeys && this.keyText(i) !== '' ? this.keyText(i) + ': ' : '') + this.name(i);
    if (this.input[i] !== 0 && !(ok && result)) text += ' ' + this.value(this.input[i]);
    if (ok && (result || this.output[i] !== this.input[i])) text += ' → ' + this.value(this.output[i]);
    return text;
  }

  // The label cut down to so many characters: first the key goes, then the name; '' if nothing telling fits.
  fitting(i, room) {
    const full = this.label(i);
    if (full.length <= room) return full;
    const name = this.name(i);
    const ok = this.type[i] === Outcome.ok;
    const result = ok && (this.results.has(name) || this.output[i] !== this.input[i]) ? '→' + this.value(this.output[i]) : '';
    const input = this.input[i] !== 0 && !(ok && this.results.has(name)) ? ' ' + this.value(this.input[i]) : '';
    for (const text of [name + input + result, name.slice(0, 1) + input + result]) if (text.length <= room) return text;
    return room >= 14 ? full.slice(0, room - 1) + '…' : name.length <= room && room < 10 ? name : '';
  }

  times(i) {
    if (!this.data.times) return '';
    if (this.end[i] === Infinity) return formatTime(this.start[i], 1e3) + ' – never completed';
    const range = formatTime(this.start[i], 1e3) + ' – ' + formatTime(this.end[i], 1e3);
    return range + ' (' + formatDuration(this.end[i] - this.start[i]) + ')';
  }

  // Pairs of a name and a text: everything there is to know.
  details(i) {
    const rows = [
      ['Process', String(this.process[i])],
      ['f', this.name(i)],
    ];
    if (this.keyText(i) !== '') rows.push(['Key', this.keyText(i)]);
    rows.push(['Value', this.value(this.input[i])]);
    if (this.type[i] === Outcome.ok) rows.push(['Result', this.value(this.output[i])]);
    else if (this.output[i] !== 0 && this.output[i] !== this.input[i]) rows.push(['Returned', this.value(this.output[i])]);
    rows.push(['Outcome', ['info: nobody knows', 'ok: it happened', 'fail: it did not happen'][this.type[i]]]);
    if (this.error[i] !== 0) rows.push(['Error', this.errorText(i)]);
    if (this.data.times) rows.push(['Time', this.times(i)]);
    rows.push(['Events', this.invoke[i] + (this.complete[i] === Infinity ? ', never completed' : ' – ' + this.complete[i])]);
    rows.push(['Line', String(this.line[i])]);
    return rows;
  }

  matches(i, needle) {
    return this.label(i).toLowerCase().includes(needle) || this.keyText(i).toLowerCase().includes(needle) ||
      this.errorText(i).toLowerCase().includes(needle) || (needle === '#' + this.op[i]) || (needle === 'line ' + this.line[i]) ||
      (needle === 'p' + this.process[i]);
  }
}

function grouped(number) { return number.toLocaleString('en-US'); }

function counted(number, thing) { return grouped(number) + ' ' + thing + (number === 1 ? '' : 's'); }

// Nanoseconds at a resolution (in nanoseconds) that the reader can tell apart.
function formatTime(ns, resolution) {
  if (ns === 0) return '0 s';
  const size = Math.max(Math.abs(ns), resolution);
  const [unit, name] = size >= 1e9 ? [1e9, 's'] : size >= 1e6 ? [1e6, 'ms'] : [1e3, 'µs'];
  const digits = Math.min(9, Math.max(0, Math.ceil(Math.log10(unit / resolution) - 1e-9)));
  return (ns / unit).toLocaleString('en-US', { minimumFractionDigits: Math.min(digits, 3), maximumFractionDigits: digits }) + ' ' + name;
}

function formatDuration(ns) {
  const [unit, name] = ns >= 1e9 ? [1e9, 's'] : ns >= 1e6 ? [1e6, 'ms'] : ns >= 1e3 ? [1e3, 'µs'] : [1, 'ns'];
  return (ns / unit).toLocaleString('en-US', { maximumSignificantDigits: 4 }) + ' ' + name;
}
