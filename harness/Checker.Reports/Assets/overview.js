// The whole history in one strip: how many operations are open when, the faults, the anomalies, and the part in sight.

const overviewHeight = 46;

class Overview {
  constructor(canvas, view, state, drawing) {
    this.canvas = canvas;
    this.context = canvas.getContext('2d', { alpha: false });
    this.view = view;
    this.state = state;
    this.drawing = drawing;
    this.backdrop = document.createElement('canvas');
  }

  x(value) { return gutter + (value - this.view.low) / (this.view.high - this.view.low) * this.drawing.plotWidth; }

  valueAt(x) { return this.view.low + (x - gutter) / this.drawing.plotWidth * (this.view.high - this.view.low); }

  // Everything but the window; again whenever size, axis, filter or colours change.
  prepare() {
    const { width, ratio, colours } = this.drawing;
    this.canvas.style.height = overviewHeight + 'px';
    this.canvas.width = this.backdrop.width = Math.round(width * ratio);
    this.canvas.height = this.backdrop.height = Math.round(overviewHeight * ratio);
    const c = this.backdrop.getContext('2d', { alpha: false });
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.fillStyle = colours.panel;
    c.fillRect(0, 0, width, overviewHeight);
    c.fillStyle = colours.stripe;
    c.fillRect(gutter, 4, this.drawing.plotWidth, overviewHeight - 12);
    c.fillStyle = colours['fault-soft'];
    for (const fault of this.view.ops.data.faults) {
      c.fillRect(this.x(fault.x0), 4, Math.max(1, this.x(fault.x1) - this.x(fault.x0)), overviewHeight - 12);
    }
    this.drawDensity(c);
    c.fillStyle = colours.muted;
    c.font = textFont;
    c.textAlign = 'right';
    c.textBaseline = 'middle';
    c.fillText('overview', gutter - 10, overviewHeight / 2 - 2);
    c.fillStyle = colours.bad;
    for (const i of this.state.marked) {
      const x = this.x(this.view.begin[i]);
      c.beginPath();
      c.moveTo(x - 4, overviewHeight);
      c.lineTo(x + 4, overviewHeight);
      c.lineTo(x, overviewHeight - 7);
      c.fill();
    }
  }

  drawDensity(c) {
    const { view } = this;
    const columns = Math.max(1, Math.floor(this.drawing.plotWidth / 2));
    const counts = [new Uint32Array(columns), new Uint32Array(columns), new Uint32Array(columns)];
    const perColumn = (view.high - view.low) / columns;
    for (let i = 0; i < view.ops.n; i++) {
      if (!view.pass[i]) continue;
      const column = Math.min(columns - 1, Math.floor((view.begin[i] - view.low) / perColumn));
      counts[view.ops.type[i]][column]++;
    }
    // A short burst, such as the final reads, must not flatten the rest: the busiest fiftieth is cut off.
    const sums = counts[0].map((infos, column) => infos + counts[1][column] + counts[2][column]).filter(sum => sum > 0).sort();
    const highest = sums.length === 0 ? 1 : sums[Math.floor((sums.length - 1) * 0.98)];
    const { colours } = this.drawing;
    const room = overviewHeight - 14;
    for (let column = 0; column < columns; column++) {
      let bottom = overviewHeight - 9;
      for (const type of [Outcome.info, Outcome.fail, Outcome.ok]) {
        if (counts[type][column] === 0) continue;
        const height = Math.min(Math.max(1, counts[type][column] / highest * room), bottom - 4);
        c.fillStyle = colours[outcomeNames[type]];
        c.fillRect(gutter + column * 2, bottom - height, 2, height);
        bottom -= height;
      }
    }
  }

  draw() {
    const c = this.context;
    const { ratio, colours } = this.drawing;
    c.setTransform(1, 0, 0, 1, 0, 0);
    c.drawImage(this.backdrop, 0, 0);
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    const from = this.x(this.view.x0), to = Math.max(from + 3, this.x(this.view.x1));
    c.globalAlpha = 0.62;
    c.fillStyle = colours.panel;
    c.fillRect(gutter, 4, from - gutter, overviewHeight - 12);
    c.fillRect(to, 4, gutter + this.drawing.plotWidth - to, overviewHeight - 12);
    c.globalAlpha = 1;
    c.strokeStyle = colours.accent;
    c.lineWidth = 1.5;
    c.strokeRect(from, 4, to - from, overviewHeight - 12);
  }
}
