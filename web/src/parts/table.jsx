// table.jsx: the numbers behind a picture, folded away until wanted.
// SPDX-License-Identifier: MIT
export function Table({ caption, columns, rows }) {
  return (
    <details class="behind">
      <summary>Table: {caption}</summary>
      <div class="scroll" tabIndex={0} role="region" aria-label={caption}>
        <table>
          <caption class="sr">{caption}</caption>
          <thead>
            <tr>{columns.map((c, i) => <th key={i} scope="col">{c}</th>)}</tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key} class={row.total ? "total" : undefined} data-code={row.code}>
                {row.cells.map((cell, i) => (i === 0 ? <th key={i} scope="row">{cell}</th> : <td key={i}>{cell}</td>))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
