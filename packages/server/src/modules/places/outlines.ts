/** Outlines of the areas: those the authority loaded, and for areas without one the generalised file we ship. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Context, inScope } from '../../platform/context.ts';
import { readStoredOutlines } from './authority-map/authority-map.repository.ts';

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

/** What the reader's map shows: areas inside the own one and those it lies in; the authority's own before ours. */
export async function outlinesFor(context: Context): Promise<Outline[]> {
  const own = (await readStoredOutlines(context.trx)).map(
    (outline): Outline => ({ ...outline, labelPoint: [...outline.labelPoint] }),
  );
  const drawn = new Set(own.map(({ division }) => division));
  const shipped = shippedOutlines().filter(({ division }) => !drawn.has(division));
  return [...own, ...shipped].filter(
    ({ division }) => inScope(context.actor, division) || context.actor.scope.startsWith(division),
  );
}

function shippedOutlines(): readonly Outline[] {
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
