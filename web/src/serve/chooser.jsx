// chooser.jsx: a choice of regions or sectors: a group or one by one press, several by their boxes, or all but these. The button
// says the choice in words; Escape or leaving closes.
// SPDX-License-Identifier: MIT
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { choiceWords } from "./policy.js";

const list = (x) => (Array.isArray(x) ? x : x === undefined ? [] : [x]);

// The choice taken apart: { group } or { members, but }.
function apart(choice, codes) {
  if (choice === undefined) return { group: null, members: [], but: false };
  if (typeof choice === "string") return codes.has(choice) ? { group: null, members: [choice], but: false } : { group: choice, members: [], but: false };
  if (Array.isArray(choice)) return { group: null, members: choice, but: false };
  return { group: null, members: list(choice.not), but: true };
}

const together = (members, but) => (but ? { not: members.length === 1 ? members[0] : members } : members.length === 1 ? members[0] : members);

// Below its button where there is room, else above; never beyond the window's edge.
function usePlace(button) {
  const panel = useRef(null);
  useLayoutEffect(() => {
    const b = button.current.getBoundingClientRect(), p = panel.current.getBoundingClientRect();
    const below = b.bottom + 4 + p.height <= innerHeight, top = below ? b.bottom + 4 : Math.max(8, Math.min(b.top - 4 - p.height, innerHeight - 8 - p.height));
    Object.assign(panel.current.style, { left: `${Math.max(8, Math.min(b.left, innerWidth - 8 - p.width))}px`, top: `${top}px` });
  }, []);
  return panel;
}

function Panel({ choice, members, groups, onChoose, onOnly, label, button }) {
  const panel = usePlace(button);
  const codes = new Set(members.map((m) => m.code)), now = apart(choice, codes);
  const toggle = (code, on) => {
    const chosen = members.map((m) => m.code).filter((c) => (c === code ? on : now.members.includes(c)));
    onChoose(chosen.length > 0 ? together(chosen, now.but) : groups[0].code);
  };
  return (
    <div class="chooser-panel" ref={panel}>
      <div class="chips" role="group" aria-label={`${label}: groups`}>
        {groups.map((g) => <button key={g.code} type="button" class="chip" aria-pressed={now.group === g.code} title={g.title} onClick={() => onChoose(g.code)}>{g.label}</button>)}
      </div>
      <fieldset class="boxes">
        <legend class="sr">{label}</legend>
        {members.map((m) => (
          <span key={m.code} class="box">
            <input type="checkbox" aria-label={`${m.label}, with others`} title="with others" checked={now.members.includes(m.code)} onChange={(e) => toggle(m.code, e.currentTarget.checked)} />
            <button type="button" class="only" aria-label={m.label} onClick={() => onOnly(m.code)}><span class="box-code">{m.code}</span> <span class="box-label">{m.label}</span></button>
          </span>
        ))}
      </fieldset>
      <label class="box but">
        <input type="checkbox" checked={now.but} disabled={now.members.length === 0} onChange={(e) => onChoose(together(now.members, e.currentTarget.checked))} />
        <span>all but these</span>
      </label>
    </div>
  );
}

export function Chooser({ label, choice, members, groups, labelOf, onChoose, unset }) {
  const [open, setOpen] = useState(false);
  const box = useRef(null), button = useRef(null);
  useEffect(() => {
    if (!open) return undefined;
    const outside = (e) => !box.current?.contains(e.target) && setOpen(false);
    document.addEventListener("pointerdown", outside);
    const away = () => setOpen(false);
    document.addEventListener("focusin", outside);
    button.current.closest(".builder")?.addEventListener("scroll", away);
    const list = button.current.closest(".builder");
    return () => { document.removeEventListener("pointerdown", outside); document.removeEventListener("focusin", outside); list?.removeEventListener("scroll", away); };
  }, [open]);
  const only = (code) => { onChoose(code); setOpen(false); button.current?.focus(); };
  const key = (e) => {
    if (e.key !== "Escape" || !open) return;
    e.stopPropagation();
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div class="chooser" ref={box} onKeyDown={key}>
      <button type="button" ref={button} class="chooser-button" aria-expanded={open} aria-label={`${label}: ${choiceWords(choice, labelOf, unset)}`} onClick={() => setOpen(!open)}>{choiceWords(choice, labelOf, unset)}</button>
      {open && <Panel {...{ label, choice, members, groups, onChoose, button }} onOnly={only} />}
    </div>
  );
}
