// game_app.jsx: report.html of `entente war` and `entente talks`: the pay-off plane, real incomes and duties at every point,
// what talks imply, certificates.
// SPDX-License-Identifier: MIT
import { useMemo, useState } from "preact/hooks";
import { makeBreaks, oneSide, rateBreaks } from "./colour.js";
import { Heat } from "./figures/heat.jsx";
import { kindOf, Plane, PlaneMark, reachesFar } from "./figures/plane.jsx";
import { change, decimalsFor, missing, power, short } from "./format.js";
import { Choice, Figure, Tools } from "./parts/figure.jsx";
import { Legend } from "./parts/legend.jsx";
import { SheetTable } from "./parts/sheet.jsx";
import { useWidth } from "./parts/width.js";

const numberOr = (x) => (x === null || x === undefined ? NaN : x);
const kindWords = { quo: "nobody fights: status quo, free trade", war: "a war", single: "one player's optimum", deal: "an agreement", other: "another policy" };

export function PlaneFigure({ data }) {
  const two = data.players.length === 2;
  const pairs = data.players.flatMap((_, a) => data.players.map((__, b) => [a, b])).filter(([a, b]) => a < b);
  const first = data.frontiers[0] ? pairs.findIndex((p) => p[0] === data.frontiers[0].players[0] && p[1] === data.frontiers[0].players[1]) : 0;
  const [pair, setPair] = useState(Math.max(0, first));
  const wars = data.points.filter((p) => kindOf(p.concept) === "war" || p.concept === "status-quo");
  const usual = Math.max(0, wars.findIndex((p) => p.concept === "nash"));
  const [threatAt, setThreat] = useState(usual);
  const [a, b] = pairs[pair];
  const names = [short(data.players[a].label), short(data.players[b].label)];
  const points = useMemo(() => data.points.map((p) => ({ name: p.name, label: p.label, concept: p.concept, x: numberOr(p.objective[a]), y: numberOr(p.objective[b]) })), [data, pair]);
  const found = data.frontiers.find((f) => f.players[0] === a && f.players[1] === b);
  const curve = useMemo(() => found?.points ?? [], [found]);
  const threat = wars[threatAt] && points.find((p) => p.name === wars[threatAt].name);
  const unit = "Objective over the status quo, log points × 100 (for real income: very nearly percent)";
  const sheets = [{
    name: "plane", caption: `${names[0]} and ${names[1]}: objectives over the status quo, log points × 100`,
    columns: [{ label: "Point" }, ...names.map((n) => ({ label: n, show: (x) => change(x, 4) }))],
    rows: points.map((p) => ({ key: p.name, code: p.name, label: p.label, cells: [p.x, p.y] })),
  }, ...(found ? [{
    name: "frontier", caption: `Frontier: objectives over the status quo, and what one log point of ${names[1]} costs ${names[0]}`,
    columns: [{ label: "Point" }, ...names.map((n) => ({ label: n, show: (x) => change(x, 4) })), { label: "price", show: (x) => (Number.isFinite(x) ? x.toPrecision(4) : missing) }],
    rows: found.points.map((c, k) => ({ key: k, code: String(k + 1), label: String(k + 1), cells: [c[0], c[1], numberOr(c[2])] })),
  }] : [])];
  const shown = [...new Set(points.map((p) => kindOf(p.concept)))];
  const far = found && reachesFar(points, found.points), [whole, setWhole] = useState("points");
  return (
    <Figure id="plane" title="What both would gain" unit={unit} sheets={sheets}
      note={`Up and to the right is better for both. ${threat && (threat.x !== 0 || threat.y !== 0) ? `Dashed: what each has at ${threat.label}; above and to the right of it both have more. ` : ""}${found ? "The line is the frontier: beyond it neither gains but at the other's expense, whatever duties the two set together; shaded is what both would rather have than the threat." : "No frontier is drawn: “frontier” among the game's concepts asks for one."} It is what the model implies, not a forecast.`}
      controls={<>{!two && <Choice label="Players" value={pair} onChange={(v) => setPair(Number(v))} options={pairs.map(([p, q], i) => ({ value: i, label: `${short(data.players[p].label)} and ${short(data.players[q].label)}` }))} />}
        {wars.length > 1 && <Choice label="Threat" value={threatAt} onChange={(v) => setThreat(Number(v))} options={wars.map((p, i) => ({ value: i, label: p.label }))} />}
        {far && <Choice label="Show" value={whole} onChange={setWhole} options={[{ value: "points", label: "around the points" }, { value: "all", label: "all of the frontier" }]} />}</>}>
      <Plane points={points} curve={curve} threat={threat} names={names} near={far && whole === "points"} />
      <p class="key-line plane-key">{shown.map((kind) => <span key={kind}><svg width="18" height="18" viewBox="-9 -9 18 18" aria-hidden="true"><PlaneMark kind={kind} /></svg>{kindWords[kind]}</span>)}</p>
    </Figure>
  );
}

