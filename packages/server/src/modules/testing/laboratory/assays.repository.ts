import { type Assay, refuse } from '@levee/contract';
import type { Trx } from '../../../platform/db/pool.ts';

export async function listAssays(trx: Trx): Promise<Assay[]> {
  const rows = await trx.selectFrom('assay').selectAll().orderBy('code').execute();
  return rows.map((row) => ({
    code: row.code,
    name: { zh: row.name_zh, en: row.name_en },
    targets: row.targets as unknown as Assay['targets'],
    positiveTargets: row.positive_targets,
    internalControls: row.internal_controls,
    source: { zh: row.source_zh, en: row.source_en },
  }));
}

export async function getAssayOrThrow(trx: Trx, code: string): Promise<Assay> {
  const found = (await listAssays(trx)).find((assay) => assay.code === code);
  if (found) return found;
  throw refuse(
    { zh: `没有登记试剂 ${code}`, en: `assay ${code} is not known` },
    { zh: '从试剂清单中选择。', en: 'Choose one of the assays listed.' },
  );
}
