// sheet.jsx: the numbers behind a picture. A sheet is said once and serves as the table below the picture, folded away until
// wanted, and as CSV:
//   { name, caption, columns: [{ label, show }], rows: [{ key, code, label, total, cells: [number or text] }] }
// The first column is the row's label; `show` makes a cell's number readable. CSV has the numbers themselves and the codes.
// SPDX-License-Identifier: MIT

const quote = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const plain = (x) => (typeof x === "number" ? (Number.isFinite(x) ? String(x) : "") : x === null || x === undefined ? "" : quote(String(x)));

export function sheetCsv(sheet) {
  const [first, ...others] = sheet.columns;
  const head = ["code", first.label, ...others.map((c) => c.label)].map(quote).join(",");
  const rows = sheet.rows.map((row) => [plain(row.code ?? ""), quote(row.label), ...row.cells.map(plain)].join(","));
  return [head, ...rows].join("\n") + "\n";
}

// Several sheets in one file: one below the other, with a line between that says what follows.
export const sheetsCsv = (sheets) => sheets.length === 1 ? sheetCsv(sheets[0]) : sheets.map((s) => `${quote(s.caption)}\n${sheetCsv(s)}`).join("\n");

// bare: the table alone, where it is the picture and has its title above it.
export function SheetTable({ sheet, open, bare }) {
  if (bare) return <div class="behind"><Sheet sheet={sheet} /></div>;
  return (
    <details class="behind" open={open}>
      <summary>Table: {sheet.caption}</summary>
      <Sheet sheet={sheet} />
    </details>
  );
}

function Sheet({ sheet }) {
  const [first, ...others] = sheet.columns;
  return (
      <div class="scroll" tabIndex={0} role="region" aria-label={sheet.caption}>
        <table>
          <caption class="sr">{sheet.caption}</caption>
          <thead>
            <tr><th scope="col">{first.label}</th>{others.map((c, i) => <th key={i} scope="col">{c.label}</th>)}</tr>
          </thead>
          <tbody>
            {sheet.rows.map((row) => (
              <tr key={row.key} class={row.total ? "total" : undefined} data-code={row.code}>
                <th scope="row">{row.label}</th>
                {row.cells.map((cell, i) => <td key={i}>{others[i].show ? others[i].show(cell) : cell}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
  );
}
