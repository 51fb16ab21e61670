// plane.jsx: the pay-off plane of two players: what each gains over the status quo, at every point that was found, with the
// frontier of what both can reach together and, where a threat is shown, the zone in which both gain over it.
// SPDX-License-Identifier: MIT
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { extent } from "d3-array";
import { scaleLinear } from "d3-scale";
import { change } from "../format.js";
import { Tooltip } from "../parts/tooltip.jsx";

const height = 460, margin = { top: 18, right: 24, bottom: 46, left: 62 };

// Marks by kind of concept: shape says what it is, colour alone says nothing.
const kinds = {
  "status-quo": "quo", "free-trade": "quo", nash: "war", "mfn-nash": "war", "bilateral-war": "war", optimum: "single",
  cooperative: "deal", "equal-gain": "deal", "nash-bargaining": "deal", "nash-in-nash": "deal", package: "deal", club: "deal",
  "self-enforcing": "deal",
};
export const kindOf = (concept) => kinds[concept] ?? "other";
const shapes = {
  quo: <circle r="5.5" />,
  war: <path d="M-6,-6L6,6M6,-6L-6,6" />,
  single: <path d="M0,-6.5L6,5H-6Z" />,
  deal: <path d="M0,-7L7,0L0,7L-7,0Z" />,
  other: <rect x="-5" y="-5" width="10" height="10" />,
};
export const PlaneMark = ({ kind }) => <g class={`plane-mark ${kind}`}>{shapes[kind]}</g>;

function spread([least, most]) {
  const room = (most - least || 0.1) * 0.09;
  return [least - room, most + room];
}

// The frontier's part where both gain over the threat, its ends where one of them gains nothing.
function within(curve, threat) {
  const keep = [], inside = (c) => c[0] >= threat.x && c[1] >= threat.y;
  curve.forEach((c, k) => {
    const last = curve[k - 1];
    if (last && inside(last) !== inside(c)) {
      const cuts = [0, 1].map((side) => ((side === 0 ? threat.x : threat.y) - last[side]) / (c[side] - last[side])).filter((t) => t >= 0 && t <= 1);
      const points = cuts.map((t) => [last[0] + t * (c[0] - last[0]), last[1] + t * (c[1] - last[1])]);
      const cut = points.find((p) => p[0] >= threat.x - 1e-9 && p[1] >= threat.y - 1e-9);
      if (cut) keep.push(cut);
    }
    if (inside(c)) keep.push(c);
  });
  return keep;
}

// Labels beside their points, to the right or the left of them, moved down or up where two would lie on each other, on a mark, or on
// the line of nought or of the threat. What fits on neither side is cut off.
const letter = 6.3, fitting = (label, room) => (letter * label.length <= room ? label : `${label.slice(0, Math.max(3, Math.floor(room / letter) - 1)).trimEnd()}…`);
function placeLabels(points, x, y, width, threat) {
  const placed = [], marks = points.map((p) => [x(p.x), y(p.y)]), left = margin.left + 4, right = width - 4;
  const struck = (x0, w, at) => Math.abs(at - 4 - y(0)) < 7 || (threat && x0 + w > x(threat.x) && Math.abs(at - 4 - y(threat.y)) < 7);
  const free = (i, x0, w, at) => at > margin.top && at < height - margin.bottom && x0 >= left && x0 + w <= right && !struck(x0, w, at) &&
    !placed.some((q) => x0 < q.x1 && x0 + w > q.x0 && Math.abs(q.y - at) < 14) && !marks.some(([mx, my], k) => k !== i && x0 < mx + 8 && x0 + w > mx - 8 && Math.abs(at - 4 - my) < 11);
  const order = points.map((p, i) => i).sort((a, b) => points[a].x - points[b].x || points[a].y - points[b].y);
  for (const i of order) {
    const [px, py] = marks[i], rooms = { right: right - px - 10, left: px - 10 - left };
    const whole = letter * points[i].label.length, first = whole <= rooms.right || rooms.right >= rooms.left;
    const sides = [first, !first].map((toRight) => {
      const text = whole <= Math.max(rooms.right, rooms.left) ? points[i].label : fitting(points[i].label, toRight ? rooms.right : rooms.left), w = letter * text.length;
      return { toRight, text, w, x0: toRight ? px + 10 : px - 10 - w };
    });
    const tries = [0, -12, -15, 15, -30, 30, -45, 45, -60, 60].flatMap((step) => sides.map((side) => ({ ...side, at: py + 4 + step })));
    const best = tries.find((t) => free(i, t.x0, t.w, t.at)) ?? tries[0];
    placed.push({ i, text: best.text, x0: best.x0, x1: best.x0 + best.w, y: best.at, anchor: best.toRight ? "start" : "end", at: best.toRight ? px + 10 : px - 10, far: Math.abs(best.at - 4 - py) > 12 });
  }
  return placed;
}

