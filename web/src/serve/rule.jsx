// rule.jsx: one rule of the policy as a card: kind, whose on whom, what, how much. Rules that differ in one choice only stand
// together as one card with a line each.
// SPDX-License-Identifier: MIT
import { useRef, useState } from "preact/hooks";
import { Chooser } from "./chooser.jsx";
import { Draft } from "./draft.jsx";
import { amountKey, amountNumber, amounts, amountText, amountWords, choiceWords, kindAndBody, kindOf, wordsOf } from "./policy.js";

const keyLabels = { importer: "Importer", exporter: "Exporter", region: "In", from: "From", to: "To", sector: "Of what", rent: "Rent to", exporter_share: "Exporter's share" };

// A slider that reaches further where its value lies further out, and a field for the exact number.
export function Amount({ name, label, text, onChange }) {
  const about = amounts[name], x = amountNumber(name, text);
  const reach = useRef([about.least, about.largest]);
  if (Number.isFinite(x)) reach.current = [Math.min(reach.current[0], x), Math.max(reach.current[1], x)];
  const [least, largest] = reach.current;
  const [typed, setTyped] = useState(null);
  const type = (e) => {
    setTyped(e.currentTarget.value);
    const value = Number(e.currentTarget.value);
    if (e.currentTarget.value.trim() !== "" && Number.isFinite(value)) onChange(amountText(name, value));
  };
  return (
    <div class="amount">
      <input type="range" class="slider" aria-label={`${label}, ${about.unit}`} aria-valuetext={amountWords(name, text)} min={least} max={largest} step={about.step} value={Number.isFinite(x) ? x : 0}
        onInput={(e) => { performance.mark("slider"); setTyped(null); onChange(amountText(name, Number(e.currentTarget.value))); }} />
      <input type="text" inputMode="decimal" class="number" aria-label={`${label}, exact, ${about.unit}`} value={typed ?? (Number.isFinite(x) ? Math.round(x * 1e6) / 1e6 : text)} onInput={type} onBlur={() => setTyped(null)} />
      <span class="amount-unit">{about.unit}</span>
    </div>
  );
}

function Key({ kind, name, body, world, onChange }) {
  const what = kindOf(kind, name);
  const label = keyLabels[name] ?? name;
  const say = (value) => {
    const { [name]: old, ...rest } = body;
    onChange(value === undefined ? rest : { ...body, [name]: value });
  };
  if (what === "regions" || what === "sectors") {
    const groups = what === "regions" ? world.regionChoices : world.sectorChoices;
    return (
      <div class="key-field">
        <span class="key-name">{label}</span>
        <Chooser label={label} choice={body[name]} members={what === "regions" ? world.regions : world.sectors} groups={groups} labelOf={world.labelOf} unset={what === "sectors" ? (kind === "duty" || kind === "export_tax" ? "All goods" : "All sectors") : "choose"} onChoose={say} />
      </div>
    );
  }
  if (what === "word") {
    return (
      <label class="key-field"><span class="key-name">{label}</span>
        <select value={body[name] ?? ""} onChange={(e) => say(e.currentTarget.value || undefined)}>
          {!(name in body) && <option value="">–</option>}
          {wordsOf(name).map((w) => <option key={w} value={w} selected={body[name] === w}>{w}</option>)}
        </select>
      </label>
    );
  }
  return <label class="key-field"><span class="key-name">{label}</span><Draft value={typeof body[name] === "string" ? body[name] : body[name] === undefined ? "" : JSON.stringify(body[name])} onSay={(text) => say(text || undefined)} /></label>;
}

// Which amount: "add", "set to", "times".
function How({ about, kind, body, onChange }) {
  const now = amountKey(kind, body), all = about.takes.filter((key) => kindOf(kind, key) === "amount");
  if (all.length < 2) return <span class="key-name">{amounts[now ?? all[0]]?.label}</span>;
  const choose = (key) => {
    const { [now]: old, ...rest } = body;
    onChange({ ...rest, [key]: amountText(key, key === "scale" || now === "scale" ? amounts[key].first : amountNumber(now, old)) });
  };
  return <select class="how" aria-label="how" value={now} onChange={(e) => choose(e.currentTarget.value)}>{all.map((key) => <option key={key} value={key} selected={key === now}>{amounts[key].label}</option>)}</select>;
}

