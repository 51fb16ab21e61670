// world.js: a world's names and groups as the builder wants them.
// SPDX-License-Identifier: MIT
import { get } from "./api.js";

const plainSectors = ["all", "goods", "services", "traded"];
const nice = { all: "all", rest: "the rest", goods: "all goods", services: "all services", traded: "all traded" };

export function withChoices(world) {
  const labels = new Map([...world.regions, ...world.sectors].map((x) => [x.code, x.label]));
  const named = (g) => ({ code: g.code, label: nice[g.code] ?? (g.label && g.label !== g.code ? g.label : g.code), title: g.members?.join(" ") });
  const groups = world.region_groups.filter((g) => g.code !== "all" && g.code !== "rest").map(named);
  const sectorGroups = world.sector_groups.map(named).sort((a, b) => plainSectors.indexOf(a.code) - plainSectors.indexOf(b.code));
  if (!sectorGroups.some((g) => g.code === "all")) sectorGroups.unshift({ code: "all", label: "all" });
  return {
    ...world,
    regionChoices: [{ code: "all", label: "all", title: "every region" }, { code: "rest", label: "the rest", title: "all that are not on the other side" }, ...groups],
    sectorChoices: sectorGroups,
    labelOf: (code) => nice[code] ?? labels.get(code) ?? code,
  };
}

// Everything that the server offers, at once, with the world that a scenario without one is about; others when they are wanted.
export async function loadOffer() {
  const [about, { worlds }, presets, actions, blueprints] = await Promise.all([get("/"), get("/worlds"), get("/presets"), get("/actions"), get("/blueprints")]);
  const offer = { about, worlds, presets: presets.presets, actions: actions.actions, blueprints, known: new Map(), usual: (worlds.find((w) => w.default) ?? worlds[0]).name };
  await loadWorld(offer, offer.usual);
  return offer;
}

export async function loadWorld(offer, name) {
  if (!offer.known.has(name)) offer.known.set(name, withChoices(await get(`/worlds/${encodeURIComponent(name)}`)));
  return offer.known.get(name);
}
