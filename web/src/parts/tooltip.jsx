// tooltip.jsx: one box that follows the pointer over a picture. What it says is also in titles and tables.
// SPDX-License-Identifier: MIT
export function Tooltip({ at }) {
  if (!at) return null;
  const left = Math.min(at.x + 14, window.innerWidth - 260);
  const above = at.y > window.innerHeight - 140;
  return (
    <div class="tooltip" aria-hidden="true" style={{ left: `${Math.max(left, 8)}px`, top: `${above ? at.y - 100 : at.y + 16}px` }}>
      <strong>{at.title}</strong>
      {at.lines.map((line, i) => <span key={i}>{line}</span>)}
    </div>
  );
}
