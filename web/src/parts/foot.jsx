// foot.jsx: what was simulated, how sure the answers are, where the data come from, and the line that makes it again.
// SPDX-License-Identifier: MIT
import { power } from "../format.js";
import { Figure } from "./figure.jsx";

function Source({ text }) {
  return /^https?:\/\/\S+$/.test(text) ? <a href={text} rel="noopener noreferrer">{text}</a> : <span>{text}</span>;
}

function Certificates({ report }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Certificates">
      <table class="plain">
        <thead><tr><th scope="col">Scenario</th><th scope="col">Answer</th><th scope="col">Excess demand</th><th scope="col">Prices</th><th scope="col">Walras</th><th scope="col">Tolerance</th><th scope="col">Largest at</th><th scope="col">Method</th><th scope="col">Passes</th></tr></thead>
        <tbody>
          {report.scenarios.map((x, i) => {
            const c = x.certificate;
            return (
              <tr key={i}>
                <th scope="row">{x.name}</th><td>{c.converged ? "converged" : "not converged"}</td><td>{power(Math.abs(c.excess))}</td><td>{power(Math.abs(c.price))}</td><td>{power(Math.abs(c.walras))}</td><td>{power(c.tolerance, 0)}</td>
                <td class="words">{c.worst}</td><td class="words">{c.method}</td><td>{c.passes}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

export function Foot({ report }) {
  const world = report.world;
  const blueprints = new Map();
  report.scenarios.forEach((x) => blueprints.set(x.blueprint, [...(blueprints.get(x.blueprint) ?? []), x.name]));
  return (
    <footer>
      <Figure plain id="assumed" title="What was simulated">
        <div class="assumed">
          {report.scenarios.map((x, i) => (
            <article key={i}>
              <h3>{x.name}</h3>
              <ul>{x.actions.length > 0 ? x.actions.map((line, k) => <li key={k}>{line}</li>) : <li>no action: the benchmark itself</li>}</ul>
              {x.source && <p class="source"><Source text={x.source} /></p>}
            </article>
          ))}
        </div>
        {[...blueprints].map(([words, names]) => <p key={words} class="blueprint"><b>Blueprint</b>{blueprints.size > 1 && ` (${names.join(", ")})`} {words}</p>)}
      </Figure>
      <Figure plain id="certificate" title="Certificate" unit="How far each answer is from an equilibrium, as shares of sales; an answer is shown as one only if all are within the tolerance">
        <Certificates report={report} />
      </Figure>
      <Figure plain id="data" title="Data and reproduction">
        <dl class="about">
          <dt>World</dt><dd>{world.title || world.name}; {world.unit}</dd>
          {world.source && [<dt key="s">Source</dt>, <dd key="sd">{world.source}</dd>]}
          {world.licence && [<dt key="l">Licence</dt>, <dd key="ld">{world.licence}</dd>]}
          {world.elasticity_source && [<dt key="e">Elasticities</dt>, <dd key="ed">{world.elasticity_source}</dd>]}
          {world.sha256 && [<dt key="h">SHA-256</dt>, <dd key="hd"><code>{world.sha256}</code></dd>]}
          {report.command && [<dt key="c">Command</dt>, <dd key="cd"><code class="command">{report.command}</code></dd>]}
          <dt>Program</dt><dd>Entente {report.version}. Map: Natural Earth, 1:50 million; boundaries as drawn there, without a position on any of them.</dd>
        </dl>
        <details class="behind"><summary>Licences of the software in this page</summary><pre>{document.getElementById("entente-notices").textContent}</pre></details>
      </Figure>
    </footer>
  );
}
