// link.js: what is seen, in the address: "#v1." and the state as JSON, deflated, in base64url. Another version is refused with
// a sentence, a damaged one too; what a link does not say keeps its default.
// SPDX-License-Identifier: MIT
const version = "v1";

async function through(stream, bytes) {
  const reader = new Response(new Blob([bytes]).stream().pipeThrough(stream));
  return new Uint8Array(await reader.arrayBuffer());
}

export async function writeLink(state) {
  const packed = await through(new CompressionStream("deflate-raw"), new TextEncoder().encode(JSON.stringify(state)));
  let letters = "";
  for (const byte of packed) letters += String.fromCharCode(byte);
  return `#${version}.${btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}`;
}

// { state } or { refused: sentence } or {} where the address says nothing.
export async function readLink(hash) {
  if (!hash || hash.length < 2 || !hash.includes(".")) return {};
  const [said, body] = hash.slice(1).split(".");
  if (said !== version) return { refused: `This link is of version ${said}; this page reads ${version}.` };
  try {
    const bytes = Uint8Array.from(atob(body.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
    const state = JSON.parse(new TextDecoder().decode(await through(new DecompressionStream("deflate-raw"), bytes)));
    if (typeof state?.y !== "string") throw new Error("no scenario");
    return { state };
  } catch {
    return { refused: "This link is damaged, perhaps cut off; what is shown is the start." };
  }
}
