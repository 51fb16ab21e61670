// map.mjs: the world map of the page: Natural Earth 1:50m countries by ISO3 code, simplified until a pixel of a wide
// screen is about its error, small islands kept.
// SPDX-License-Identifier: MIT
import { feature } from "topojson-client";
import { presimplify, simplify } from "topojson-simplify";

// Areas that Natural Earth draws apart and ISO 3166 gives no number.
const withoutNumber = { Kosovo: "XKX", "N. Cyprus": "CYP", Somaliland: "SOM", "Siachen Glacier": "", "Ashmore and Cartier Is.": "AUS", "Indian Ocean Ter.": "AUS" };
const left_out = new Set(["ATA"]);

function named(geometry, iso) {
  const name = geometry.properties.name;
  const code = geometry.id === undefined ? (withoutNumber[name] ?? "") : (iso.numericToAlpha3(geometry.id) ?? "");
  return { type: geometry.type, arcs: geometry.arcs, id: code, properties: { name } };
}

function usedArcs(geometries) {
  const used = new Set();
  const walk = (arcs) => (Array.isArray(arcs) ? arcs.forEach(walk) : used.add(arcs < 0 ? ~arcs : arcs));
  geometries.forEach((g) => walk(g.arcs ?? []));
  return used;
}

// Keep only the arcs that are used, and count again.
function compact(topology) {
  const geometries = topology.objects.countries.geometries;
  const used = [...usedArcs(geometries)].sort((a, b) => a - b);
  const place = new Map(used.map((arc, i) => [arc, i]));
  const renumber = (arcs) => Array.isArray(arcs) ? arcs.map(renumber) : arcs < 0 ? ~place.get(~arcs) : place.get(arcs);
  return {
    ...topology,
    arcs: used.map((arc) => topology.arcs[arc]),
    objects: { countries: { type: "GeometryCollection", geometries: geometries.map((g) => ({ ...g, arcs: renumber(g.arcs) })) } },
  };
}

// Whole numbers on a grid of 1/50 degree, each point as the step from the last one.
function quantize(topology) {
  const grid = 50;
  const arcs = topology.arcs.map((arc) => {
    let x = 0, y = 0;
    const steps = [];
    for (const [lon, lat] of arc) {
      const qx = Math.round((lon + 180) * grid), qy = Math.round((lat + 90) * grid);
      if (steps.length > 1 && qx === x && qy === y) continue;
      steps.push([qx - x, qy - y]);
      x = qx;
      y = qy;
    }
    return steps;
  });
  return { ...topology, arcs, transform: { scale: [1 / grid, 1 / grid], translate: [-180, -90] } };
}

export function makeMap(require) {
  const atlas = require("world-atlas/countries-50m.json");
  const iso = require("i18n-iso-countries");
  const geometries = atlas.objects.countries.geometries.filter((g) => g.arcs).map((g) => named(g, iso)).filter((g) => !left_out.has(g.id));
  const whole = presimplify({ ...atlas, objects: { countries: { type: "GeometryCollection", geometries } } });
  const simple = simplify(whole, 0.02);
  const { bbox, ...map } = quantize(compact(simple));
  feature(map, map.objects.countries); // throws where an arc is lost
  return map;
}
