import { isTown, offset } from '../../places/index.ts';
import { type Random, randomStream } from './random.ts';
import { type PlaceRow, syntheticId, type VenueClass } from './rows.ts';
import { type AddVenue, type Names, planSchools } from './schools.ts';
import { isSeat, shortName } from './townships.ts';

/** What one township offers the people who live in it. */
export interface TownshipVenues {
  /** Classrooms by school year: -3 to -1 nursery, 1–6 primary; in a county seat also 7–9 junior and 10–12 senior. */
  classrooms: Map<number, PlaceRow[]>;
  byClass: Map<VenueClass, PlaceRow[]>;
  vehicles: PlaceRow[];
}

export interface VenuePlan {
  places: PlaceRow[];
  /** By nine-digit township code. */
  townships: Map<string, TownshipVenues>;
}

/** A plan per residents: one of these for each `people` of the township, at least `least` in a seat, one elsewhere. */
const PER_PEOPLE: readonly [
  VenueClass,
  people: number,
  least: number,
  capacity: number,
  zh: string,
  en: string,
][] = [
  ['market', 4000, 3, 120, '综合市场', 'Market'],
  ['catering', 900, 8, 50, '餐馆', 'Restaurant'],
  ['work', 700, 8, 60, '企业', 'Enterprise'],
  ['gathering_indoor', 9000, 3, 200, '文体活动中心', 'Activity centre'],
  ['gathering_outdoor', 15000, 1, 800, '广场', 'Square'],
  ['test_site', 2500, 4, 600, '核酸采样点', 'Sampling site'],
  ['public_office', 9000, 2, 40, '便民服务中心', 'Service centre'],
];

/** Only in county seats. */
const IN_SEAT: readonly [VenueClass, count: number, capacity: number, zh: string, en: string][] = [
  ['lodging', 6, 80, '宾馆', 'Hotel'],
  ['isolation_site', 2, 120, '集中隔离点', 'Isolation site'],
  ['transport', 1, 300, '汽车客运站', 'Coach station'],
  ['care', 1, 300, '人民医院', 'People’s Hospital'],
  ['laboratory', 1, 30, '疾控中心实验室', 'CDC laboratory'],
  ['checkpoint', 3, 40, '公路检查站', 'Road checkpoint'],
];

/** Places of the model case (scenario.md names them); their positions are not surveyed. */
const NAMED: readonly {
  township: string;
  below: string;
  class: VenueClass;
  capacity: number;
  names: Names;
}[] = [
  {
    township: '632521100',
    below: '632521100010',
    class: 'care',
    capacity: 200,
    names: ['共和县中医院城北区院区', 'Gonghe Hospital of Chinese Medicine, North Branch'],
  },
  {
    township: '632521100',
    below: '632521100',
    class: 'checkpoint',
    capacity: 60,
    names: ['共卡高速公路入口检查点', 'Checkpoint at the Gongka Motorway Entrance'],
  },
];

const IN_TOWN_COMMUNITY: readonly [VenueClass, capacity: number, zh: string, en: string][] = [
  ['care', 20, '卫生服务站', 'health station'],
  ['public_office', 20, '服务站', 'service station'],
  ['market', 25, '便利店', 'shop'],
];
const IN_VILLAGE: readonly [VenueClass, capacity: number, zh: string, en: string][] = [
  ['care', 10, '卫生室', 'health room'],
  ['public_office', 20, '党群服务中心', 'service centre'],
  ['market', 15, '小卖部', 'shop'],
];
const OUTDOORS: ReadonlySet<VenueClass> = new Set(['gathering_outdoor', 'checkpoint', 'test_site']);
const COACHES = 2;
const COACH_SEATS = 40;

/** Schools with their classrooms, workplaces, markets, care and the rest, township by township. */
export function planVenues(divisions: readonly PlaceRow[], seed: number): VenuePlan {
  const places: PlaceRow[] = [];
  const townships = new Map<string, TownshipVenues>();
  const byCode = new Map(divisions.map((place) => [place.division, place]));
  for (const area of divisions) {
    const random = randomStream(seed, 3, Number(area.division));
    const add = venueMaker(places, seed, random);
    if (area.level === 'township') {
      const added = places.length;
      const county = byCode.get(area.division.slice(0, 6))!;
      const seat = byCode.get(`${county.division}100`)!;
      const classrooms = planSchools(area, county, add);
      planTownship(area, county, seat, add);
      for (const place of NAMED.filter(({ township }) => township === area.division))
        add(byCode.get(place.below)!, place.class, place.capacity, place.names);
      const own = places.slice(added);
      const schools = new Set([...classrooms.values()].flat().map(({ parentId }) => parentId));
      townships.set(area.division, {
        classrooms,
        // A teacher works in a classroom, so the schools themselves stay out.
        byClass: Map.groupBy(
          own.filter(({ level, id }) => level === 'venue' && !schools.has(id)),
          (place) => place.class!,
        ),
        vehicles: own.filter(({ level }) => level === 'vehicle'),
      });
    }
    if (area.level === 'community') {
      const { byClass } = townships.get(area.division.slice(0, 9))!;
      for (const [kind, capacity, zh, en] of isTown(area.division) ? IN_TOWN_COMMUNITY : IN_VILLAGE)
        byClass.get(kind)!.push(add(area, kind, capacity, [`${area.nameZh}${zh}`, `${area.nameEn} ${en}`]));
    }
  }
  return { places, townships };
}

function planTownship(township: PlaceRow, county: PlaceRow, seat: PlaceRow, add: AddVenue) {
  const short = shortName(township);
  const inSeat = isSeat(township.division);
  for (const [kind, people, least, capacity, zh, en] of PER_PEOPLE) {
    const count = Math.max(inSeat ? least : 1, Math.round(township.headcount / people));
    for (let i = 1; i <= count; i++)
      add(township, kind, capacity, [`${short}第${i}${zh}`, `${township.nameEn} ${en} ${i}`]);
  }
  if (inSeat) {
    for (const [kind, count, capacity, zh, en] of IN_SEAT)
      for (let i = 1; i <= count; i++) {
        const [nth, number] = count > 1 ? [`第${i}`, ` ${i}`] : ['', ''];
        add(township, kind, capacity, [`${county.nameZh}${nth}${zh}`, `${county.nameEn} ${en}${number}`]);
      }
    return;
  }
  add(township, 'care', 30, [`${short}卫生院`, `${township.nameEn} Clinic`]);
  for (let i = 1; i <= COACHES; i++)
    add(
      township,
      'transport',
      COACH_SEATS,
      [`${shortName(seat)}—${short}客运班线${i}号车`, `Coach ${i}, ${seat.nameEn} – ${township.nameEn}`],
      'vehicle',
    );
}

function venueMaker(places: PlaceRow[], seed: number, random: Random): AddVenue {
  return (parent, kind, capacity, [nameZh, nameEn], level = 'venue') => {
    const inside = parent.level === 'venue' || level === 'vehicle';
    const [near, far] = parent.level === 'community' ? [0.05, 0.35] : [0.1, 1.2];
    const at = offset(parent, inside ? 0 : near + (far - near) * random.next(), random.next());
    const row: PlaceRow = {
      id: syntheticId(seed, 'venue', places.length),
      parentId: parent.id,
      code: null,
      level,
      class: kind,
      division: parent.division,
      nameZh,
      nameEn,
      ...at,
      approximate: true,
      indoors: !OUTDOORS.has(kind),
      headcount: capacity,
      seatCount: level === 'vehicle' ? capacity : null,
    };
    places.push(row);
    return row;
  };
}
