import type { GroundItem } from '@levee/contract';
import { StatusMark, Time, useText, useWords } from '@levee/ui';
import { measureWords } from './words.ts';

/** The evidence a measure rests on, in words; what fell away since is said. */
export function GroundList({ items }: { items: readonly GroundItem[] }) {
  const t = useWords(measureWords);
  return (
    <ul className="measures-ground">
      {items.map((item) => (
        <li key={item.id}>
          <GroundWords item={item} />
          <StatusMark tone={item.stands ? 'good' : 'over'}>{t(item.stands ? 'stands' : 'fallen')}</StatusMark>
        </li>
      ))}
    </ul>
  );
}

export function GroundWords({ item }: { item: GroundItem }) {
  const text = useText();
  return (
    <span>
      {item.type === 'case' ? <a href={`/cases/${item.id}`}>{text(item.title)}</a> : text(item.title)}
      {item.place && ` · ${text(item.place)}`}
      <small className="measures-muted">
        {item.at && (
          <>
            {' '}
            <Time at={item.at} />
          </>
        )}
        {item.until && (
          <>
            {' – '}
            <Time at={item.until} />
          </>
        )}
      </small>
    </span>
  );
}
