import { measureKindWords, NOTICE_FIELDS } from '@levee/contract';
import { ErrorState, Loading, Page as PageFrame, StatusMark, Time, useText, useWords } from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { client } from '../../app/client.ts';
import { useMeasuresPurpose } from './purpose.ts';
import { measureWords } from './words.ts';
import './measures.css';
import './notice.css';

/** On paper each version carries headings of its own language, whatever the screen speaks. */
const HEADINGS: Readonly<Record<(typeof NOTICE_FIELDS)[number], { zh: string; en: string }>> = {
  what: { zh: '措施内容', en: 'What' },
  why: { zh: '理由', en: 'Why' },
  from: { zh: '起始', en: 'From' },
  until: { zh: '截止', en: 'Until' },
  release: { zh: '提前解除条件', en: 'Early release' },
  appeal: { zh: '申诉途径', en: 'How to appeal' },
  help: { zh: '可得帮助', en: 'Help' },
};
const LANGUAGES = [
  ['zh', 'zh-CN'],
  ['bo', 'bo'],
  ['en', 'en'],
] as const;

/** The notice for paper: all versions one below the other, number and authority; a missing one is said. */
export function Page() {
  const t = useWords(measureWords);
  const text = useText();
  const { measureId } = useParams({ strict: false }) as { measureId: string };
  const purpose = useMeasuresPurpose() ?? 'outbreak_command';
  const notice = useQuery({
    queryKey: ['measures', 'notice', measureId],
    queryFn: () => client.measures.notice({ purpose, params: { measureId } }),
  });
  if (notice.error) return <ErrorState error={notice.error} onRetry={() => void notice.refetch()} />;
  if (!notice.data) return <Loading />;
  const { notice: words, number, addressee, authority, issuedAt, kind, boMissing } = notice.data;
  return (
    <PageFrame
      title={`${text(measureKindWords[kind])}${t('notice')}`}
      breadcrumbs={[
        { title: t('title'), href: `/measures?view=all&measure=${measureId}` },
        { title: t('notice') },
      ]}
      marks={boMissing && <StatusMark tone="bad">{t('boNone')}</StatusMark>}
      actions={
        <button type="button" className="lv-button lv-button--primary" onClick={() => window.print()}>
          {t('noticePaper')}
        </button>
      }
    >
      <article className="measures-paper">
        <header>
          <p>
            {t('number')} <strong>{number}</strong>
          </p>
          <h2>{authority.zh}</h2>
          <p>
            {addressee} {issuedAt ? <Time at={issuedAt} /> : t('awaiting')}
          </p>
        </header>
        {LANGUAGES.map(([language, lang]) =>
          language === 'bo' && boMissing ? (
            <p key={language} className="measures-warning">
              {t('boMissing')}
            </p>
          ) : (
            <dl key={language} lang={lang}>
              {NOTICE_FIELDS.map((field) => (
                <div key={field}>
                  <dt>{HEADINGS[field][language === 'en' ? 'en' : 'zh']}</dt>
                  <dd>{words[field][language]}</dd>
                </div>
              ))}
            </dl>
          ),
        )}
      </article>
    </PageFrame>
  );
}
