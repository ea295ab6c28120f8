import { useWords } from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../app/client.ts';
import { usePlaceName } from '../places/place-name.ts';
import { testingWords } from './words.ts';

/** The sites or laboratories of one's area; the choice stays in the address. */
export function PlaceChoice({
  of,
  value,
  onChange,
}: {
  of: 'test_site' | 'laboratory';
  value: string;
  onChange: (id: string | null) => void;
}) {
  const t = useWords(testingWords);
  const nameOf = usePlaceName();
  const places = useQuery({
    queryKey: ['places', 'choice', of],
    queryFn: () => client.places.search({ query: { class: [of], limit: 500 } }),
    staleTime: 600_000,
  });
  const label = t(of === 'test_site' ? 'site' : 'lab');
  return (
    <label className="testing-line">
      {label}
      <select
        className="lv-input testing-choice"
        value={value}
        onChange={(event) => onChange(event.target.value || null)}
      >
        <option value="">{t(of === 'test_site' ? 'chooseSite' : 'chooseLab')}</option>
        {places.data?.items.map((place) => (
          <option key={place.id} value={place.id}>
            {[place, ...place.path.slice(-1)].map(nameOf).join(' · ')}
          </option>
        ))}
      </select>
    </label>
  );
}
