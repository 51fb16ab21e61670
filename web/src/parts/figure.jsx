// figure.jsx: the frame of every picture: title, what is shown and in what unit, picture, note, table.
// SPDX-License-Identifier: MIT
export function Figure({ id, title, unit, controls, note, children }) {
  return (
    <section class="figure" id={id} aria-labelledby={`${id}-title`}>
      <div class="figure-head">
        <div>
          <h2 id={`${id}-title`}>{title}</h2>
          {unit && <p class="unit">{unit}</p>}
        </div>
        {controls && <div class="controls">{controls}</div>}
      </div>
      {children}
      {note && <p class="note">{note}</p>}
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
