// editor.jsx: the scenario as YAML, with line numbers; a mistake is marked at its line, and its sentence stands below.
// SPDX-License-Identifier: MIT
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { copy, save } from "../parts/figure.jsx";

export const fileName = (name) => `${(name || "scenario").normalize("NFKD").replace(/[^\w\s-]/g, "").trim().toLowerCase().replace(/[\s_]+/g, "-").slice(0, 60) || "scenario"}.yaml`;

export function Editor({ text, name, refusal, onText, label = "Scenario as YAML" }) {
  const id = useId();
  const area = useRef(null), gutter = useRef(null);
  const [said, setSaid] = useState("");
  const lines = text.split("\n").length;
  const tell = (words) => { setSaid(words); setTimeout(() => setSaid(""), 2500); };
  const scroll = () => { if (gutter.current) gutter.current.scrollTop = area.current.scrollTop; };
  useEffect(scroll, [text]);
  const goTo = () => {
    const starts = text.split("\n").slice(0, refusal.line - 1).reduce((sum, l) => sum + l.length + 1, 0) + (refusal.column ?? 1) - 1;
    area.current.focus();
    area.current.setSelectionRange(starts, starts);
    area.current.scrollTop = Math.max(0, (refusal.line - 4) * 18);
  };
  const take = async () => {
    if (await copy(text)) return tell("copied");
    area.current.select();
    return tell("selected: copy it with the keyboard");
  };
  return (
    <div class="editor">
      <div class="editor-box">
        <div class="gutter" ref={gutter} aria-hidden="true">
          {Array.from({ length: lines }, (_, i) => <span key={i} class={refusal?.line === i + 1 ? "bad" : undefined}>{i + 1}</span>)}
        </div>
        <textarea ref={area} class="yaml" aria-label={label} aria-invalid={Boolean(refusal)} aria-describedby={refusal ? id : undefined} wrap="off" spellcheck={false} autocapitalize="off" autocomplete="off" value={text} onInput={(e) => onText(e.currentTarget.value)} onScroll={scroll} />
      </div>
      {refusal && (
        <p class="refusal" id={id} role="alert">
          {refusal.line ? <button type="button" class="tool" onClick={goTo}>line {refusal.line}{refusal.column ? `, column ${refusal.column}` : ""}</button> : null} {refusal.message}
        </p>
      )}
      <div class="tools">
        <button type="button" class="tool" onClick={take}>Copy YAML</button>
        <button type="button" class="tool" onClick={() => { save(fileName(name), "text/yaml", text); tell("saved"); }}>Save YAML</button>
        <label class="tool file">Open a file<input type="file" accept=".yaml,.yml,text/yaml" class="sr" onChange={async (e) => { const f = e.currentTarget.files[0]; if (f) onText(await f.text()); }} /></label>
        <span class="said" role="status">{said}</span>
      </div>
    </div>
  );
}
