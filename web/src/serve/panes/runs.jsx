// runs.jsx: what the server keeps: open a run again, pin it beside what is shown, mark it, take its files, remove it.
// SPDX-License-Identifier: MIT
import { useEffect, useRef, useState } from "preact/hooks";
import { change, decimalsFor } from "../../format.js";
import { address, get, patch, remove } from "../api.js";

const files = ["report.html", "regions.csv", "sectors.csv", "flows.csv", "results.nc", "manifest.json"];
const when = (iso) => new Date(iso).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });

function extremes(row) {
  const incomes = row.scenarios[0]?.real_income ?? [];
  if (incomes.length === 0) return "";
  const sorted = [...incomes].sort((a, b) => a[1] - b[1]), digits = decimalsFor(Math.max(...incomes.map((x) => Math.abs(x[1]))));
  const words = ([code, x]) => `${code} ${change(x, digits)}%`;
  return `${words(sorted[0])} … ${words(sorted.at(-1))}`;
}

export function Runs({ onOpen, onPin, lasting, version }) {
  const [list, setList] = useState(null), [next, setNext] = useState(null), [failed, setFailed] = useState(null), [only, setOnly] = useState(false);
  const turn = useRef(0), [asked, setAsked] = useState(0), [acting, setActing] = useState(0); // asked: whose list is here, `only` and version
  const wanted = `${only} ${version}`, now = useRef(null);
  now.current = { only, wanted };
  const load = async (before) => {
    const mine = ++turn.current, { only: marked, wanted: whose } = now.current; // a list that comes after a later one was asked for is void
    try {
      const { runs, next: more } = await get(`/runs?limit=50${before ? `&before=${before}` : ""}${marked ? "&pinned=true" : ""}`);
      if (mine !== turn.current) return;
      setList((old) => (before ? [...old, ...runs] : runs));
      setNext(more);
      setFailed(null);
    } catch (e) {
      if (mine !== turn.current) return;
      setFailed(e.message);
    }
    setAsked(whose);
  };
  useEffect(() => { load(); }, [only, version]);
  const act = async (work) => {
    setActing((n) => n + 1);
    try { await work(); await load(); } catch (e) { setFailed(e.message); }
    setActing((n) => n - 1);
  };
  const yamlOf = async (id) => { const run = await get(`/runs/${id}`); return run.request.yaml ?? run.request.scenarios[0]; };
  return (
    <section class="figure" id="runs" aria-labelledby="runs-title" aria-busy={acting > 0 || asked !== wanted}>
      <div class="figure-head">
        <div><h2 id="runs-title">Runs that are kept</h2><p class="unit">{lasting === false ? "In memory: they end with the server." : "In the server's store, on this computer."} “Keep” above adds what is shown.</p></div>
        <label class="box"><input type="checkbox" checked={only} onChange={(e) => setOnly(e.currentTarget.checked)} /> marked only</label>
      </div>
      {failed && <p class="refusal" role="alert">{failed}</p>}
      {list && list.length === 0 && <p class="hint">None yet.</p>}
      {list && list.length > 0 && (
        <div class="scroll" tabIndex={0} role="region" aria-label="Runs that are kept">
          <table class="plain runs">
            <thead><tr><th scope="col">Scenario</th><th scope="col">World real income</th><th scope="col">Regions from … to</th><th scope="col">What to do</th></tr></thead>
            <tbody>
              {list.map((row) => (
                <tr key={row.id} data-run={row.id}>
                  <th scope="row"><button type="button" class="linked" title={row.scenarios[0]?.lines?.join("\n")} onClick={() => act(async () => onOpen(await yamlOf(row.id)))}>{row.name}</button>{row.scenarios.length > 1 && ` and ${row.scenarios.length - 1} more`}<span class="when">{when(row.created)} · {row.world}</span></th>
                  <td>{change(row.scenarios[0]?.world_real_income, 3)}%</td><td>{extremes(row)}</td>
                  <td class="acts">
                    <button type="button" class="tool" aria-label={`Compare with ${row.name}`} onClick={() => act(async () => onPin(await yamlOf(row.id), row.name, row.world))}>Compare</button>
                    <button type="button" class="tool" aria-pressed={row.pinned} aria-label={`${row.pinned ? "Unmark" : "Mark"} ${row.name}`} onClick={() => act(() => patch(`/runs/${row.id}`, { pinned: !row.pinned }))}>{row.pinned ? "★" : "☆"}</button>
                    <button type="button" class="tool" aria-label={`Remove ${row.name}`} onClick={() => act(() => remove(`/runs/${row.id}`))}>Remove</button>
                    <details class="run-files"><summary>Files</summary>{files.map((f) => <a key={f} class="tool" href={address(`/runs/${row.id}/${f}`)} download={f === "report.html" ? undefined : f} target={f === "report.html" ? "_blank" : undefined} rel="noopener">{f}</a>)}</details>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {next && <button type="button" class="more-button" onClick={() => load(next)}>Older</button>}
    </section>
  );
}
