/** An employer's list of staff: two columns are read, name and identity number; every row gets a verdict, dry or not. */
import { ENROL_LIST_ROWS, type EnrolLine, refuse } from '@levee/contract';
import { checkIdentityNumber, type KeyPopulation } from '@levee/protocol';
import { type Context, requireScope } from '../../../platform/context.ts';
import { readTableFile } from '../../../platform/table-files/read-table-file.ts';
import { refuseFile, type TableFile } from '../../../platform/table-files/table-file.ts';
import { findPeopleByIds, findPersonIdsByCards, maskNumber } from '../../people/index.ts';
import { findPlaceByIdOrThrow } from '../../places/index.ts';
import { packOf, putMembers } from './key-populations.service.ts';
import { membersAmong, workersByIds } from './members.repository.ts';

const COLUMNS = {
  name: ['姓名', '名字', 'name', 'name_zh', 'xingming'],
  number: [
    '证件号',
    '证件号码',
    '身份证',
    '身份证号',
    '身份证号码',
    '公民身份号码',
    'id number',
    'identity number',
    'identity_number',
  ],
} as const;

export interface EnrolListOrder {
  readonly population: KeyPopulation;
  readonly employerId: string;
  readonly file: { readonly name: string; readonly base64: string };
  readonly dryRun: boolean;
}

/**
 * Rows that are plain are enrolled; the others say why not. Sent again, or after the list was mended, it adds only who is new.
 *
 * @throws `rule.refused` where the file has no such columns or more rows than an employer has
 */
export async function enrolList(context: Context, order: EnrolListOrder) {
  const { trx } = context;
  const employer = await findPlaceByIdOrThrow(trx, order.employerId);
  requireScope(context, employer.division);
  const file = await readTableFile(order.file.name, Buffer.from(order.file.base64, 'base64'));
  if (file.rows.length > ENROL_LIST_ROWS) {
    throw refuseFile(
      order.file.name,
      `有 ${file.rows.length} 行，一个单位的名单上限 ${ENROL_LIST_ROWS} 行`,
      `has ${file.rows.length} rows; a list of one employer holds ${ENROL_LIST_ROWS} at most`,
    );
  }
  const at = { name: columnOf(file, 'name'), number: columnOf(file, 'number') };
  const judged = await judge(context, file, at, order.population);
  const fresh = judged.flatMap(({ line, personId }) => (line.verdict === 'new' ? [personId!] : []));
  const known = judged.filter(({ line }) => line.verdict === 'known').length;
  if (!order.dryRun && fresh.length > 0) {
    const workers = await workersByIds(trx, fresh);
    const packId = await packOf(context);
    await putMembers(context, { population: order.population, employer, packId, workers });
  }
  return {
    lines: judged.map(({ line }) => line),
    enrolled: order.dryRun ? 0 : fresh.length,
    known,
    ignored: file.header.filter((_, index) => index !== at.name && index !== at.number),
  };
}

function columnOf(file: TableFile, which: keyof typeof COLUMNS): number {
  const names: readonly string[] = COLUMNS[which];
  const found = file.header.findIndex((name) => names.includes(name.trim().toLowerCase()));
  if (found >= 0) return found;
  throw refuse(
    {
      zh: `名单没有“${names[0]}”列，只有：${file.header.join('、')}`,
      en: `the list has no column “${which === 'name' ? 'name' : 'identity number'}”, only: ${file.header.join(', ')}`,
    },
    {
      zh: '表头写“姓名”和“证件号”后重新上传。',
      en: 'Name the columns “name” and “identity number” and upload it again.',
    },
  );
}

interface Judged {
  readonly line: EnrolLine;
  readonly personId: string | null;
}

async function judge(
  context: Context,
  file: TableFile,
  at: { name: number; number: number },
  population: KeyPopulation,
): Promise<Judged[]> {
  const read = file.rows.map(({ line, cells }) => {
    const check = checkIdentityNumber((cells[at.number] ?? '').replaceAll(/\s/g, ''));
    const number = check.ok ? check.number : (cells[at.number] ?? '').trim();
    return { line, nameZh: (cells[at.name] ?? '').trim(), number, bad: !check.ok };
  });
  const good = read.filter(({ bad }) => !bad).map(({ number }) => number);
  const found = await findPersonIdsByCards(context, good);
  const idOf = new Map(good.map((number, place) => [number, found[place] ?? null]));
  const rows = read.map((row) => ({ ...row, personId: row.bad ? null : (idOf.get(row.number) ?? null) }));
  const ids = rows.flatMap(({ personId }) => (personId ? [personId] : []));
  const [people, members] = [
    await findPeopleByIds(context.trx, ids),
    await membersAmong(context.trx, population, ids),
  ];
  context.opened('person', [...people.keys()]);
  const seen = new Set<string>();
  return rows.map(({ line, nameZh, number, personId, bad }) => {
    const person = personId === null ? undefined : people.get(personId);
    const verdict = bad
      ? ('bad_number' as const)
      : personId === null
        ? ('unknown' as const)
        : !person
          ? ('elsewhere' as const)
          : seen.has(personId)
            ? ('repeated' as const)
            : bare(person.nameZh) !== bare(nameZh)
              ? ('name_differs' as const)
              : members.has(personId)
                ? ('known' as const)
                : ('new' as const);
    if (person) seen.add(person.id);
    return { line: { line, nameZh, identityMasked: maskNumber(number), verdict }, personId };
  });
}

/** Spaces and the dot between parts of a name are written in many ways. */
const bare = (name: string): string => name.replaceAll(/[\s·•・‧.]/g, '');