export function Incomes({ data }) {
  const columns = data.points.filter((p) => p.concept !== "status-quo");
  const value = (r, c) => numberOr(columns[c].income[r]);
  const numbers = useMemo(() => columns.flatMap((_, c) => data.regions.map((__, r) => value(r, c))), [data]);
  const breaks = useMemo(() => makeBreaks(numbers), [numbers]);
  const decimals = decimalsFor(Math.max(...numbers.map(Math.abs).filter(Number.isFinite), 0));
  const sheet = {
    name: "incomes", caption: "Real income over the status quo, percent",
    columns: [{ label: "Region" }, ...columns.map((p) => ({ label: p.label, show: (x) => change(x, decimals) }))],
    rows: data.regions.map((r, i) => ({ key: r.code, code: r.code, label: r.label, cells: columns.map((p) => numberOr(p.income[i])) })),
  };
  const [box, width] = useWidth(), room = (width - 200) / Math.max(1, columns.length);
  const named = columns.every((p) => p.label.split(/\s/).every((word) => 6.6 * word.length < room) && 6.6 * p.label.length < 2.4 * room);
  const digits = room > 48 ? decimals : Math.min(2, decimals);
  if (columns.length === 0) return null;
  return (
    <Figure id="incomes" title="Who gains, who pays" unit="Real income over the status quo, percent" sheets={[sheet]}>
      <div ref={box}>
        <Heat rows={data.regions} columns={columns.map((p, c) => ({ code: String(c + 1), label: p.label }))} corner="region ↓   point →" label="Real income at every point" own named={named}
          value={value} breaks={breaks} words={(r, c) => ({ title: `${data.regions[r].label}, ${columns[c].label}`, lines: [`${change(value(r, c), 4)} %`] })} show={(x) => change(x, digits)} />
      </div>
      {!named && <p class="key-line">{columns.map((p, c) => <span key={p.name} class="column-key"><b>{c + 1}</b> {p.label}</span>)}</p>}
      <Legend breaks={breaks} only={oneSide(numbers)} unit="real income, percent" />
    </Figure>
  );
}

const taxWords = { import: ["Import duties", "on", "of the border value"], export: ["Export taxes", "on sales to", "of the producer's price"] };

// The war, or else the first point that is not the status quo.
const firstOf = (points) => [(p) => kindOf(p.concept) === "war", (p) => p.concept !== "status-quo", () => true].map((is) => points.findIndex(is)).find((v) => v >= 0);

