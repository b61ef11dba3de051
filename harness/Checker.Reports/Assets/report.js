// Puts the page together: state, pointer, keys, controls.

const data = JSON.parse(byId('data').textContent);
const ops = new Operations(data);
const view = new View(ops);

const state = {
  anomaly: -1, partial: -1, hover: -1, hoverAttempt: null, pinned: -1, matches: [], match: -1,
  order: false, marked: [], current: new Set(), anomaliesByOp: new Map(),
  shownPartial() {
    const shown = this.partial >= 0 ? { anomaly: this.anomaly, partial: this.partial } : this.hoverAttempt;
    return shown ? data.anomalies[shown.anomaly].partials[shown.partial] : null;
  },
};
data.anomalies.forEach((anomaly, k) => {
  for (const op of new Set([...anomaly.operations, ...anomaly.edges.flatMap(edge => [edge[0], edge[1]])])) {
    if (!state.anomaliesByOp.has(op)) state.anomaliesByOp.set(op, []);
    state.anomaliesByOp.get(op).push(k);
  }
});
state.marked = [...state.anomaliesByOp.keys()].map(op => ops.find(op)).filter(i => i >= 0).sort((a, b) => a - b);

const lanes = byId('lanes');
const stage = lanes.parentElement;
const drawing = new Drawing(lanes, view, state);
const overview = new Overview(byId('overview'), view, state, drawing);

let scheduled = false;
function redraw() {
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(() => {
    scheduled = false;
    drawing.draw();
    overview.draw();
    showStatus();
  });
}

function relayout() {
  drawing.resize();
  view.top = Math.min(view.top, drawing.overflow);
  overview.prepare();
  redraw();
}

let statusText = '';
function showStatus() {
  const range = view.byTime
    ? formatTime(Math.max(0, view.x0), view.span / 100) + ' – ' + formatTime(view.x1, view.span / 100)
    : 'events ' + grouped(Math.max(0, Math.round(view.x0))) + ' – ' + grouped(Math.round(view.x1));
  const all = counted(ops.n, 'operation');
  const shown = view.passing < ops.n ? grouped(view.passing) + ' of ' + all + ' pass the filters' : all;
  const cut = data.cut > 0 ? ' · ' + grouped(data.cut) + ' long values are cut' : '';
  const text = shown + ' · in sight: ' + range + cut;
  if (text !== statusText) byId('status').textContent = statusText = text;
}

const actions = {
  pin(i) {
    state.pinned = i;
    if (i >= 0) {
      const named = panels.anomaliesOf(i);
      if (named.length > 0 && !named.includes(state.anomaly)) select(named[0]);
    }
    panels.update();
    redraw();
  },
  anomaly(k) { k < 0 ? (select(-1), panels.update(), redraw()) : focusAnomaly(k); },
  partial(p) {
    state.partial = p;
    panels.update();
    redraw();
  },
  step,
  onlyKey(key) {
    byId('filter-key').value = data.keys[key];
    readFilters();
  },
};
const panels = new Panels(ops, state, actions);

function select(k) {
  state.anomaly = k;
  state.partial = -1;
  const named = [...state.anomaliesByOp].filter(([, anomalies]) => anomalies.includes(k));
  state.current = new Set(named.map(([op]) => ops.find(op)));
}

// Shows everything that the anomaly names, with a little around it.
function focusAnomaly(k) {
  select(k);
  const named = [...state.current].filter(i => i >= 0);
  if (named.some(i => !view.pass[i])) clearFilters();
  if (named.length > 0) {
    const from = Math.min(...named.map(i => view.begin[i]));
    const to = Math.max(...named.map(i => ops.type[i] === Outcome.info ? view.begin[i] : view.finish[i]));
    const margin = Math.max((to - from) * 0.18, view.smallest * 2);
    view.show(from - margin, to + margin);
    scrollToLane(ops.lane[named[0]]);
  }
  panels.update();
  redraw();
}

function scrollToLane(lane) {
  const top = lane * drawing.laneHeight;
  if (top < view.top || top + drawing.laneHeight > view.top + drawing.plotHeight) {
    view.top = Math.min(drawing.overflow, Math.max(0, top - drawing.plotHeight / 3));
  }
}

function nextAnomaly(by) {
  const n = data.anomalies.length;
  if (n > 0) focusAnomaly(state.anomaly < 0 ? (by > 0 ? 0 : n - 1) : (state.anomaly + by + n) % n);
}

