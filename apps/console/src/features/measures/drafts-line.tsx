import { measureKindWords } from '@levee/contract';
import { formatTime, Menu, useServerNow, useText, useWords } from '@levee/ui';
import type { Draft } from './drafts.ts';
import { measureWords } from './words.ts';

/** The drafts on this device: open another, begin anew, delete the one open. */
export function DraftsLine({
  drafts,
  current,
  onOpen,
  onNew,
  onDiscard,
}: {
  drafts: readonly Draft[];
  current: string;
  onOpen: (draft: Draft) => void;
  onNew: () => void;
  onDiscard: (draftId: string) => void;
}) {
  const t = useWords(measureWords);
  const text = useText();
  const now = useServerNow();
  return (
    <>
      <Menu
        label={t('drafts')}
        className="lv-button"
        button={`${t('drafts')} ${drafts.length}`}
        header={drafts.length === 0 ? t('noDrafts') : t('draftsHint')}
        items={drafts.map((draft) => ({
          id: draft.id,
          label: `${text(measureKindWords[draft.kind])} · ${draft.subjectName || t('onePerson')} · ${formatTime(draft.savedAt, now)}`,
          checked: draft.id === current,
          run: () => onOpen(draft),
        }))}
      />
      <button type="button" className="lv-button" onClick={onNew}>
        {t('newDraft')}
      </button>
      {drafts.some(({ id }) => id === current) && (
        <button
          type="button"
          className="lv-button lv-button--quiet"
          onClick={() => {
            onDiscard(current);
            onNew();
          }}
        >
          {t('discard')}
        </button>
      )}
    </>
  );
}
