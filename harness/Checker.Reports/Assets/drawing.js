// Draws the timeline. Where operations are narrower than a cell, the cell shows how many of them ended how; what an anomaly names
// is always drawn.

let gutter = 96; // wide enough for the names at the left
const axisHeight = 28;
const stripRow = 15;
const labelFont = '11px ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace';
const textFont = '11px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif';
const characterWidth = 6.65;

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const colours = {};
  const names = 'panel ink muted line stripe ok ok-soft ok-ink fail info info-soft bad bad-ink fault fault-soft fault-ink mark accent';
  for (const name of names.split(' ')) {
    colours[name] = style.getPropertyValue('--' + name).trim();
  }
  return colours;
}

class Drawing {
  constructor(canvas, view, state) {
    this.canvas = canvas;
    this.context = canvas.getContext('2d', { alpha: false });
    this.view = view;
    this.state = state;
    this.faultNames = [...new Set(view.ops.data.faults.map(fault => fault.name))];
    this.colours = readColours();
    this.context.font = textFont;
    const names = [...this.faultNames, ...view.ops.data.lanes];
    gutter = Math.ceil(Math.min(190, Math.max(76, ...names.map(name => this.context.measureText(name).width)) + 20));
    this.resize();
  }

  resize() {
    const lanes = Math.max(1, this.view.rows.length);
    this.strip = this.faultNames.length === 0 ? 6 : this.faultNames.length * stripRow + 8;
    this.laneHeight = Math.min(34, Math.max(15, Math.floor((460 - this.strip) / lanes)));
    this.plotHeight = Math.min(lanes * this.laneHeight, Math.max(460 - this.strip, 10 * this.laneHeight));
    this.width = Math.max(320, this.canvas.parentElement.clientWidth);
    this.height = this.strip + this.plotHeight + axisHeight;
    const ratio = window.devicePixelRatio || 1;
    this.ratio = ratio;
    this.canvas.style.height = this.height + 'px';
    this.canvas.width = Math.round(this.width * ratio);
    this.canvas.height = Math.round(this.height * ratio);
    this.plotWidth = this.width - gutter - 8;
  }

  get overflow() { return Math.max(0, this.view.rows.length * this.laneHeight - this.plotHeight); }

  x(value) { return gutter + (value - this.view.x0) / this.view.span * this.plotWidth; }

  valueAt(x) { return this.view.x0 + (x - gutter) / this.plotWidth * this.view.span; }

  laneTop(lane) { return this.strip + lane * this.laneHeight - this.view.top; }

  draw() {
    const c = this.context;
    c.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    c.fillStyle = this.colours.panel;
    c.fillRect(0, 0, this.width, this.height);
    this.inPlot(0, () => this.drawBackground());
    this.inPlot(this.strip, () => {
      c.globalAlpha = this.state.anomaly >= 0 ? 0.42 : 1;
      this.drawRows();
      c.globalAlpha = 1;
      this.drawMatches();
      this.drawAnomalies();
      const partial = this.state.shownPartial();
      if (partial) drawPartial(this, partial);
      if (this.state.order) drawCertificate(this, this.view.ops.data.order);
      if (this.state.anomaly >= 0) drawEdges(this, this.view.ops.data.anomalies[this.state.anomaly].edges);
      this.drawSelection();
    });
    this.drawGutter();
    this.drawAxis();
  }

  inPlot(top, body) {
    const c = this.context;
    c.save();
    c.beginPath();
    c.rect(gutter, top, this.plotWidth, this.strip + this.plotHeight - top);
    c.clip();
    body();
    c.restore();
  }

