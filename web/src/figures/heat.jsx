// heat.jsx: a matrix of numbers as coloured cells with the number in them: rows act on (or depend on) columns.
// SPDX-License-Identifier: MIT
import { useState } from "preact/hooks";
import { classOf } from "../colour.js";
import { Tooltip } from "../parts/tooltip.jsx";

// rows, columns: [{ code, label }]; value(r, c): what is painted, NaN for none; words(r, c): { title, lines }; show: number -> text;
// named: columns are headed by their labels, on several lines, instead of their codes.
export function Heat({ rows, columns, corner, label, value, breaks, words, show, own, selected, named }) {
  const [hover, setHover] = useState(null);
  const point = (e, r, c) => setHover({ x: e.clientX, y: e.clientY, r, c, ...words(r, c) });
  return (
    <div class="matrix-box scroll" tabIndex={0} role="region" aria-label={label} onPointerLeave={() => setHover(null)}>
      <div class={`matrix heat${columns.length < 8 ? " few" : ""}`} style={{ gridTemplateColumns: `${columns.length < 8 ? "fit-content(min(17rem, 38vw))" : "minmax(6.5rem, 9.5rem)"} repeat(${columns.length}, minmax(2.05rem, ${columns.length < 6 ? "7rem" : "1fr"}))` }}>
        <span class="corner">{corner}</span>
        {columns.map((x, c) => <span key={x.code} class={`column-head${named ? " named" : ""}${hover?.c === c ? " on" : ""}`} title={x.label}>{named ? x.label : x.code}</span>)}
        {rows.map((row, r) => [
          <span key={row.code} class={selected === row.code || hover?.r === r ? "row-head on" : "row-head"} title={row.label}>{row.label}</span>,
          ...columns.map((column, c) => {
            const x = value(r, c);
            if (!Number.isFinite(x) || (!own && row.code === column.code)) return <span key={`${r}-${c}`} class="cell self" />;
            const shade = classOf(x, breaks);
            return <span key={`${r}-${c}`} class={`cell ${shade}${/-[45]$/.test(shade) ? " deep" : ""}`} data-pair={`${row.code}-${column.code}`} onPointerMove={(e) => point(e, r, c)}>{show(x)}</span>;
          }),
        ])}
      </div>
      <Tooltip at={hover} />
    </div>
  );
}