export function Rule({ action, k, actions, world, refusal, onChange, onRemove, onMove, count }) {
  const [kind, body] = kindAndBody(action);
  const about = actions.find((a) => a.name === kind) ?? { name: kind, label: kind, takes: Object.keys(body), needs: [] };
  const name = amountKey(kind, body);
  const change = (next) => onChange({ [kind]: next });
  const keys = [...about.takes.filter((key) => kindOf(kind, key) !== "amount" && (kindOf(kind, key) !== "text" || key in body || (about.needs ?? []).includes(key)))];
  Object.keys(body).forEach((key) => !keys.includes(key) && key !== name && keys.push(key));
  const title = `Rule ${k + 1}, ${about.label}`;
  return (
    <li class={refusal ? "rule wrong" : "rule"} data-rule={k}>
      <div class="rule-head">
        <span class="rule-kind">{about.label}</span>
        <span class="rule-buttons">
          <button type="button" class="icon" aria-label={`${title}: earlier`} disabled={k === 0} onClick={() => onMove(-1)}>↑</button>
          <button type="button" class="icon" aria-label={`${title}: later`} disabled={k === count - 1} onClick={() => onMove(1)}>↓</button>
          <button type="button" class="icon" aria-label={`${title}: remove`} onClick={onRemove}>×</button>
        </span>
      </div>
      <div class="keys-row" role="group" aria-label={title}>{keys.map((key) => <Key key={key} {...{ kind, name: key, body, world }} onChange={change} />)}</div>
      {name && <div class="how-row"><How {...{ about, kind, body }} onChange={change} /><Amount key={name} name={name} label={`${title}: ${amounts[name].label}`} text={body[name]} onChange={(text) => change({ ...body, [name]: text })} /></div>}
      {refusal && <p class="wrong-words">{refusal}</p>}
    </li>
  );
}

// Several rules of one form: a heading, and a line with a slider for each.
export function RuleGroup({ rules, from, varying, actions, world, refusals, onChange, onRemove, onSingle }) {
  const [open, setOpen] = useState(false);
  const [kind, body] = kindAndBody(rules[0]), name = amountKey(kind, body);
  const label = actions.find((a) => a.name === kind)?.label ?? kind;
  const values = rules.map((r) => amountNumber(name, kindAndBody(r)[1][name]));
  const words = (key) => choiceWords(body[key], world.labelOf, "goods");
  const who = varying === "sector" ? `${words("importer")} on ${words("exporter")}` : varying === "exporter" ? `${words("importer")} on ${rules.length} partners` : varying === "importer" ? `${rules.length} importers on ${words("exporter")}` : `${rules.length} regions`;
  const what = varying === "sector" ? `${rules.length} sectors` : words("sector");
  const wrong = refusals.some(Boolean);
  return (
    <li class={wrong ? "rule wrong" : "rule"} data-rule={from}>
      <div class="rule-head">
        <span class="rule-kind">{label} <span class="rule-count">rules {from + 1}–{from + rules.length}</span></span>
        <span class="rule-buttons"><button type="button" class="quiet" onClick={onSingle}>one by one</button><button type="button" class="icon" aria-label={`Rules ${from + 1} to ${from + rules.length}: remove all`} onClick={() => onRemove(from, rules.length)}>×</button></span>
      </div>
      <button type="button" class="group-words" aria-expanded={open || wrong} onClick={() => setOpen(!open)}>
        <span class="fold" aria-hidden="true">{open ? "▾" : "▸"}</span> {who}, {what}: {amountWords(name, `${Math.min(...values)}`)} to {amountWords(name, `${Math.max(...values)}`)}
      </button>
      {(open || wrong) && (
        <ul class="lines">
          {rules.map((rule, i) => {
            const [, one] = kindAndBody(rule);
            return (
              <li key={one[varying]} class="line" data-line={one[varying]}>
                <span class="line-label" title={world.labelOf(one[varying])}>{world.labelOf(one[varying])}</span>
                <Amount name={name} label={`${label}, ${world.labelOf(one[varying])}`} text={one[name]} onChange={(text) => onChange(from + i, { [kind]: { ...one, [name]: text } })} />
                <button type="button" class="icon" aria-label={`remove ${world.labelOf(one[varying])}`} onClick={() => onRemove(from + i, 1)}>×</button>
                {refusals[i] && <p class="wrong-words">{refusals[i]}</p>}
              </li>
            );
          })}
        </ul>
      )}
    </li>
  );
}
