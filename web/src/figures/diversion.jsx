// diversion.jsx: trade diverted: on the left who loses sales, on the right who gains them. Which loss became whose gain is not
// something an equilibrium knows; ribbons share each loss among the gains in proportion, and the note says so. What sales to
// others do not make up for is made at home or not bought any more.
// SPDX-License-Identifier: MIT
import { useState } from "preact/hooks";
import { money, moneyChange, short } from "../format.js";
import { Tooltip } from "../parts/tooltip.jsx";
import { useWidth } from "../parts/width.js";

const gap = 7, nodeWidth = 10, smallest = 0.006, most = 9;

// partners: [{ key, label, before, after }] -> { losers, gainers } with the rest of either side as a node of its own.
export function diversionOf(partners, restWords) {
  const moved = partners.map((p) => ({ ...p, size: p.after - p.before })).filter((p) => Number.isFinite(p.size) && p.size !== 0);
  const total = Math.max(...[-1, 1].map((sign) => moved.reduce((sum, p) => sum + Math.max(0, sign * p.size), 0)));
  const side = (sign) => {
    const all = moved.filter((p) => sign * p.size > 0).map((p) => ({ ...p, size: Math.abs(p.size) })).sort((a, b) => b.size - a.size);
    const kept = all.filter((p, i) => i < most && p.size > smallest * total), others = all.slice(kept.length);
    if (others.length > 0) kept.push({ key: `others${sign}`, label: others.length === 1 ? others[0].label : `${others.length} others`, size: others.reduce((sum, p) => sum + p.size, 0), before: others.reduce((sum, p) => sum + p.before, 0), after: others.reduce((sum, p) => sum + p.after, 0) });
    return kept;
  };
  const losers = side(-1), gainers = side(1);
  const sum = (nodes) => nodes.reduce((s, n) => s + n.size, 0);
  const lost = sum(losers), gained = sum(gainers), rest = Math.abs(lost - gained);
  if (lost > gained && rest > 1e-9) gainers.push({ key: "rest", label: restWords[0], size: rest, rest: true });
  if (gained > lost && rest > 1e-9) losers.push({ key: "rest", label: restWords[1], size: rest, rest: true });
  return { losers, gainers, lost, gained, total: Math.max(lost, gained) };
}

function stacked(nodes, scale, height) {
  const whole = nodes.reduce((sum, n) => sum + n.size * scale, 0) + gap * (nodes.length - 1);
  let y = (height - whole) / 2;
  return nodes.map((n) => {
    const at = { ...n, y, height: Math.max(n.size * scale, 1) };
    y += n.size * scale + gap;
    return at;
  });
}

const ribbon = (x0, a0, a1, x1, b0, b1) => {
  const m = (x0 + x1) / 2;
  return `M${x0} ${a0}C${m} ${a0} ${m} ${b0} ${x1} ${b0}L${x1} ${b1}C${m} ${b1} ${m} ${a1} ${x0} ${a1}Z`;
};

function ribbonsOf(left, right, total, scale, x0, x1) {
  const from = left.map((n) => n.y), to = right.map((n) => n.y), out = [];
  left.forEach((l, i) => right.forEach((r, j) => {
    const size = (l.size * r.size) / total, h = size * scale;
    if (h > 0.15) out.push({ key: `${l.key}-${r.key}`, l, r, size, d: ribbon(x0, from[i], from[i] + h, x1, to[j], to[j] + h) });
    from[i] += h;
    to[j] += h;
  }));
  return out;
}

export function Diversion({ flows, words }) {
  const [box, width] = useWidth();
  const [hover, setHover] = useState(null);
  const { losers, gainers, total } = flows;
  const label = Math.min(230, width * 0.36), x0 = label + nodeWidth, x1 = width - label - nodeWidth;
  const rows = Math.max(losers.length, gainers.length), height = Math.max(120, Math.min(460, 34 * rows + 40));
  const scale = total > 0 ? (height - gap * (rows - 1) - 8) / total : 0;
  const left = stacked(losers, scale, height), right = stacked(gainers, scale, height);
  const point = (e, title, lines) => setHover({ x: e.clientX, y: e.clientY, title, lines });
  const spread = (nodes) => { // labels keep 15 px from each other
    let low = 0;
    return nodes.map((n) => (low = Math.max(low + 15, n.y + n.height / 2 + 4)) && low);
  };
  const leftPlaces = spread(left), rightPlaces = spread(right);
  const low = Math.ceil(Math.max(height, ...leftPlaces, ...rightPlaces) + 8);
  const side = (nodes, places, x, anchor, textX, sign) =>
    nodes.map((n, i) => (
      <g key={n.key} onPointerMove={(e) => point(e, n.label, n.rest ? [money(n.size)] : [`${money(n.before)} before, ${money(n.after)} after`, moneyChange(sign * n.size)])}>
        <rect x={x} y={n.y} width={nodeWidth} height={n.height} class={n.rest ? "node rest" : sign < 0 ? "node lost" : "node won"} />
        <text x={textX} y={places[i]} text-anchor={anchor} class="node-label">{short(n.label).length > label / 7.6 ? `${short(n.label).slice(0, Math.floor(label / 7.6) - 1)}…` : short(n.label)} <tspan class="node-value">{n.rest ? money(n.size) : moneyChange(sign * n.size)}</tspan></text>
      </g>
    ));
  return (
    <div class="diversion" ref={box} onPointerLeave={() => setHover(null)}>
      <p class="sides"><span>{words[0]}</span><span>{words[1]}</span></p>
      <svg width={width} height={low} viewBox={`0 0 ${width} ${low}`} role="img" aria-label={`${words[0]} and ${words[1]}; the table below has every number`}>
        {ribbonsOf(left, right, total, scale, x0, x1).map((r) => <path key={r.key} d={r.d} class={r.r.rest || r.l.rest ? "ribbon rest" : "ribbon"} onPointerMove={(e) => point(e, `${short(r.l.label)} → ${short(r.r.label)}`, [`in proportion: ${money(r.size)}`])} />)}
        {side(left, leftPlaces, label, "end", label - 6, -1)}
        {side(right, rightPlaces, x1, "start", x1 + nodeWidth + 6, 1)}
      </svg>
      <Tooltip at={hover} />
    </div>
  );
}
