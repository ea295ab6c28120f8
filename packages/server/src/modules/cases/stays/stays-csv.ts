/** A table of stays, as investigators send it round: 场所,开始,结束,座位排,座位列,备注 in any order, Chinese or English. */
import { refuse } from '@levee/contract';
import { parse } from 'csv-parse/sync';

export interface StayRow {
  readonly line: number;
  readonly placeText: string | null;
  readonly from: string | null;
  readonly until: string | null;
  readonly seatRow: number | null;
  readonly seatColumn: string | null;
  readonly note: string | null;
}

const HEADERS: Readonly<Record<string, keyof StayRow>> = {
  place: 'placeText',
  place_code: 'placeText',
  场所: 'placeText',
  地点: 'placeText',
  场所编码: 'placeText',
  from: 'from',
  from_at: 'from',
  start: 'from',
  开始: 'from',
  开始时间: 'from',
  到达时间: 'from',
  until: 'until',
  until_at: 'until',
  end: 'until',
  结束: 'until',
  结束时间: 'until',
  离开时间: 'until',
  seat_row: 'seatRow',
  座位排: 'seatRow',
  排: 'seatRow',
  seat_column: 'seatColumn',
  座位列: 'seatColumn',
  座: 'seatColumn',
  note: 'note',
  备注: 'note',
};

export function readStaysCsv(csv: string): StayRow[] {
  let table: string[][];
  try {
    table = parse(csv, { bom: true, trim: true, skip_empty_lines: true, relax_column_count: true });
  } catch {
    throw refuse(
      { zh: '表格读不出来，引号或分列有误', en: 'The table cannot be read: quotes or columns are broken' },
      { zh: '另存为 CSV 后重试。', en: 'Save it as CSV again and retry.' },
    );
  }
  const header = (table[0] ?? []).map((name) => HEADERS[name.toLowerCase().replaceAll(/\s+/g, '_')]);
  for (const needed of ['placeText', 'from', 'until'] as const) {
    if (header.includes(needed)) continue;
    const names = Object.keys(HEADERS).filter((name) => HEADERS[name] === needed);
    throw refuse(
      { zh: `缺少列：${names.join(' / ')}`, en: `A column is missing: ${names.join(' / ')}` },
      { zh: '补上表头后重试。', en: 'Add it to the header and retry.' },
    );
  }
  return table.slice(1).map((cells, index) => {
    const cell = (name: keyof StayRow) => {
      const at = header.indexOf(name);
      return at < 0 ? null : cells[at]?.trim() || null;
    };
    const seat = cell('seatRow');
    const column = cell('seatColumn')?.toUpperCase() ?? null;
    return {
      line: index + 2,
      placeText: cell('placeText')?.slice(0, 120) ?? null,
      from: readMoment(cell('from')),
      until: readMoment(cell('until')),
      seatRow: seat !== null && /^[1-9]\d{0,2}$/.test(seat) ? Math.min(Number(seat), 200) : null,
      seatColumn: column !== null && /^[A-K]$/.test(column) ? column : null,
      note: cell('note')?.slice(0, 500) ?? null,
    };
  });
}

/** `2022-08-11 21:40`, `2022/8/11 21:40`, or ISO with a zone; without one it is China time. Anything else: null. */
export function readMoment(text: string | null): string | null {
  if (text === null) return null;
  const parts =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[ T]+(\d{1,2})[:：](\d{2})(?::\d{2})?(Z|[+-]\d{2}:\d{2})?$/.exec(
      text,
    );
  if (!parts) return null;
  const [, year, month, day, hour, minute, zone = '+08:00'] = parts;
  const two = (part: string) => part.padStart(2, '0');
  const wall = `${year}-${two(month!)}-${two(day!)}T${two(hour!)}:${minute}:00`;
  const ms = Date.parse(wall + zone);
  // A day that does not exist (31 June) rolls over silently in some readers; here it is no time.
  const real = new Date(`${wall}Z`);
  if (Number.isNaN(ms) || Number.isNaN(real.getTime()) || real.getUTCDate() !== Number(day)) return null;
  return new Date(ms).toISOString();
}
