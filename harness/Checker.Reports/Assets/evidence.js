// Draws what an anomaly argues with on the timeline: the order of an attempt, and the edges.

// One point in each operation that was placed, joined from first to last; what is stuck has a dashed frame.
function drawPartial(drawing, partial) {
  const { context: c, view, colours } = drawing;
  let at = -Infinity;
  const points = [];
  for (const op of partial.order) {
    const i = view.ops.find(op);
    if (i < 0) continue;
    at = Math.max(at, view.begin[i]);
    points.push({ x: drawing.x(at), y: drawing.laneTop(view.ops.lane[i]) + 8 });
  }
  drawOrder(drawing, points, partial.placed - partial.order.length + 1);
  c.setLineDash([4, 3]);
  for (const op of partial.stuck) {
    const i = view.ops.find(op);
    if (i >= 0) drawing.outline(drawing.box(i, 5), colours.accent, 2);
  }
  c.setLineDash([]);
}

// Points joined from first to last, numbered from a number on.
function drawOrder(drawing, points, firstNumber) {
  const { context: c, colours, width } = drawing;
  c.strokeStyle = colours.accent;
  c.lineWidth = 1.5;
  c.beginPath();
  points.forEach((point, k) => k === 0 ? c.moveTo(point.x, point.y) : c.lineTo(point.x, point.y));
  c.stroke();
  c.font = 'bold 9px system-ui, "DejaVu Sans", sans-serif';
  c.textAlign = 'center';
  c.textBaseline = 'middle';
  points.forEach((point, k) => {
    if (point.x < gutter - 10 || point.x > width + 10) return;
    const text = String(firstNumber + k);
    const radius = Math.max(6.5, text.length * 3 + 3);
    c.fillStyle = colours.accent;
    c.beginPath();
    c.roundRect(point.x - radius, point.y - 6.5, 2 * radius, 13, 6.5);
    c.fill();
    c.fillStyle = colours['bad-ink'];
    c.fillText(text, point.x, point.y + 0.5);
  });
  c.textAlign = 'start';
}

const orderLimit = 150;

// The order that proves a history linearizable: a point in each operation in sight, if they are few enough to be told apart.
function drawCertificate(drawing, order) {
  const { context: c, view, colours } = drawing;
  order.places ||= order.map(op => view.ops.find(op));
  let at = -Infinity, first = 1;
  const points = [];
  for (let k = 0; k < order.length; k++) {
    const i = order.places[k];
    at = Math.max(at, view.begin[i]);
    if (at < view.x0) continue;
    if (points.length === 0) first = k + 1;
    points.push({ x: drawing.x(at), y: drawing.laneTop(view.ops.lane[i]) + 8 });
    if (at > view.x1 || points.length > orderLimit) break;
  }
  if (points.length <= orderLimit) {
    drawOrder(drawing, points, first);
    return;
  }
  c.font = textFont;
  const text = 'Zoom in to see the order: more than ' + orderLimit + ' operations are in sight.';
  const width = c.measureText(text).width + 24;
  const x = gutter + (drawing.plotWidth - width) / 2;
  c.fillStyle = colours.accent;
  c.beginPath();
  c.roundRect(x, drawing.strip + 10, width, 24, 6);
  c.fill();
  c.fillStyle = colours['bad-ink'];
  c.textBaseline = 'middle';
  c.fillText(text, x + 12, drawing.strip + 22.5);
}

function drawEdges(drawing, edges) {
  const labels = [];
  for (const [from, to, relation] of edges) {
    const a = drawing.view.ops.find(from), b = drawing.view.ops.find(to);
    if (a >= 0 && b >= 0 && a !== b) drawEdge(drawing, drawing.box(a, 5), drawing.box(b, 5), relation, labels);
  }
  for (const label of labels) drawEdgeLabel(drawing, label);
}

// Forwards from end to begin; back in time around the far side, so that it does not lie on the way there.
function drawEdge(drawing, a, b, relation, labels) {
  const { context: c, colours } = drawing;
  const forwards = b.left >= a.left + a.width - 1;
  const same = a.top === b.top;
  const down = b.top > a.top;
  let p0, p1, p2, p3;
  if (forwards && !same) {
    p0 = [a.left + a.width, a.top + a.height / 2];
    p3 = [b.left, b.top + b.height / 2];
    const reach = Math.max(14, Math.min(60, (p3[0] - p0[0]) / 2));
    p1 = [p0[0] + reach, p0[1]];
    p2 = [p3[0] - reach, p3[1]];
  } else if (forwards) {
    p0 = [a.left + a.width, a.top + a.height / 2];
    p3 = [b.left, p0[1]];
    p1 = p0;
    p2 = p3;
  } else {
    const far = same || down ? a.top : a.top + a.height;
    const level = far + (same || down ? -22 : 22);
    p0 = [a.left + a.width / 2, far];
    p3 = [b.left + b.width / 2, same || down ? b.top : b.top + b.height];
    p1 = [p0[0], level];
    p2 = [p3[0], same ? level : down ? Math.min(level, p3[1] - 16) : Math.max(level, p3[1] + 16)];
  }
  c.strokeStyle = c.fillStyle = colours.ink;
  c.lineWidth = 1.5;
  c.beginPath();
  c.moveTo(...p0);
  c.bezierCurveTo(...p1, ...p2, ...p3);
  c.stroke();
  const angle = p2 === p3 ? 0 : Math.atan2(p3[1] - p2[1], p3[0] - p2[0]);
  c.beginPath();
  c.moveTo(...p3);
  c.lineTo(p3[0] - 8 * Math.cos(angle - 0.42), p3[1] - 8 * Math.sin(angle - 0.42));
  c.lineTo(p3[0] - 8 * Math.cos(angle + 0.42), p3[1] - 8 * Math.sin(angle + 0.42));
  c.fill();
  c.font = textFont;
  const width = c.measureText(relation).width + 8;
  if (Math.abs(p3[0] - p0[0]) + Math.abs(p3[1] - p0[1]) < width + 20) return;
  const middle = k => (p0[k] + 3 * p1[k] + 3 * p2[k] + p3[k]) / 8;
  const label = { relation, width, x: middle(0), y: middle(1) };
  const covers = other => Math.abs(other.x - label.x) < (other.width + width) / 2 && Math.abs(other.y - label.y) < 15;
  for (let k = 1; k < 6 && labels.some(covers); k++) {
    label.y += (k % 2 === 0 ? -15 : 15) * k;
  }
  labels.push(label);
}

function drawEdgeLabel(drawing, { relation, width, x, y }) {
  const { context: c, colours } = drawing;
  c.font = textFont;
  c.textBaseline = 'middle';
  c.textAlign = 'center';
  c.fillStyle = colours.panel;
  c.beginPath();
  c.roundRect(x - width / 2, y - 8, width, 16, 3);
  c.fill();
  c.fillStyle = colours.ink;
  c.fillText(relation, x, y);
  c.textAlign = 'start';
}
