/** Drafts of measures nobody has sent yet: kept in this browser for this account, they limit nobody. */
import { type AreaLevel, type Evidence, type MeasureKind, type Notice, newId } from '@levee/contract';
import { useCallback, useState } from 'react';

export interface OwnWay {
  readonly zh: string;
  readonly en: string;
  readonly effectZh: string;
  readonly reasonZh: string;
}

export interface Draft {
  /** Becomes the id of the measure: sent twice, it is drafted once. */
  readonly id: string;
  readonly savedAt: string;
  readonly kind: MeasureKind;
  readonly level: AreaLevel | null;
  readonly subjectId: string | null;
  /** What the author sees; never the only place the name is kept. */
  readonly subjectName: string;
  readonly subjectType: 'person' | 'place';
  readonly ground: readonly Evidence[];
  readonly startsAt: string;
  /** null: as long as the pack allows. */
  readonly endsAt: string | null;
  readonly emergency: boolean;
  readonly legalBasis: string | null;
  /** Milder ways left out, by their Chinese name; reasons rewritten; ways of one's own. */
  readonly left: readonly string[];
  readonly reasons: Readonly<Record<string, { readonly zh: string; readonly en: string }>>;
  readonly ways: readonly OwnWay[];
  readonly notice: Notice | null;
  readonly extendsId: string | null;
}

export const emptyDraft = (now: string): Draft => ({
  id: newId(),
  savedAt: now,
  kind: 'risk_area',
  level: 'high',
  subjectId: null,
  subjectName: '',
  subjectType: 'place',
  ground: [],
  startsAt: now,
  endsAt: null,
  emergency: false,
  legalBasis: null,
  left: [],
  reasons: {},
  ways: [],
  notice: null,
  extendsId: null,
});

const keyOf = (accountId: string) => `levee.measure-drafts.${accountId}`;

export function readDrafts(accountId: string): readonly Draft[] {
  try {
    const stored = JSON.parse(localStorage.getItem(keyOf(accountId)) ?? '[]') as Draft[];
    return Array.isArray(stored) ? stored : [];
  } catch {
    return [];
  }
}

/** The drafts of one account, newest first; saving and discarding write through. */
export function useDrafts(accountId: string) {
  const [drafts, setDrafts] = useState(() => readDrafts(accountId));
  const write = useCallback(
    (change: (before: readonly Draft[]) => readonly Draft[]) => {
      const next = change(readDrafts(accountId)).slice(0, 20);
      localStorage.setItem(keyOf(accountId), JSON.stringify(next));
      setDrafts(next);
    },
    [accountId],
  );
  const save = useCallback(
    (draft: Draft) => write((before) => [draft, ...before.filter(({ id }) => id !== draft.id)]),
    [write],
  );
  const discard = useCallback(
    (draftId: string) => write((before) => before.filter(({ id }) => id !== draftId)),
    [write],
  );
  return { drafts, save, discard };
}
