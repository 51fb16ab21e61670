// app.jsx: the report from top to bottom.
// SPDX-License-Identifier: MIT
import { useState } from "preact/hooks";
import { Causes, Income, Linear, Matrix, Pair, Sectors } from "./sections.jsx";
import { Tools } from "./parts/figure.jsx";
import { Headline } from "./parts/headline.jsx";
import { Foot } from "./parts/foot.jsx";
import { Switcher } from "./parts/switcher.jsx";

// What a reader of the report may take along: a link is a place in this file.
const toolsOf = (report, s) => ({
  foot: () => [`${report.scenarios[s].name} · ${report.world.title || report.world.name}`, `Entente ${report.version}, ${report.scenarios[s].certificate_words}`],
  link: (id) => new URL(`#${id}`, document.location).href,
  command: () => report.command,
});

export function App({ report, map }) {
  const [s, setScenario] = useState(0);
  const [variable, setVariable] = useState("real_income");
  const [selected, setSelected] = useState(-1);
  const scenario = report.scenarios[s];
  return (
    <Tools.Provider value={toolsOf(report, s)}>
      <Switcher report={report} s={s} onChange={setScenario} />
      <main>
        <header>
          <p class="kicker">{report.world.name}{report.world.year ? ` · ${report.world.year}` : ""} · {report.regions.length} regions, {report.sectors.length} sectors</p>
          <h1>{scenario.name}</h1>
          <ul class="actions">{scenario.actions.length > 0 ? scenario.actions.map((line, i) => <li key={i}>{line}</li>) : <li>no action: the benchmark itself</li>}</ul>
          <Headline report={report} s={s} />
          <p class={scenario.certificate.converged ? "certificate-line" : "certificate-line bad"}>{scenario.certificate_words}</p>
        </header>
        <Income {...{ report, map, s, variable, setVariable, selected, setSelected }} />
        <Pair {...{ report, s, setScenario }} />
        <Matrix {...{ report, s, selected }} />
        <Sectors {...{ report, s, selected }} />
        <Causes {...{ report, s, selected, setSelected }} />
        <Linear {...{ report, s }} />
        <Foot report={report} />
      </main>
    </Tools.Provider>
  );
}