// Between two points of the frontier, whose slopes there are known from their prices (−dx/dy), the arc that has them: a parabola
// with its corner where the two tangents meet. Chords would cut off what lies on the frontier between its points.
const arcs = 8;
function smooth(curve) {
  const slope = ([, , price]) => (price === null || !Number.isFinite(price) ? [-1, 0] : [-price, 1]);
  return curve.flatMap((c, k) => {
    if (k === 0) return [c];
    const last = curve[k - 1], [ax, ay] = slope(last), [bx, by] = slope(c);
    const cross = ax * by - ay * bx, t = ((c[0] - last[0]) * by - (c[1] - last[1]) * bx) / cross;
    const corner = [last[0] + t * ax, last[1] + t * ay];
    const between = (p, q, r) => p >= Math.min(q, r) && p <= Math.max(q, r);
    if (!corner.every((v, side) => Number.isFinite(v) && between(v, last[side], c[side]))) return [c];
    return Array.from({ length: arcs }, (_, i) => (i + 1) / arcs).map((s) => [0, 1].map((side) => (1 - s) ** 2 * last[side] + 2 * s * (1 - s) * corner[side] + s * s * c[side]));
  });
}

// What the plane shows: points of a kind of their own (a cut-off, a sanction) do not stretch it to where nothing else lies, nor,
// where `near`, does the frontier.
const wide = 1.5;
export function viewOf(points, curve, near) {
  const kept = points.filter((p) => kindOf(p.concept) !== "other"), line = near ? [] : curve;
  const span = (k, key) => extent([0, ...kept.map((p) => p[key]), ...line.map((c) => c[k])]);
  const core = [span(0, "x"), span(1, "y")];
  const room = core.map(([least, most]) => wide * (most - least || 0.1));
  const inside = (p) => [p.x, p.y].every((v, k) => v >= core[k][0] - room[k] && v <= core[k][1] + room[k]);
  const shown = points.filter((p) => kindOf(p.concept) !== "other" || inside(p));
  const ends = (k, key) => extent([...core[k], ...shown.map((p) => p[key])]);
  return { shown, beyond: points.filter((p) => !shown.includes(p)), x: ends(0, "x"), y: ends(1, "y") };
}
// The frontier goes on far beyond every point.
export function reachesFar(points, curve) {
  const core = viewOf(points, curve, true), all = viewOf(points, curve, false);
  return ["x", "y"].some((key) => all[key][1] - all[key][0] > 3 * (core[key][1] - core[key][0]));
}

