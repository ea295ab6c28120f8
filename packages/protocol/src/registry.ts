import * as z from 'zod';
import { ProtocolError } from './errors.ts';
import { type AnyPackInput, isRule, type ProtocolPack, packSchema } from './pack.ts';

/**
 * Validates packs and resolves `extends`: a child replaces single rules of its parent, as whole leaves.
 *
 * @throws ProtocolError `bad_pack` (naming every wrong path), `unknown_pack` (parent not given), `pack_cycle`
 */
export function definePacks(inputs: readonly AnyPackInput[]): Readonly<Record<string, ProtocolPack>> {
  const byId = new Map<string, AnyPackInput>();
  for (const input of inputs) {
    if (byId.has(input.id)) {
      throw new ProtocolError('bad_pack', `two packs have the id "${input.id}"; rename one`);
    }
    byId.set(input.id, input);
  }
  return Object.fromEntries(inputs.map((input) => [input.id, resolvePack(input, byId)]));
}

function resolvePack(input: AnyPackInput, byId: ReadonlyMap<string, AnyPackInput>): ProtocolPack {
  const lineage = lineageOf(input, byId);
  const merged = lineage.reduce<Node>((older, pack) => override(older, ownContent(pack)), {});
  const result = packSchema.safeParse({ ...merged, lineage: lineage.map((pack) => pack.id) });
  if (!result.success) {
    throw new ProtocolError('bad_pack', `pack "${input.id}" is not valid:\n${z.prettifyError(result.error)}`);
  }
  return deepFreeze(result.data);
}

/** The pack and its ancestors, oldest first. */
function lineageOf(input: AnyPackInput, byId: ReadonlyMap<string, AnyPackInput>): AnyPackInput[] {
  const lineage = [input];
  for (let parentId = parentOf(input); parentId; parentId = parentOf(lineage[0]!)) {
    const parent = byId.get(parentId);
    if (!parent) {
      throw new ProtocolError(
        'unknown_pack',
        `pack "${lineage[0]!.id}" extends "${parentId}", which is not given; known: ${[...byId.keys()].join(', ')}`,
      );
    }
    if (lineage.includes(parent)) {
      const circle = [parent.id, ...lineage.map((pack) => pack.id)].join(' -> ');
      throw new ProtocolError(
        'pack_cycle',
        `packs extend each other in a circle: ${circle}; cut one "extends"`,
      );
    }
    lineage.unshift(parent);
  }
  return lineage;
}

function parentOf(input: AnyPackInput): string | undefined {
  return 'extends' in input ? input.extends : undefined;
}

function ownContent(input: AnyPackInput): Node {
  const { extends: _parent, ...content } = input as Node;
  return content;
}

type Node = Record<string, unknown>;

function override(older: Node, newer: Node, depth = 0): Node {
  const merged: Node = { ...older };
  for (const [key, value] of Object.entries(newer)) {
    if (value === undefined) continue;
    const before = merged[key];
    // At the top null is a value (`effectiveTo: null` = still in force); inside a section it removes the rule.
    if (value === null && depth > 0) delete merged[key];
    else merged[key] = isBranch(before) && isBranch(value) ? override(before, value, depth + 1) : value;
  }
  return merged;
}

function isBranch(node: unknown): node is Node {
  return typeof node === 'object' && node !== null && !Array.isArray(node) && !isRule(node);
}

function deepFreeze<T>(node: T): T {
  if (typeof node === 'object' && node !== null && !Object.isFrozen(node)) {
    Object.freeze(node);
    for (const child of Object.values(node)) deepFreeze(child);
  }
  return node;
}