export function Duties({ data }) {
  const [who, setWho] = useState(0), [where, setWhere] = useState(firstOf(data.points));
  const of = data.duties[who], [taxes, on, base] = taxWords[of.tax];
  const sectors = data.sectors.map((s, j) => ({ ...s, j })).filter((s) => of.partners.some((p) => p.rates.some((at) => at[s.j]))); // some rate that is not nought
  const value = (r, c) => numberOr(of.partners[c].rates[where][sectors[r].j]);
  const numbers = useMemo(() => of.partners.flatMap((_, c) => sectors.map((__, r) => value(r, c))), [data, who, where]);
  const breaks = useMemo(() => rateBreaks(data.points.flatMap((_, v) => of.partners.flatMap((p) => p.rates[v].map(numberOr)))), [data, who]);
  const code = (p) => data.regions[p.partner];
  const label = data.regions[of.region].label;
  const sheet = {
    name: "duties", caption: `${taxes} of ${label}, ${data.points[where].label}, percent`,
    columns: [{ label: "Sector" }, ...of.partners.map((p) => ({ label: code(p).code, show: (x) => (Number.isFinite(x) ? x.toFixed(1) : missing) }))],
    rows: sectors.map((s, r) => ({ key: s.code, code: s.code, label: s.label, cells: of.partners.map((_, c) => value(r, c)) })),
  };
  const option = (d) => short(data.regions[d.region].label) + (data.duties.some((o) => o.tax === "export") ? `, ${taxWords[d.tax][0].toLowerCase()}` : "");
  return (
    <Figure id="duties" title="The duties that are chosen" unit={`${taxes} of ${label} by sector and partner, percent ${base}; ${data.points[where].label}`} sheets={[sheet]}
      controls={<>{data.duties.length > 1 && <Choice label="Of" value={who} onChange={(v) => setWho(Number(v))} options={data.duties.map((d, i) => ({ value: i, label: option(d) }))} />}
        <Choice label="At" value={where} onChange={(v) => setWhere(Number(v))} options={data.points.map((p, i) => ({ value: i, label: p.label }))} /></>}>
      <Heat rows={sectors} columns={of.partners.map(code)} corner="sector ↓   partner →" label={`${taxes} of ${label}`} own value={value} breaks={breaks}
        words={(r, c) => ({ title: `${label} ${on} ${code(of.partners[c]).label}`, lines: [sectors[r].label, `${value(r, c)} %`] })} show={(x) => (Math.abs(x) >= 99.5 ? x.toFixed(0) : x.toFixed(1)).replace("-", "−")} />
      <Legend breaks={breaks} only={oneSide(numbers)} unit="percent" />
    </Figure>
  );
}

// Which blocs last, of all partitions: real incomes where nobody leaves, nobody is let in and no two merge.
export function Partitions({ all, regions }) {
  const columns = all.regions.map((n) => regions[n]);
  const value = (r, c) => numberOr(all.rows[r].income[c]);
  const numbers = all.rows.flatMap((row) => row.income.map(numberOr));
  const breaks = makeBreaks(numbers), decimals = decimalsFor(Math.max(...numbers.map(Math.abs).filter(Number.isFinite), 0));
  const looks = (row) => (row.farsighted && !row.stable ? " (lasts where everybody looks to the end)" : row.stable ? "" : " (does not last)");
  const rows = all.rows.map((row) => ({ code: row.label, label: row.label + looks(row) }));
  const sheet = {
    name: "partitions", caption: "Real income over the status quo, percent",
    columns: [{ label: "Blocs" }, ...columns.map((x) => ({ label: x.code, show: (v) => change(v, decimals) }))],
    rows: rows.map((row, r) => ({ key: row.code, code: row.code, label: row.label, cells: columns.map((_, c) => value(r, c)) })),
  };
  return (
    <Figure id="partitions" title="Which blocs would last" unit={`Real income over the status quo, percent; ${all.last} of ${all.count} partitions last`} sheets={[sheet]}
      note="A partition lasts where nobody gains by standing alone, nobody is let in by a bloc that would gain too, and no two blocs would merge to everybody's gain. The first row is one bloc of all, the last is everyone alone.">
      <Heat rows={rows} columns={columns} corner="blocs ↓   region →" label="Real income in every partition that lasts" own value={value} breaks={breaks}
        words={(r, c) => ({ title: columns[c].label, lines: [rows[r].label, `${change(value(r, c), 4)} %`] })} show={(x) => change(x, Math.min(2, decimals))} />
      <Legend breaks={breaks} only={oneSide(numbers)} unit="real income, percent" />
    </Figure>
  );
}

