/** For tests: an outbreak from elsewhere taken in through the import's own steps. */
import { type Client, newId } from '@levee/contract';
import type { TestHouse } from '../../platform/testing/index.ts';

const purpose = 'case_investigation' as const;

interface Outbreak {
  readonly cases: Buffer | string;
  readonly contacts?: Buffer;
  readonly packId?: string;
  /** A column's target that is not read. */
  readonly leaveOut?: string;
}

/** Uploads, checks with the mapping proposed, commits; returns the new list's id. */
export async function importOutbreak(
  house: TestHouse,
  client: Client,
  { cases, contacts, packId, leaveOut }: Outbreak,
): Promise<string> {
  const file = (name: string, bytes: Buffer | string) => ({
    name,
    base64: Buffer.from(bytes).toString('base64'),
  });
  const { id } = await client.cases.uploadImport({
    purpose,
    body: {
      id: newId(),
      division: '6325',
      cases: file('list.csv', cases),
      contacts: contacts ? file('contacts.csv', contacts) : null,
    },
  });
  const uploaded = await client.cases.importById({ params: { importId: id } });
  const mappingOf = (columns: typeof uploaded.cases.columns) =>
    columns.flatMap(({ index, target, status }) =>
      target === null || target === leaveOut || status === 'dropped'
        ? []
        : [{ column: index, target: target as never }],
    );
  await client.cases.checkImport({
    purpose,
    params: { importId: id },
    body: {
      mapping: mappingOf(uploaded.cases.columns),
      contactMapping: mappingOf(uploaded.contacts?.columns ?? []),
      classification: 'confirmed',
    },
  });
  await house.jobs.settle();
  await client.cases.commitImport({
    purpose,
    params: { importId: id },
    body: { into: { name: 'outbreak', packId: packId ?? null }, withWarnings: true },
  });
  await house.jobs.settle();
  return (await client.cases.importById({ params: { importId: id } })).lineListId!;
}

/** Daily counts by route as a line list: one row a case. */
export function sarsList(counts: Buffer): string {
  const rows = counts.toString('utf8').trim().split('\n').slice(1);
  const onsets = rows.flatMap((row) => {
    const [day, ...byRoute] = row.split(',');
    const count = byRoute.reduce((sum, one) => sum + Number(one), 0);
    return Array<string>(count).fill(day!.replaceAll('"', ''));
  });
  return ['id,date_onset', ...onsets.map((day, index) => `S${index + 1},${day}`)].join('\n');
}
