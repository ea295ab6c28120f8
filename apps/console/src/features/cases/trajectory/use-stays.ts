import { type NewStay, newId, type StayAnswer, type StayDraftAnswer } from '@levee/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../../app/client.ts';
import { useCasePurpose } from '../purpose.ts';
import { givenOf } from './stay-entry.ts';

type Kept = StayAnswer | StayDraftAnswer;
/** The last act, and what takes it back. */
export interface LastAct {
  readonly what: 'removed' | 'edited';
  readonly undo: () => Promise<unknown>;
}

/** Recording, editing and removing stays of one case; the last removal or edit can be taken back. */
export function useStays(caseId: string, removalReason: string) {
  const purpose = useCasePurpose();
  const queries = useQueryClient();
  const [last, setLast] = useState<LastAct | null>(null);
  const params = { caseId };
  const onSettled = () => queries.invalidateQueries({ queryKey: ['cases', caseId] });
  const record = (id: string, stay: Omit<NewStay, 'id'>) =>
    client.cases.recordStay({ params, purpose, body: { id, ...stay } });
  const edit = (kept: { id: string; version: number }, stay: Omit<NewStay, 'id'>) =>
    client.cases.editStay({
      params: { ...params, stayId: kept.id },
      purpose,
      body: { version: kept.version, stay },
    });
  const keep = useMutation({
    mutationFn: async ({ mended, stay }: { mended: Kept | null; stay: Omit<NewStay, 'id'> }) => {
      if (mended === null) {
        setLast(null);
        return record(newId(), stay);
      }
      const result = await edit(mended, stay);
      setLast({
        what: 'edited',
        undo: () => edit({ id: mended.id, version: mended.version + 1 }, givenOf(mended)),
      });
      return result;
    },
    onSettled,
  });
  const remove = useMutation({
    mutationFn: async (kept: Kept) => {
      await client.cases.removeStay({
        params: { ...params, stayId: kept.id },
        purpose,
        body: { reason: removalReason },
      });
      setLast({ what: 'removed', undo: () => record(kept.id, givenOf(kept)) });
    },
    onSettled,
  });
  const undo = useMutation({
    mutationFn: async (act: LastAct) => {
      await act.undo();
      setLast(null);
    },
    onSettled,
  });
  return { keep, remove, undo, last };
}
