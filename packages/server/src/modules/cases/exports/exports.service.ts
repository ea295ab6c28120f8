/** The line list and the links as files: columns under exactly the tags of the linelist standard. */
import { PassThrough, type Writable } from 'node:stream';
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
import type { CaseFile } from '../case.ts';
import { type CaseFilter, casesAfter, countCases } from '../cases.repository.ts';
import { countLinks, linksAfter } from '../chains/links.repository.ts';
import { type Table, writeTable } from './table-writer.ts';

const PAGE = 1_000;
export const CASE_COLUMNS = ['id', 'classification', ...CASE_FIELDS.map((field) => caseFields[field].tag)];

interface LinksOf {
  readonly incidentId?: string | undefined;
  readonly lineListId?: string | undefined;
}

export const casesTable = (context: Context, filter: CaseFilter): Table => ({
  columns: CASE_COLUMNS,
  pages: casePages(context, filter),
  about: aboutOf(context, filter),
});

export const linksTable = (context: Context, of: LinksOf): Table => ({
  columns: CONTACT_TAGS,
  pages: linkPages(context, of),
  about: aboutOf(context, of),
});

async function* casePages(context: Context, filter: CaseFilter): AsyncGenerator<string[][]> {
  let after: { externalId: string; id: string } | null = null;
  for (;;) {
    const page: CaseFile[] = await casesAfter(context.trx, filter, after, PAGE);
    if (page.length === 0) return;
    context.opened(
      'case',
      page.map(({ id }) => id),
    );
    yield page.map(rowOf);
    after = page.at(-1)!;
  }
}

const rowOf = (caseFile: CaseFile): string[] => [
  caseFile.externalId,
  caseFile.classification,
  ...CASE_FIELDS.map((field) => String(caseFile[field] ?? '')),
];

async function* linkPages(context: Context, of: LinksOf): AsyncGenerator<string[][]> {
  let after = 0;
  for (;;) {
    const page = await linksAfter(context.trx, of, after, PAGE);
    if (page.length === 0) return;
    yield page.map((link) => [link.from, link.to, link.exposure ?? '', link.dateExposure ?? '']);
    after = page.at(-1)!.id;
  }
}

/** Whose copy this is (R16): a file that turns up where it should not says where it came from. */
function aboutOf(context: Context, filter: object): [string, string][] {
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
  context: Context,
  { format, ...filter }: CaseFilter & { format: ExportFormat },
) {
  await refuseTooMany(await countCases(context.trx, filter));
  return toFile(context, 'linelist', format, casesTable(context, filter));
}

export async function exportLinksFile(
  context: Context,
  { format, ...of }: LinksOf & { format: ExportFormat },
) {
  await refuseTooMany(await countLinks(context.trx, of));
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

async function toFile(context: Context, what: string, format: ExportFormat, table: Table) {
  const out = new PassThrough();
  const [bytes, rowsCount] = await Promise.all([collect(out), writeTable(format, table, out)]);
  const stamp = context.now.slice(0, 16).replaceAll(/[-:]/g, '').replace('T', '-');
  return {
    fileName: `${what}-${stamp}-${context.actor.id.slice(-6)}.${format}`,
    mediaType: MEDIA_TYPES[format],
    base64: bytes.toString('base64'),
    rowsCount,
  };
}

async function collect(stream: PassThrough): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Straight into a file, of any length: for the command line. */
export const writeCasesTo = (
  context: Context,
  filter: CaseFilter,
  format: ExportFormat,
  out: Writable,
  progress: (count: number) => void,
) => writeTable(format, casesTable(context, filter), out, progress);
export const writeLinksTo = (
  context: Context,
  of: LinksOf,
  format: ExportFormat,
  out: Writable,
  progress: (count: number) => void,
) => writeTable(format, linksTable(context, of), out, progress);
