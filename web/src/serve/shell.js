// shell.js: shell lines that make the same numbers: the scenarios' files, then the command.
// SPDX-License-Identifier: MIT
export function shellLines(answer) {
  const files = answer.files.map((f) => `cat > ${f.name} <<'END'\n${f.yaml.replace(/\n?$/, "\n")}END\n`);
  return `${files.join("")}${answer.command}\n`;
}
