/** What the tests of imports share: a house, an epidemiologist, and an import taken through its steps. */
import { readFileSync } from 'node:fs';
import { type CaseImport, type CheckSettings, type Client, type ImportTarget, newId } from '@levee/contract';
import type { TestContext } from 'vitest';
import { findOutbreakFile, openTestHouse, type TestHouse } from '../../../platform/testing/index.ts';

export const purpose = 'case_investigation' as const;

export const demoFile = (name: string): Buffer =>
  readFileSync(new URL(`../../../../../../data/demo/${name}`, import.meta.url));

/** The file, or the test ends as skipped with its reason printed. */
export function outbreakFile(test: TestContext, name: string): Buffer {
  return (
    findOutbreakFile(name) ??
    test.skip(`${name} is not here (no shared/data/outbreaks folder above the checkout)`)
  );
}

export type Upload = string | Buffer;
type Settings = Partial<Omit<CheckSettings, 'mapping'>> & {
  /** Column name → target, over what was proposed. */
  readonly map?: Readonly<Record<string, ImportTarget>>;
};

export async function openImportGround(now = '2022-08-12T09:00:00+08:00') {
  const house: TestHouse = await openTestHouse(now);
  const { client } = await house.signIn('epidemiologist', '6325');

  const upload = (
    cases: Upload,
    more: { contacts?: Upload; name?: string; as?: Client; division?: string } = {},
  ) =>
    (more.as ?? client).cases.uploadImport({
      purpose,
      body: {
        id: newId(),
        division: more.division ?? '6325',
        cases: { name: more.name ?? 'list.csv', base64: Buffer.from(cases).toString('base64') },
        contacts: more.contacts
          ? { name: 'contacts.csv', base64: Buffer.from(more.contacts).toString('base64') }
          : null,
      },
    });
  const settled = async (id: string): Promise<CaseImport> => {
    await house.jobs.settle();
    return client.cases.importById({ params: { importId: id } });
  };
  const targets = (file: CaseImport['cases'] | null) =>
    (file?.columns ?? []).flatMap(({ index, target }) =>
      target === null ? [] : [{ column: index, target }],
    );

  return {
    house,
    client,
    upload,
    settled,
    async check(one: CaseImport, { map = {}, ...settings }: Settings = {}): Promise<CaseImport> {
      const mapping = one.cases.columns.flatMap(({ index, name, target, status }) => {
        const wanted = map[name] ?? target;
        return wanted === null || status === 'dropped'
          ? []
          : [{ column: index, target: wanted as ImportTarget }];
      });
      await client.cases.checkImport({
        purpose,
        params: { importId: one.id },
        body: { ...settings, mapping, contactMapping: targets(one.contacts) as never },
      });
      return settled(one.id);
    },
    async commit(
      one: CaseImport,
      into?: { lineListId: string } | { incidentId: string },
      withWarnings = true,
    ) {
      await client.cases.commitImport({
        purpose,
        params: { importId: one.id },
        body: { into: into ?? { name: one.cases.name, packId: null }, withWarnings },
      });
      return settled(one.id);
    },
    async rows(one: CaseImport, query: { file?: 'cases' | 'contacts'; verdict?: never; code?: string } = {}) {
      return client.cases.importRows({
        purpose,
        params: { importId: one.id },
        query: { limit: 500, ...query },
      });
    },
    async casesOf(lineListId: string) {
      return client.cases.list({ purpose, query: { lineListId, limit: 500 } });
    },
  };
}

export type ImportGround = Awaited<ReturnType<typeof openImportGround>>;

/** Every row is accounted for: in = accepted + rejected + left (T16). */
export const isWhole = ({ rows, accepted, rejected, left }: CaseImport['counts']['cases']): boolean =>
  rows === accepted + rejected + left;
