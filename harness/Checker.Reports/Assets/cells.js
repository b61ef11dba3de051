// Neighbouring cells that look the same become one rectangle.
class CellRun {
  constructor(drawing, top, height) {
    this.drawing = drawing;
    this.top = top;
    this.height = height;
    this.start = -1;
  }

  add(pixel, fails, infos) {
    const mix = Math.ceil(fails * 8) * 16 + Math.ceil(infos * 8);
    if (this.start >= 0 && this.mix === mix && pixel <= this.end) {
      this.end = Math.max(this.end, pixel + 1);
      return;
    }
    this.flush();
    this.start = pixel;
    this.end = pixel + 1;
    this.mix = mix;
  }

  flush() {
    if (this.start < 0) return;
    const { context: c, colours } = this.drawing;
    const x = gutter + this.start, width = this.end - this.start;
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
