// figure.jsx: the frame of every picture: title, what is shown and in what unit, picture, note, tables; and what a reader may
// take away: data (CSV), picture (SVG, PNG), link, command. Who draws the page says by `Tools` what links and commands are here.
// SPDX-License-Identifier: MIT
import { createContext } from "preact";
import { useContext, useEffect, useRef, useState } from "preact/hooks";
import { pngBlob, readFigure, svgText } from "../picture.js";
import { sheetsCsv, SheetTable } from "./sheet.jsx";

// { foot(): lines below a saved picture; link(id): promise of an address; command(): a line of the shell; say(words) }
export const Tools = createContext(null);

export function save(name, type, data) {
  const address = URL.createObjectURL(data instanceof Blob ? data : new Blob([data], { type }));
  const a = document.createElement("a");
  a.href = address;
  a.download = name;
  a.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

// The clipboard needs a secure place; a file's page may not have it, then the text is shown to be copied by hand.
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function Taken({ text, onClose }) {
  const field = useRef(null);
  useEffect(() => { field.current?.focus(); field.current?.select(); }, [text]);
  return (
    <div class="taken">
      <textarea ref={field} readOnly rows={Math.min(6, 1 + Math.floor(text.length / 90))} aria-label="to be copied" value={text} onKeyDown={(e) => e.key === "Escape" && onClose()} />
      <button type="button" class="tool" onClick={onClose}>Close</button>
    </div>
  );
}

function ToolRow({ id, title, sheets, frame }) {
  const tools = useContext(Tools);
  const [taken, setTaken] = useState(null), [said, setSaid] = useState("");
  const tell = (words) => { setSaid(words); setTimeout(() => setSaid(""), 2500); };
  const picture = () => readFigure(frame.current, tools?.foot?.() ?? []);
  const give = async (text, what) => ((await copy(text)) ? (setTaken(text), tell(`${what} copied`)) : setTaken(text));
  const file = (ending) => `entente-${id}.${ending}`;
  return (
    <>
      <div class="tools" role="group" aria-label={`${title}: take away`}>
        {sheets?.length > 0 && <button type="button" class="tool" onClick={() => { save(file("csv"), "text/csv", sheetsCsv(sheets)); tell("CSV saved"); }}>Data (CSV)</button>}
        <button type="button" class="tool" onClick={() => { save(file("svg"), "image/svg+xml", svgText(picture(), title)); tell("SVG saved"); }}>Picture (SVG)</button>
        <button type="button" class="tool" onClick={async () => { save(file("png"), "image/png", await pngBlob(picture())); tell("PNG saved"); }}>PNG</button>
        {tools?.link && <button type="button" class="tool" onClick={async () => give(await tools.link(id), "Link")}>Link</button>}
        {tools?.command?.() && <button type="button" class="tool" onClick={() => give(tools.command(id), "Command")}>Command</button>}
        <span class="said" role="status">{said}</span>
      </div>
      {taken && <Taken text={taken} onClose={() => setTaken(null)} />}
    </>
  );
}

// saved: the sheets of the CSV file where the figure shows its tables itself; stale: what it shows is about to be another.
export function Figure({ id, title, unit, controls, note, sheets, saved, open, plain, stale, children }) {
  const frame = useRef(null);
  return (
    <section class={stale ? "figure stale" : "figure"} id={id} aria-labelledby={`${id}-title`} aria-busy={stale ? "true" : undefined} ref={frame}>
      <div class="figure-head">
        <div>
          <h2 id={`${id}-title`}>{title}</h2>
          {unit && <p class="unit">{unit}</p>}
        </div>
        {controls && <div class="controls">{controls}</div>}
      </div>
      {children}
      {note && <p class="note">{note}</p>}
      {sheets?.map((sheet) => <SheetTable key={sheet.name} sheet={sheet} open={open} />)}
      {!plain && <ToolRow id={id} title={title} sheets={saved ?? sheets} frame={frame} />}
    </section>
  );
}

export function Choice({ label, value, options, onChange }) {
  return (
    <label class="choice">
      <span>{label}</span>
      <select value={value} onChange={(e) => onChange(e.currentTarget.value)}>
        {options.map((o) => <option key={o.value} value={o.value} selected={String(o.value) === String(value)}>{o.label}</option>)}
      </select>
    </label>
  );
}