function reveal(i) {
  const length = view.finish[i] - view.begin[i];
  if (view.begin[i] < view.x0 || view.begin[i] > view.x1 || length < view.span / 400) {
    const span = Math.min(view.span, Math.max(length * 12, view.smallest * 4));
    view.show(view.begin[i] + length / 2 - span / 2, view.begin[i] + length / 2 + span / 2);
  }
  scrollToLane(ops.lane[i]);
}

function goTo(i) {
  if (i < 0) return;
  if (!view.pass[i]) clearFilters();
  reveal(i);
  actions.pin(i);
}

// The previous or next operation of the pinned one's process; without one, the first in sight.
function step(by) {
  const from = state.pinned >= 0 ? state.pinned : (view.edges() || [-1])[0];
  if (from < 0) return;
  if (state.pinned < 0) return goTo(from);
  for (let i = from + by; i >= 0 && i < ops.n; i += by) {
    if (ops.process[i] === ops.process[from] && view.pass[i]) return goTo(i);
  }
}

// Pointer

let drag = null;

function position(event) {
  const box = lanes.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
}

lanes.addEventListener('pointerdown', event => {
  if (event.button !== 0) return;
  lanes.setPointerCapture(event.pointerId);
  drag = { x: event.clientX, y: event.clientY, moved: false };
});

lanes.addEventListener('pointermove', event => {
  if (drag) {
    const dx = event.clientX - drag.x, dy = event.clientY - drag.y;
    if (!drag.moved && Math.abs(dx) + Math.abs(dy) < 4) return;
    drag = { x: event.clientX, y: event.clientY, moved: true };
    view.pan(-dx / drawing.plotWidth * view.span);
    view.top = Math.min(drawing.overflow, Math.max(0, view.top - dy));
    lanes.classList.add('dragging');
    panels.hideTooltip();
    redraw();
    return;
  }
  hover(event);
});

function hover(event) {
  const [x, y] = position(event);
  const i = drawing.at(x, y);
  if (i >= 0 && i === state.pinned && i === state.hover && byId('tooltip').hidden) return;
  const fault = i < 0 ? drawing.faultAt(x, y) : null;
  const top = y + lanes.offsetTop;
  if (i >= 0) panels.showTooltip(i, x, top, stage);
  else if (fault) panels.showFault(fault, x, top, stage);
  else panels.hideTooltip();
  lanes.classList.toggle('pointing', i >= 0);
  if (i === state.hover) return;
  state.hover = i;
  state.hoverAttempt = i >= 0 ? panels.attemptOf(i) : null;
  redraw();
}

lanes.addEventListener('pointerup', event => {
  const clicked = drag && !drag.moved;
  drag = null;
  lanes.classList.remove('dragging');
  if (!clicked) return;
  panels.hideTooltip();
  actions.pin(drawing.at(...position(event)));
});

lanes.addEventListener('pointerleave', () => {
  panels.hideTooltip();
  state.hover = -1;
  state.hoverAttempt = null;
  redraw();
});

lanes.addEventListener('wheel', event => {
  const across = event.shiftKey ? event.deltaX || event.deltaY : event.deltaX;
  if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
    view.pan(across / drawing.plotWidth * view.span);
  } else {
    // Zoomed out as far as it goes, the wheel scrolls the page again.
    if (event.deltaY > 0 && view.span >= (view.high - view.low) * 0.9999) return;
    const turned = event.deltaY * (event.deltaMode === 1 ? 18 : 1);
    view.zoom(1.0018 ** Math.max(-240, Math.min(240, turned)), drawing.valueAt(Math.max(gutter, position(event)[0])));
  }
  event.preventDefault();
  panels.hideTooltip();
  redraw();
}, { passive: false });

function moveWindow(event) {
  const centre = overview.valueAt(event.clientX - overview.canvas.getBoundingClientRect().left);
  view.show(centre - view.span / 2, centre + view.span / 2);
  redraw();
}

overview.canvas.addEventListener('pointerdown', event => {
  overview.canvas.setPointerCapture(event.pointerId);
  moveWindow(event);
});
overview.canvas.addEventListener('pointermove', event => { if (event.buttons & 1) moveWindow(event); });

// Keys

