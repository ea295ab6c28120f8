import { createHash } from 'node:crypto';
import { checkIdentityNumber } from '@levee/protocol';
import { describe, expect, it } from 'vitest';
import { communityName, readDivisions } from '../../places/index.ts';
import {
  generatePopulation,
  generateStays,
  HOUSEHOLD_COLUMNS,
  PERSON_COLUMNS,
  PLACE_COLUMNS,
  type PopulationInput,
  STAY_COLUMNS,
  SYNTHETIC_ADDRESS,
} from './index.ts';

const input: PopulationInput = {
  divisions: readDivisions(),
  seed: 20220811,
  headcount: 30_000,
  today: '2022-08-11',
};
const population = generatePopulation(input);
const batches = [...population.batches()];
const persons = batches.flatMap((batch) => batch.persons);
const households = batches.flatMap((batch) => batch.households);
const allPlaces = [...population.divisionPlaces, ...population.places];
const placeById = new Map(allPlaces.map((place) => [place.id, place]));

function hashOf(seed: number): string {
  const other = generatePopulation({ ...input, seed, headcount: 3_000 });
  const hash = createHash('sha256');
  for (const place of other.places) hash.update(JSON.stringify(place));
  for (const batch of other.batches()) hash.update(JSON.stringify(batch));
  for (const stay of generateStays({
    population: other,
    from: '2022-06-06',
    until: '2022-06-08',
    people: 200,
  }))
    hash.update(JSON.stringify(stay));
  return hash.digest('hex');
}

describe('the synthetic population', () => {
  it('meets the headcount exactly, at the full size of the prefecture too', () => {
    expect(persons).toHaveLength(30_000);
    let whole = 0;
    let communities = 0;
    for (const batch of generatePopulation({ ...input, headcount: 447_000 }).batches()) {
      whole += batch.persons.length;
      communities += batch.persons.length > 0 ? 1 : 0;
    }
    expect(whole).toBe(447_000);
    expect(communities).toBe(487);
  }, 30_000);

  it('is the same for the same seed and another for another', () => {
    expect(hashOf(7)).toBe(hashOf(7));
    expect(hashOf(7)).not.toBe(hashOf(8));
    // Pinned, so that a changed machine or a careless edit is noticed. Change it only with intent.
    expect(hashOf(7).slice(0, 16)).toBe('8f3ed95379e57d14');
  });

  it('can be walked twice and gives the same rows', () => {
    expect(population.batches().next().value).toEqual(batches[0]);
  });

  it('lives in all 487 communities of all 40 townships, headcounts adding up on every level [D2]', () => {
    expect(new Set(persons.map(({ division }) => division.slice(0, 12))).size).toBe(487);
    expect(new Set(persons.map(({ division }) => division.slice(0, 9))).size).toBe(40);
    const living = new Map<string, number>();
    for (const { placeId } of persons) {
      for (let at = placeById.get(placeId); at; at = placeById.get(at.parentId!))
        living.set(at.id, (living.get(at.id) ?? 0) + 1);
    }
    const areas = allPlaces.filter(({ code }) => code !== null);
    expect(areas.filter(({ id, headcount }) => living.get(id) !== headcount)).toEqual([]);
  });

  it('has identity numbers that are valid, unique and outside every real address code', () => {
    for (const { identityNumber, dateBirth, sex } of persons)
      expect(checkIdentityNumber(identityNumber)).toMatchObject({
        ok: true,
        birthDate: dateBirth,
        sex,
        addressCode: SYNTHETIC_ADDRESS,
      });
    expect(new Set(persons.map(({ identityNumber }) => identityNumber)).size).toBe(persons.length);
    expect(input.divisions.some(({ division }) => division.startsWith(SYNTHETIC_ADDRESS))).toBe(false);
    const phones = persons.flatMap(({ phone }) => phone ?? []);
    expect(new Set(phones).size).toBe(phones.length);
    expect(phones.every((phone) => /^154\d{8}$/.test(phone))).toBe(true);
  });

  it('keeps every person inside the area of the household', () => {
    const householdById = new Map(households.map((household) => [household.id, household]));
    for (const person of persons) {
      const home = householdById.get(person.householdId)!;
      expect(person.division.startsWith(placeById.get(home.placeId)!.division)).toBe(true);
      expect(person.placeId).toBe(home.placeId);
    }
    expect(new Set(persons.map(({ householdId }) => householdId)).size).toBe(households.length);
  });

  it('names every place below its parent, parents first, with ids that never repeat', () => {
    const seen = new Set<string>();
    for (const { id, parentId, division, code, nameZh, nameEn, approximate } of allPlaces) {
      expect(seen.has(id)).toBe(false);
      seen.add(id);
      if (parentId) {
        expect(seen.has(parentId)).toBe(true);
        expect(division.startsWith(placeById.get(parentId)!.division)).toBe(true);
      }
      expect(division).toMatch(/^\d{4}(\d{2}(\d{3}(\d{3}(-[A-Z]\d{1,3}){0,3})?)?)?$/);
      if (code) expect(code).toBe(division);
      expect(nameZh && nameEn && approximate).toBe(true);
    }
    const ids = [...persons, ...households].map(({ id }) => id);
    expect(new Set([...ids, ...seen]).size).toBe(ids.length + seen.size);
  });

  it('has the places of the model case: the compound with buildings and units, the hospital, the checkpoint', () => {
    const find = (nameZh: string) => allPlaces.find((place) => place.nameZh === nameZh)!;
    const compound = find('仁和路棚户四区');
    expect(compound.division).toMatch(/^632521100010-G\d+$/);
    const below = population.places.filter(({ division }) => division.startsWith(`${compound.division}-`));
    expect(new Set(below.map(({ level }) => level))).toEqual(new Set(['building', 'unit']));
    expect(find('共和县中医院城北区院区')).toMatchObject({ class: 'care', division: '632521100010' });
    expect(find('共卡高速公路入口检查点')).toMatchObject({ class: 'checkpoint', indoors: false });
  });

  it('stores no attribute of religion or ethnicity, in no column and no row [R1]', () => {
    const columns = [...PLACE_COLUMNS, ...HOUSEHOLD_COLUMNS, ...PERSON_COLUMNS, ...STAY_COLUMNS];
    expect(columns.filter((column) => /ethnic|nation|relig|faith|race|minzu/i.test(column))).toEqual([]);
    expect(Object.keys(persons[0]!).toSorted()).toEqual([...PERSON_COLUMNS].toSorted());
    expect(Object.keys(households[0]!).toSorted()).toEqual([...HOUSEHOLD_COLUMNS].toSorted());
    expect(Object.keys(allPlaces[0]!).toSorted()).toEqual([...PLACE_COLUMNS].toSorted());
  });

  it('is young as the prefecture is: a fifth under 15, an eighth at 60 and over, children in class', () => {
    const born = (year: number) => persons.filter(({ dateBirth }) => dateBirth > `${year}-08-11`).length;
    expect(born(2007) / persons.length).toBeCloseTo(0.2, 1);
    expect(1 - born(1962) / persons.length).toBeCloseTo(0.13, 1);
    expect(persons.every(({ dateBirth }) => dateBirth <= input.today)).toBe(true);
    for (const { occupation, schoolId } of persons)
      expect(schoolId !== null).toBe(occupation === 'student' || occupation === 'nursery_child');
  });

  it('refuses fewer people than communities', () => {
    expect(() => generatePopulation({ ...input, headcount: 486 })).toThrow(/487 communities/);
  });
});

