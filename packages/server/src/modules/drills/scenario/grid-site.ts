/** A mobile sampling site inside the community of the model case: where its grid worker's phone works. */
import type { PlaceRow, Population } from '../population/index.ts';

export const GRID = '632521100010';
export const TOWN = '632521100';

/** @throws RangeError where the population has no such community */
export function gridSiteOf(population: Population): PlaceRow {
  const community = population.divisionPlaces.find(({ division }) => division === GRID);
  if (!community) throw new RangeError(`${GRID} is not in the population`);
  return {
    ...community,
    id: '00000000-0005-8000-8002-000000000001',
    parentId: community.id,
    code: null,
    level: 'venue',
    class: 'test_site',
    nameZh: '城北新区流动采样点',
    nameEn: 'Chengbei Mobile Sampling Site',
    indoors: false,
    headcount: 200,
    seatCount: null,
  };
}
