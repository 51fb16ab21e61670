// readable.mjs: what runs inside a page to find texts too faint to be read (as WCAG 2 reckons contrast) and controls without a
// name.
// SPDX-License-Identifier: MIT

export function faintTexts() {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const colour = rgba(getComputedStyle(e).backgroundColor);
      if (colour[3] > 200) return colour;
    }
    return [255, 255, 255, 255];
  };
  const faint = [];
  const walker = document.createTreeWalker(document.getElementById("entente"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement, style = getComputedStyle(element);
    if (!node.textContent.trim() || element.closest(".sr, svg, option, :disabled") || !element.checkVisibility()) continue;
    const a = light(rgba(style.color)), b = light(ground(element));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const size = parseFloat(style.fontSize);
    if (ratio < (size >= 24 ? 3 : 4.5)) faint.push(`${node.textContent.trim().slice(0, 30)}: ${ratio.toFixed(2)}`);
  }
  return [...new Set(faint)].slice(0, 12);
}

export function namelessControls() {
  const named = (e) => {
    const by = e.getAttribute("aria-labelledby");
    if (e.getAttribute("aria-label")?.trim() || (by && document.getElementById(by)?.textContent.trim())) return true;
    if (["INPUT", "SELECT", "TEXTAREA"].includes(e.tagName)) return [...(e.labels ?? [])].some((l) => l.textContent.trim());
    return Boolean(e.textContent.trim());
  };
  const all = [...document.querySelectorAll("button, a[href], input, select, textarea, summary, [role=tab], [role=region], [role=img], [role=tablist], section")];
  const nameless = all.filter((e) => e.checkVisibility() && !named(e)).map((e) => e.outerHTML.slice(0, 90));
  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  const twice = ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `two elements are called ${id}`);
  const levels = [...document.querySelectorAll("table")].filter((t) => t.checkVisibility() && !t.querySelector("th[scope=col]")).map((t) => `a table without heads: ${t.outerHTML.slice(0, 60)}`);
  return [...nameless, ...twice, ...levels].slice(0, 12);
}