// What each is due of the worth of all together: Shapley's value and the nucleolus, for each rule for outsiders.
export function Shares({ all, regions }) {
  if (all.shares.length === 0) return null;
  const money = (x) => (Number.isFinite(x) ? Math.round(x).toLocaleString("en").replace("-", "−") : missing);
  const rules = all.shares.map((s) => ({ ...s, words: { alone: "others alone", together: "others together", "on average": "on average" }[s.others] }));
  const sheet = {
    name: "shares", caption: "What each is due, million USD a year of benchmark real income over the benchmark",
    columns: [{ label: "Region" }, ...rules.flatMap((s) => [{ label: `Shapley, ${s.words}`, show: money }, { label: `nucleolus, ${s.words}`, show: money }])],
    rows: all.regions.map((n, p) => ({ key: n, code: regions[n].code, label: regions[n].label, cells: rules.flatMap((s) => [s.shapley[p], s.nucleolus[p]]) })),
  };
  const empty = rules.filter((s) => s.core_empty).map((s) => s.words);
  return (
    <Figure id="shares" title="What each is due of the worth of all together" unit="Million USD a year of benchmark real income over the benchmark, by what outsiders of a coalition do" sheets={[sheet]} open
      note={empty.length === 0 ? "There are divisions that no coalition could better on its own: the core is not empty." : `No division suits every coalition (the core is empty) with ${empty.join(", ")}.`} />
  );
}

