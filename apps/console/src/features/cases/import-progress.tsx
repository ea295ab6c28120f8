import type { CaseImport } from '@levee/contract';
import { formatCount, useWords } from '@levee/ui';
import { importWords } from './import-words.ts';

/** How far a dry run or a commit is, how fast, and how long still. */
export function ImportProgress({ one }: { one: CaseImport }) {
  const t = useWords(importWords);
  const { done = 0, total = 0, rowsPerSecond = null, secondsLeft = null } = one.progress ?? {};
  const left =
    secondsLeft === null
      ? null
      : secondsLeft < 90
        ? t('seconds', { count: Math.max(1, Math.round(secondsLeft)) })
        : t('minutes', { count: Math.round(secondsLeft / 60) });
  const title = t(one.state === 'checking' ? 'checkingNow' : 'committingNow');
  return (
    <div className="import-progress" aria-live="polite">
      <strong>{title}</strong>
      <progress aria-label={title} value={done} max={Math.max(total, 1)} />
      <span>
        {t('progressText', { done: formatCount(done), total: formatCount(total) })}
        {rowsPerSecond !== null && left !== null && (
          <> · {t('rate', { rate: formatCount(Math.round(rowsPerSecond)), left })}</>
        )}
      </span>
    </div>
  );
}
