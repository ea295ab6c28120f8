import type { EditionState } from '@levee/contract';
import { StatusMark, type StatusTone, useWords } from '@levee/ui';
import { informationWords } from './words.ts';

const TONES: Readonly<Record<EditionState, StatusTone>> = {
  draft: 'neutral',
  checked: 'waiting',
  published: 'good',
  corrected: 'neutral',
  withdrawn: 'over',
};

export function EditionStateMark({ state }: { state: EditionState }) {
  const t = useWords(informationWords);
  return <StatusMark tone={TONES[state]}>{t(state)}</StatusMark>;
}
