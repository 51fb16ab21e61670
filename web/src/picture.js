// picture.js: a figure as it stands on the screen, as SVG or PNG. The figure's elements are read where the browser has laid
// them: boxes, borders, lines of text, shapes of inline SVG; each becomes one mark of a list, and the list is written as SVG or
// painted on a canvas. So every figure has a picture without knowing of it, texts stay texts, and what is seen is what is saved.
// Not read: shadows, gradients beyond their first colour, turned boxes; no figure needs them.
// SPDX-License-Identifier: MIT

const leftOut = ".sr, .tools, .controls, .behind, .more-button, .tooltip, [hidden]";
const margin = 24;
const seen = (colour) => colour && colour !== "none" && colour !== "transparent" && !/rgba\([^)]*, 0\)$/.test(colour);
const shapeNames = new Set(["path", "rect", "circle", "ellipse", "line", "polygon", "polyline"]);
const geometry = ["d", "x", "y", "width", "height", "rx", "ry", "cx", "cy", "r", "x1", "y1", "x2", "y2", "points"];

// ---- reading ----

function readBox(element, style, marks, at, opacity) {
  const box = element.getBoundingClientRect();
  if (box.width === 0 || box.height === 0) return;
  const place = { x: box.left - at.x, y: box.top - at.y, width: box.width, height: box.height };
  const radius = Math.min(parseFloat(style.borderTopLeftRadius) * (style.borderTopLeftRadius.endsWith("%") ? box.width / 100 : 1) || 0, box.width / 2);
  if (seen(style.backgroundColor)) marks.push({ kind: "box", ...place, radius, fill: style.backgroundColor, opacity });
  const painted = style.backgroundImage.match(/(rgba?|color|oklch|oklab|lab)\([^()]*\)/);
  if (painted && seen(painted[0])) {
    const thin = style.backgroundSize.match(/ ([\d.]+)px$/);
    const height = thin ? Math.min(Number(thin[1]), box.height) : box.height;
    marks.push({ kind: "box", ...place, y: place.y + (box.height - height) / 2, height, radius: 0, fill: painted[0], opacity });
  }
  const width = (side) => (style[`border${side}Style`] === "none" || !seen(style[`border${side}Color`]) ? 0 : parseFloat(style[`border${side}Width`]));
  if (radius > 0 && width("Top") > 0) {
    const w = width("Top");
    marks.push({ kind: "box", x: place.x + w / 2, y: place.y + w / 2, width: place.width - w, height: place.height - w, radius: radius - w / 2, stroke: style.borderTopColor, line: w, opacity });
    return;
  }
  const edge = (side, x, y, w, h) => width(side) > 0 && marks.push({ kind: "box", x, y, width: w, height: h, radius: 0, fill: style[`border${side}Color`], opacity });
  edge("Top", place.x, place.y, place.width, width("Top"));
  edge("Bottom", place.x, place.y + place.height - width("Bottom"), place.width, width("Bottom"));
  edge("Left", place.x, place.y, width("Left"), place.height);
  edge("Right", place.x + place.width - width("Right"), place.y, width("Right"), place.height);
}