const keys = {
  'a': () => nextAnomaly(1), 'A': () => nextAnomaly(-1), 't': () => setAxis(!view.byTime), 'l': toggleOrder, '0': () => view.fit(),
  '+': () => view.zoom(1 / 1.6, (view.x0 + view.x1) / 2), '=': () => view.zoom(1 / 1.6, (view.x0 + view.x1) / 2),
  '-': () => view.zoom(1.6, (view.x0 + view.x1) / 2), ',': () => step(-1), '.': () => step(1),
  '/': () => byId('search').focus(), '?': () => byId('keys-dialog').showModal(),
};
const canvasKeys = {
  ArrowLeft: () => view.pan(-view.span / 8), ArrowRight: () => view.pan(view.span / 8),
  ArrowUp: () => { view.top = Math.max(0, view.top - drawing.laneHeight); },
  ArrowDown: () => { view.top = Math.min(drawing.overflow, view.top + drawing.laneHeight); },
};

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || byId('keys-dialog').open) return;
  if (event.key === 'Escape') {
    panels.hideTooltip();
    if (state.pinned >= 0) actions.pin(-1); else actions.anomaly(-1);
    if (event.target instanceof HTMLInputElement) event.target.blur();
    return;
  }
  if (event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement) return;
  const action = keys[event.key] || (document.activeElement === lanes ? canvasKeys[event.key] : undefined);
  if (!action) return;
  event.preventDefault();
  action();
  redraw();
  if (event.key.toLowerCase() === 'a') byId('timeline').scrollIntoView({ block: 'nearest' });
});

// Controls

function setAxis(byTime) {
  if (byTime && !data.times) return;
  view.setAxis(byTime);
  byId('axis-time').setAttribute('aria-pressed', String(byTime));
  byId('axis-order').setAttribute('aria-pressed', String(!byTime));
  overview.prepare();
  redraw();
}

function readFilters() {
  const chips = [...document.querySelectorAll('.chip')];
  for (const chip of chips) view.filter.outcomes[chip.dataset.outcome] = chip.getAttribute('aria-pressed') === 'true';
  view.filter.f = byId('filter-f').value === '' ? -1 : Number(byId('filter-f').value);
  const key = byId('filter-key').value;
  view.filter.key = key === '' ? -1 : data.keys.indexOf(key);
  byId('filter-key').setAttribute('aria-invalid', String(key !== '' && view.filter.key < 0));
  const process = byId('filter-process').value.trim();
  view.filter.process = /^\d+$/.test(process) ? Number(process) : -1;
  byId('filter-process').setAttribute('aria-invalid', String(process !== '' && view.filter.process < 0));
  view.applyFilter();
  search(false);
  overview.prepare();
  redraw();
}

function toggleOrder() {
  if (!data.order) return;
  state.order = !state.order;
  byId('order').setAttribute('aria-pressed', String(state.order));
  redraw();
}

function clearFilters() {
  for (const chip of document.querySelectorAll('.chip')) chip.setAttribute('aria-pressed', 'true');
  for (const id of ['filter-f', 'filter-key', 'filter-process']) byId(id).value = '';
  readFilters();
}

function search(go) {
  const needle = byId('search').value.trim().toLowerCase();
  state.matches = [];
  state.match = -1;
  if (needle !== '') for (let i = 0; i < ops.n; i++) if (view.pass[i] && ops.matches(i, needle)) state.matches.push(i);
  byId('matches').textContent = needle === '' ? '' : grouped(state.matches.length);
  if (go) nextMatch(1);
  redraw();
}

function nextMatch(by) {
  const n = state.matches.length;
  if (n === 0) return;
  state.match = state.match < 0 ? 0 : (state.match + by + n) % n;
  byId('matches').textContent = grouped(state.match + 1) + ' of ' + grouped(n);
  goTo(state.matches[state.match]);
}

let searching = 0;
byId('search').addEventListener('input', () => {
  clearTimeout(searching);
  searching = setTimeout(() => search(false), 120);
});
byId('search').addEventListener('keydown', event => {
  if (event.key !== 'Enter') return;
  clearTimeout(searching);
  if (state.match < 0) search(true); else nextMatch(event.shiftKey ? -1 : 1);
});
byId('search').addEventListener('search', () => { if (byId('search').value === '') search(false); });

