import type { PlaceRow, VenueClass } from './rows.ts';
import { isSeat, shortName } from './townships.ts';

export type Names = [zh: string, en: string];

/** Makes one venue below `parent`; `headcount` is its planned capacity. */
export type AddVenue = (
  parent: PlaceRow,
  kind: VenueClass,
  capacity: number,
  names: Names,
  level?: 'venue' | 'vehicle',
) => PlaceRow;

/** Years are children of one age: nursery from three, primary from six, junior from twelve, senior from fifteen. */
const SCHOOLS: readonly { zh: string; en: string; years: number[]; seatOnly: boolean }[] = [
  { zh: '幼儿园', en: 'Nursery', years: [-3, -2, -1], seatOnly: false },
  { zh: '小学', en: 'Primary School', years: [1, 2, 3, 4, 5, 6], seatOnly: false },
  { zh: '初级中学', en: 'Junior Secondary School', years: [7, 8, 9], seatOnly: true },
  { zh: '高级中学', en: 'Senior Secondary School', years: [10, 11, 12], seatOnly: true },
];
const YEAR_NAMES: Record<number, string> = {
  [-3]: '小班',
  [-2]: '中班',
  [-1]: '大班',
  1: '一年级',
  2: '二年级',
  3: '三年级',
  4: '四年级',
  5: '五年级',
  6: '六年级',
  7: '初一',
  8: '初二',
  9: '初三',
  10: '高一',
  11: '高二',
  12: '高三',
};

/** About this share of the people is born in one year; a class is planned for 45. */
const YEAR_PROPORTION = 0.018;
const CLASS_SIZE = 45;
const CLASSES_PER_SCHOOL_YEAR = 8;

/** The school year a child of this age is in: -3…-1 nursery, 1–12 school; null outside. */
export function schoolYear(age: number): number | null {
  if (age < 3 || age > 17) return null;
  return age < 6 ? age - 6 : age - 5;
}

/**
 * Schools of a township; its seat also teaches the county's juniors and seniors, who board there.
 * @returns the classrooms by school year; each hangs below its school
 */
export function planSchools(township: PlaceRow, county: PlaceRow, add: AddVenue): Map<number, PlaceRow[]> {
  const classrooms = new Map<number, PlaceRow[]>();
  for (const { zh, en, years, seatOnly } of SCHOOLS) {
    if (seatOnly && !isSeat(township.division)) continue;
    const people = seatOnly ? county.headcount : township.headcount;
    const classes = Math.max(1, Math.ceil((people * YEAR_PROPORTION) / CLASS_SIZE));
    const schools = Math.ceil(classes / CLASSES_PER_SCHOOL_YEAR);
    for (let s = 1; s <= schools; s++) {
      const numbered = schools > 1 ? `第${s}` : '';
      const name = `${shortName(township)}${numbered}${zh}`;
      const nameEn = `${township.nameEn} ${en}${schools > 1 ? ` ${s}` : ''}`;
      const mine = Math.floor((classes * s) / schools) - Math.floor((classes * (s - 1)) / schools);
      const school = add(township, 'school', mine * years.length * CLASS_SIZE, [name, nameEn]);
      for (const year of years)
        for (let c = 1; c <= mine; c++) {
          const room = add(school, 'school', CLASS_SIZE, [
            `${name}${YEAR_NAMES[year]}${c}班`,
            `${nameEn}, year ${year < 0 ? `N${4 + year}` : year} class ${c}`,
          ]);
          const list = classrooms.get(year);
          if (list) list.push(room);
          else classrooms.set(year, [room]);
        }
    }
  }
  return classrooms;
}