export function Plane({ points: every, curve, threat, names, near }) {
  const frame = useRef(null), [width, setWidth] = useState(720), [hover, setHover] = useState(null);
  useEffect(() => {
    const see = () => setWidth(Math.max(300, frame.current?.clientWidth ?? 720));
    see();
    const watch = typeof ResizeObserver === "undefined" ? null : new ResizeObserver(see);
    watch?.observe(frame.current);
    return () => watch?.disconnect();
  }, []);
  const view = useMemo(() => viewOf(every, curve, near), [every, curve, near]), points = view.shown;
  const x = scaleLinear().domain(spread(view.x)).range([margin.left, width - margin.right]).nice();
  const y = scaleLinear().domain(spread(view.y)).range([height - margin.bottom, margin.top]).nice();
  const lines = threat && (threat.x !== 0 || threat.y !== 0) ? threat : null; // at nought the axes are these lines
  const labels = useMemo(() => placeLabels(points, x, y, width, lines), [view, width, lines]);
  const arc = useMemo(() => smooth(curve), [curve]);
  const line = arc.map((c, k) => `${k === 0 ? "M" : "L"}${x(c[0]).toFixed(1)},${y(c[1]).toFixed(1)}`).join("");
  // what both gain over the threat, below the frontier
  const zone = threat && curve.length > 1 ? within(arc, threat) : [];
  const area = zone.length > 1 ? `M${x(threat.x)},${y(threat.y)}` + zone.map((c) => `L${x(c[0]).toFixed(1)},${y(c[1]).toFixed(1)}`).join("") + "Z" : null;
  const show = (e, title, lines) => setHover({ x: e.clientX, y: e.clientY, title, lines });
  const words = (p) => [`${names[0]}: ${change(p.x, 3)}`, `${names[1]}: ${change(p.y, 3)}`];
  const ticks = (scale, count) => scale.ticks(count);
  return (
    <div class="plane" ref={frame} onPointerLeave={() => setHover(null)}>
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={`Pay-off plane of ${names[0]} and ${names[1]}: ${points.map((p) => `${p.label} ${change(p.x, 3)}, ${change(p.y, 3)}`).join("; ")}`}>
        {ticks(x, Math.max(3, width / 110)).map((t) => <g key={`x${t}`}><line class={t === 0 ? "plane-zero" : "plane-grid"} x1={x(t)} x2={x(t)} y1={margin.top} y2={height - margin.bottom} /><text class="plane-tick" x={x(t)} y={height - margin.bottom + 16} text-anchor="middle">{change(t, 2).replace(/^\+?0\.00$/, "0")}</text></g>)}
        {ticks(y, 7).map((t) => <g key={`y${t}`}><line class={t === 0 ? "plane-zero" : "plane-grid"} x1={margin.left} x2={width - margin.right} y1={y(t)} y2={y(t)} /><text class="plane-tick" x={margin.left - 8} y={y(t) + 4} text-anchor="end">{change(t, 2).replace(/^\+?0\.00$/, "0")}</text></g>)}
        <text class="plane-axis" x={(margin.left + width - margin.right) / 2} y={height - 8} text-anchor="middle">{names[0]} gains →</text>
        <text class="plane-axis" transform={`translate(14 ${(margin.top + height - margin.bottom) / 2}) rotate(-90)`} text-anchor="middle">{names[1]} gains →</text>
        <clipPath id="plane-clip"><rect x={margin.left} y={margin.top} width={width - margin.left - margin.right} height={height - margin.top - margin.bottom} /></clipPath>
        {lines && <path class="plane-threat" d={`M${x(lines.x)},${margin.top}V${y(lines.y)}H${width - margin.right}`} clip-path="url(#plane-clip)" />}
        {area && <path class="plane-zone" d={area} clip-path="url(#plane-clip)" />}
        {curve.length > 1 && <path class="plane-frontier" d={line} clip-path="url(#plane-clip)" />}
        <g clip-path="url(#plane-clip)">{curve.map((c, k) => <circle key={`c${k}`} class="plane-dot" cx={x(c[0])} cy={y(c[1])} r="2.6" onPointerMove={(e) => show(e, `Frontier, point ${k + 1} of ${curve.length}`, [...words({ x: c[0], y: c[1] }), c[2] === null ? `${names[1]} has all` : `${names[0]} gives ${Number(c[2].toPrecision(3))} for one of ${names[1]}`])} />)}</g>
        {labels.map((l) => l.far && <line key={`f${l.i}`} class="plane-leader" x1={x(points[l.i].x)} y1={y(points[l.i].y)} x2={l.at} y2={l.y - 4} />)}
        {points.map((p, i) => (
          <g key={`p${i}`} class="plane-point" data-point={p.name} transform={`translate(${x(p.x).toFixed(1)} ${y(p.y).toFixed(1)})`} onPointerMove={(e) => show(e, p.label, words(p))}>
            <circle r="11" class="plane-reach" /><PlaneMark kind={kindOf(p.concept)} />
          </g>
        ))}
        {labels.map((l) => <text key={`l${l.i}`} class="plane-label" x={l.at} y={l.y} text-anchor={l.anchor}>{l.text}</text>)}
      </svg>
      {view.beyond.length > 0 && <p class="key-line">Beyond the picture: {view.beyond.map((p) => `${p.label} (${change(p.x, 2)}, ${change(p.y, 2)})`).join("; ")}</p>}
      <Tooltip at={hover} />
    </div>
  );
}
