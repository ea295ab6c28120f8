/** A small world for the tests of this module, written as the registers would hold it. */
import { newId } from '@levee/contract';
import type { TestHouse } from '../../platform/testing/index.ts';
import { placeIdOfCode } from '../places/index.ts';

export const GONGHE = '632521' as const;
export const GUIDE = '632523' as const;
const TOWN = { [GONGHE]: '632521100', [GUIDE]: '632523100' } as const;
type County = keyof typeof TOWN;

export interface World {
  readonly incidentId: string;
  place(level: 'venue' | 'vehicle', placeClass: string, county?: County, indoors?: boolean): Promise<string>;
  person(name: string, more?: { household?: string; work?: string; county?: County }): Promise<string>;
  /** Times are `dd HH:MM` in August 2022, Beijing time. */
  stay(
    person: string,
    place: string,
    from: string,
    until: string,
    seat?: [row: number, column?: string],
  ): Promise<string>;
  openCase(person: string, dateOnset: string, county?: County): Promise<string>;
}

export const at = (text: string): string =>
  new Date(`2022-08-${text.slice(0, 2)}T${text.slice(3)}:00+08:00`).toISOString();

export async function makeWorld(house: TestHouse): Promise<World> {
  const incidentId = newId();
  const actor = newId();
  await house.asSuperuser(
    `insert into incident (id, name_zh, name_en, division, pack_id, level, reason, activated_at, activated_by, activated_by_name)
     values ($1, '测试事件', 'Test incident', '6325', 'covid19-cn-9', 'III', '测试', $2, $3, '测试')`,
    [incidentId, at('11 21:00'), actor],
  );
  let names = 0;
  return {
    incidentId,
    async place(level, placeClass, county = GONGHE, indoors = true) {
      const id = newId();
      await house.asSuperuser(
        `insert into place (id, parent_id, level, class, division, name_zh, name_en, indoors)
         values ($1, $2, $3, $4, $5, $6, $6, $7)`,
        [id, placeIdOfCode(TOWN[county]), level, placeClass, TOWN[county], `场所${++names}`, indoors],
      );
      return id;
    },
    async person(name, { household, work, county = GONGHE } = {}) {
      const id = newId();
      const home = placeIdOfCode(TOWN[county]);
      if (household) {
        await house.asSuperuser(
          `insert into household (id, place_id, division) values ($1, $2, $3) on conflict do nothing`,
          [household, home, TOWN[county]],
        );
      }
      await house.asSuperuser(
        `insert into person (id, household_id, place_id, division, name_zh, sex, work_id, created_at)
         values ($1, $2, $3, $4, $5, 'female', $6, $7)`,
        [id, household ?? null, home, TOWN[county], name, work ?? null, at('01 00:00')],
      );
      return id;
    },
    async stay(person, place, from, until, seat) {
      const id = newId();
      await house.asSuperuser(
        `insert into stay (id, person_id, place_id, from_at, until_at, source, seat_row, seat_column, division, recorded_at)
         select $1, $2, $3, $4, $5, 'interview', $6, $7, division, $8 from place where id = $3`,
        [id, person, place, at(from), at(until), seat?.[0] ?? null, seat?.[1] ?? null, at('11 22:00')],
      );
      return id;
    },
    async openCase(person, dateOnset, county = GONGHE) {
      const id = newId();
      await house.asSuperuser(
        `insert into case_file (id, external_id, incident_id, person_id, classification, date_onset, division, opened_at, changed_at)
         values ($1, $2, $3, $4, 'confirmed', $5, $6, $7, $7)`,
        [id, `2022-${++names}`, incidentId, person, dateOnset, TOWN[county], at('11 22:00')],
      );
      return id;
    },
  };
}
