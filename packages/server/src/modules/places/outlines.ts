/** Outlines of the areas, read once from the generalised file the product ships. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface Outline {
  readonly division: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly labelPoint: [number, number];
  readonly geometry: unknown;
  readonly source: string;
}

interface FeatureCollection {
  features: {
    geometry: unknown;
    properties: {
      division: string;
      name: string;
      nameEn: string;
      labelPoint: [number, number];
      source: string;
    };
  }[];
}

const file = fileURLToPath(new URL('../../../../../data/geo/hainan-outlines.geojson', import.meta.url));
let outlines: readonly Outline[] | undefined;

export function readOutlines(): readonly Outline[] {
  outlines ??= (JSON.parse(readFileSync(file, 'utf8')) as FeatureCollection).features.map(
    ({ geometry, properties }) => ({
      division: properties.division,
      nameZh: properties.name,
      nameEn: properties.nameEn,
      labelPoint: properties.labelPoint,
      geometry,
      source: properties.source,
    }),
  );
  return outlines;
}