const ruler = () => (ruler.context ??= document.createElement("canvas").getContext("2d"));
const fontOf = (style) => `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;

// A line that its box cuts off ends with three points, as on the screen.
function cutTo(text, room) {
  const context = ruler();
  if (context.measureText(text).width <= room + 0.5) return text;
  let end = text.length;
  while (end > 0 && context.measureText(text.slice(0, end) + "…").width > room) end--;
  return text.slice(0, end).trimEnd() + "…";
}

// The lines of a text node: words whose boxes stand at one height.
function linesOf(node) {
  const range = document.createRange(), lines = [];
  for (const word of node.data.matchAll(/\S+/g)) {
    range.setStart(node, word.index);
    range.setEnd(node, word.index + word[0].length);
    const box = range.getBoundingClientRect();
    if (box.width === 0) continue;
    const last = lines.at(-1);
    if (last && Math.abs(last.top - box.top) < 2) Object.assign(last, { text: `${last.text} ${word[0]}`, right: box.right });
    else lines.push({ top: box.top, left: box.left, right: box.right, height: box.height, text: word[0] });
  }
  return lines;
}

function readText(node, style, marks, at, opacity, room) {
  const context = ruler();
  context.font = fontOf(style);
  const metrics = context.measureText("x");
  for (const line of linesOf(node)) {
    const content = metrics.fontBoundingBoxAscent + metrics.fontBoundingBoxDescent;
    const baseline = line.top + (line.height - content) / 2 + metrics.fontBoundingBoxAscent;
    const text = room ? cutTo(line.text, room.right - line.left) : line.text;
    const length = text === line.text ? line.right - line.left : 0;
    marks.push({ kind: "text", x: line.left - at.x, y: baseline - at.y, text, length, font: style, fill: style.color, opacity, anchor: "start" });
  }
}

function readShape(element, style, marks, at, opacity) {
  const m = element.getScreenCTM();
  if (!m) return;
  const matrix = [m.a, m.b, m.c, m.d, m.e - at.x, m.f - at.y];
  const paint = { fill: style.fill, fillOpacity: Number(style.fillOpacity), stroke: style.stroke, line: parseFloat(style.strokeWidth), dash: style.strokeDasharray === "none" ? "" : style.strokeDasharray, join: style.strokeLinejoin };
  if (element.tagName === "text") {
    const anchor = style.textAnchor, x = Number(element.getAttribute("x") ?? 0), y = Number(element.getAttribute("y") ?? 0);
    const shift = style.dominantBaseline === "middle" || style.dominantBaseline === "central" ? 0.35 * parseFloat(style.fontSize) : 0;
    const dy = parseFloat(element.getAttribute("dy") ?? 0) * (/em$/.test(element.getAttribute("dy") ?? "") ? parseFloat(style.fontSize) : 1);
    const text = [...element.childNodes].filter((n) => n.nodeType === Node.TEXT_NODE || n.tagName === "tspan").map((n) => n.textContent).join("");
    if (text) marks.push({ kind: "text", x, y: y + shift + dy, text, font: style, fill: style.fill, opacity, anchor, matrix });
    return;
  }
  const attributes = Object.fromEntries(geometry.filter((name) => element.hasAttribute(name)).map((name) => [name, element.getAttribute(name)]));
  if (seen(style.fill) || seen(style.stroke)) marks.push({ kind: "shape", name: element.tagName, attributes, matrix, opacity, ...paint });
}

function read(element, marks, at, opacity, room) {
  if (element.matches(leftOut)) return;
  const style = getComputedStyle(element);
  if (style.display === "none" || style.visibility === "hidden") return;
  const here = opacity * Number(style.opacity);
  if (here === 0) return;
  if (element instanceof SVGElement) {
    if (shapeNames.has(element.tagName) || element.tagName === "text") readShape(element, style, marks, at, here);
    else if (element.tagName !== "defs" && element.tagName !== "title") for (const child of element.children) read(child, marks, at, here, null);
    return;
  }
  readBox(element, style, marks, at, here);
  const inside = style.textOverflow === "ellipsis" ? element.getBoundingClientRect() : room;
  const options = element.tagName === "SELECT" ? [] : element.childNodes;
  for (const child of options) {
    if (child.nodeType === Node.TEXT_NODE) readText(child, style, marks, at, here, inside);
    else if (child.nodeType === Node.ELEMENT_NODE) read(child, marks, at, here, inside);
  }
}

// The figure's marks, its size, its ground; `foot` are lines below it that say where the numbers come from.
export function readFigure(element, foot = []) {
  const box = element.getBoundingClientRect(), marks = [];
  const at = { x: box.left - margin, y: box.top - margin };
  const ground = getComputedStyle(document.body).backgroundColor;
  for (const child of element.children) read(child, marks, at, 1, null);
  const right = Math.max(box.width, ...marks.filter((m) => m.kind === "box").map((m) => m.x + m.width - margin));
  const low = Math.max(0, ...marks.map((m) => (m.kind === "box" ? m.y + m.height : m.kind === "text" && !m.matrix ? m.y + 4 : m.kind === "shape" && element.querySelector("svg") ? 0 : 0)),
    ...[...element.querySelectorAll("svg")].map((svg) => svg.getBoundingClientRect().bottom - at.y));
  const style = getComputedStyle(element.querySelector(".unit, .note") ?? element);
  const context = ruler();
  const small = { fontFamily: style.fontFamily, fontSize: "11px", fontWeight: "400", fontStyle: "normal" };
  context.font = fontOf(small);
  let y = low + 22;
  for (const line of foot) {
    marks.push({ kind: "text", x: margin, y, text: cutTo(line, right), font: small, fill: style.color, opacity: 1, anchor: "start" });
    y += 15;
  }
  return { marks, width: Math.ceil(right + 2 * margin), height: Math.ceil(y + margin / 2 - 15 * (foot.length > 0)), ground };
}

// ---- writing ----

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
const digits = (x) => String(Math.round(x * 100) / 100);

function colour(text) {
  const parts = text.match(/^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/);
  if (parts) return { rgb: `rgb(${parts[1]},${parts[2]},${parts[3]})`, alpha: parts[4] === undefined ? 1 : Number(parts[4]) };
  const srgb = text.match(/^color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ ([\d.]+))?\)$/); // what color-mix computes to
  if (srgb) return { rgb: `rgb(${srgb.slice(1, 4).map((v) => Math.round(255 * v))})`, alpha: srgb[4] === undefined ? 1 : Number(srgb[4]) };
  return { rgb: text, alpha: 1 };
}

function paintAttributes(mark) {
  const out = [];
  const fill = seen(mark.fill) ? colour(mark.fill) : null, stroke = seen(mark.stroke) ? colour(mark.stroke) : null;
  out.push(`fill="${fill ? fill.rgb : "none"}"`);
  const alpha = (fill?.alpha ?? 1) * (mark.fillOpacity ?? 1);
  if (alpha < 1) out.push(`fill-opacity="${digits(alpha)}"`);
  if (stroke && mark.line > 0) out.push(`stroke="${stroke.rgb}" stroke-width="${digits(mark.line)}"`);
  if (stroke && stroke.alpha < 1) out.push(`stroke-opacity="${digits(stroke.alpha)}"`);
  if (mark.dash) out.push(`stroke-dasharray="${mark.dash}"`);
  if (mark.join && mark.join !== "miter") out.push(`stroke-linejoin="${mark.join}"`);
  if (mark.opacity < 1) out.push(`opacity="${digits(mark.opacity)}"`);
  if (mark.matrix) out.push(`transform="matrix(${mark.matrix.map((v) => Math.round(v * 1e5) / 1e5).join(" ")})"`);
  return out.join(" ");
}

function markSvg(mark) {
  if (mark.kind === "box") return `<rect x="${digits(mark.x)}" y="${digits(mark.y)}" width="${digits(mark.width)}" height="${digits(mark.height)}"${mark.radius > 0 ? ` rx="${digits(mark.radius)}"` : ""} ${paintAttributes(mark)}/>`;
  if (mark.kind === "text") {
    const f = mark.font, anchor = mark.anchor === "start" ? "" : ` text-anchor="${mark.anchor}"`;
    const fitted = mark.length > 0 ? ` textLength="${digits(mark.length)}" lengthAdjust="spacingAndGlyphs"` : ""; // where the font is another one
    return `<text x="${digits(mark.x)}" y="${digits(mark.y)}"${anchor}${fitted} font-family="${escape(f.fontFamily.replaceAll('"', "'"))}" font-size="${parseFloat(f.fontSize)}" font-weight="${f.fontWeight}" ${paintAttributes(mark)}>${escape(mark.text)}</text>`;
  }
  const attributes = Object.entries(mark.attributes).map(([name, value]) => `${name}="${escape(value)}"`).join(" ");
  return `<${mark.name} ${attributes} ${paintAttributes(mark)}/>`;
}

export function svgText(picture, title) {
  const { width, height, marks, ground } = picture;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escape(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${colour(ground).rgb}"/>`,
    ...marks.map(markSvg),
    "</svg>\n",
  ].join("\n");
}

