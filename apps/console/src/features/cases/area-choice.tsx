import { useText, useUrlText, useWords } from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { caseWords } from './words.ts';

/** The counties of one's area; not shown to who sees only one. */
export function AreaChoice() {
  const t = useWords(caseWords);
  const text = useText();
  const me = useMe();
  const [within, setWithin] = useUrlText('within');
  const outlines = useQuery({
    queryKey: ['places', 'outlines'],
    queryFn: () => client.places.outlines(),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const counties = outlines.data?.areas.filter(({ division }) => division.startsWith(me.division)) ?? [];
  if (counties.length < 2) return null;
  return (
    <select
      className="lv-input case-choice"
      aria-label={t('area')}
      value={within}
      onChange={(event) => setWithin(event.target.value || null)}
    >
      <option value="">{t('everyArea')}</option>
      {counties.map(({ division, nameZh, nameEn }) => (
        <option key={division} value={division}>
          {text({ zh: nameZh, en: nameEn })}
        </option>
      ))}
    </select>
  );
}
