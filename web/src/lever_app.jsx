// lever_app.jsx: report.html of `entente lever`: heat maps of who can hurt whom and who depends on whom, or ranked instruments.
// SPDX-License-Identifier: MIT
import { useState } from "preact/hooks";
import { power } from "./format.js";
import { Exposure, LeverMatrix, Rank } from "./leverage.jsx";
import { About } from "./parts/about.jsx";
import { Tools } from "./parts/figure.jsx";

const titles = { matrix: "Who can hurt whom", exposure: "Who depends on whom" };
const numberOr = (x) => (x === null || x === undefined ? NaN : x);

export function LeverApp({ data }) {
  const [sector, setSector] = useState(data.exposures?.[0]?.sector ?? "");
  const rows = data.rows?.map((r) => ({ ...r, effect: numberOr(r.effect), effect_usd: numberOr(r.effect_usd), own_usd: numberOr(r.own_usd), ratio: numberOr(r.ratio) }));
  const title = titles[data.question] ?? `What moves ${data.objective}`;
  const tools = {
    foot: () => [`${title}, ${data.where} · ${data.title || data.world}`, `Entente ${data.version}; residual ${power(Math.max(Math.abs(data.certificate.excess), Math.abs(data.certificate.price)))} within ${power(data.certificate.tolerance, 0)}`],
    link: (id) => new URL(`#${id}`, document.location).href,
    command: () => data.command,
  };
  return (
    <Tools.Provider value={tools}>
      <div class="bar-top"><div class="bar-inner"><span class="wordmark">Entente</span><span class="alone">{data.where}</span><a class="seal" href="#data">✓ certified</a></div></div>
      <main>
        <header>
          <p class="kicker">{data.world}{data.year ? ` · ${data.year}` : ""} · {data.all_regions} regions, {data.sectors.length} sectors</p>
          <h1>{title}</h1>
          {data.actions.length > 0 && <ul class="actions">{data.actions.map((line, i) => <li key={i}>{line}</li>)}</ul>}
          {data.regions.length < data.all_regions && <p class="unit">The {data.regions.length} regions with the largest incomes; the CSV beside this file has all.</p>}
        </header>
        {data.question === "matrix" && <LeverMatrix data={data} where={data.where} definition={data.definition} />}
        {data.question === "exposure" && <Exposure data={data} where={data.where} definition={data.definition} sector={sector} setSector={setSector} />}
        {data.question === "rank" && <Rank data={{ ...data, rows }} title="Instruments, by their effect" regions={data.regions} sectors={data.sectors} />}
        <footer><About data={data} /></footer>
      </main>
    </Tools.Provider>
  );
}
