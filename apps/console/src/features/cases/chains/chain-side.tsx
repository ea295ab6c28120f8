import type { CaseChains } from '@levee/contract';
import { useText, useUrlText, useWords } from '@levee/ui';
import { useMemo } from 'react';
import { chainWords } from './words.ts';

const LISTS = ['infectors', 'impossible', 'ambiguous'] as const;
const SHOWN = 100;

/** Beside the graph: who infected most, and the links that want a person's eye. */
export function ChainSide({
  chains,
  superspreadingFrom,
  onSelect,
}: {
  chains: CaseChains;
  superspreadingFrom: number;
  onSelect: (caseId: string) => void;
}) {
  const t = useWords(chainWords);
  const text = useText();
  const { onsetBeforeInfector } = chains;
  const [listText, setList] = useUrlText('side');
  const list = LISTS.find((one) => one === listText) ?? 'infectors';
  const idOf = useMemo(() => new Map(chains.nodes.map(({ id, externalId }) => [externalId, id])), [chains]);
  const top = useMemo(
    () =>
      chains.nodes
        .filter(({ infecteesCount }) => infecteesCount > 0)
        .toSorted((a, b) => b.infecteesCount - a.infecteesCount || a.externalId.localeCompare(b.externalId)),
    [chains],
  );
  const counts = {
    infectors: top.length,
    impossible: chains.impossible.length,
    ambiguous: chains.ambiguous.length,
  };
  const link = (name: string) => <CaseLink name={name} id={idOf.get(name)} onSelect={onSelect} />;
  return (
    <aside className="chain-side" aria-label={t('lists')}>
      <div className="case-segments" role="radiogroup" aria-label={t('lists')}>
        {LISTS.map((one) => (
          <button
            key={one}
            type="button"
            role="radio"
            aria-checked={one === list}
            onClick={() => setList(one === 'infectors' ? null : one, { replace: true })}
          >
            {t(`side.${one}`)} {counts[one]}
          </button>
        ))}
      </div>
      <div className="chain-side__list">
        {counts[list] === 0 && <p className="case-quiet">{t(`none.${list}`)}</p>}
        {list === 'infectors' && (
          <table className="case-table">
            <thead>
              <tr>
                <th scope="col">{t('number')}</th>
                <th scope="col">{t('onset')}</th>
                <th scope="col" className="case-table__number">
                  {t('infecteesCount')}
                </th>
              </tr>
            </thead>
            <tbody>
              {top.slice(0, SHOWN).map((node) => (
                <tr key={node.id}>
                  <td>{link(node.externalId)}</td>
                  <td>{node.dateOnset ?? '–'}</td>
                  <td className="case-table__number">
                    {node.infecteesCount >= superspreadingFrom ? (
                      <strong title={t('superspreading')}>◎ {node.infecteesCount}</strong>
                    ) : (
                      node.infecteesCount
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {list === 'impossible' && (
          <p className="case-quiet">
            {onsetBeforeInfector.days > 0
              ? t('orderTolerant', {
                  days: onsetBeforeInfector.days,
                  pack: onsetBeforeInfector.pack ? text(onsetBeforeInfector.pack.name) : '',
                })
              : t('orderStrict')}
          </p>
        )}
        {list === 'impossible' && (
          <ul className="case-rows">
            {chains.impossible.slice(0, SHOWN).map(({ from, to, reason }) => (
              <li key={`${from}-${to}`}>
                <span>
                  {link(from)} → {link(to)}
                </span>
                <span className="case-missing">{t(`reason.${reason}`)}</span>
              </li>
            ))}
          </ul>
        )}
        {list === 'ambiguous' && (
          <ul className="case-rows">
            {chains.ambiguous.slice(0, SHOWN).map(({ to, from }) => (
              <li key={to}>
                {link(to)}
                <span>
                  ←{' '}
                  {from.map((name, index) => (
                    <span key={name}>
                      {index > 0 && ` ${t('or')} `}
                      {link(name)}
                    </span>
                  ))}
                </span>
              </li>
            ))}
          </ul>
        )}
        {counts[list] > SHOWN && <p className="case-quiet">{t('more', { count: counts[list] - SHOWN })}</p>}
      </div>
    </aside>
  );
}

/** A case by its number; one the list does not hold cannot be gone to. */
function CaseLink({
  name,
  id,
  onSelect,
}: {
  name: string;
  id: string | undefined;
  onSelect: (caseId: string) => void;
}) {
  if (id === undefined) return <span>{name}</span>;
  return (
    <button type="button" className="chain-side__case" onClick={() => onSelect(id)}>
      {name}
    </button>
  );
}
