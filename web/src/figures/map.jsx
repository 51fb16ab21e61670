// map.jsx: the world, each country in the colour of its region's change.
// SPDX-License-Identifier: MIT
import { geoEqualEarth, geoPath } from "d3-geo";
import { feature, mesh } from "topojson-client";
import { useMemo, useState } from "preact/hooks";
import { classOf } from "../colour.js";
import { moneyChange, percent } from "../format.js";
import { Tooltip } from "../parts/tooltip.jsx";

const width = 960;
const far = new Set(["KIR", "WSM", "TON", "PYF", "COK", "NIU", "ASM", "PCN", "WLF", "ATF"]); // do not widen the map for these

// Which region paints a country: the one that lists it; else the rest of the world, which lists or is called "ROW".
export function regionOfCountry(report) {
  const of = new Map();
  let rest = -1;
  report.regions.forEach((region, n) => {
    if (region.code.toUpperCase() === "ROW" || /^rest of (the )?world$/i.test(region.label)) rest = n;
    region.members.forEach((code) => (code === "ROW" ? (rest = n) : of.set(code, n)));
  });
  return (code) => of.get(code) ?? rest;
}

// How many of the map's countries a region lists by name.
export function countriesOf(report, map) {
  const listed = new Set(report.regions.flatMap((region) => region.members));
  return map.objects.countries.geometries.filter((g) => listed.has(g.id)).length;
}

function drawCountries(map, report) {
  const countries = feature(map, map.objects.countries);
  const near = { type: "FeatureCollection", features: countries.features.filter((f) => !far.has(f.id)) };
  const projection = geoEqualEarth().rotate([-11, 0]).fitWidth(width, near);
  const path = geoPath(projection).digits(1);
  const regionOf = regionOfCountry(report);
  const [, [, bottom]] = path.bounds(near);
  const shapes = countries.features.map((f, i) => ({ key: i, code: f.id, name: f.properties.name, region: regionOf(f.id), d: path(f) }));
  const outline = (n) => path(mesh(map, map.objects.countries, (a, b) => {
    const left = regionOf(a.id) === n, right = regionOf(b.id) === n;
    return a === b ? left : left !== right;
  }));
  return { shapes, outline, height: Math.ceil(bottom) + 2 };
}

export function WorldMap({ report, map, s, variable, breaks, selected, onSelect }) {
  const [hover, setHover] = useState(null);
  const drawn = useMemo(() => drawCountries(map, report), [map, report]);
  const outlines = useMemo(() => new Map(), [drawn]);
  const outline = (n) => {
    if (n < 0 || n === null || n === undefined) return null;
    if (!outlines.has(n)) outlines.set(n, drawn.outline(n));
    return outlines.get(n);
  };
  const decimals = report.decimals(variable);
  const value = (n) => (n < 0 ? NaN : report.percent(s, variable, n));
  const words = (shape) => shape.region < 0 ? `${shape.name}: not in this world`
    : `${shape.name}${report.label(shape.region) === shape.name ? "" : ` (${report.label(shape.region)})`}: ${percent(value(shape.region), decimals)}`;
  const point = (event, shape) => setHover({
    x: event.clientX, y: event.clientY, region: shape.region,
    title: shape.region < 0 ? shape.name : report.label(shape.region),
    lines: shape.region < 0 ? ["not in this world"] : [
      `${report.variables.get(variable).label}: ${percent(value(shape.region), decimals)}`,
      ...(variable === "real_income" ? [`${moneyChange(report.worth(s, "equivalent_variation", shape.region))} a year`] : []),
      ...(report.label(shape.region) === shape.name ? [] : [`here: ${shape.name}`]),
    ],
  });
  return (
    <div class="map" onPointerLeave={() => setHover(null)}>
      <svg viewBox={`0 0 ${width} ${drawn.height}`} role="img" aria-label={`World map: ${report.variables.get(variable).label}, change in percent, scenario ${report.scenarios[s].name}. The table below has every number.`}>
        <g class="countries">
          {drawn.shapes.map((shape) => (
            <path key={shape.key} d={shape.d} class={classOf(value(shape.region), breaks)} data-country={shape.code} data-region={shape.region < 0 ? undefined : report.regions[shape.region].code}
              onPointerMove={(e) => point(e, shape)} onClick={() => shape.region >= 0 && onSelect(shape.region)}>
              <title>{words(shape)}</title>
            </path>
          ))}
        </g>
        {outline(selected) && <path class="outline chosen" d={outline(selected)} />}
        {hover && outline(hover.region) && <path class="outline" d={outline(hover.region)} />}
      </svg>
      <Tooltip at={hover} />
    </div>
  );
}