describe('everyday stays', () => {
  const days = { from: '2022-06-06', until: '2022-06-09' };
  const stays = [...generateStays({ population, ...days, people: 2_000, within: '632521' })];

  it('belong to the number of people asked for, who live in the area asked for', () => {
    const homes = new Map(persons.map(({ id, division }) => [id, division]));
    const people = new Set(stays.map(({ personId }) => personId));
    expect([...people].every((id) => homes.get(id)!.startsWith('632521'))).toBe(true);
    // Who stays at home for three days has no stay.
    expect(people.size).toBeLessThanOrEqual(2_000);
    expect(people.size).toBeGreaterThan(1_500);
  });

  it('never put one person in two places at once and stay within the days [B2]', () => {
    const byPerson = Map.groupBy(stays, ({ personId }) => personId);
    for (const own of byPerson.values()) {
      own.sort((a, b) => a.from.localeCompare(b.from));
      own.forEach((stay, i) => {
        expect(stay.from < stay.until).toBe(true);
        expect(stay.from >= days.from && stay.until < days.until).toBe(true);
        if (i > 0) expect(stay.from >= own[i - 1]!.until).toBe(true);
      });
    }
  });

  it('happen at known places, a seat only in a vehicle and no seat given twice [B4]', () => {
    const seats = stays
      .filter(({ seat }) => seat !== null)
      .map((stay) => `${stay.placeId} ${stay.from} ${stay.seat}`);
    expect(seats.length).toBeGreaterThan(5);
    expect(new Set(seats).size).toBe(seats.length);
    for (const { placeId, seat, division } of stays) {
      const place = placeById.get(placeId)!;
      expect(place.division).toBe(division);
      if (seat !== null) expect(place.level).toBe('vehicle');
    }
  });

  it('leave the classrooms empty on a Sunday and in the summer holiday', () => {
    const inClass = (from: string, until: string) =>
      [...generateStays({ population, from, until, people: 1_000, within: '632521' })].filter(
        ({ placeId }) => placeById.get(placeId)!.class === 'school',
      ).length;
    expect(inClass('2022-06-06', '2022-06-07')).toBeGreaterThan(100);
    expect(inClass('2022-06-05', '2022-06-06')).toBe(0);
    expect(inClass('2022-08-08', '2022-08-09')).toBe(0);
  });
});

describe('names of communities', () => {
  it.each([
    ['城中居委会', '城中社区'],
    ['黄河路社区居委会', '黄河路社区'],
    ['倒淌河镇第二社区居民委员会', '倒淌河镇第二社区'],
    ['次汗素村委会', '次汗素村'],
    ['上村村委会', '上村'],
    ['新村委会', '新村'],
    ['加吾沟村村民委员会', '加吾沟村'],
    ['那洞村牧委会', '那洞村'],
    ['河西镇居民委员会', '河西镇社区'],
    ['巴卡台农场虚拟生活区', '巴卡台农场虚拟生活区'],
  ])('%s is called %s', (official, spoken) => expect(communityName(official)).toBe(spoken));
});
