import { type Bulletin, fillBulletinText } from '@levee/contract';
import { formatCount, Time, useServerNow, useWords } from '@levee/ui';
import { useWrittenLanguage } from './editor.tsx';
import { EditionStateMark } from './state-mark.tsx';
import { informationWords } from './words.ts';

/** The bulletin on A4: seen only in print. The head row of the table repeats on each sheet (F23). */
export function BulletinSheet({ bulletin }: { bulletin: Bulletin }) {
  const t = useWords(informationWords);
  const now = useServerNow();
  const [chosen] = useWrittenLanguage();
  const edition = bulletin.editions[0]!;
  const tibetan = chosen === 'bo' ? edition.tibetan : null;
  const language = chosen === 'en' ? 'en' : 'zh';
  const title = fillBulletinText(tibetan?.title ?? edition.title[language], edition, language);
  const body = fillBulletinText(tibetan?.body ?? edition.body[language], edition, language);
  return (
    <table className="information-sheet" lang={tibetan ? 'bo' : language} aria-hidden="true">
      <thead>
        <tr>
          <td className="information-sheet__head">
            <span>{bulletin.issuingBody[language]}</span>
            <span>
              {bulletin.issue === null ? t('noIssue') : t('issueNumber', { issue: bulletin.issue })} ·{' '}
              {t('editionNumber', { number: edition.number })} · <EditionStateMark state={edition.state} />
            </span>
          </td>
        </tr>
      </thead>
      <tbody>
        <tr>
          <td>
            <h1>{title}</h1>
            {edition.correction && (
              <p className="information-sheet__note">
                {t('corrected')}：{edition.correction.what[language]} {edition.correction.why[language]}
              </p>
            )}
            {bulletin.withdrawn && (
              <p className="information-sheet__note">
                {t('withdrawn')}：{bulletin.withdrawn.reason[language]}
              </p>
            )}
            <p className="information-sheet__body">{body}</p>
            {tibetan && <p>{t('boBy', { name: tibetan.writer })}</p>}
            <h2>{t('figures')}</h2>
            <table className="information-sheet__figures">
              <thead>
                <tr>
                  <th scope="col">{t('item')}</th>
                  <th scope="col">{t('value')}</th>
                  <th scope="col">{t('asOf')}</th>
                  <th scope="col">{t('source')}</th>
                </tr>
              </thead>
              <tbody>
                {edition.figures.map((figure) => (
                  <tr key={figure.name}>
                    <th scope="row">{figure.title[language]}</th>
                    <td>{formatCount(figure.value)}</td>
                    <td>
                      <Time at={figure.asOf} />
                    </td>
                    <td>{figure.source[language]}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            <p className="information-sheet__note">
              {t('author')} {edition.author.name}
              {edition.approver && ` · ${t('approver')} ${edition.approver.name}`}
              {edition.publishedAt && (
                <>
                  {' '}
                  · {t('publishedAt')} <Time at={edition.publishedAt} />
                </>
              )}{' '}
              · {t('printedAt')} <Time at={now} />
            </p>
          </td>
        </tr>
      </tbody>
    </table>
  );
}
