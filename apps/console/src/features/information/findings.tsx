import { type BulletinLock, checkBulletinPart, type TextFinding } from '@levee/contract';
import { StatusMark, useText, useWords } from '@levee/ui';
import type { DraftWords } from './use-draft.ts';
import { informationWords } from './words.ts';

export type WrittenLanguage = 'zh' | 'en' | 'bo';

export interface PlacedFinding extends TextFinding {
  /** Paragraph of the body from 1 on, with where it begins and ends in the text; null in the title. */
  readonly paragraph: { readonly number: number; readonly from: number; readonly until: number } | null;
}

/** What the text of one language holds that may not be public, paragraph by paragraph, as it is typed. */
export function findInLanguage(words: DraftWords, language: WrittenLanguage, lock: BulletinLock) {
  const [title, body] =
    language === 'bo'
      ? [words.tibetan?.title ?? '', words.tibetan?.body ?? '']
      : [words.title[language], words.body[language]];
  const found: PlacedFinding[] = checkBulletinPart(`title.${language}`, title, lock).map((finding) => ({
    ...finding,
    paragraph: null,
  }));
  let from = 0;
  let number = 0;
  for (const line of body.split('\n')) {
    if (line.trim() !== '') {
      number += 1;
      const paragraph = { number, from, until: from + line.length };
      found.push(
        ...checkBulletinPart(`body.${language}`, line, lock).map((finding) => ({ ...finding, paragraph })),
      );
    }
    from += line.length + 1;
  }
  return found;
}

export const blockingOf = (findings: readonly TextFinding[]) =>
  findings.filter(({ severity }) => severity === 'blocking').length;

/** Findings where they stand; a press leads to the paragraph. */
export function Findings({
  findings,
  onShow,
}: {
  findings: readonly (TextFinding & { readonly paragraph?: PlacedFinding['paragraph'] })[];
  onShow?: (finding: PlacedFinding) => void;
}) {
  const t = useWords(informationWords);
  const text = useText();
  if (findings.length === 0) return <p className="information-quiet">{t('clean')}</p>;
  return (
    <ul className="information-findings">
      {findings.map((finding, index) => {
        const where =
          finding.paragraph == null
            ? t(finding.where.startsWith('title') ? 'inTitle' : 'bodyText')
            : t('paragraph', { number: finding.paragraph.number });
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same finding may stand twice
          <li key={`${finding.where}-${finding.kind}-${index}`}>
            <StatusMark tone={finding.severity === 'blocking' ? 'bad' : 'waiting'}>
              {t(finding.severity)}
            </StatusMark>
            <span>
              {onShow && finding.paragraph !== undefined ? (
                <button
                  type="button"
                  className="information-link"
                  onClick={() => onShow(finding as PlacedFinding)}
                >
                  {where}
                </button>
              ) : (
                where
              )}
              {' · '}
              {text(finding.problem)} <code>{finding.excerpt}</code>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
