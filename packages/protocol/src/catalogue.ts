import { ProtocolError } from './errors.ts';
import type { ProtocolPack } from './pack.ts';
import { covid19Cn9 } from './packs/covid19-cn-9.ts';
import { covid19Cn9Twenty } from './packs/covid19-cn-9-20m.ts';
import { mers } from './packs/mers.ts';
import { plagueCn } from './packs/plague-cn.ts';
import { definePacks } from './registry.ts';

/** The packs Levee ships, by id, validated and with everything inherited filled in. Read-only. */
export const packs: Readonly<Record<string, ProtocolPack>> = definePacks([
  covid19Cn9,
  covid19Cn9Twenty,
  plagueCn,
  mers,
]);

/** The pack with this id. @throws ProtocolError `unknown_pack` listing the ids there are. */
export function getPackOrThrow(id: string): ProtocolPack {
  const pack = Object.hasOwn(packs, id) ? packs[id] : undefined;
  if (!pack) {
    throw new ProtocolError(
      'unknown_pack',
      `no protocol pack "${id}"; choose one of ${Object.keys(packs).join(', ')}`,
    );
  }
  return pack;
}

export type PackSummary = Pick<
  ProtocolPack,
  | 'id'
  | 'disease'
  | 'title'
  | 'issuer'
  | 'edition'
  | 'effectiveFrom'
  | 'effectiveTo'
  | 'supersedes'
  | 'jurisdiction'
  | 'lineage'
>;

/** All shipped packs by disease, then by date in force: what a person chooses from when opening an incident. */
export function listPacks(): PackSummary[] {
  return Object.values(packs)
    .map(
      ({
        id,
        disease,
        title,
        issuer,
        edition,
        effectiveFrom,
        effectiveTo,
        supersedes,
        jurisdiction,
        lineage,
      }) => ({
        id,
        disease,
        title,
        issuer,
        edition,
        effectiveFrom,
        effectiveTo,
        supersedes,
        jurisdiction,
        lineage,
      }),
    )
    .sort(
      (a, b) =>
        a.disease.code.localeCompare(b.disease.code) || a.effectiveFrom.localeCompare(b.effectiveFrom),
    );
}
