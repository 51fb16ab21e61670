// page.jsx: the whole page: the bar, the policy on the left, the answers on the right in panes; what is seen is in the address.
// SPDX-License-Identifier: MIT
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Report } from "../data.js";
import { money, percent, power } from "../format.js";
import { copy, Tools } from "../parts/figure.jsx";
import { Headline } from "../parts/headline.jsx";
import { Causes, Income, Linear, Sectors } from "../sections.jsx";
import { patiently, post } from "./api.js";
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

function Bar({ shown, pins, near, against, setAgainst, onPin, onUnpin, onSwap, sure, setSure, onKeep, keeping, said, stale }) {
  const world = shown?.raw.world, at = near.indexOf(against);
  return (
    <div class="result-bar">
      <div class="result-line">
        <Certificate shown={shown} stale={stale} />
        <span class="base" title={world?.unit}>{world?.name}{world?.year ? `, base year ${world.year}` : ""}</span>
      </div>
      <div class="result-line">
        <label class="choice"><span>Against</span>
          <select value={at} onChange={(e) => setAgainst(near[Number(e.currentTarget.value)] ?? null)}>
            <option value={-1} selected={at < 0}>the benchmark</option>
            {near.map((p, i) => <option key={i} value={i} selected={at === i}>{p.name}</option>)}
          </select>
        </label>
        <span class="pins">
          {pins.map((p, i) => <span key={i} class={near.includes(p) ? "pin" : "pin away"}><button type="button" class="pin-name" title={near.includes(p) ? "edit this one" : `edit this one, on the world ${p.world}`} onClick={() => onSwap(p)}>{p.name}</button><button type="button" class="pin-off" aria-label={`Unpin ${p.name}`} onClick={() => onUnpin(p)}>×</button></span>)}
          <button type="button" class="tool" disabled={pins.length >= mostPins} onClick={onPin}>Pin</button>
        </span>
        <span class="result-tools" aria-busy={keeping}>
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
function flowRequest(request, s) {
  const all = (request.flows ??= []);
  return (all[s] ??= { yaml: request.scenarios[s] });
}

// Words that stand for a while, until others do.
function useSaying() {
  const [said, setSaid] = useState(""), timer = useRef(0);
  const tell = (words) => {
    clearTimeout(timer.current);
    setSaid(words);
    timer.current = setTimeout(() => setSaid(""), 3000);
  };
  return [said, tell];
}

// What is seen, in the address: written as soon as it has settled; what is still being packed when more is seen is dropped.
// True while the address says less than that.
function useAddress(seen, settled, written) {
  const key = JSON.stringify(seen), [done, setDone] = useState(null);
  useEffect(() => {
    if (!settled) return undefined;
    let wanted = true;
    writeLink(seen).then((hash) => {
      if (!wanted) return;
      written.current = hash;
      history.replaceState(null, "", hash);
      setDone(key);
    });
    return () => { wanted = false; };
  }, [key, settled]);
  return settled && done !== key;
}

export function Page({ map, offer }) {
  const [pins, setPins] = useState([]), [against, setAgainst] = useState(null), [sure, setSure] = useState(false); // against: one of the pins
  const [pane, setPane] = useState("world"), [variable, setVariable] = useState("real_income"), [region, setRegion] = useState("");
  const [notice, setNotice] = useState(null), [said, tell] = useSaying(), [kept, setKept] = useState(0), [keeping, setKeeping] = useState(false), [side, setSide] = useState("answers");
  const owed = useRef(false), view = useRef({});
  view.current = { pins, sure, pane }; // what a question is made of, beside the text

  const results = useResults({
    onAnswer(request) {
      const { refusal, yaml } = scenarioNow.current;
      if (refusal && !refusal.reading && request.scenarios[0] === yaml) edit.refuse(null);
    },
    onRefusal(refusal, request) {
      if (refusal.scenario > 0) {
        const gone = request.pins[refusal.scenario - 1];
        if (!view.current.pins.includes(gone)) return; // unpinned meanwhile
        setNotice(`${gone.name} can no longer be shown beside this one: ${refusal.message}`);
        setAgainst((old) => (old === gone ? null : old));
        putPins(view.current.pins.filter((p) => p !== gone));
      } else if (request.scenarios[0] === scenarioNow.current.yaml) edit.refuse(refusalOf(refusal, scenarioNow.current.yaml, false));
    },
  });
  // Scenarios of one world stand side by side; pins of another wait until it is chosen again.
  const beside = (all) => all.filter((p) => (p.world ?? scenarioNow.current.world) === scenarioNow.current.world);
  const ask = (yaml, moving) => {
    const { pins: all, sure: errors, pane: seenPane } = view.current, near = beside(all);
    owed.current = false;
    results.ask([yaml, ...near.map((p) => p.yaml)], { pins: near, sure: errors, moving, pictures: seenPane !== "world" });
  };
  const [state, edit, scenarioNow] = useScenario({
    prepare: (name) => loadWorld(offer, name),
    changed: (yaml) => ask(yaml, true),
    unchanged: () => owed.current && ask(scenarioNow.current.said, false),
  });
  // Ask anew as the view has changed. A text whose meaning is not known yet is asked for with the new view when it is.
  const again = (changes) => {
    Object.assign(view.current, changes);
    if (scenarioNow.current.open) owed.current = true;
    else ask(scenarioNow.current.said, false);
  };
  const putPins = (next) => { setPins(next); again({ pins: next }); };

  // ---- the start: what the address says, else the first example ----
  const turn = useRef(0);
  async function begin() {
    const mine = ++turn.current;
    edit.expect();
    const { state: from, refused } = await readLink(location.hash);
    if (mine !== turn.current) return; // another link came
    if (refused) setNotice(refused);
    if (from) {
      const p = (from.p ?? []).filter((x) => typeof x?.yaml === "string").slice(0, mostPins);
      view.current = { pins: p, sure: Boolean(from.s), pane: panes.some(([n]) => n === from.n) ? from.n : "world" };
      setPins(p); setAgainst(null); setSure(view.current.sure); setPane(view.current.pane); setVariable(from.v ?? "real_income"); setRegion(from.r ?? "");
      await edit.load(from.y);
      if (mine !== turn.current) return;
      setAgainst(beside(p)[from.a - 1] ?? null);
      if (from.f) setTimeout(() => document.getElementById(from.f)?.scrollIntoView(), 600);
    } else await edit.load((offer.presets.find((p) => p.id === firstPreset) ?? offer.presets[0])?.yaml ?? treeText(blank));
  }
  useEffect(() => { begin(); }, []);
  useEffect(() => { // a link pasted into the open page
    const changed = () => { if (location.hash !== written.current) begin(); };
    addEventListener("hashchange", changed);
    return () => removeEventListener("hashchange", changed);
  }, []);
  const world = offer.known.get(state.world ?? offer.usual);

  // ---- what is seen: the last answer, or the last whole one where a pane needs it; and the same as an address ----
  const shown = pane === "world" || pane === "runs" ? results.shown : results.shown?.whole;
  const near = beside(pins), base = near.indexOf(against);
  const written = useRef(location.hash);
  const seen = (figure) => ({ y: results.shown?.request.scenarios[0] ?? state.yaml, ...(pins.length ? { p: pins } : {}), ...(base >= 0 ? { a: base + 1 } : {}), ...(sure ? { s: 1 } : {}), ...(pane !== "world" ? { n: pane } : {}), ...(variable !== "real_income" ? { v: variable } : {}), ...(region ? { r: region } : {}), ...(figure ? { f: figure } : {}) });
  const busy = Boolean(state.open) || results.question !== results.answered;
  const unwritten = useAddress(seen(), !busy && Boolean(results.shown?.request.settled), written);

  // ---- pins ----
  const pin = (yaml = scenarioNow.current.said, name = scenarioNow.current.tree.name ?? "scenario", of = scenarioNow.current.world) => {
    const all = view.current.pins;
    if (all.length >= mostPins) return tell(`${mostPins} at most`);
    putPins([...all, { name: all.some((p) => p.name === name) ? `${name} (${all.length + 1})` : name, yaml, world: of }]);
    return tell("pinned");
  };
  const unpin = (gone) => {
    if (against === gone) setAgainst(null);
    putPins(view.current.pins.filter((p) => p !== gone));
  };
  const swap = (other) => {
    const { tree, said: yaml, world: of } = scenarioNow.current, mine = { name: tree.name ?? "scenario", yaml, world: of };
    const next = view.current.pins.map((p) => (p === other ? mine : p));
    if (against === other) setAgainst(mine);
    view.current.pins = next;
    setPins(next);
    edit.load(other.yaml);
  };
  const keep = async () => {
    setKeeping(true);
    try {
      await patiently(() => post("/run", { yaml: scenarioNow.current.said, keep: true, ...(sure ? { uncertain: true } : {}) }));
      setKept((x) => x + 1);
      tell("kept");
    } catch (e) { tell(e.message); }
    setKeeping(false);
  };

  // ---- what is drawn ----
  const raw = shown?.raw, place = shown ? shown.request.pins.indexOf(against) + 1 || -1 : -1; // of what it is shown against, in that answer
  const report = useMemo(() => (raw ? new Report(raw, place) : null), [raw, place]);
  const of = report?.world.name; // what is chosen in a pane is about one world
  const n = report ? report.regions.findIndex((r) => r.code === region) : -1;
  const stale = Boolean(state.refusal) || (shown && shown.request.scenarios[0] !== state.yaml && !busy);
  const tools = {
    foot: () => report ? [`${report.scenarios[0].name}${report.against >= 0 ? ` against ${report.scenarios[report.against].name}` : ""} · ${report.world.title || report.world.name}`, `Entente ${report.version}, ${report.scenarios[0].certificate_words}`] : [],
    link: async (figure) => new URL(await writeLink(seen(figure)), location).href,
    command: () => (shown ? shellLines(shown.answer) : null),
  };
  const selectRegion = (k) => setRegion(k >= 0 ? report.regions[k].code : "");
  const openCountry = (k) => { if (k >= 0) { selectRegion(k); setPane("country"); } };
  const preset = (id) => edit.load(id === "blank" ? treeText(blank) : offer.presets.find((p) => p.id === id)?.yaml ?? treeText(blank));
  const setScenario = (t) => t > 0 && setAgainst(t === place ? null : shown.request.pins[t - 1]);
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
        <Builder offer={offer} world={world} state={state} edit={{ ...edit, add: (a) => edit.add(a, world), preset }} />
        <main id="answers" tabIndex={-1} aria-busy={busy} class={results.waiting || state.open === "asked" ? "solving" : undefined} data-address={unwritten ? "behind" : "written"}>
          <Bar {...{ shown, pins, near, against, setAgainst, sure, keeping, said, stale }} setSure={(x) => { setSure(x); again({ sure: x }); }} onPin={() => pin()} onUnpin={unpin} onSwap={swap} onKeep={keep} />
          <PaneTabs pane={pane} setPane={setPane} />
          <p class="sr" role="status" aria-live="polite">{report && !busy && !stale ? spoken(report) : ""}</p>
          <div class={stale ? "pane stale" : "pane"} id="pane" role="tabpanel" aria-labelledby={`tab-${pane}`}>
            {report && pane === "world" && (
              <>
                <h1>{report.scenarios[0].name}</h1>
                <Headline report={report} s={0} brief />
                <Income key={of} {...{ report, map, variable, setVariable }} s={0} selected={n} setSelected={openCountry} />
                <Notes report={report} notes={shown.answer.notes} />
              </>
            )}
            {report && pane === "country" && <Country key={of} report={report} s={0} region={n} setRegion={selectRegion} />}
            {report && pane === "trade" && <Trade key={of} report={report} s={0} region={n} request={shown.request.settled ? flowRequest(shown.request, 0) : null} base={report.against >= 0 ? flowRequest(shown.request, report.against) : null} setScenario={setScenario} />}
            {report && pane === "sectors" && <Sectors key={of} report={report} s={0} selected={n} />}
            {report && pane === "causes" && <><Causes key={of} report={report} s={0} selected={n} setSelected={selectRegion} /><Linear report={report} s={0} />{!report.variables.has("exact_sum") && <p class="hint">…</p>}</>}
            {report && pane === "leverage" && <Leverage key={of} report={report} body={{ scenarios: shown.request.scenarios, bare: { world: report.world.name } }} region={n} />}
            {report && pane === "talks" && <TalksPane key={of} report={report} state={state} />}
            {report && pane === "chokepoints" && <Chokepoints key={of} report={report} map={map} world={offer.known.get(of) ?? world} yaml={shown.request.scenarios[0]} />}
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
