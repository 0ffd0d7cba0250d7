// Draws the world for the map of requests: node world.mjs. Run by `make generate`; what comes out, world.json, is checked
// in. Each country is an outline in whole units of a drawing 1000 wide, in steps from point to point, which is a fifth of
// what exact figures would weigh; what is too small to be pressed is a point.
import fs from "node:fs";
import { feature } from "topojson-client";
import { geoEqualEarth, geoPath } from "d3-geo";

const read = scale => JSON.parse(fs.readFileSync(`../../node_modules/world-atlas/countries-${scale}.json`, "utf8"));
const countriesOf = topology => feature(topology, topology.objects.countries).features;
const small = 12; // square units

const width = 1000;
const projection = geoEqualEarth().rotate([-11, 0]); // cut through the Bering Strait, so that no country is in two halves
const antarctica = "010";
const shown = countriesOf(read("110m")).filter(country => country.id !== antarctica);
projection.fitWidth(width, { type: "FeatureCollection", features: shown });
const [[, top], [, bottom]] = geoPath(projection).bounds({ type: "FeatureCollection", features: shown });

// rings of a country as whole points, without those that lie on a line with their neighbours
function rings(country) {
  const all = [];
  const pen = {
    moveTo(x, y) { all.push([[Math.round(x), Math.round(y - top)]]); },
    lineTo(x, y) {
      const ring = all.at(-1), point = [Math.round(x), Math.round(y - top)], [a, b] = ring.slice(-2);
      if (point.join() === ring.at(-1).join()) return;
      if (b && (b[0] - a[0]) * (point[1] - b[1]) === (b[1] - a[1]) * (point[0] - b[0])) ring.pop();
      ring.push(point);
    },
    closePath() {},
    arc() {},
  };
  geoPath(projection, pen)(country);
  return all.filter(ring => ring.length > 3);
}

const signed = n => (n < 0 ? String(n) : " " + n);
function outline(country) {
  return rings(country).map(([first, ...rest]) => {
    let [x, y] = first;
    const steps = rest.map(([u, v]) => { const step = signed(u - x) + signed(v - y); [x, y] = [u, v]; return step; });
    return `M${first[0]} ${first[1]}l${steps.join("").trim()}z`;
  }).join("");
}

const world = { width, height: Math.ceil(bottom - top), countries: [] };
const drawn = new Map(shown.map(country => [country.id, { number: country.id ?? "", name: country.properties.name, outline: outline(country) }]));
world.countries.push(...shown.map(country => country.id ? drawn.get(country.id) : { number: "", name: country.properties.name, outline: outline(country) }));
for (const country of countriesOf(read("50m"))) {
  const [x, y] = geoPath(projection).centroid(country), point = { x: Math.round(x), y: Math.round(y - top) };
  if (!country.id || country.id === antarctica) continue;
  if (!drawn.has(country.id)) world.countries.push({ number: country.id, name: country.properties.name, ...point });
  else if (country.properties.name === drawn.get(country.id).name && geoPath(projection).area(country) < small) Object.assign(drawn.get(country.id), point);
}
fs.writeFileSync("world.json", JSON.stringify(world, null, 1) + "\n");
