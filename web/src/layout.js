// Where actors stand in the network: forces between partners, then room for the labels.
// The same record always gives the same picture, and places do not move with the slider.
//   nodes: [{ id, label }] (a label may be empty)   links: [{ a, b, weight }] with indices   → [[x, y]] in 0..width, 0..height

function start(n, width, height) {
  return Array.from({ length: n }, (_, i) => {
    const angle = i * 2.399963; // golden angle: spread without chance
    const radius = Math.sqrt((i + 0.5) / n) * 0.45;
    return [width * (0.5 + radius * Math.cos(angle)), height * (0.5 + radius * Math.sin(angle))];
  });
}

function relax(places, links, width, height) {
  const n = places.length;
  const ideal = 0.85 * Math.sqrt((width * height) / Math.max(n, 1));
  const steps = 500;
  for (let step = 0; step < steps; ++step) {
    const reach = 0.12 * Math.min(width, height) * (1 - step / steps) ** 1.5 + 0.5;
    const force = places.map(([x, y]) => [(width / 2 - x) * 0.3, (height / 2 - y) * 0.5 * (width / height)]);
    for (let i = 0; i < n; ++i)
      for (let j = 0; j < i; ++j) {
        const dx = places[i][0] - places[j][0] || 0.01 * (i - j);
        const dy = places[i][1] - places[j][1] || 0.01;
        const push = (ideal * ideal) / (dx * dx + dy * dy);
        force[i][0] += dx * push;
        force[i][1] += dy * push;
        force[j][0] -= dx * push;
        force[j][1] -= dy * push;
      }
    for (const { a, b, weight } of links) {
      const dx = places[a][0] - places[b][0];
      const dy = places[a][1] - places[b][1];
      const pull = (Math.hypot(dx, dy) / ideal) * weight;
      force[a][0] -= dx * pull;
      force[a][1] -= dy * pull;
      force[b][0] += dx * pull;
      force[b][1] += dy * pull;
    }
    for (let i = 0; i < n; ++i) {
      const size = Math.hypot(force[i][0], force[i][1]) || 1;
      const move = Math.min(size, reach) / size;
      places[i][0] = Math.max(0, Math.min(width, places[i][0] + force[i][0] * move));
      places[i][1] = Math.max(0, Math.min(height, places[i][1] + force[i][1] * move));
    }
  }
}

// Pushes apart the boxes that hold a node and the label under it.
function make_room(places, boxes, width, height) {
  for (let step = 0; step < 200; ++step) {
    let moved = false;
    for (let i = 0; i < places.length; ++i)
      for (let j = 0; j < i; ++j) {
        const dx = places[i][0] - places[j][0];
        const dy = places[i][1] - places[j][1];
        const over_x = (boxes[i][0] + boxes[j][0]) / 2 - Math.abs(dx);
        const over_y = (boxes[i][1] + boxes[j][1]) / 2 - Math.abs(dy);
        if (over_x <= 0 || over_y <= 0) continue;
        moved = true;
        const axis = over_x / width < over_y / height ? 0 : 1;
        const shift = ((axis === 0 ? over_x : over_y) / 2) * Math.sign((axis === 0 ? dx : dy) || 1) * 0.6;
        places[i][axis] += shift;
        places[j][axis] -= shift;
      }
    for (const place of places) {
      place[0] = Math.max(0, Math.min(width, place[0]));
      place[1] = Math.max(0, Math.min(height, place[1]));
    }
    if (!moved) return;
  }
}

export function layout(nodes, links, width, height) {
  const places = start(nodes.length, width, height);
  relax(places, links, width, height);
  const box = (label) => {
    if (!label) return [20, 20];
    const lines = label.split('\n');
    return [Math.max(...lines.map((line) => line.length)) * 6.6 + 14, 26 + 16 * lines.length];
  };
  make_room(
    places,
    nodes.map((node) => box(node.label)),
    width,
    height,
  );
  return places;
}
