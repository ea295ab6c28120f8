/** places: one tree from prefecture to unit, with venues and vehicles. */

export { listTree } from './authority-map/authority-map.repository.ts';
export { type ImportOutcome, importDivisions, importOutlines } from './authority-map/authority-map.ts';
export { textOfFile } from './authority-map/divisions-file.ts';
export { UnreadableMapError } from './authority-map/verdict.ts';
export { type CountyCount, insideArea } from './county-count.ts';
export { communityName, isTown, offset, placeIdOfCode, readDivisions, seedDivisions } from './divisions.ts';
export type { Place } from './place.ts';
export {
  findPlaceByCode,
  findPlaceById,
  findPlaceByIdOrThrow,
  findPlacesByIds,
  findPlacesByName,
  listCounties,
  listPlaces,
  pathsOf,
} from './places.repository.ts';
export { placesRoutes } from './places.routes.ts';
export { pinyinKey } from './places.service.ts';
export { nearestSteward } from './stewards.repository.ts';
export { setSteward } from './stewards.ts';
