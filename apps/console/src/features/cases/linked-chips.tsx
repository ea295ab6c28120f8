import { Icon, useNavigation, useWords } from '@levee/ui';
import { useLinkedDay } from './use-case-list.ts';
import { caseWords } from './words.ts';

/** What narrows every view of the page at once, each with its way out (F14). */
export function LinkedChips() {
  const t = useWords(caseWords);
  const { setSearch } = useNavigation();
  const { basis, day } = useLinkedDay();
  if (day === null) return null;
  return (
    <ul className="case-chips" aria-label={t('linked')}>
      <li>
        <button
          type="button"
          className="case-chip"
          onClick={() => setSearch({ day: undefined }, { replace: true })}
        >
          {t(`basis.${basis}`)} {day}
          <Icon name="close" size={12} />
          <span className="lv-hidden">{t('clearLinked')}</span>
        </button>
      </li>
    </ul>
  );
}
