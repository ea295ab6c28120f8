/** A laboratory's result file as findings: tube code, outcome, Ct of each target, time. CSV in UTF-8 or GB 18030. */
import { type Assay, refuse } from '@levee/contract';
import { parse } from 'csv-parse/sync';
import { targetOf } from '../testing/index.ts';
import { type Finding, type Observation, tubeCodeOf } from './finding.ts';

/** A day of one laboratory; more is sent in parts, never cut. */
export const MAX_ROWS = 20_000;

const COLUMNS = {
  tube: ['管码', '采样管码', '条码', '样本编号', 'tube', 'tube_code', 'barcode', 'specimen'],
  outcome: ['结果', '检测结果', '结论', 'outcome', 'result'],
  testedAt: ['检测时间', '报告时间', 'tested_at', 'time'],
} as const;

export interface ResultsFile {
  readonly encoding: string;
  readonly findings: Finding[];
}

/** @throws refusal for the whole file: not text, no tube column, too many rows; a bad row is a finding with a fault */
export function readResultsFile(name: string, bytes: Buffer, assay: Assay): ResultsFile {
  const { text, encoding } = decode(name, bytes);
  let rows: string[][];
  try {
    rows = parse(text, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      delimiter: separatorOf(text),
    });
  } catch (error) {
    throw refuseFile(
      name,
      `CSV 格式有误（${String((error as Error).message).slice(0, 80)}）`,
      'is not valid CSV',
    );
  }
  const [header = [], ...lines] = rows;
  if (lines.length === 0) throw refuseFile(name, '没有数据行', 'has no rows');
  if (lines.length > MAX_ROWS)
    throw refuseFile(name, `超过 ${MAX_ROWS} 行`, `has more than ${MAX_ROWS} rows`);
  const columns = header.map((cell) => roleOf(cell, assay));
  const count = (role: string) => columns.filter((column) => column === role).length;
  if (count('tube') !== 1)
    throw refuseFile(name, '须有且只有一列“管码”', 'needs exactly one column "tube_code"');
  if (count('outcome') > 1) throw refuseFile(name, '有两列“结果”', 'has two columns "outcome"');
  const unknown = header.filter((_, index) => columns[index] === null);
  if (unknown.length > 0) {
    const shown = unknown.join('、').slice(0, 60);
    throw refuseFile(name, `有不认识的列：${shown}`, `has columns that are not known: ${shown}`);
  }
  return {
    encoding,
    findings: lines.map((cells, index) => toFinding(cells, index + 2, columns, header, assay)),
  };
}

type Role = 'tube' | 'outcome' | 'testedAt' | `target:${string}`;

function roleOf(cell: string, assay: Assay): Role | null {
  const name = cell.trim();
  const plain = name.toLowerCase();
  for (const [role, names] of Object.entries(COLUMNS)) {
    if ((names as readonly string[]).includes(plain)) return role as Role;
  }
  const target = targetOf(assay, [
    name,
    name.replaceAll(/\s*(ct值?|CT值?)\s*$/gi, ''),
    name.replaceAll(/^ct[_ ]?/gi, ''),
  ]);
  return target ? `target:${target}` : null;
}

function toFinding(
  cells: readonly string[],
  line: number,
  columns: readonly (Role | null)[],
  header: readonly string[],
  assay: Assay,
): Finding {
  const at = (role: Role) => cells[columns.indexOf(role)]?.trim() ?? '';
  const tubeCode = tubeCodeOf(at('tube'));
  const observations: Observation[] = columns.flatMap((role, index) =>
    role?.startsWith('target:')
      ? [{ names: [role.slice('target:'.length)], values: [cells[index] ?? ''] }]
      : [],
  );
  if (columns.includes('outcome')) observations.push({ names: ['结果'], values: [at('outcome')] });
  const moment = at('testedAt');
  const testedAt = moment === '' ? null : readTime(moment);
  const fault =
    cells.length !== header.length
      ? {
          zh: `应有 ${header.length} 列，实有 ${cells.length} 列`,
          en: `has ${cells.length} columns of ${header.length}`,
        }
      : tubeCode === null
        ? {
            zh: `“${at('tube').slice(0, 40)}”不是管码`,
            en: `"${at('tube').slice(0, 40)}" is not a tube code`,
          }
        : moment !== '' && testedAt === null
          ? { zh: `时间“${moment.slice(0, 30)}”无法识别`, en: `time "${moment.slice(0, 30)}" cannot be read` }
          : null;
  return {
    position: line,
    tubeCode,
    assayNames: [assay.code],
    observations,
    testedAt,
    correction: false,
    fault,
  };
}

/** `2022-08-11 18:00[:00]` or with slashes, Beijing time; or ISO 8601 with a zone. */
function readTime(text: string): string | null {
  const found = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[ T](\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  const iso = found
    ? `${found[1]}-${pad(found[2])}-${pad(found[3])}T${pad(found[4])}:${found[5]}:${found[6] ?? '00'}+08:00`
    : /[Zz]$|[+-]\d{2}:?\d{2}$/.test(text)
      ? text
      : '';
  const at = Date.parse(iso);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

const pad = (digits = '') => digits.padStart(2, '0');

function separatorOf(text: string): string {
  const first = text.split(/\r?\n/, 1)[0] ?? '';
  return [',', '\t', ';'].reduce(
    (best, one) => (first.split(one).length > first.split(best).length ? one : best),
    ',',
  );
}

function decode(name: string, bytes: Buffer): { text: string; encoding: string } {
  if (bytes.subarray(0, 2).equals(Buffer.from('PK'))) {
    throw refuseFile(name, '是 Excel 文件，请另存为 CSV', 'is a workbook; save it as CSV');
  }
  for (const encoding of ['utf-8', 'gb18030'] as const) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      if (!text.includes('\u0000')) return { text, encoding };
    } catch {
      // The next one.
    }
  }
  throw refuseFile(name, '不是 UTF-8 或 GB 18030 文本', 'is not text in UTF-8 or GB 18030');
}

const refuseFile = (name: string, zh: string, en: string) =>
  refuse(
    { zh: `${name}：${zh}`, en: `${name} ${en}` },
    {
      zh: '改正后重新上传；本次没有写入任何内容。',
      en: 'Mend the file and upload it again; nothing was written.',
    },
  );