for (const chip of document.querySelectorAll('.chip')) {
  chip.addEventListener('click', () => {
    chip.setAttribute('aria-pressed', String(chip.getAttribute('aria-pressed') !== 'true'));
    readFilters();
  });
}
for (const id of ['filter-f', 'filter-key', 'filter-process']) byId(id).addEventListener('input', readFilters);
byId('axis-time').addEventListener('click', () => setAxis(true));
byId('axis-order').addEventListener('click', () => setAxis(false));
for (const [id, key] of [['zoom-in', '+'], ['zoom-out', '-'], ['fit', '0'], ['anomaly', 'a'], ['help', '?']]) {
  byId(id).addEventListener('click', () => {
    keys[key]();
    redraw();
  });
}

document.addEventListener('click', event => {
  const target = event.target instanceof Element ? event.target.closest('[data-op],[data-anomaly]') : null;
  if (!target) return;
  if (target.hasAttribute('href')) event.preventDefault();
  if (target.dataset.op !== undefined) {
    const k = target.closest('.anomaly') ? Number(target.closest('.anomaly').id.slice('anomaly-'.length)) : -1;
    if (k >= 0 && state.anomaly !== k) focusAnomaly(k);
    goTo(ops.find(Number(target.dataset.op)));
  } else {
    focusAnomaly(Number(target.dataset.anomaly));
    if (target.dataset.partial !== undefined) actions.partial(Number(target.dataset.partial));
  }
  byId('timeline').scrollIntoView({ block: 'start' });
});

const copy = byId('copy');
if (copy) {
  copy.addEventListener('click', async () => {
    let copied = false;
    try {
      await navigator.clipboard.writeText(byId('command').textContent);
      copied = true;
    } catch {
      const range = document.createRange();
      range.selectNodeContents(byId('command'));
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      copied = document.execCommand('copy');
    }
    copy.textContent = copied ? 'Copied' : 'Select and copy';
    setTimeout(() => { copy.textContent = 'Copy'; }, 1600);
  });
}

// Light and dark: as the system says until the reader says otherwise.

const dark = matchMedia('(prefers-color-scheme: dark)');

function isDark() { return (document.documentElement.dataset.theme || (dark.matches ? 'dark' : 'light')) === 'dark'; }

function recolour() {
  byId('theme').textContent = isDark() ? 'Light' : 'Dark';
  drawing.colours = readColours();
  overview.prepare();
  redraw();
}

byId('theme').addEventListener('click', () => {
  document.documentElement.dataset.theme = isDark() ? 'light' : 'dark';
  recolour();
});
dark.addEventListener('change', recolour);

// The lattice: what a model implies, and what implies it, stands out while the pointer is on it.

const lattice = document.querySelector('.lattice');
if (lattice) {
  const lines = [...lattice.querySelectorAll('.implies')];
  const light = model => {
    for (const [here, there] of [['from', 'to'], ['to', 'from']]) {
      const reached = new Set([model]);
      // As a line may reach what another then goes on from: until nothing is added.
      for (let size = 0; size < reached.size;) {
        size = reached.size;
        for (const line of lines) {
          if (!reached.has(line.dataset[here])) continue;
          reached.add(line.dataset[there]);
          line.classList.add('lit');
        }
      }
    }
    lattice.classList.add('pointing');
  };
  const unlight = () => {
    lattice.classList.remove('pointing');
    for (const line of lines) line.classList.remove('lit');
  };
  for (const model of lattice.querySelectorAll('[data-model]')) {
    model.addEventListener('pointerenter', () => { unlight(); light(model.dataset.model); });
    model.addEventListener('pointerleave', unlight);
  }
}

// Start

data.functions.forEach((name, f) => {
  if (!ops.f.includes(f)) return;
  const option = element('option', '', name);
  option.value = String(f);
  byId('filter-f').append(option);
});
for (const key of data.keys.slice(0, 500)) {
  const option = element('option');
  option.value = key;
  if (key !== '') byId('keys').append(option);
}
byId('filter-key').hidden = !ops.manyKeys;
byId('anomaly').hidden = data.anomalies.length === 0;
byId('order').hidden = !data.order;
byId('order').addEventListener('click', toggleOrder);
if (!data.times) {
  byId('axis-time').disabled = true;
  setAxis(false);
}
new ResizeObserver(relayout).observe(stage);
relayout();
recolour();
window.checkerReport = { ops, view, state, drawing, overview, redraw };
