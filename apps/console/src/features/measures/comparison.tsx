import type { Alternative } from '@levee/contract';
import { formatCount, useText, useWords } from '@levee/ui';
import { measureWords } from './words.ts';
import './comparison.css';

/** The milder ways beside the measure itself: effect, people touched, burden, why not. */
export function Comparison({
  ways,
  own,
}: {
  ways: readonly Alternative[];
  own: { readonly name: string; readonly peopleCount: number; readonly personDays: number };
}) {
  const t = useWords(measureWords);
  const text = useText();
  const top = Math.max(own.personDays, ...ways.map(({ burdenPersonDays }) => burdenPersonDays), 1);
  const bar = (days: number) => (
    <span className="measures-bar" aria-hidden="true">
      <i style={{ inlineSize: `${(days / top) * 100}%` }} />
    </span>
  );
  return (
    <table className="measures-comparison">
      <thead>
        <tr>
          <th scope="col">{t('way')}</th>
          <th scope="col">{t('touched')}</th>
          <th scope="col">{t('burden')}</th>
          <th scope="col">{t('rejectedBecause')}</th>
        </tr>
      </thead>
      <tbody>
        <tr className="measures-comparison__own">
          <th scope="row">
            {own.name} <small>{t('thisMeasure')}</small>
          </th>
          <td>{formatCount(own.peopleCount)}</td>
          <td>
            {formatCount(own.personDays)}
            {bar(own.personDays)}
          </td>
          <td>–</td>
        </tr>
        {ways.map((way) => (
          <tr key={way.name.zh}>
            <th scope="row">
              {text(way.name)}
              <small className="measures-muted">{text(way.expectedEffect)}</small>
            </th>
            <td>{formatCount(way.peopleCount)}</td>
            <td>
              {formatCount(way.burdenPersonDays)}
              {bar(way.burdenPersonDays)}
            </td>
            <td>{text(way.rejectedBecause)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
