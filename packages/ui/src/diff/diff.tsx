import type { ReactNode } from 'react';
import { registerWords, useWords } from '../i18n/words.ts';
import './diff.css';

const words = registerWords('ui.diff', {
  zh: {
    field: '字段',
    before: '原值',
    after: '新值',
    base: '编辑前',
    mine: '我的修改',
    theirs: '他人的修改',
    none: '（空）',
    pick: '采用',
  },
  en: {
    field: 'Field',
    before: 'Before',
    after: 'After',
    base: 'Before editing',
    mine: 'Mine',
    theirs: 'Theirs',
    none: '(empty)',
    pick: 'Take',
  },
});

export interface DiffRow {
  readonly key: string;
  readonly field: string;
  readonly before: ReactNode;
  readonly after: ReactNode;
}

const shown = (value: ReactNode, none: string) =>
  value === null || value === undefined || value === '' ? none : value;

/** What a change changed, field by field. */
export function Diff({ rows }: { rows: readonly DiffRow[] }) {
  const t = useWords(words);
  return (
    <table className="lv-diff">
      <thead>
        <tr>
          <th scope="col">{t('field')}</th>
          <th scope="col">{t('before')}</th>
          <th scope="col">{t('after')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row">{row.field}</th>
            <td>
              <del>{shown(row.before, t('none'))}</del>
            </td>
            <td>
              <ins>{shown(row.after, t('none'))}</ins>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export interface ClashRow {
  readonly key: string;
  readonly field: string;
  readonly base: ReactNode;
  readonly mine: ReactNode;
  readonly theirs: ReactNode;
}

/** Two people changed the same thing: per field, one chooses. */
export function ClashChooser({
  rows,
  picks,
  onPick,
}: {
  rows: readonly ClashRow[];
  picks: Readonly<Record<string, 'mine' | 'theirs'>>;
  onPick: (key: string, side: 'mine' | 'theirs') => void;
}) {
  const t = useWords(words);
  return (
    <table className="lv-diff">
      <thead>
        <tr>
          <th scope="col">{t('field')}</th>
          <th scope="col">{t('base')}</th>
          <th scope="col">{t('mine')}</th>
          <th scope="col">{t('theirs')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row">{row.field}</th>
            <td>{shown(row.base, t('none'))}</td>
            {(['mine', 'theirs'] as const).map((side) => (
              <td key={side}>
                <label className="lv-diff__pick">
                  <input
                    type="radio"
                    name={`clash-${row.key}`}
                    checked={picks[row.key] === side}
                    aria-label={`${t('pick')} ${row.field}: ${t(side)}`}
                    onChange={() => onPick(row.key, side)}
                  />
                  {shown(row[side], t('none'))}
                </label>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
