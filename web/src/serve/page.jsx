// page.jsx: the whole page: the bar, the policy on the left, the answers on the right in panes; what is seen is in the address.
// SPDX-License-Identifier: MIT
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Report } from "../data.js";
import { money, percent, power } from "../format.js";
import { copy, Tools } from "../parts/figure.jsx";
import { Headline } from "../parts/headline.jsx";
import { Causes, Income, Linear, Sectors } from "../sections.jsx";
import { post } from "./api.js";
import { Builder } from "./builder.jsx";
import { blank, refusalOf, useScenario } from "./document.js";
import { readLink, writeLink } from "./link.js";
import { Chokepoints } from "./panes/chokepoints.jsx";
import { Country } from "./panes/country.jsx";
import { Leverage } from "./panes/leverage.jsx";
import { Runs } from "./panes/runs.jsx";
import { TalksPane } from "./panes/talks.jsx";
import { Trade } from "./panes/trade.jsx";
import { useResults } from "./results.js";
import { shellLines } from "./shell.js";
import { Theme } from "./theme.jsx";
import { loadWorld } from "./world.js";
import { treeText } from "./yaml.js";

const panes = [["world", "World"], ["country", "Country"], ["trade", "Trade"], ["sectors", "Sectors"], ["causes", "Causes"], ["leverage", "Leverage"], ["talks", "War and talks"], ["chokepoints", "Chokepoints"], ["runs", "Runs"]];
const mostPins = 5, firstPreset = "lancaster-house/truce";

function PaneTabs({ pane, setPane }) {
  const list = useRef(null);
  const key = (e) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
    if (!step) return;
    e.preventDefault();
    const at = panes.findIndex(([name]) => name === pane), next = (at + step + panes.length) % panes.length;
    setPane(panes[next][0]);
    list.current.children[next].focus();
  };
  return (
    <div class="pane-tabs" role="tablist" aria-label="Answers" ref={list} onKeyDown={key}>
      {panes.map(([name, label]) => <button key={name} type="button" role="tab" id={`tab-${name}`} aria-selected={pane === name} aria-controls="pane" tabIndex={pane === name ? 0 : -1} onClick={() => setPane(name)}>{label}</button>)}
    </div>
  );
}

// How far the answer is from an equilibrium, how it was found, how long it took: always in sight.
function Certificate({ shown, stale }) {
  if (!shown) return <p class="certificate wait">no answer yet</p>;
  const c = shown.raw.scenarios[0].certificate, residual = Math.max(Math.abs(c.excess), Math.abs(c.price));
  return (
    <p class={c.converged ? "certificate" : "certificate bad"} title={shown.raw.scenarios[0].certificate_words}>
      <b>{c.converged ? "✓ certified" : "✗ not converged"}</b> residual {power(residual, 0)} <span class="wide">within {power(c.tolerance, 0)}, Walras {power(Math.abs(c.walras), 0)}, {c.method}, </span>{c.passes} passes, <span class="ms">{Math.max(1, Math.round(1000 * shown.answer.seconds))} ms</span>{stale && <b class="stale-words"> of the last valid policy</b>}
    </p>
  );
}

function Bar({ world, shown, pins, near, against, setAgainst, onPin, onUnpin, onSwap, sure, setSure, onKeep, said, stale }) {
  return (
    <div class="result-bar">
      <div class="result-line">
        <Certificate shown={shown} stale={stale} />
        <span class="base" title={world?.unit}>{world?.name}{world?.year ? `, base year ${world.year}` : ""}</span>
      </div>
      <div class="result-line">
        <label class="choice"><span>Against</span>
          <select value={against} onChange={(e) => setAgainst(Number(e.currentTarget.value))}>
            <option value={-1} selected={against < 0}>the benchmark</option>
            {near.map((p, i) => <option key={i} value={i + 1} selected={against === i + 1}>{p.name}</option>)}
          </select>
        </label>
        <span class="pins">
          {pins.map((p, i) => <span key={i} class={near.includes(p) ? "pin" : "pin away"}><button type="button" class="pin-name" title={near.includes(p) ? "edit this one" : `edit this one, on the world ${p.world}`} onClick={() => onSwap(i)}>{p.name}</button><button type="button" class="pin-off" aria-label={`Unpin ${p.name}`} onClick={() => onUnpin(i)}>×</button></span>)}
          <button type="button" class="tool" disabled={pins.length >= mostPins} onClick={onPin}>Pin</button>
        </span>
        <span class="result-tools">
          <button type="button" class="tool" aria-pressed={sure} title="standard errors from how far published trade elasticities disagree" onClick={() => setSure(!sure)}>± elasticities</button>
          <button type="button" class="tool" onClick={onKeep}>Keep</button>
          <span class="said" role="status">{said}</span>
        </span>
      </div>
    </div>
  );
}

