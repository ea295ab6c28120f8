import { isTown, offset } from '../../places/index.ts';
import { pickWeighted, type Random, randomStream } from './random.ts';
import { type PlaceRow, syntheticId } from './rows.ts';

/** Where households live: a unit of a building in a town, a grid (社) in a village. */
export interface Dwelling {
  placeId: string;
  division: string;
  /** Household sizes, in order. */
  sizes: number[];
}

const HOUSEHOLDS_PER_UNIT = 12;
const UNITS_PER_BUILDING = 3;
const BUILDINGS_PER_GRID = 8;
const HOUSEHOLDS_PER_CLUSTER = 60;

/** Not a census: a plausible shape with a mean of 3.3 in towns and 3.9 in villages. */
const TOWN_SIZES = [
  [1, 10],
  [2, 20],
  [3, 28],
  [4, 24],
  [5, 11],
  [6, 5],
  [7, 2],
] as const;
const VILLAGE_SIZES = [
  [1, 7],
  [2, 13],
  [3, 22],
  [4, 25],
  [5, 17],
  [6, 10],
  [7, 6],
] as const;

/** The compound of the model case: a grid of 城北新区社区 of its own. */
const NAMED_GRID = {
  community: '632521100010',
  grid: 4,
  zh: '仁和路棚户四区',
  en: 'Renhe Road Housing Area 4',
};

export interface DwellingPlan {
  places: PlaceRow[];
  dwellings: Dwelling[];
}

/** Grids, buildings and units of one community, filled with households until `headcount` people live there. */
export function planDwellings(community: PlaceRow, seed: number, nextOrdinal: () => number): DwellingPlan {
  const code = community.division;
  const random = randomStream(seed, 2, Number(code));
  const sizes = drawSizes(random, community.headcount, isTown(code) ? TOWN_SIZES : VILLAGE_SIZES);
  const places: PlaceRow[] = [];
  const dwellings: Dwelling[] = [];
  const center: { lon: number; lat: number } = community;

  function add(
    parent: PlaceRow,
    level: 'grid' | 'building' | 'unit',
    code: string,
    names: [string, string],
    inside: number[],
  ) {
    const [near, far] = level === 'grid' ? [0.1, 0.6] : [0.02, 0.1];
    const row: PlaceRow = {
      id: syntheticId(seed, 'dwelling', nextOrdinal()),
      parentId: parent.id,
      code,
      level,
      class: 'dwelling',
      division: code,
      nameZh: names[0],
      nameEn: names[1],
      ...(level === 'unit'
        ? { lon: parent.lon, lat: parent.lat }
        : offset(level === 'grid' ? center : parent, near + (far - near) * random.next(), random.next())),
      approximate: true,
      indoors: level !== 'grid',
      headcount: inside.reduce((sum, size) => sum + size, 0),
      seatCount: null,
    };
    places.push(row);
    return row;
  }

  if (!isTown(code)) {
    chunks(sizes, HOUSEHOLDS_PER_CLUSTER).forEach((inside, g) => {
      const names: [string, string] = [`${community.nameZh}${g + 1}社`, `${community.nameEn} group ${g + 1}`];
      const grid = add(community, 'grid', `${code}-G${two(g + 1)}`, names, inside);
      dwellings.push({ placeId: grid.id, division: grid.division, sizes: inside });
    });
    return { places, dwellings };
  }

  const grids = chunks(sizes, HOUSEHOLDS_PER_UNIT * UNITS_PER_BUILDING * BUILDINGS_PER_GRID);
  const named = code === NAMED_GRID.community ? Math.min(NAMED_GRID.grid, grids.length) - 1 : -1;
  grids.forEach((inGrid, g) => {
    const gridNames: [string, string] =
      g === named
        ? [NAMED_GRID.zh, NAMED_GRID.en]
        : [`${community.nameZh}第${g + 1}网格`, `${community.nameEn} grid ${g + 1}`];
    const grid = add(community, 'grid', `${code}-G${two(g + 1)}`, gridNames, inGrid);
    chunks(inGrid, HOUSEHOLDS_PER_UNIT * UNITS_PER_BUILDING).forEach((inBuilding, b) => {
      const building = add(
        grid,
        'building',
        `${grid.division}-B${two(b + 1)}`,
        [`${b + 1}号楼`, `Building ${b + 1}`],
        inBuilding,
      );
      chunks(inBuilding, HOUSEHOLDS_PER_UNIT).forEach((inUnit, u) => {
        const unit = add(
          building,
          'unit',
          `${building.division}-U${u + 1}`,
          [`${u + 1}单元`, `Unit ${u + 1}`],
          inUnit,
        );
        dwellings.push({ placeId: unit.id, division: unit.division, sizes: inUnit });
      });
    });
  });
  return { places, dwellings };
}

function drawSizes(
  random: Random,
  headcount: number,
  table: readonly (readonly [number, number])[],
): number[] {
  const sizes: number[] = [];
  for (let rest = headcount; rest > 0; rest -= sizes.at(-1)!)
    sizes.push(Math.min(rest, pickWeighted(random, table)));
  return sizes;
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}

const two = (number: number) => String(number).padStart(2, '0');