// A club: who joined when, and what being in is worth to everybody.
export function Club({ club, regions }) {
  const gain = (x) => (Number.isFinite(x) ? change(x, 4) : missing);
  const sheet = {
    name: club.point, caption: `${club.label}: gains, log points × 100`,
    columns: [{ label: "Player" }, { label: "joined" }, { label: "on joining", show: gain }, { label: "by its choice", show: gain }, { label: "over no club", show: gain }],
    rows: club.players.map((p) => ({ key: p.region, code: regions[p.region].code, label: regions[p.region].label, cells: [p.place, ...[p.gain_on_joining, p.gain_by_choice, p.gain_over_no_club].map((x) => 100 * numberOr(x))] })),
  };
  const wall = club.taxes === "joint" ? "taxes on all others for all of them" : "taxes on all others each for itself";
  return (
    <Figure id={club.point} title={`Who joins: ${club.label.replace(/^club: /, "")}`} unit={`Members: ${[...club.members_do, `no duties on one another that are theirs to set, ${wall}`].join("; ")}`} sheets={[sheet]} open
      note={<>{[...club.rounds.map((line, r) => `Round ${r + 1}: ${line}.`), club.words].join(" ")}<br />On joining: over staying out, in the round in which it came in. By its choice: a member's over leaving, and over joining of who stays out. Over no club: over the status quo.</>} />
  );
}

// Weights that the status quo reveals: of a dollar of each sector's income, around 1; or of somebody's output, around 0.
export function Motive({ motive }) {
  const lobby = motive.kind === "lobby", from = lobby ? 1 : 0;
  const sizes = motive.weights.map((w) => numberOr(w.weight)).filter(Number.isFinite);
  const least = Math.min(from, ...sizes), most = Math.max(from, ...sizes), span = most - least || 1;
  const place = (x) => (100 * (x - least)) / span;
  const show = (x) => (Number.isFinite(x) ? x.toPrecision(lobby ? 4 : 3).replace("-", "−") : missing);
  const sheet = {
    name: motive.name, caption: `${motive.label}: ${lobby ? "what a dollar of a sector's income counts, mean 1" : "of log real output"}`,
    columns: [{ label: lobby ? "Sector" : "Output" }, { label: "weight", show }],
    rows: motive.weights.map((w) => ({ key: w.code, code: w.code, label: w.label, cells: [numberOr(w.weight)] })),
  };
  const odd = lobby && sizes.some((x) => x < 0);
  return (
    <Figure id={motive.name} title={`What would explain the status quo: ${motive.label}`} unit={lobby ? "What a dollar of a sector's income counts for; the mean is 1" : "Weights of log real output in the government's goal"} sheets={[sheet]}
      note={`${motive.conditions} rates between their bounds; the weights explain ${(100 * motive.fit).toFixed(1)} % of the squares of their slopes. The largest slope is ${power(motive.slope)} with them and ${power(motive.without)} without.${odd ? " A negative weight is no lobby's: lobbies alone do not explain this policy." : ""}`}>
      <ol class="bars weights">
        {motive.weights.map((w) => {
          const ends = [place(from), place(numberOr(w.weight))].sort((a, b) => a - b);
          return (
            <li key={w.code}><div class="row">
              <span class="row-label" title={w.label}>{w.label}</span>
              <span class="track"><span class="zero" style={{ left: `${place(from)}%` }} /><span class={`fill ${w.weight < from ? "neg-3" : "pos-3"}`} style={{ left: `${ends[0]}%`, width: `${ends[1] - ends[0]}%` }} /></span>
              <span class="row-value">{show(numberOr(w.weight))}</span>
            </div></li>
          );
        })}
      </ol>
    </Figure>
  );
}

// Tables that talks imply, as the command says them: [{ name, title, unit, note, columns, rows }]; the first column is words.
const talkCell = (x) => (typeof x === "number" ? (Number.isFinite(x) ? String(Number(x.toPrecision(5))).replace("-", "−") : missing) : x ?? missing);
// Points under points; what is smaller than half of the last digit is shown as a nought.
const talkNumber = (x) => (typeof x === "number" && Number.isFinite(x) ? x.toFixed(4).replace(/^-(?=0\.0*$)/, "").replace("-", "−") : talkCell(x));
const talkSheet = (t) => ({ name: t.name, caption: t.title, columns: t.columns.map((label) => ({ label, show: talkNumber })), rows: t.rows.map((r, i) => ({ key: i, code: String(i + 1), label: r[0], cells: r.slice(1) })) });

export function Talks({ data }) {
  if (!data.tables) return null;
  return (
    <Figure id="talks" title="What the model implies for talks" unit="Implications of payoffs and of the game file's assumptions; not forecasts" sheets={[]} saved={data.tables.map(talkSheet)}>
      {data.tables.map((t) => (
        <div key={t.name} class="talk-table">
          <h3>{t.title}</h3>
          {t.unit && <p class="unit">{t.unit}</p>}
          <SheetTable bare sheet={talkSheet(t)} />
          {t.note && <p class="note">{t.note}</p>}
        </div>
      ))}
    </Figure>
  );
}

export function Certificates({ data }) {
  const standOf = (p) => (Number.isFinite(p.bend) ? `${talkCell(Number(p.bend.toPrecision(2)))}, ${p.stand}` : p.stand || missing);
  const doubts = data.points.filter((p) => p.doubt);
  const small = (x) => (Number.isFinite(x) ? power(Math.abs(x)) : missing);
  const sheet = {
    name: "certificates", caption: "Certificates of the points",
    columns: [{ label: "Point" }, ...["excess demand", "slope left", "largest gain far away"].map((label) => ({ label, show: small })), { label: "second order", show: (x) => x }, { label: "radius", show: (x) => (Number.isFinite(x) ? x.toFixed(2) : missing) }, { label: "points found", show: (x) => x }, { label: "free rates" }, { label: "rounds" }],
    rows: data.points.map((p) => ({ key: p.name, code: p.name, label: p.label + (p.damped ? " (damped)" : ""), cells: [numberOr(p.excess), numberOr(p.slope), numberOr(p.gain), standOf(p), numberOr(p.radius), p.starts > 0 ? `${Math.max(1, p.found)} of ${p.starts} starts${p.rejected > 0 ? `, ${p.rejected} rejected` : ""}` : missing, p.free, p.rounds] })),
  };
  return (
    <>
      {doubts.map((p) => <p key={p.name} class="certificate-line bad">{p.label} is not certified: {p.doubt}</p>)}
      <Figure id="certificates" title="How sure it is that nobody would move" unit="Slope left: of a player's objective along a free rate off its bounds. Gain far away: the most that a player finds when he searches far from his policy, in log points. Second order: the largest that a player's objective bends upwards by between bounds; below 0 he stands on a summit. Radius, of wars: what is left of a small disturbance after a round in which all answer at once; below 1 the war is stable under adjustment" sheets={[sheet]} open />
    </>
  );
}

function About({ data }) {
  return (
    <Figure plain id="data" title="Data and reproduction">
      <dl class="about">
        <dt>World</dt><dd>{data.title || data.world}</dd>
        {data.source && [<dt key="s">Source</dt>, <dd key="sd">{data.source}</dd>]}
        {data.licence && [<dt key="l">Licence</dt>, <dd key="ld">{data.licence}</dd>]}
        {data.origin && [<dt key="o">Game</dt>, <dd key="od">{data.origin}</dd>]}
        <dt>Blueprint</dt><dd>{data.blueprint}</dd>
        <dt>SHA-256</dt><dd><code>{data.world_hash}</code></dd>
        <dt>Command</dt><dd><code class="command">{data.command}</code></dd>
        <dt>Program</dt><dd>Entente {data.version}</dd>
      </dl>
      <details class="behind"><summary>Licences of the software in this page</summary><pre>{document.getElementById("entente-notices").textContent}</pre></details>
    </Figure>
  );
}

// Players who set the same and want the same, in one line.
function alike(players) {
  const groups = new Map();
  for (const p of players) {
    const key = `${p.instruments}\n${p.maximises}`;
    if (groups.has(key)) groups.get(key).names.push(p.name);
    else groups.set(key, { ...p, names: [p.name] });
  }
  return [...groups.values()];
}

export function GameApp({ data }) {
  const tools = {
    foot: () => [`${data.name} · ${data.title || data.world}`, `Entente ${data.version}; slopes within ${power(data.tolerance, 0)}`],
    link: (id) => new URL(`#${id}`, document.location).href,
    command: () => data.command,
  };
  return (
    <Tools.Provider value={tools}>
      <div class="bar-top"><div class="bar-inner"><span class="wordmark">Entente</span><span class="alone">{data.name}</span><a class="seal" href="#certificates">{data.points.some((p) => p.doubt) ? "✗ not all certified" : "✓ certified"}</a></div></div>
      <main>
        <header>
          <p class="kicker">{data.world}{data.year ? ` · ${data.year}` : ""} · {data.regions.length} regions, {data.sectors.length} sectors</p>
          <h1>{data.name}</h1>
          <ul class="actions">{data.actions.map((line, i) => <li key={i}>{line}</li>)}{alike(data.players).map((g) => <li key={g.names[0]}><b>{g.names.join(", ")}</b>: {g.instruments}; {g.names.length > 1 ? "each maximises" : "maximises"} {g.maximises}</li>)}</ul>
          {data.missing.map((line, i) => <p key={i} class="certificate-line bad">{line}</p>)}
        </header>
        {data.players.length > 1 && <PlaneFigure data={data} />}
        <Talks data={data} />
        <Incomes data={data} />
        {data.duties.length > 0 && <Duties data={data} />}
        {data.partitions.map((all, i) => <Partitions key={i} all={all} regions={data.regions} />)}
        {data.partitions.map((all, i) => <Shares key={i} all={all} regions={data.regions} />)}
        {data.clubs.map((club) => <Club key={club.point} club={club} regions={data.regions} />)}
        {data.motives.map((motive) => <Motive key={motive.name} motive={motive} />)}
        <Certificates data={data} />
        <footer><About data={data} /></footer>
      </main>
    </Tools.Provider>
  );
}
