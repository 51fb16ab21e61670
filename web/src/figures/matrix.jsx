// matrix.jsx: who sells more or less to whom: exporters down, importers across, each cell a change in percent.
// SPDX-License-Identifier: MIT
import { useState } from "preact/hooks";
import { classOf } from "../colour.js";
import { money, percent } from "../format.js";
import { Tooltip } from "../parts/tooltip.jsx";

export function bilateralPercent(report, s, importer, exporter) {
  const flow = report.bilateral(s, importer, exporter);
  return 100 * (flow.after / flow.before - 1);
}

export function TradeMatrix({ report, s, breaks, selected }) {
  const [hover, setHover] = useState(null);
  const places = report.main.map((_, i) => i);
  const point = (event, importer, exporter) => {
    const flow = report.bilateral(s, importer, exporter);
    setHover({
      x: event.clientX, y: event.clientY, importer, exporter,
      title: `${report.label(report.main[exporter])} → ${report.label(report.main[importer])}`,
      lines: [`${money(flow.before)} before, ${money(flow.after)} after`, percent(100 * (flow.after / flow.before - 1), 1)],
    });
  };
  return (
    <div class="matrix-box scroll" tabIndex={0} role="region" aria-label="Change in trade by exporter and importer" onPointerLeave={() => setHover(null)}>
      <div class="matrix" style={{ gridTemplateColumns: `minmax(7.5rem, 12rem) repeat(${places.length}, minmax(1.5rem, 1fr))` }}>
        <span class="corner">sells ↓ &nbsp; to →</span>
        {places.map((m) => <span key={m} class={hover?.importer === m ? "column-head on" : "column-head"} title={report.label(report.main[m])}>{report.regions[report.main[m]].code}</span>)}
        {places.map((x) => [
          <span key={`h${x}`} class={report.main[x] === selected || hover?.exporter === x ? "row-head on" : "row-head"}>{report.label(report.main[x])}</span>,
          ...places.map((m) => m === x ? <span key={`${x}-${m}`} class="cell self" /> : (
            <span key={`${x}-${m}`} class={`cell ${classOf(bilateralPercent(report, s, m, x), breaks)}`} onPointerMove={(e) => point(e, m, x)}
              data-pair={`${report.regions[report.main[x]].code}-${report.regions[report.main[m]].code}`} />
          )),
        ])}
      </div>
      <Tooltip at={hover} />
    </div>
  );
}