// One line for those who listen, when an answer has settled.
function spoken(report) {
  const order = report.ranked(0, "real_income"), d = report.decimals("real_income");
  const words = (n) => `${report.label(n)} ${percent(report.percent(0, "real_income", n), d)}`;
  return `Real income: ${words(report.worldIndex)}; least ${words(order.at(-1))}, most ${words(order[0])}. Certified.`;
}

// One object a scenario of an answer, so that its flows are asked for once.
function flowRequest(shown, s) {
  const all = (shown.request.flows ??= []);
  return (all[s] ??= { yaml: shown.request.scenarios[s] });
}

export function Page({ map, offer }) {
  const [pins, setPins] = useState([]), [against, setAgainst] = useState(-1), [sure, setSure] = useState(false);
  const [pane, setPane] = useState("world"), [variable, setVariable] = useState("real_income"), [region, setRegion] = useState("");
  const [world, setWorld] = useState(null), [notice, setNotice] = useState(null), [said, setSaid] = useState(""), [kept, setKept] = useState(0), [side, setSide] = useState("answers");
  const ready = useRef(false), view = useRef({});
  view.current = { pins, against, sure, pane, variable, region };
  const tell = (words) => { setSaid(words); setTimeout(() => setSaid(""), 3000); };

  const results = useResults({
    onAnswer(request) {
      const { refusal, yaml } = scenarioNow.current;
      if (refusal && !refusal.reading && request.scenarios[0] === yaml) edit.refuse(null);
    },
    onRefusal(refusal, request) {
      if (refusal.scenario > 0) {
        const gone = beside(view.current.pins)[refusal.scenario - 1];
        setNotice(`${gone?.name ?? "A pinned scenario"} can no longer be shown beside this one: ${refusal.message}`);
        setPins((old) => old.filter((p) => p !== gone));
        setAgainst(-1);
      } else if (request.scenarios[0] === scenarioNow.current.yaml) edit.refuse(refusalOf(refusal, scenarioNow.current.yaml, false));
    },
  });
  // Scenarios of one world stand side by side; pins of another wait until it is chosen again.
  const beside = (all) => all.filter((p) => (p.world ?? scenarioNow.current.world) === scenarioNow.current.world);
  const ask = (yaml, moving, changes = {}) => {
    const v = { ...view.current, ...changes };
    results.ask([yaml, ...beside(v.pins).map((p) => p.yaml)], { sure: v.sure, moving, pictures: v.pane !== "world" });
  };
  const [state, edit, scenarioNow] = useScenario((yaml) => ready.current && ask(yaml, true));
  const again = (changes) => ready.current && ask(scenarioNow.current.yaml, false, changes);

  // ---- the start: what the address says, else the first example ----
  async function begin() {
    const { state: from, refused } = await readLink(location.hash);
    if (refused) setNotice(refused);
    ready.current = true;
    if (from) {
      const p = (from.p ?? []).filter((x) => typeof x?.yaml === "string").slice(0, mostPins);
      view.current = { ...view.current, pins: p, against: from.a ?? -1, sure: Boolean(from.s), pane: from.n ?? "world", variable: from.v ?? "real_income", region: from.r ?? "" };
      setPins(p); setAgainst(Math.min(from.a ?? -1, p.length)); setSure(Boolean(from.s)); setPane(panes.some(([n]) => n === from.n) ? from.n : "world"); setVariable(from.v ?? "real_income"); setRegion(from.r ?? "");
      await edit.load(from.y);
      if (from.f) setTimeout(() => document.getElementById(from.f)?.scrollIntoView(), 600);
    } else await edit.load((offer.presets.find((p) => p.id === firstPreset) ?? offer.presets[0])?.yaml ?? treeText(blank));
  }
  useEffect(() => { begin(); }, []);
  useEffect(() => { // a link pasted into the open page
    const changed = () => { if (location.hash !== written.current) begin(); };
    addEventListener("hashchange", changed);
    return () => removeEventListener("hashchange", changed);
  }, []);
  const worldName = state.world ?? state.tree.world ?? offer.worlds.find((w) => w.default)?.name ?? offer.worlds[0].name;
  const lastWorld = useRef(worldName);
  useEffect(() => {
    if (ready.current === "settled" && lastWorld.current !== worldName) setAgainst(-1);
    lastWorld.current = worldName;
  }, [worldName]);
  useEffect(() => { loadWorld(offer, worldName).then(setWorld, (e) => setNotice(e.message)); }, [worldName]);

  // ---- what is seen, as an address ----
  const written = useRef(location.hash);
  const seen = (figure) => ({ y: scenarioNow.current.yaml, ...(pins.length ? { p: pins } : {}), ...(against >= 0 ? { a: against } : {}), ...(sure ? { s: 1 } : {}), ...(pane !== "world" ? { n: pane } : {}), ...(variable !== "real_income" ? { v: variable } : {}), ...(region ? { r: region } : {}), ...(figure ? { f: figure } : {}) });
  const shown = results.shown;
  useEffect(() => {
    if (!shown?.settled) return;
    ready.current = "settled";
    writeLink(seen()).then((hash) => { written.current = hash; history.replaceState(null, "", hash); });
  }, [shown, pane, variable, region, against]);

  // ---- pins ----
  const pin = (yaml = scenarioNow.current.yaml, name = scenarioNow.current.tree.name ?? "scenario", world = scenarioNow.current.world) => {
    if (pins.length >= mostPins) return tell(`${mostPins} at most`);
    const next = [...pins, { name: pins.some((p) => p.name === name) ? `${name} (${pins.length + 1})` : name, yaml, world }];
    setPins(next);
    again({ pins: next });
    return tell("pinned");
  };
  const unpin = (i) => {
    const next = pins.filter((_, k) => k !== i), base = beside(pins)[against - 1];
    setPins(next);
    setAgainst(beside(next).indexOf(base) + 1 || -1);
    again({ pins: next });
  };
  const swap = (i) => {
    const mine = { name: state.tree.name ?? "scenario", yaml: state.yaml, world: state.world };
    const next = pins.map((p, k) => (k === i ? mine : p)), other = pins[i];
    setPins(next);
    view.current.pins = next;
    edit.load(other.yaml);
  };
  const keep = async () => {
    try {
      await post("/run", { yaml: scenarioNow.current.yaml, keep: true, ...(sure ? { uncertain: true } : {}) });
      setKept((x) => x + 1);
      tell("kept");
    } catch (e) { tell(e.message); }
  };

  // ---- what is drawn ----
  const raw = pane === "world" || pane === "runs" ? shown?.raw : shown?.whole;
  const report = useMemo(() => (raw ? new Report(raw, against < raw.scenarios.length ? against : -1) : null), [raw, against]);
  const n = report ? report.regions.findIndex((r) => r.code === region) : -1;
  const stale = Boolean(state.refusal) || (shown && shown.request.scenarios[0] !== state.yaml && !results.busy);
  const tools = {
    foot: () => report ? [`${report.scenarios[0].name}${report.against >= 0 ? ` against ${report.scenarios[report.against].name}` : ""} · ${report.world.title || report.world.name}`, `Entente ${report.version}, ${report.scenarios[0].certificate_words}`] : [],
    link: async (figure) => new URL(await writeLink(seen(figure)), location).href,
    command: () => (shown ? shellLines(shown.answer) : null),
  };
  const selectRegion = (k) => setRegion(k >= 0 ? report.regions[k].code : "");
  const openCountry = (k) => { if (k >= 0) { selectRegion(k); setPane("country"); } };
  const preset = (id) => edit.load(id === "blank" ? treeText(blank) : offer.presets.find((p) => p.id === id)?.yaml ?? treeText(blank));
  const setScenario = (t) => t > 0 && setAgainst(t === against ? -1 : t);
  return (
    <Tools.Provider value={tools}>
      <a class="skip" href="#answers" onClick={(e) => { e.preventDefault(); document.getElementById("answers").focus(); }}>To the answers</a>
      <header class="top">
        <span class="wordmark">Entente</span>
        <span class="top-words">{report ? `${report.regions.length} regions, ${report.sectors.length} sectors` : ""}</span>
        <span class="top-tools"><Theme /></span>
      </header>
      {notice && <p class="notice" role="alert">{notice} <button type="button" class="tool" onClick={() => setNotice(null)}>Close</button></p>}
      <div class="sides-switch" role="group" aria-label="Show">{[["policy", "Policy"], ["answers", "Answers"]].map(([name, label]) => <button key={name} type="button" aria-pressed={side === name} onClick={() => setSide(name)}>{label}</button>)}</div>
      <div class={`columns show-${side}`}>
        {world ? <Builder offer={offer} world={world} state={state} edit={{ ...edit, add: (a) => edit.add(a, world), preset }} /> : <section class="builder" />}
        <main id="answers" tabIndex={-1} aria-busy={results.busy}>
          <Bar {...{ world, shown, pins, near: beside(pins), against, setAgainst, sure, said, stale }} setSure={(x) => { setSure(x); again({ sure: x }); }} onPin={() => pin()} onUnpin={unpin} onSwap={swap} onKeep={keep} />
          <PaneTabs pane={pane} setPane={setPane} />
          <p class="sr" role="status" aria-live="polite">{report && shown?.settled && !stale ? spoken(report) : ""}</p>
          <div class={stale ? "pane stale" : "pane"} id="pane" role="tabpanel" aria-labelledby={`tab-${pane}`}>
            {report && pane === "world" && (
              <>
                <h1>{report.scenarios[0].name}</h1>
                <Headline report={report} s={0} brief />
                <Income {...{ report, map, variable, setVariable }} s={0} selected={n} setSelected={openCountry} />
                <Notes report={report} notes={shown.answer.notes} />
              </>
            )}
            {report && pane === "country" && <Country report={report} s={0} region={n} setRegion={selectRegion} />}
            {report && pane === "trade" && <Trade report={report} s={0} region={n} request={shown.settled ? flowRequest(shown, 0) : null} base={report.against >= 0 ? flowRequest(shown, report.against) : null} setScenario={setScenario} />}
            {report && pane === "sectors" && <Sectors report={report} s={0} selected={n} />}
            {report && pane === "causes" && <><Causes report={report} s={0} selected={n} setSelected={selectRegion} /><Linear report={report} s={0} />{!report.variables.has("exact_sum") && <p class="hint">…</p>}</>}
            {report && pane === "leverage" && <Leverage report={report} body={{ scenarios: shown.request.scenarios, bare: { world: report.world.name } }} region={n} />}
            {report && pane === "talks" && <TalksPane report={report} state={state} />}
            {report && world && pane === "chokepoints" && <Chokepoints report={report} map={map} world={world} yaml={shown.request.scenarios[0]} />}
            {pane === "runs" && <Runs version={kept} lasting={offer.about.store?.lasting} onOpen={(yaml) => { edit.load(yaml); setPane("world"); }} onPin={pin} />}
          </div>
        </main>
      </div>
      {report && <p class="strip" aria-hidden="true"><span>World real income {percent(report.percent(0, "real_income", report.worldIndex), report.decimals("real_income"))}</span><span>{money(Math.abs(report.worth(0, "equivalent_variation", report.worldIndex)))} {report.worth(0, "equivalent_variation", report.worldIndex) < 0 ? "lost" : "gained"} a year</span></p>}
    </Tools.Provider>
  );
}

function Notes({ report, notes }) {
  const x = report.scenarios[0];
  return (
    <section class="notes" aria-label="What was simulated">
      <details class="behind"><summary>What was simulated, with which model</summary>
        <ul class="actions">{x.actions.length > 0 ? x.actions.map((line, i) => <li key={i}>{line}</li>) : <li>no action: the benchmark itself</li>}</ul>
        <p class="hint"><b>Blueprint</b> {x.blueprint}</p>
        <p class="hint"><b>World</b> {report.world.title}; {report.world.unit}. {report.world.source} {report.world.licence}</p>
        <p class="hint"><b>Certificate</b> {x.certificate_words}</p>
        {notes?.map((note, i) => <p key={i} class="hint">{note}</p>)}
        <p class="hint">Map: Natural Earth, 1:50 million; boundaries as drawn there, without a position on any of them. <a href="licences.txt">Licences of the software in this page</a></p>
      </details>
    </section>
  );
}