function shapePath({ name, attributes: a }) {
  const n = (key) => Number(a[key] ?? 0), path = new Path2D();
  if (name === "path") return new Path2D(a.d);
  if (name === "rect") path.roundRect(n("x"), n("y"), n("width"), n("height"), n("rx"));
  if (name === "circle") path.arc(n("cx"), n("cy"), n("r"), 0, 2 * Math.PI);
  if (name === "ellipse") path.ellipse(n("cx"), n("cy"), n("rx"), n("ry"), 0, 0, 2 * Math.PI);
  if (name === "line") { path.moveTo(n("x1"), n("y1")); path.lineTo(n("x2"), n("y2")); }
  if (name === "polygon" || name === "polyline") {
    (a.points ?? "").trim().split(/[\s,]+/).map(Number).forEach((x, i, all) => i % 2 === 0 && path[i === 0 ? "moveTo" : "lineTo"](x, all[i + 1]));
    if (name === "polygon") path.closePath();
  }
  return path;
}

function paintMark(context, mark, scale) {
  const m = mark.matrix ?? [1, 0, 0, 1, 0, 0];
  context.setTransform(...m.map((v) => v * scale));
  context.globalAlpha = mark.opacity;
  if (mark.kind === "text") {
    context.font = fontOf(mark.font);
    context.textAlign = { start: "left", middle: "center", end: "right" }[mark.anchor] ?? "left";
    context.fillStyle = mark.fill;
    context.fillText(mark.text, mark.x, mark.y);
    return;
  }
  const path = mark.kind === "shape" ? shapePath(mark) : new Path2D();
  if (mark.kind === "box") path.roundRect(mark.x, mark.y, mark.width, mark.height, mark.radius);
  if (seen(mark.fill)) {
    context.globalAlpha = mark.opacity * (mark.fillOpacity ?? 1);
    context.fillStyle = mark.fill;
    context.fill(path);
    context.globalAlpha = mark.opacity;
  }
  if (seen(mark.stroke) && mark.line > 0) {
    context.strokeStyle = mark.stroke;
    context.lineWidth = mark.line;
    context.lineJoin = mark.join || "miter";
    context.setLineDash((mark.dash || "").split(/[\s,]+/).map(parseFloat).filter(Number.isFinite));
    context.stroke(path);
  }
}

export function pngBlob(picture, scale = 2) {
  const canvas = document.createElement("canvas");
  canvas.width = picture.width * scale;
  canvas.height = picture.height * scale;
  const context = canvas.getContext("2d");
  context.fillStyle = picture.ground;
  context.fillRect(0, 0, canvas.width, canvas.height);
  for (const mark of picture.marks) paintMark(context, mark, scale);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}
