// lever_app.jsx: report.html of `entente lever`: heat maps of who can hurt whom and who depends on whom, or ranked instruments.
// SPDX-License-Identifier: MIT
import { useState } from "preact/hooks";
import { power } from "./format.js";
import { Exposure, LeverMatrix, Rank } from "./leverage.jsx";
import { Figure, Tools } from "./parts/figure.jsx";

const titles = { matrix: "Who can hurt whom", exposure: "Who depends on whom" };
const numberOr = (x) => (x === null || x === undefined ? NaN : x);

function About({ data }) {
  const c = data.certificate;
  return (
    <Figure plain id="data" title="Data and reproduction">
      <dl class="about">
        <dt>World</dt><dd>{data.title || data.world}</dd>
        {data.source && [<dt key="s">Source</dt>, <dd key="sd">{data.source}</dd>]}
        {data.licence && [<dt key="l">Licence</dt>, <dd key="ld">{data.licence}</dd>]}
        <dt>Blueprint</dt><dd>{data.blueprint}</dd>
        <dt>Certificate</dt><dd>largest excess demand {power(Math.abs(c.excess))}, price residual {power(Math.abs(c.price))}, Walras {power(Math.abs(c.walras))}, within {power(c.tolerance, 0)}</dd>
        <dt>SHA-256</dt><dd><code>{data.world_hash}</code></dd>
        <dt>Command</dt><dd><code class="command">{data.command}</code></dd>
        <dt>Program</dt><dd>Entente {data.version}</dd>
      </dl>
      <details class="behind"><summary>Licences of the software in this page</summary><pre>{document.getElementById("entente-notices").textContent}</pre></details>
    </Figure>
  );
}

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
