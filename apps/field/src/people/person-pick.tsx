import { checkIdentityNumber } from '@levee/protocol';
import { Icon, useWords } from '@levee/ui';
import { useState } from 'react';
import { useSession } from '../app/session.ts';
import { fieldWords } from '../app/words.ts';
import { readScan } from '../sampling/read-scan.ts';
import { aboutOf, type Visitor } from '../sampling/use-desk.ts';
import { searchPeople } from './search-people.ts';

/** Somebody of the list, by a scan or the beginning of a name; or known by the card alone. */
export function PersonPick({
  chosen,
  onChoose,
}: {
  chosen: Visitor | null;
  onChoose: (who: Visitor | null) => void;
}) {
  const t = useWords(fieldWords);
  const { list } = useSession();
  const [typed, setTyped] = useState('');
  if (chosen) {
    const { name, masked } = aboutOf(chosen);
    return (
      <div className="line picked">
        <span>
          <strong>{name}</strong> {masked}
        </span>
        <button type="button" className="small" onClick={() => onChoose(null)}>
          <Icon name="back" /> {t('chooseOther')}
        </button>
      </div>
    );
  }
  const scan = readScan(typed);
  const candidates = list && scan.kind === 'name' ? searchPeople(list.people, typed, 5) : [];
  const take = async (text: string) => {
    setTyped(text);
    const check = checkIdentityNumber(text.trim());
    if (!check.ok) return;
    const person = list?.byCard.get(await list.markOf(check.number));
    onChoose(person ? { person } : { number: check.number });
  };
  return (
    <>
      <label>
        {t('whoReturns')}
        <input
          className="lv-input"
          value={typed}
          placeholder={t('pickHint')}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => void take(event.target.value)}
        />
      </label>
      {scan.kind === 'bad_card' && <p className="mark">{t(`badCard_${scan.reason}`)}</p>}
      {candidates.length > 0 && (
        <ul className="choices">
          {candidates.map((person) => (
            <li key={person.id}>
              <button type="button" onClick={() => onChoose({ person })}>
                <strong>{person.nameZh}</strong>
                <small>{person.identityMasked}</small>
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
