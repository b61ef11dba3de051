// The width of a cell in pixels: what is narrower than that is drawn together with its neighbours.
const cellWidth = 2;

// Neighbouring cells that look the same become one rectangle.
class CellRun {
  constructor(drawing, top, height) {
    this.drawing = drawing;
    this.top = top;
    this.height = height;
    this.start = -1;
  }

  add(cell, fails, infos) {
    const mix = Math.ceil(fails * 8) * 16 + Math.ceil(infos * 8);
    if (this.start >= 0 && this.mix === mix && cell <= this.end) {
      this.end = Math.max(this.end, cell + 1);
      return;
    }
    this.flush();
    this.start = cell;
    this.end = cell + 1;
    this.mix = mix;
  }

  flush() {
    if (this.start < 0) return;
    const { context: c, colours } = this.drawing;
    const x = gutter + this.start * cellWidth, width = (this.end - this.start) * cellWidth;
    const fail = Math.min(1, (this.mix >> 4) / 8) * this.height;
    const info = Math.min(this.height - fail, (this.mix & 15) / 8 * this.height);
    c.fillStyle = colours.ok;
    c.fillRect(x, this.top, width, this.height - fail - info);
    if (info > 0) {
      c.fillStyle = colours.info;
      c.fillRect(x, this.top + this.height - fail - info, width, info);
    }
    if (fail > 0) {
      c.fillStyle = colours.fail;
      c.fillRect(x, this.top + this.height - fail, width, fail);
    }
    this.start = -1;
  }
}

function lowerIndex(list, reached) {
  let low = 0, high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (reached(list[middle])) high = middle; else low = middle + 1;
  }
  return low;
}