  drawBackground() {
    const c = this.context;
    const bottom = this.strip + this.plotHeight;
    c.fillStyle = this.colours.stripe;
    for (let lane = 0; lane < this.view.rows.length; lane += 2) {
      const top = this.laneTop(lane);
      if (top > bottom || top + this.laneHeight < this.strip) continue;
      const from = Math.max(top, this.strip);
      c.fillRect(gutter, from, this.plotWidth, top + this.laneHeight - from);
    }
    for (const fault of this.view.ops.data.faults) {
      const from = this.x(fault.x0), to = this.x(fault.x1);
      if (to < gutter || from > this.width) continue;
      const width = Math.max(1.5, to - from);
      const top = this.faultNames.indexOf(fault.name) * stripRow + 4;
      c.fillStyle = this.colours['fault-soft'];
      c.fillRect(from, this.strip, width, this.plotHeight);
      c.fillStyle = this.colours.fault;
      c.beginPath();
      c.roundRect(from, top, width, stripRow - 4, 2);
      c.fill();
    }
    c.strokeStyle = this.colours.line;
    c.lineWidth = 1;
    c.beginPath();
    for (const tick of this.ticks().values) {
      const x = Math.round(this.x(tick)) + 0.5;
      c.moveTo(x, this.strip);
      c.lineTo(x, bottom);
    }
    c.stroke();
  }

  drawRows() {
    const first = Math.max(0, Math.floor(this.view.top / this.laneHeight));
    const last = Math.min(this.view.rows.length - 1, Math.floor((this.view.top + this.plotHeight) / this.laneHeight));
    for (let lane = first; lane <= last; lane++) this.drawRow(this.view.rows[lane], this.laneTop(lane) + 3, this.laneHeight - 6);
  }

  drawRow(row, top, height) {
    const { view } = this;
    const perCell = cellWidth * view.span / this.plotWidth;
    const cells = new CellRun(this, top, height);
    let k = Math.max(0, view.lowerBound(row, view.x0) - 1);
    while (k < row.size) {
      const i = row.ops[k];
      const begin = view.begin[i], finish = view.finish[i];
      if (begin > view.x1) break;
      if (finish - begin >= perCell) {
        cells.flush();
        this.drawBar(i, top, height, k + 1 < row.size ? view.begin[row.ops[k + 1]] : view.high);
        k++;
        continue;
      }
      // Everything that begins within a cell's width is one cell; a long operation at its end is drawn by itself.
      const cell = Math.floor((begin - view.x0) / perCell);
      const cellEnd = view.x0 + (cell + 1) * perCell;
      let next = this.gallop(row, cellEnd, k + 1);
      const lastOp = row.ops[next - 1];
      if (next - 1 > k && view.finish[lastOp] - view.begin[lastOp] >= perCell) next--;
      const count = next - k;
      cells.add(cell, (row.fails[next] - row.fails[k]) / count, (row.infos[next] - row.infos[k]) / count);
      k = next;
    }
    cells.flush();
  }

