import { type Bulletin, LeveeError } from '@levee/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { client } from '../../app/client.ts';

export interface DraftWords {
  readonly title: { readonly zh: string; readonly en: string };
  readonly body: { readonly zh: string; readonly en: string };
  readonly tibetan: { readonly title: string; readonly body: string; readonly writer: string } | null;
}

export const wordsOf = ({ title, body, tibetan }: DraftWords): DraftWords => ({ title, body, tibetan });

/**
 * What a person is writing, kept apart from what the server has: an answer that arrives meanwhile (a colleague's
 * event, a new lock) never takes words out of the field. Leaving the page with unsaved words asks first.
 */
export function useDraft(bulletin: Bulletin) {
  const queries = useQueryClient();
  const edition = bulletin.editions[0]!;
  const [edited, setEdited] = useState<{ words: DraftWords; number: number; version: number } | null>(null);
  const own = edited?.number === edition.number && edition.state === 'draft' ? edited : null;
  const dirty = own !== null;
  const words = own?.words ?? wordsOf(edition);
  const accept = (next: Bulletin) => {
    queries.setQueryData(['information', 'bulletin', next.id], next);
    void queries.invalidateQueries({ queryKey: ['information', 'list'] });
  };
  const params = { bulletinId: bulletin.id };

  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [dirty]);

  const saved = async (): Promise<Bulletin> => {
    if (!own) return bulletin;
    const next = await client.information.write({ params, body: { ...own.words, version: own.version } });
    accept(next);
    setEdited(null);
    return next;
  };
  const save = useMutation({ mutationFn: saved });
  const relock = useMutation({
    mutationFn: async () => {
      const { version } = await saved();
      return client.information.lockFigures({ params, body: { version } });
    },
    onSuccess: accept,
  });
  const check = useMutation({
    mutationFn: async () => {
      const { version } = await saved();
      return client.information.check({ params, body: { version } });
    },
    onSuccess: accept,
  });
  const failure = save.error ?? relock.error ?? check.error;
  return {
    words,
    dirty,
    /** The edit is based on the version first seen: whoever saved in between is not overwritten. */
    edit: (change: Partial<DraftWords>) =>
      setEdited({
        words: { ...words, ...change },
        number: edition.number,
        version: own?.version ?? bulletin.version,
      }),
    discard: () => setEdited(null),
    save,
    relock,
    check,
    clash: failure instanceof LeveeError && failure.code === 'edit.clash',
    error: failure,
    busy: save.isPending || relock.isPending || check.isPending,
  };
}

export type Draft = ReturnType<typeof useDraft>;
