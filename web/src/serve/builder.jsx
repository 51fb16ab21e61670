// builder.jsx: the policy: where it starts from, which world and model, the rules, and the same as YAML. All of it is one text:
// a change of a rule changes the text, a change of the text the rules.
// SPDX-License-Identifier: MIT
import { useState } from "preact/hooks";
import { Draft } from "./draft.jsx";
import { Editor } from "./editor.jsx";
import { groupsOf, newAction } from "./policy.js";
import { Rule, RuleGroup } from "./rule.jsx";

function Start({ presets, onPreset }) {
  return (
    <label class="field">
      <span>Start from</span>
      <select value="" onChange={(e) => { onPreset(e.currentTarget.value); e.currentTarget.value = ""; }}>
        <option value="">choose an example…</option>
        <option value="blank">An empty policy</option>
        {presets.map((p) => <option key={p.id} value={p.id}>{p.name}</option>)}
      </select>
    </label>
  );
}

// The blueprint as the text says it: a preset's name, or a mapping with elasticities.
function blueprintParts(said) {
  if (said === undefined) return { preset: "default", elasticities: {}, rest: {} };
  if (typeof said === "string") return { preset: said, elasticities: {}, rest: {} };
  const { preset = "default", elasticities, ...rest } = said;
  return { preset, elasticities: typeof elasticities === "object" ? elasticities : elasticities === undefined ? {} : { all: elasticities }, rest };
}

function blueprintOf({ preset, elasticities, rest }) {
  const some = Object.keys(elasticities).length > 0, other = Object.keys(rest).length > 0;
  if (!some && !other) return preset === "default" ? undefined : preset;
  return { ...(preset === "default" ? {} : { preset }), ...rest, ...(some ? { elasticities } : {}) };
}

function Model({ tree, world, worlds, blueprints, onKey }) {
  const parts = blueprintParts(tree.blueprint);
  const set = (next) => onKey("blueprint", blueprintOf({ ...parts, ...next }));
  const elasticity = (code, text) => {
    const { [code]: old, ...others } = parts.elasticities;
    set({ elasticities: text.trim() === "" ? others : { ...others, [code]: text.trim() } });
  };
  const closure = parts.rest.closure ?? "fixed";
  const about = blueprints.presets.find((p) => p.name === parts.preset);
  return (
    <details class="model">
      <summary>Model: <b>{parts.preset}</b>{Object.keys(parts.rest).length > 0 && `, ${Object.entries(parts.rest).map(([k, v]) => `${k} ${typeof v === "string" ? v : "…"}`).join(", ")}`}{Object.keys(parts.elasticities).length > 0 && `, elasticities of ${Object.keys(parts.elasticities).join(", ")}`} on <b>{world.name}</b></summary>
      <div class="model-fields">
        <label class="field"><span>World</span><select value={world.name} onChange={(e) => onKey("world", e.currentTarget.value)}>{worlds.map((w) => <option key={w.name} value={w.name} selected={w.name === world.name}>{w.name}: {w.title}</option>)}</select></label>
        <label class="field"><span>Blueprint</span><select value={parts.preset} onChange={(e) => set({ preset: e.currentTarget.value })}>{blueprints.presets.map((p) => <option key={p.name} value={p.name} selected={p.name === parts.preset}>{p.name}</option>)}</select></label>
        {about && <p class="hint">{about.meaning}{about.source ? ` (${about.source})` : ""}</p>}
        <label class="field"><span>Imbalances</span><select value={closure} onChange={(e) => { const { closure: old, ...rest } = parts.rest; set({ rest: e.currentTarget.value === "fixed" ? rest : { ...rest, closure: e.currentTarget.value } }); }}>{["fixed", "balanced", "proportional"].map((c) => <option key={c} value={c} selected={c === closure}>{c}</option>)}</select></label>
        <fieldset class="elasticities">
          <legend>Trade elasticities{world.elasticity_source ? ` (grey: ${world.elasticity_source})` : ""}</legend>
          {[{ code: "all", label: "All sectors", elasticity: null }, ...world.sectors].map((s) => (
            <label key={s.code} class="theta" title={s.label}><span>{s.code}</span><Draft inputMode="decimal" aria-label={`Trade elasticity of ${s.label}`} placeholder={s.elasticity === null ? "" : String(Math.round(s.elasticity * 1000) / 1000)} value={parts.elasticities[s.code] ?? ""} onSay={(text) => elasticity(s.code, text)} /></label>
          ))}
        </fieldset>
      </div>
    </details>
  );
}

function Add({ actions, onAdd }) {
  return (
    <div class="add">
      <span class="add-words">Add a rule</span>
      {actions.map((a) => <button key={a.name} type="button" class="chip" onClick={() => onAdd(a)}>{a.label}</button>)}
    </div>
  );
}

export function Builder({ offer, world, state, edit }) {
  const { tree, yaml, refusal } = state;
  const [shown, setShown] = useState("both");
  const wrongAt = (k) => (refusal && refusal.rule === k ? refusal.message : null);
  return (
    <section class="builder" aria-label="Policy">
      <div class="builder-head">
        <Start presets={offer.presets} onPreset={edit.preset} />
        <label class="field"><span>Name</span><Draft class="name" value={tree.name ?? ""} placeholder="scenario" onSay={(text) => edit.key("name", text || undefined)} /></label>
        <Model tree={tree} world={world} worlds={offer.worlds} blueprints={offer.blueprints} onKey={edit.key} />
        <div class="segments" role="group" aria-label="Policy as">
          {[["rules", "Rules"], ["yaml", "YAML"], ["both", "Both"]].map(([value, label]) => <button key={value} type="button" aria-pressed={shown === value} onClick={() => setShown(value)}>{label}</button>)}
        </div>
      </div>
      {shown !== "yaml" && (
        <div class={refusal?.reading ? "rules stale" : "rules"}>
          {tree.actions.length === 0 && <p class="hint">No rule yet: the world stays as it was in the benchmark. Add one, or start from an example.</p>}
          <ol class="rule-list">
            {groupsOf(tree.actions, state.grouped).map(({ from, to, varying }) => varying ? (
              <RuleGroup key={`${from}-group`} rules={tree.actions.slice(from, to)} from={from} varying={varying} actions={offer.actions} world={world} refusals={tree.actions.slice(from, to).map((_, i) => wrongAt(from + i))} onChange={edit.rule} onRemove={edit.remove} onSingle={edit.single} />
            ) : (
              <Rule key={from} action={tree.actions[from]} k={from} count={tree.actions.length} actions={offer.actions} world={world} refusal={wrongAt(from)} onChange={(a) => edit.rule(from, a)} onRemove={() => edit.remove(from, 1)} onMove={(by) => edit.move(from, by)} />
            ))}
          </ol>
          <Add actions={offer.actions} onAdd={edit.add} />
        </div>
      )}
      {shown !== "rules" && <Editor text={yaml} name={tree.name} refusal={refusal} onText={edit.text} />}
    </section>
  );
}
