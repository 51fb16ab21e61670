// about.jsx: where the numbers of a page come from, how certain the answer is, and the line that makes it again.
// SPDX-License-Identifier: MIT
import { power } from "../format.js";
import { Figure } from "./figure.jsx";

export function About({ data }) {
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
