/** The line list and the links as files: columns under exactly the tags of the linelist standard. */
import type { Writable } from 'node:stream';
import {
  CASE_FIELDS,
  CONTACT_TAGS,
  caseFields,
  EXPORT_LIMIT,
  type ExportFormat,
  purposes,
  refuse,
} from '@levee/contract';
import type { Context } from '../../../platform/context.ts';
import type { StreamContext, StreamedFile } from '../../../platform/http/streamed-file.ts';
import type { CaseFile } from '../case.ts';
import { type CaseFilter, casesAfter, countCases } from '../cases.repository.ts';
import { countLinks, linksAfter } from '../chains/links.repository.ts';
import { type Table, writeTable } from './table-writer.ts';

/** Rows read, put on record and written in one go: four milliseconds, in which nothing else is answered. */
const PAGE = 200;
export const CASE_COLUMNS = ['id', 'classification', ...CASE_FIELDS.map((field) => caseFields[field].tag)];

interface LinksOf {
  readonly incidentId?: string | undefined;
  readonly lineListId?: string | undefined;
}

const casesTable = (context: StreamContext, filter: CaseFilter): Table => ({
  columns: CASE_COLUMNS,
  pages: casePages(context, filter),
  about: aboutOf(context, filter),
});

const linksTable = (context: StreamContext, of: LinksOf): Table => ({
  columns: CONTACT_TAGS,
  pages: linkPages(context, of),
  about: aboutOf(context, of),
});

/** Each page is read by itself: a case changed meanwhile comes as it was or as it is, none twice. */
async function* casePages({ page }: StreamContext, filter: CaseFilter): AsyncGenerator<string[][]> {
  let after: { externalId: string; id: string } | null = null;
  for (;;) {
    const found: CaseFile[] = await page(async ({ trx, opened }) => {
      const cases = await casesAfter(trx, filter, after, PAGE);
      opened(
        'case',
        cases.map(({ id }) => id),
      );
      return cases;
    });
    if (found.length > 0) yield found.map(rowOf);
    if (found.length < PAGE) return;
    after = found.at(-1)!;
  }
}

const rowOf = (caseFile: CaseFile): string[] => [
  caseFile.externalId,
  caseFile.classification,
  ...CASE_FIELDS.map((field) => String(caseFile[field] ?? '')),
];

async function* linkPages({ page }: StreamContext, of: LinksOf): AsyncGenerator<string[][]> {
  let after = 0;
  for (;;) {
    const found = await page(({ trx }) => linksAfter(trx, of, after, PAGE));
    if (found.length > 0)
      yield found.map((link) => [link.from, link.to, link.exposure ?? '', link.dateExposure ?? '']);
    if (found.length < PAGE) return;
    after = found.at(-1)!.id;
  }
}

/** Whose copy this is (R16): a file that turns up where it should not says where it came from. */
function aboutOf(context: StreamContext, filter: object): [string, string][] {
  const { actor, now, purpose } = context;
  const asked = Object.entries(filter).filter(([name, value]) => value !== undefined && name !== 'format');
  return [
    ['导出人 exported by', `${actor.name} (${actor.id})`],
    ['时间 at', now],
    ['用途 purpose', purpose ? `${purposes[purpose].zh} ${purposes[purpose].en}` : '–'],
    ['筛选 filter', asked.length > 0 ? JSON.stringify(Object.fromEntries(asked)) : '全部 all'],
    [
      '注意 note',
      '含个人信息，限本用途使用，用后删除 Personal data: for this purpose only, delete after use',
    ],
  ];
}

export async function exportCasesFile(
  context: StreamContext,
  { format, ...filter }: CaseFilter & { format: ExportFormat },
) {
  await refuseTooMany(await context.page(({ trx }) => countCases(trx, filter)));
  return toFile(context, 'linelist', format, casesTable(context, filter));
}

export async function exportLinksFile(
  context: StreamContext,
  { format, ...of }: LinksOf & { format: ExportFormat },
) {
  await refuseTooMany(await context.page(({ trx }) => countLinks(trx, of)));
  return toFile(context, 'contacts', format, linksTable(context, of));
}

async function refuseTooMany(count: number): Promise<void> {
  if (count <= EXPORT_LIMIT) return;
  throw refuse(
    {
      zh: `共 ${count} 行，超过单次导出上限 ${EXPORT_LIMIT} 行`,
      en: `${count} rows are more than the ${EXPORT_LIMIT} of one file`,
    },
    {
      zh: '缩小筛选范围，或由管理员用命令行 levee export 导出。',
      en: 'Narrow the filter, or ask for levee export on the server.',
    },
  );
}

const MEDIA_TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

function toFile(context: StreamContext, what: string, format: ExportFormat, table: Table): StreamedFile {
  const stamp = context.now.slice(0, 16).replaceAll(/[-:]/g, '').replace('T', '-');
  return {
    fileName: `${what}-${stamp}-${context.actor.id.slice(-6)}.${format}`,
    mediaType: MEDIA_TYPES[format],
    write: (out) => writeTable(format, table, out),
  };
}

/** For the command line, which has the machine to itself: every page in its one transaction. */
const inOne = (context: Context): StreamContext => ({ ...context, page: (work) => work(context) });

/** Straight into a file, of any length: for the command line. */
export const writeCasesTo = (
  context: Context,
  filter: CaseFilter,
  format: ExportFormat,
  out: Writable,
  progress: (count: number) => void,
) => writeTable(format, casesTable(inOne(context), filter), out, progress);
export const writeLinksTo = (
  context: Context,
  of: LinksOf,
  format: ExportFormat,
  out: Writable,
  progress: (count: number) => void,
) => writeTable(format, linksTable(inOne(context), of), out, progress);
