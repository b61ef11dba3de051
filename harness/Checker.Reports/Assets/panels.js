// The tooltip, and the panels below the timeline: the pinned operation, and what it has to do with an anomaly.

function fill(parent, ...children) {
  parent.replaceChildren(...children);
  return parent;
}

function definitions(rows) {
  const list = element('dl', 'rows');
  for (const [name, text] of rows) list.append(element('dt', '', name), element('dd', '', text));
  return list;
}

class Panels {
  constructor(ops, state, actions) {
    this.ops = ops;
    this.state = state;
    this.actions = actions;
    this.tooltip = byId('tooltip');
  }

  showTooltip(i, x, y, stage) {
    const heading = element('p', 'tip-title');
    heading.append(element('i', 'swatch ' + outcomeNames[this.ops.type[i]]), element('bdi', '', this.ops.label(i)));
    const children = [heading, definitions(this.ops.details(i))];
    const named = this.anomaliesOf(i);
    if (named.length > 0) children.push(element('p', 'tip-bad', 'Part of ' + named.map(k => this.ops.data.anomalies[k].kind).join(', ')));
    const attempt = this.attemptOf(i);
    if (attempt) children.push(element('p', 'tip-note', this.attemptText(attempt.anomaly, attempt.partial)));
    this.place(children, x, y, stage);
  }

  showFault(fault, x, y, stage) {
    const rows = [];
    const end = fault.healed ? formatTime(fault.end, 1e6) : 'never healed';
    if (this.ops.data.times) rows.push(['Time', formatTime(fault.start, 1e6) + ' – ' + end]);
    if (fault.details) rows.push(['Details', fault.details]);
    if (fault.evidence) rows.push(['Evidence', fault.evidence]);
    this.place([element('p', 'tip-title', 'Fault: ' + fault.name), definitions(rows)], x, y, stage);
  }

  place(children, x, y, stage) {
    const tip = fill(this.tooltip, ...children);
    tip.hidden = false;
    const left = x + 16 + tip.offsetWidth > stage.clientWidth ? x - 12 - tip.offsetWidth : x + 16;
    tip.style.left = Math.max(4, Math.min(left, stage.clientWidth - tip.offsetWidth - 4)) + 'px';
    tip.style.top = y + 18 + 'px';
  }

  hideTooltip() { this.tooltip.hidden = true; }

  anomaliesOf(i) { return this.state.anomaliesByOp.get(this.ops.op[i]) || []; }

  // The attempt to show for an operation: one that is stuck on it, else the first that placed it.
  attemptOf(i) {
    const op = this.ops.op[i];
    for (const uses of ['stuck', 'order']) {
      for (const anomaly of this.anomaliesOf(i)) {
        const partial = this.ops.data.anomalies[anomaly].partials.findIndex(attempt => attempt[uses].includes(op));
        if (partial >= 0) return { anomaly, partial };
      }
    }
    return null;
  }

  attemptText(anomaly, partial) {
    const attempts = this.ops.data.anomalies[anomaly].partials;
    const attempt = attempts[partial];
    const which = attempts.length === 1 ? 'Longest attempt' : 'Longest attempt ' + (partial + 1) + ' of ' + attempts.length;
    return which + ': ' + counted(attempt.placed, 'operation') + ' placed in this order, then stuck: ' + attempt.why;
  }

  update() {
    const { pinned, anomaly } = this.state;
    byId('details').hidden = pinned < 0 && anomaly < 0;
    if (pinned >= 0) this.fillSelected(pinned); else this.fillEmpty('selected', 'No operation selected', 'Click an operation to pin it.');
    const hint = this.ops.data.anomalies.length > 0 ? 'Press a for the next anomaly.' : 'This history has none.';
    if (anomaly >= 0) this.fillContext(anomaly); else this.fillEmpty('context', 'No anomaly selected', hint);
  }

  fillEmpty(id, title, hint) {
    fill(byId(id), this.heading(id + '-heading', title), element('p', 'muted', hint));
  }

  heading(id, text) {
    const heading = element('h3', '', text);
    heading.id = id;
    return heading;
  }

  fillSelected(i) {
    const ops = this.ops;
    const head = element('div', 'panel-head');
    const close = element('button', 'quiet', 'Unpin');
    close.type = 'button';
    close.addEventListener('click', () => this.actions.pin(-1));
    head.append(this.heading('selected-heading', ops.label(i)), close);
    const buttons = element('p', 'buttons');
    const neighbour = (text, by) => {
      const button = element('button', '', text);
      button.type = 'button';
      button.addEventListener('click', () => this.actions.step(by));
      return button;
    };
    buttons.append(neighbour('← Previous of the process', -1), neighbour('Next of the process →', 1));
    if (ops.manyKeys) {
      const only = element('button', '', 'Only this key');
      only.type = 'button';
      only.addEventListener('click', () => this.actions.onlyKey(ops.key[i]));
      buttons.append(only);
    }
    fill(byId('selected'), head, definitions([['Operation', '#' + ops.op[i]], ...ops.details(i)]), buttons);
  }

  fillContext(k) {
    const anomaly = this.ops.data.anomalies[k];
    const head = element('div', 'panel-head');
    const close = element('button', 'quiet', 'Close');
    close.type = 'button';
    close.addEventListener('click', () => this.actions.anomaly(-1));
    const title = 'Anomaly ' + (k + 1) + ' of ' + this.ops.data.anomalies.length + ': ' + anomaly.kind;
    head.append(this.heading('context-heading', title), close);
    const children = [head];
    const prose = document.querySelector('#anomaly-' + k + ' .prose');
    if (prose) {
      children.push(element('p', 'prose', prose.textContent));
      const link = element('a', '', 'The whole argument');
      link.href = '#anomaly-' + k;
      const paragraph = element('p');
      paragraph.append(link);
      children.push(paragraph);
    }
    if (anomaly.edges.length > 0) {
      const list = element('ol', 'steps short');
      for (const edge of anomaly.edges.slice(0, 12)) list.append(element('li', '', edge[3]));
      children.push(list);
    }
    if (anomaly.partials.length > 0) children.push(this.attempts(k));
    fill(byId('context'), ...children);
  }

  attempts(k) {
    const box = element('div', 'attempts');
    const partials = this.ops.data.anomalies[k].partials;
    const chosen = this.state.partial;
    const buttons = element('div', 'segmented');
    buttons.setAttribute('role', 'group');
    buttons.setAttribute('aria-label', 'Longest attempts');
    for (let p = -1; p < partials.length; p++) {
      const button = element('button', '', p < 0 ? 'No attempt' : 'Attempt ' + (p + 1));
      button.type = 'button';
      button.setAttribute('aria-pressed', String(p === chosen));
      button.addEventListener('click', () => this.actions.partial(p));
      buttons.append(button);
    }
    box.append(buttons);
    if (chosen >= 0) box.append(element('p', 'prose', this.attemptText(k, chosen)));
    return box;
  }
}
