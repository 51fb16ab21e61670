// switcher.jsx: the bar that stays in sight: which scenario is shown, and whether its answer is certified.
// SPDX-License-Identifier: MIT
import { power } from "../format.js";

export function Switcher({ report, s, onChange }) {
  const certificate = report.scenarios[s].certificate;
  return (
    <div class="bar-top">
      <div class="bar-inner">
        <span class="wordmark">Entente</span>
        {report.scenarios.length > 1 ? (
          <fieldset class="tabs">
            <legend class="sr">Scenario</legend>
            {report.scenarios.map((scenario, i) => (
              <label key={i} class={i === s ? "tab on" : "tab"}>
                <input type="radio" name="scenario" value={i} checked={i === s} onChange={() => onChange(i)} />
                <span>{scenario.name}</span>
              </label>
            ))}
          </fieldset>
        ) : <span class="alone">{report.scenarios[0].name}</span>}
        <a class={certificate.converged ? "seal" : "seal bad"} href="#certificate" title={report.scenarios[s].certificate_words}>
          {certificate.converged ? "✓ certified" : "✗ not converged"}
          <span class="seal-more"> · residual {power(largest(certificate), 0)}</span>
        </a>
      </div>
    </div>
  );
}

const largest = (c) => Math.max(Math.abs(c.excess), Math.abs(c.price));
