// yaml.js: a scenario's tree as text, and small changes of a text that somebody wrote: one action, one key of the top; all
// other lines, comments among them, stay as they are. Reading a text is the server's part (scenario/check): there is one
// parser. Where a text is laid out in a way that cannot be changed line by line, it is written anew from the tree.
// SPDX-License-Identifier: MIT

const plain = /^[A-Za-z0-9_+.\-][A-Za-z0-9_+.\-%/ ]*$/;
const scalar = (text) => (plain.test(text) && !/\s$/.test(text) && !/^-\s/.test(text) ? text : JSON.stringify(text));
const lineScalar = (text) => (/^[\p{L}\p{N}][^#"'\n:]*$/u.test(text) && !/\s$/.test(text) ? text : JSON.stringify(text));

export function flow(value) {
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (value && typeof value === "object") return `{${Object.entries(value).map(([key, x]) => `${key}: ${flow(x)}`).join(", ")}}`;
  return scalar(String(value));
}

export function actionText(action) {
  const [[kind, body]] = Object.entries(action);
  return `${kind}: ${flow(body)}`;
}

const order = ["name", "description", "dated", "source", "world", "blueprint"];

export function treeText(tree) {
  const keys = [...order.filter((k) => k in tree), ...Object.keys(tree).filter((k) => !order.includes(k) && k !== "start" && k !== "actions")];
  const out = keys.map((key) => `${key}: ${typeof tree[key] === "string" ? lineScalar(tree[key]) : flow(tree[key])}`);
  for (const key of ["start", "actions"]) {
    if (!(key in tree) && key === "start") continue;
    const list = tree[key] ?? [];
    out.push(list.length === 0 ? `${key}: []` : `${key}:`, ...list.map((a) => `  - ${actionText(a)}`));
  }
  return out.join("\n") + "\n";
}

const indentOf = (line) => line.length - line.trimStart().length;
const idle = (line) => /^\s*(#.*)?$/.test(line);

// The lines [first, end) of a top-level key, without idle lines at its end; or null.
function keyLines(lines, key) {
  const first = lines.findIndex((l) => l.startsWith(`${key}:`));
  if (first < 0) return null;
  let end = first + 1;
  while (end < lines.length && (idle(lines[end]) || indentOf(lines[end]) > 0 || lines[end].startsWith("- "))) end++;
  while (end > first + 1 && idle(lines[end - 1])) end--;
  return { first, end };
}

// Where each item of a list begins and ends, as [{ first, end, indent }]; null where it is not written line by line.
export function itemLines(text, key) {
  const lines = text.split("\n"), block = keyLines(lines, key);
  if (!block || !/^\w+:\s*(#.*)?$/.test(lines[block.first])) return block && /:\s*\[\s*\]/.test(lines[block.first]) ? [] : null;
  const items = [];
  let indent = -1;
  for (let i = block.first + 1; i < block.end; i++) {
    if (idle(lines[i])) continue;
    if (indent < 0) indent = indentOf(lines[i]);
    if (indentOf(lines[i]) === indent) {
      if (!/^\s*- /.test(lines[i])) return null;
      items.push({ first: i, end: i + 1, indent });
    } else if (items.length > 0) items.at(-1).end = i + 1;
  }
  return items;
}

function spliced(text, first, end, ...instead) {
  const lines = text.split("\n");
  lines.splice(first, end - first, ...instead);
  return lines.join("\n");
}

// The text with action k replaced, or removed where `action` is null. `tree` is as it is after the change.
export function withAction(text, tree, k, action) {
  const items = itemLines(text, "actions"), before = tree.actions.length + (action === null ? 1 : 0);
  if (!items || items.length !== before || (action === null && before === 1)) return treeText(tree);
  const { first, end, indent } = items[k];
  return spliced(text, first, end, ...(action === null ? [] : [`${" ".repeat(indent)}- ${actionText(action)}`]));
}

export function withNewAction(text, tree, action) {
  const items = itemLines(text, "actions");
  if (!items || items.length !== tree.actions.length - 1) return treeText(tree);
  if (items.length === 0) {
    const { first, end } = keyLines(text.split("\n"), "actions");
    return spliced(text, first, end, "actions:", `  - ${actionText(action)}`);
  }
  const { end, indent } = items.at(-1);
  return spliced(text, end, end, `${" ".repeat(indent)}- ${actionText(action)}`);
}

// A key of the top: said, said anew, or (undefined) no longer said.
export function withKey(text, tree, key, value) {
  const lines = text.split("\n"), block = keyLines(lines, key);
  const line = value === undefined ? [] : [`${key}: ${typeof value === "string" ? lineScalar(value) : flow(value)}`];
  if (block) return spliced(text, block.first, block.end, ...line);
  const place = ["start", "actions"].map((k) => keyLines(lines, k)?.first).find((at) => at !== undefined);
  return place === undefined ? treeText(tree) : spliced(text, key === "name" ? 0 : place, key === "name" ? 0 : place, ...line);
}
