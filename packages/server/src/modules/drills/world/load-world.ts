/** Writes a synthetic prefecture into an empty, migrated database. */
import pg from 'pg';
import type { Cipher } from '../../../platform/cipher.ts';
import { nameKeys, sealNumbers } from '../../people/index.ts';
import { pinyinKey } from '../../places/index.ts';
import type { PersonRow, PlaceRow, Population } from '../population/index.ts';
import { type Cell, copyRows, setIndexesAside } from './bulk.ts';
import type { WorldStay } from './stay.ts';

export interface World {
  readonly population: Population;
  /** Venues and vehicles the scenario adds to the population's, parents first. */
  readonly places: readonly PlaceRow[];
  readonly stays: Iterable<WorldStay>;
  /** When everything is said to have been recorded. */
  readonly recordedAt: string;
}

export interface WorldCounts {
  places: number;
  households: number;
  people: number;
  stays: number;
}

const TABLES = ['place', 'household', 'person', 'stay'];

/**
 * Loads places, households, people and stays in one transaction. `adminUrl` is the superuser's: a template database
 * is being made, and COPY is closed to everybody whom row-level security binds.
 */
export async function loadWorld(
  adminUrl: string,
  cipher: Cipher,
  world: World,
  report: (done: number) => void = () => {},
): Promise<WorldCounts> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'levee world' });
  await client.connect();
  const { population, recordedAt } = world;
  try {
    await client.query('begin');
    // The transaction that makes an empty database may use memory for its indexes.
    await client.query(`set local maintenance_work_mem = '256MB'`);
    const buildAgain = await setIndexesAside(client, TABLES);
    await writeDivisions(client, population.divisionPlaces);
    const places = await copyRows(
      client,
      'place',
      PLACE,
      placeCells([...population.places, ...world.places]),
    );
    const households: Cell[][] = [];
    function* people(): Generator<Cell[]> {
      let done = 0;
      const keys = nameKeysOnce();
      for (const batch of population.batches()) {
        for (const { id, placeId, division } of batch.households) households.push([id, placeId, division]);
        for (const person of batch.persons) yield personCells(person, cipher, keys, recordedAt);
        done += batch.persons.length;
        report(done);
      }
    }
    const persons = await copyRows(client, 'person', PERSON, people());
    await copyRows(client, 'household', ['id', 'place_id', 'division'], households);
    const stays = await copyRows(client, 'stay', STAY, stayCells(world.stays, recordedAt));
    await buildAgain();
    await client.query('commit');
    await client.query(`analyze ${TABLES.join(', ')}`);
    return { places, households: households.length, people: persons, stays };
  } finally {
    await client.end();
  }
}

const PLACE = [
  'id',
  'parent_id',
  'code',
  'level',
  'class',
  'division',
  'name_zh',
  'name_en',
  'pinyin',
  'lon',
  'lat',
  'approximate',
  'indoors',
  'headcount',
];

function* placeCells(places: readonly PlaceRow[]): Generator<Cell[]> {
  const keys = new Map<string, string>();
  for (const place of places) {
    // Names repeat with another number: the sound of the rest is looked up once.
    const words = place.nameZh.split(/\d+/).join('');
    let key = keys.get(words);
    if (key === undefined) {
      key = pinyinKey(words);
      keys.set(words, key);
    }
    yield [
      place.id,
      place.parentId,
      place.code,
      place.level,
      place.class,
      place.division,
      place.nameZh,
      place.nameEn,
      key,
      place.lon,
      place.lat,
      place.approximate,
      place.indoors,
      place.headcount,
    ];
  }
}

/** The tree may be there already (an installation writes it at its start); then its headcounts are filled in. */
async function writeDivisions(client: pg.Client, divisions: readonly PlaceRow[]): Promise<void> {
  await client.query('create temporary table tree (like place) on commit drop');
  await copyRows(client, 'tree', PLACE, placeCells(divisions));
  await client.query(
    `insert into place select * from tree on conflict (id) do update set headcount = excluded.headcount`,
  );
}

const PERSON = [
  'id',
  'household_id',
  'place_id',
  'division',
  'name_zh',
  'name_pinyin',
  'name_initials',
  'sex',
  'date_birth',
  'occupation',
  'identity_sealed',
  'identity_index',
  'phone_sealed',
  'phone_index',
  'school_id',
  'work_id',
  'synthetic',
  'created_at',
];

type NameKeys = ReturnType<typeof nameKeys>;

/** Names repeat; spelling one takes longer than sealing two numbers. */
function nameKeysOnce(): (name: string) => NameKeys {
  const known = new Map<string, NameKeys>();
  return (name) => {
    let keys = known.get(name);
    if (!keys) {
      keys = nameKeys(name);
      known.set(name, keys);
    }
    return keys;
  };
}

function personCells(
  person: PersonRow,
  cipher: Cipher,
  keysOf: (name: string) => NameKeys,
  recordedAt: string,
): Cell[] {
  const keys = keysOf(person.nameZh);
  const sealed = sealNumbers(cipher, person);
  return [
    person.id,
    person.householdId,
    person.placeId,
    person.division,
    person.nameZh,
    keys.pinyin,
    keys.initials,
    person.sex,
    person.dateBirth,
    person.occupation,
    sealed.identitySealed,
    sealed.identityIndex,
    sealed.phoneSealed,
    sealed.phoneIndex,
    person.schoolId,
    person.workId,
    true,
    recordedAt,
  ];
}

const STAY = [
  'id',
  'person_id',
  'place_id',
  'from_at',
  'until_at',
  'source',
  'seat_row',
  'seat_column',
  'division',
  'recorded_at',
];

function* stayCells(stays: Iterable<WorldStay>, recordedAt: string): Generator<Cell[]> {
  for (const stay of stays) {
    yield [
      stay.id,
      stay.personId,
      stay.placeId,
      stay.from,
      stay.until,
      stay.source,
      stay.seat && Number.parseInt(stay.seat, 10),
      stay.seat?.match(/[A-Z]$/)?.[0] ?? null,
      stay.division,
      recordedAt,
    ];
  }
}
