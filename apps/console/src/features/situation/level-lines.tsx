import type { LevelLine } from '@levee/contract';
import { useText, useWords } from '@levee/ui';
import { situationWords } from './words.ts';

const GROUPS = [
  ['add', 'task', 'addTasks'],
  ['add', 'measure', 'addMeasures'],
  ['end', 'task', 'endTasks'],
  ['end', 'measure', 'endMeasures'],
] as const;

/** What a level brings and ends, line by line; each adopted or left. Without `onToggle` it is only told. */
export function LevelLines({
  lines,
  adopted,
  onToggle,
}: {
  lines: readonly LevelLine[];
  adopted: (id: string) => boolean;
  onToggle?: (id: string) => void;
}) {
  const t = useWords(situationWords);
  const text = useText();
  return GROUPS.map(([effect, kind, title]) => {
    const here = lines.filter((line) => line.effect === effect && line.kind === kind);
    if (here.length === 0) return null;
    return (
      <fieldset key={title} className="situation__choices">
        <legend>
          {t(title)} · {here.filter(({ id }) => adopted(id)).length}/{here.length}
        </legend>
        {here.map((line) => (
          <label key={line.id}>
            <input
              type="checkbox"
              checked={adopted(line.id)}
              disabled={!onToggle}
              onChange={() => onToggle?.(line.id)}
            />
            <span>
              {text(line.text)}
              {(line.dueHours !== null || line.reviewHours !== null || line.group) && (
                <small className="situation__quiet">
                  {' '}
                  {[
                    line.group && text(line.group),
                    line.dueHours !== null && t('within', { hours: line.dueHours }),
                    line.reviewHours !== null && t('reviewedEvery', { hours: line.reviewHours }),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </small>
              )}
            </span>
          </label>
        ))}
      </fieldset>
    );
  });
}
