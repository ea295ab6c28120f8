/** An authority's own division tree as CSV: what each line says, or why it cannot stand. Pure. */
import type { PlaceTreeLevel } from '@levee/contract';
import { parse } from 'csv-parse/sync';
import { inLine, UnreadableMapError, type Verdict } from './verdict.ts';

export interface DivisionLine {
  readonly line: number;
  readonly code: string;
  readonly parentCode: string | null;
  readonly level: PlaceTreeLevel;
  readonly nameZh: string;
  readonly nameEn: string | null;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly headcount: number | null;
}

export interface DivisionsFile {
  readonly lines: readonly DivisionLine[];
  readonly verdicts: readonly Verdict[];
  /** Columns the file has and the tree does not: not read, and said. */
  readonly ignored: readonly string[];
}

const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  code: ['code', 'division', '代码', '区划代码', '行政区划代码'],
  nameZh: ['name', 'name_zh', '名称', '区划名称'],
  nameEn: ['name_en', 'english', '英文名称'],
  lon: ['lon', 'lng', 'longitude', '经度'],
  lat: ['lat', 'latitude', '纬度'],
  headcount: ['headcount', 'population', '人数', '人口'],
};

const GB = /^\d{2}(\d{2}(\d{2}(\d{3}(\d{3})?)?)?)?$/;
const BELOW = /^(\d{12})((?:-[A-Z]\d{1,3}){1,3})$/;
const LEVEL_OF_DIGITS: Readonly<Record<number, PlaceTreeLevel>> = {
  4: 'prefecture',
  6: 'county',
  9: 'township',
  12: 'community',
};
const LEVEL_BELOW: readonly PlaceTreeLevel[] = ['grid', 'building', 'unit'];

/** 632521000000 → 632521: the bureau pads to twelve digits, ours is as long as its level. */
function shortCode(text: string): string {
  if (!/^\d{12}$/.test(text)) return text;
  if (text.endsWith('00000000')) return text.slice(0, 4);
  if (text.endsWith('000000')) return text.slice(0, 6);
  return text.endsWith('000') ? text.slice(0, 9) : text;
}

function placeInTree(code: string): { level: PlaceTreeLevel; parentCode: string | null } | null {
  const below = BELOW.exec(code);
  if (below) {
    const parts = below[2]!.split('-').length - 1;
    return { level: LEVEL_BELOW[parts - 1]!, parentCode: code.slice(0, code.lastIndexOf('-')) };
  }
  const level = GB.test(code) ? LEVEL_OF_DIGITS[code.length] : undefined;
  if (!level) return null;
  const above: Readonly<Record<number, number>> = { 6: 4, 9: 6, 12: 9 };
  return { level, parentCode: above[code.length] ? code.slice(0, above[code.length]) : null };
}

/**
 * Reads the lines of a tree. Columns: `code` and `name` (must), `name_en`, `lon`, `lat` (WGS-84 degrees), `headcount`.
 * @param known codes that are in the tree already
 * @param jurisdiction every code has to lie in it
 */
export function readDivisionsFile(
  text: string,
  known: ReadonlySet<string>,
  jurisdiction: string,
): DivisionsFile {
  const rows = parseRows(text);
  const header = Object.keys(rows[0] ?? {});
  const column = (name: string) => header.find((each) => COLUMNS[name]!.includes(each.trim().toLowerCase()));
  const columns = Object.fromEntries(Object.keys(COLUMNS).map((name) => [name, column(name)]));
  if (!columns['code'] || !columns['nameZh']) {
    throw new UnreadableMapError(
      `首行须有 code（代码）和 name（名称）两列，文件中是：${header.join('、') || '空'}\n` +
        `The first line has to name the columns code and name; it has: ${header.join(', ') || 'nothing'}`,
    );
  }
  const used = new Set(Object.values(columns));
  const verdicts: Verdict[] = [];
  const lines: DivisionLine[] = [];
  const firstLine = new Map<string, number>();
  for (const [index, row] of rows.entries()) {
    const line = index + 2;
    const cell = (name: string) => (columns[name] ? (row[columns[name]] ?? '').trim() : '');
    const wrong = (zh: string, en: string) => verdicts.push({ where: inLine(line), problem: { zh, en } });
    const code = shortCode(cell('code'));
    const place = placeInTree(code);
    if (!place) {
      wrong(`代码“${cell('code')}”不是区划代码`, `"${cell('code')}" is not a division code`);
      continue;
    }
    if (!code.startsWith(jurisdiction)) {
      wrong(`${code} 不在本辖区 ${jurisdiction} 内`, `${code} lies outside the jurisdiction ${jurisdiction}`);
      continue;
    }
    const earlier = firstLine.get(code);
    if (earlier !== undefined) {
      wrong(`代码 ${code} 与第 ${earlier} 行重复`, `${code} stands in line ${earlier} already`);
      continue;
    }
    firstLine.set(code, line);
    if (cell('nameZh') === '') wrong(`${code} 没有名称`, `${code} has no name`);
    const number = (name: string, low: number, high: number, zh: string) => {
      if (cell(name) === '') return null;
      const value = Number(cell(name));
      if (Number.isFinite(value) && value >= low && value <= high) return value;
      wrong(
        `${zh}“${cell(name)}”不在 ${low} 到 ${high} 之间`,
        `${name} "${cell(name)}" is not between ${low} and ${high}`,
      );
      return null;
    };
    const [lon, lat] = [number('lon', -180, 180, '经度'), number('lat', -90, 90, '纬度')];
    if ((cell('lon') === '') !== (cell('lat') === ''))
      wrong('经度、纬度须成对填写', 'lon and lat come together');
    const headcount = number('headcount', 0, 50_000_000, '人数');
    if (headcount !== null && !Number.isInteger(headcount))
      wrong(`人数“${headcount}”不是整数`, `headcount ${headcount} is not a whole number`);
    lines.push({
      line,
      code,
      ...place,
      nameZh: cell('nameZh'),
      nameEn: cell('nameEn') || null,
      lon,
      lat,
      headcount,
    });
  }
  for (const { line, code, parentCode } of lines) {
    if (parentCode === null || code === jurisdiction) continue;
    if (!known.has(parentCode) && !firstLine.has(parentCode))
      verdicts.push({
        where: inLine(line),
        problem: {
          zh: `${code} 的上级 ${parentCode} 既不在文件中，也不在现有区划中`,
          en: `${parentCode}, above ${code}, is neither in the file nor in the tree`,
        },
      });
  }
  lines.sort((a, b) => a.code.length - b.code.length || (a.code < b.code ? -1 : 1));
  return { lines, verdicts, ignored: header.filter((each) => !used.has(each)) };
}

function parseRows(text: string): Record<string, string>[] {
  try {
    return parse(text, { columns: true, skip_empty_lines: true, bom: true, trim: true });
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new UnreadableMapError(
      `文件不是可读的 CSV：${said}\nThe file is not CSV that can be read: ${said}`,
    );
  }
}

/** UTF-8 where it is valid UTF-8, otherwise GB 18030: what spreadsheets here write. */
export function textOfFile(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
