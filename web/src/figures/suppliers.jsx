// suppliers.jsx: where one region's purchases of one product come from and who uses them there: suppliers on the left, the
// product in the middle, users on the right. The suppliers who are cut off stand out.
// SPDX-License-Identifier: MIT
import { useState } from "preact/hooks";
import { money, rate, short } from "../format.js";
import { Tooltip } from "../parts/tooltip.jsx";
import { useWidth } from "../parts/width.js";

const gap = 6, bar = 11, smallest = 0.012, most = 11;

// The largest, down to a small share, and the rest as one node; `first` are kept whatever their size.
export function largestOf(nodes, restLabel) {
  const some = nodes.filter((n) => n.size > 0).sort((a, b) => b.size - a.size), total = some.reduce((sum, n) => sum + n.size, 0);
  const kept = some.filter((n, i) => n.marked || (i < most && n.size > smallest * total)), others = some.filter((n) => !kept.includes(n));
  if (others.length === 1) kept.push(others[0]);
  if (others.length > 1) kept.push({ key: "rest", label: `${others.length} ${restLabel}`, size: others.reduce((sum, n) => sum + n.size, 0) });
  return { kept, total };
}

function stack(nodes, scale, height) {
  let y = (height - nodes.reduce((sum, n) => sum + n.size * scale, 0) - gap * (nodes.length - 1)) / 2;
  return nodes.map((n) => {
    const at = { ...n, y, height: Math.max(1, n.size * scale) };
    y += n.size * scale + gap;
    return at;
  });
}

const ribbon = (x0, a, x1, b, h) => {
  const m = (x0 + x1) / 2;
  return `M${x0} ${a}C${m} ${a} ${m} ${b} ${x1} ${b}L${x1} ${b + h}C${m} ${b + h} ${m} ${a + h} ${x0} ${a + h}Z`;
};

// Labels keep fifteen pixels from each other, and stay inside.
function spread(nodes, height) {
  const places = nodes.map((n) => n.y + n.height / 2 + 4);
  for (let i = 1; i < places.length; i++) places[i] = Math.max(places[i], places[i - 1] + 15);
  const over = places.length > 0 ? Math.max(0, places.at(-1) - height + 3) : 0;
  for (let i = places.length - 1; i >= 0; i--) places[i] = Math.min(places[i], (places[i + 1] ?? Infinity) - 15, i === places.length - 1 ? places[i] - over : Infinity);
  return places;
}

// suppliers, users: [{ key, label, size, marked }] in million US dollars, both summing to the same.
export function Suppliers({ suppliers, users, product, words }) {
  const [box, width] = useWidth();
  const [hover, setHover] = useState(null);
  const left = largestOf(suppliers, "other suppliers"), right = largestOf(users, "other users");
  const room = Math.min(230, width * 0.34), x0 = room + bar, x1 = width - room - bar, middle = width / 2;
  const rows = Math.max(left.kept.length, right.kept.length), height = Math.max(150, Math.min(480, 30 * rows + 50));
  const scale = left.total > 0 ? (height - gap * (rows - 1) - 10) / left.total : 0;
  const from = stack(left.kept, scale, height), to = stack(right.kept, (scale * left.total) / (right.total || 1), height);
  const top = (height - left.total * scale) / 2;
  const point = (e, title, size) => setHover({ x: e.clientX, y: e.clientY, title, lines: [`${money(size)} a year`, `${rate(size / left.total)} of what ${words.who} spends on it`] });
  const letters = Math.floor((room - 64) / 6.8); // what the amount behind leaves
  const cut = (text) => (text.length > letters ? `${text.slice(0, letters - 1)}…` : text);
  const side = (nodes, x, anchor, textX) => {
    const places = spread(nodes, height);
    return nodes.map((n, i) => (
      <g key={n.key} data-node={n.key} onPointerMove={(e) => point(e, n.label, n.size)}>
        <rect x={x} y={n.y} width={bar} height={n.height} class={n.marked ? "node lost" : n.key === "rest" ? "node rest" : "node"} />
        <text x={textX} y={places[i]} text-anchor={anchor} class={n.marked ? "node-label marked" : "node-label"}>{cut(short(n.label))} <tspan class="node-value">{money(n.size)}</tspan></text>
      </g>
    ));
  };
  let a = top, b = top;
  const flows = [
    ...from.map((n) => { const d = ribbon(x0, n.y, middle - bar / 2, a, n.size * scale); a += n.size * scale; return { key: `s${n.key}`, d, n, marked: n.marked }; }),
    ...to.map((n) => { const h = (n.size * scale * left.total) / (right.total || 1), d = ribbon(middle + bar / 2, b, x1, n.y, h); b += h; return { key: `u${n.key}`, d, n }; }),
  ];
  return (
    <div class="diversion suppliers" ref={box} onPointerLeave={() => setHover(null)}>
      <p class="sides"><span>{words.suppliers}</span><span>{words.users}</span></p>
      <svg width={width} height={height + 8} viewBox={`0 0 ${width} ${height + 8}`} role="img" aria-label={`${words.suppliers} and ${words.users} of ${product}; the tables below have every number`}>
        {flows.map((f) => <path key={f.key} d={f.d} class={f.marked ? "ribbon cut" : "ribbon"} onPointerMove={(e) => point(e, f.n.label, f.n.size)} />)}
        <rect x={middle - bar / 2} y={top} width={bar} height={Math.max(1, left.total * scale)} class="node product" />
        {side(from, room, "end", room - 6)}
        {side(to, x1, "start", x1 + bar + 6)}
      </svg>
      <Tooltip at={hover} />
    </div>
  );
}
