import type { CaseImport, Verdict } from '@levee/contract';
import { StatusMark, type StatusTone, useWords } from '@levee/ui';
import { importWords } from './import-words.ts';

const TONES: Readonly<Record<CaseImport['state'], StatusTone>> = {
  uploaded: 'waiting',
  checking: 'active',
  checked: 'waiting',
  committing: 'active',
  committed: 'good',
  undone: 'over',
  cancelled: 'over',
  failed: 'bad',
};

export function ImportStateMark({ state }: { state: CaseImport['state'] }) {
  const t = useWords(importWords);
  return <StatusMark tone={TONES[state]}>{t(state)}</StatusMark>;
}

const VERDICT_TONES: Readonly<Record<Verdict, StatusTone>> = {
  ok: 'good',
  warning: 'waiting',
  error: 'bad',
  duplicate: 'over',
};

export function VerdictMark({ verdict }: { verdict: Verdict }) {
  const t = useWords(importWords);
  return <StatusMark tone={VERDICT_TONES[verdict]}>{t(verdict)}</StatusMark>;
}

const STEPS = ['stepUpload', 'stepMapping', 'stepVerdicts', 'stepResult'] as const;
export type ImportStep = (typeof STEPS)[number];

/** Where one is on the way. */
export function ImportSteps({ at }: { at: ImportStep }) {
  const t = useWords(importWords);
  const here = STEPS.indexOf(at);
  return (
    <ol className="import-steps">
      {STEPS.map((step, index) => (
        <li key={step} aria-current={index === here ? 'step' : undefined} data-done={index < here}>
          <span className="import-steps__number">{index < here ? '✓' : index + 1}</span>
          {t(step)}
        </li>
      ))}
    </ol>
  );
}