  gallop(row, x, from) {
    let step = 1, at = from;
    while (at < row.size && this.view.begin[row.ops[at]] < x) {
      at += step;
      step *= 2;
    }
    if (at === from) return from;
    let low = Math.max(from, at - step / 2), high = Math.min(at, row.size);
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.view.begin[row.ops[middle]] < x) low = middle + 1; else high = middle;
    }
    return low;
  }

  drawBar(i, top, height, nextBegin) {
    const c = this.context;
    const { ops } = this.view;
    const left = this.x(this.view.begin[i]);
    const right = this.x(this.view.finish[i]);
    const from = Math.max(left, gutter - 4);
    const width = Math.max(1, Math.min(right, this.width + 4) - from - (right - left > 6 ? 1 : 0));
    const type = ops.type[i];
    if (type === Outcome.ok) {
      c.fillStyle = ops.reads.has(ops.f[i]) ? this.colours['ok-soft'] : this.colours.ok;
      c.fillRect(from, top, width, height);
    } else if (type === Outcome.fail) {
      c.strokeStyle = c.fillStyle = this.colours.fail;
      c.lineWidth = 1;
      if (width > 4) {
        c.strokeRect(from + 0.5, top + 0.5, width - 1, height - 1);
        if (width < 26) this.strike(from, top, width, height);
      } else c.fillRect(from, top, width, height);
    } else {
      this.drawInfo(from, top, width, height, right, nextBegin);
    }
    const ink = type !== Outcome.ok ? outcomeNames[type] : ops.reads.has(ops.f[i]) ? 'ink' : 'ok-ink';
    this.drawLabel(i, from, top, width, height, this.colours[ink]);
  }

  strike(from, top, width, height) {
    const c = this.context;
    c.beginPath();
    c.moveTo(from + 1, top + height - 1);
    c.lineTo(from + width - 1, top + 1);
    c.stroke();
  }

  // Open to the right: nobody knows when it ends.
  drawInfo(from, top, width, height, right, nextBegin) {
    const c = this.context;
    c.fillStyle = this.colours['info-soft'];
    c.fillRect(from, top, width, height);
    c.fillStyle = this.colours.info;
    c.fillRect(from, top, Math.min(2, width), height);
    const tail = Math.min(this.x(nextBegin) - 2, right + 48, this.width);
    if (tail - right < 4) return;
    c.strokeStyle = this.colours.info;
    c.lineWidth = 1.5;
    c.setLineDash([3, 3]);
    c.beginPath();
    c.moveTo(right, top + height / 2);
    c.lineTo(tail, top + height / 2);
    c.stroke();
    c.setLineDash([]);
  }

  drawLabel(i, from, top, width, height, colour) {
    if (height < 9 || width < 26) return;
    const room = Math.floor((width - 8) / characterWidth);
    if (room < 2) return;
    const text = this.view.ops.fitting(i, room);
    const c = this.context;
    c.font = labelFont;
    c.textBaseline = 'middle';
    c.fillStyle = colour;
    c.fillText(text, from + 4, top + height / 2 + 0.5);
  }

  box(i, smallest) {
    const left = this.x(this.view.begin[i]);
    const width = Math.max(smallest, this.x(this.view.finish[i]) - left);
    return { left, width, top: this.laneTop(this.view.ops.lane[i]) + 3, height: this.laneHeight - 6 };
  }

  drawMatches() {
    const { matches, match } = this.state;
    const c = this.context;
    c.fillStyle = this.colours.mark;
    let lastX = -1, lastLane = -1;
    for (let k = lowerIndex(matches, i => this.view.begin[i] >= this.view.x0 - this.view.span); k < matches.length; k++) {
      const i = matches[k];
      if (this.view.begin[i] > this.view.x1) break;
      const box = this.box(i, 3);
      if (box.width <= 3 && Math.floor(box.left) === lastX && this.view.ops.lane[i] === lastLane) continue;
      lastX = Math.floor(box.left);
      lastLane = this.view.ops.lane[i];
      c.fillRect(box.left, box.top + box.height, box.width, 3);
      if (k === match) this.outline(box, this.colours.mark, 2.5);
    }
  }

  drawAnomalies() {
    const c = this.context;
    for (const i of this.state.marked) {
      if (this.view.begin[i] > this.view.x1 || this.view.finish[i] < this.view.x0 || !this.view.pass[i]) continue;
      const current = this.state.current.has(i);
      const box = this.box(i, 5);
      c.fillStyle = this.colours.bad;
      if (current || this.state.anomaly < 0) {
        c.fillRect(box.left, box.top - 1, box.width, box.height + 2);
        const from = Math.max(box.left, gutter);
        this.drawLabel(i, from, box.top, Math.min(box.left + box.width, this.width) - from, box.height, this.colours['bad-ink']);
      } else this.outline(box, this.colours.bad, 1.5);
    }
    if (this.state.anomaly < 0) return;
    for (const i of this.state.current) if (this.view.pass[i] && this.view.begin[i] <= this.view.x1) this.nameBeside(i);
  }

  // A label next to an operation that is too narrow to hold it.
  nameBeside(i) {
    const box = this.box(i, 5);
    if (box.left + box.width < gutter) return;
    const text = this.view.ops.label(i);
    if (box.width >= 26 + Math.min(text.length, 14) * characterWidth) return;
    const shown = text.length > 28 ? text.slice(0, 27) + '…' : text;
    const width = shown.length * characterWidth + 8;
    let left = box.left + box.width + 3;
    if (left + width > this.width - 8) left = box.left - width - 3;
    const c = this.context;
    c.fillStyle = this.colours.panel;
    c.globalAlpha = 0.88;
    c.fillRect(left, box.top, width, box.height);
    c.globalAlpha = 1;
    c.font = labelFont;
    c.textBaseline = 'middle';
    c.fillStyle = this.colours.bad;
    c.fillText(shown, left + 4, box.top + box.height / 2 + 0.5);
  }

  outline(box, colour, width) {
    const c = this.context;
    c.strokeStyle = colour;
    c.lineWidth = width;
    c.strokeRect(box.left - 1, box.top - 1, box.width + 2, box.height + 2);
  }

  drawSelection() {
    const { hover, pinned } = this.state;
    if (hover >= 0) this.outline(this.box(hover, 3), this.colours.muted, 1.5);
    if (pinned >= 0) this.outline(this.box(pinned, 3), this.colours.ink, 2);
  }

  drawGutter() {
    const c = this.context;
    c.fillStyle = this.colours.panel;
    c.fillRect(0, 0, gutter, this.height);
    c.font = textFont;
    c.textBaseline = 'middle';
    c.textAlign = 'right';
    c.fillStyle = this.colours['fault-ink'];
    this.faultNames.forEach((name, row) => c.fillText(name.length > 26 ? name.slice(0, 25) + '…' : name, gutter - 10, row * stripRow + 10));
    c.save();
    c.beginPath();
    c.rect(0, this.strip, gutter, this.plotHeight);
    c.clip();
    c.fillStyle = this.colours.muted;
    this.view.ops.data.lanes.forEach((label, lane) => {
      const y = this.laneTop(lane) + this.laneHeight / 2;
      if (y > this.strip - 10 && y < this.height) c.fillText(label, gutter - 10, y);
    });
    c.restore();
    c.textAlign = 'start';
  }

  drawAxis() {
    const c = this.context;
    const bottom = this.strip + this.plotHeight;
    c.fillStyle = this.colours.panel;
    c.fillRect(0, bottom, this.width, axisHeight);
    c.strokeStyle = this.colours.muted;
    c.lineWidth = 1;
    c.beginPath();
    c.moveTo(gutter, bottom + 0.5);
    c.lineTo(gutter + this.plotWidth, bottom + 0.5);
    const { values, step } = this.ticks();
    for (const tick of values) {
      const x = Math.round(this.x(tick)) + 0.5;
      c.moveTo(x, bottom);
      c.lineTo(x, bottom + 4);
    }
    c.stroke();
    c.font = textFont;
    c.textAlign = 'center';
    c.textBaseline = 'top';
    c.fillStyle = this.colours.muted;
    for (const tick of values) {
      const x = this.x(tick);
      if (x < gutter + 16 || x > gutter + this.plotWidth - 12) continue;
      c.fillText(this.view.byTime ? formatTime(tick, step) : 'event ' + grouped(tick), x, bottom + 8);
    }
    c.textAlign = 'start';
  }

  ticks() {
    const rough = this.view.span / Math.max(2, this.plotWidth / 130);
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = Math.max(1, [1, 2, 5, 10].find(factor => factor * power >= rough * 0.999) * power);
    const values = [];
    for (let tick = Math.ceil(Math.max(0, this.view.x0) / step) * step; tick <= this.view.x1; tick += step) values.push(tick);
    return { values, step };
  }

  // The operation at a point; −1 if there is none. What an anomaly names is wider than it looks.
  at(x, y) {
    if (x < gutter || y < this.strip || y > this.strip + this.plotHeight) return -1;
    const lane = Math.floor((y - this.strip + this.view.top) / this.laneHeight);
    const row = this.view.rows[lane];
    if (!row) return -1;
    for (const i of this.state.marked) {
      if (this.view.ops.lane[i] !== lane || !this.view.pass[i]) continue;
      const box = this.box(i, 7);
      if (x >= box.left - 2 && x <= box.left + box.width + 2) return i;
    }
    const near = 3 * this.view.span / this.plotWidth;
    const value = this.valueAt(x);
    let best = -1, distance = near;
    const k = this.view.lowerBound(row, value);
    for (const place of [k - 1, k]) {
      if (place < 0 || place >= row.size) continue;
      const i = row.ops[place];
      const away = Math.max(0, this.view.begin[i] - value, value - this.view.finish[i]);
      if (away < distance) {
        best = i;
        distance = away;
      }
    }
    return best;
  }

  faultAt(x, y) {
    if (x < gutter || y >= this.strip) return null;
    const name = this.faultNames[Math.floor((y - 2) / stripRow)];
    return this.view.ops.data.faults.find(fault => fault.name === name && x >= this.x(fault.x0) - 2 && x <= this.x(fault.x1) + 2) || null;
  }
}
