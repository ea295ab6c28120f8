import type { Bulletin } from '@levee/contract';
import {
  ChoiceTabs,
  ErrorState,
  Icon,
  Loading,
  Page as PageFrame,
  useText,
  useUrlText,
  useWords,
} from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useRef } from 'react';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { Acts } from './acts.tsx';
import { BulletinSheet } from './bulletin-sheet.tsx';
import { BulletinSteps } from './bulletin-steps.tsx';
import { Editions } from './editions.tsx';
import { Editor, LANGUAGES, useWrittenLanguage } from './editor.tsx';
import { FiguresPanel } from './figures-panel.tsx';
import { blockingOf, findInLanguage } from './findings.tsx';
import { PortalPreview } from './portal-preview.tsx';
import { Reading } from './reading.tsx';
import { Related } from './related.tsx';
import { EditionStateMark } from './state-mark.tsx';
import { useDraft } from './use-draft.ts';
import { informationWords } from './words.ts';
import './information.css';

export function Page() {
  const { bulletinId } = useParams({ strict: false }) as { bulletinId: string };
  const bulletin = useQuery({
    queryKey: ['information', 'bulletin', bulletinId],
    queryFn: () => client.information.byId({ params: { bulletinId } }),
  });
  if (bulletin.error) return <ErrorState error={bulletin.error} onRetry={() => void bulletin.refetch()} />;
  if (!bulletin.data) return <Loading />;
  return <Desk bulletin={bulletin.data} onReload={() => void bulletin.refetch()} />;
}

const VIEWS = ['text', 'preview', 'versions'] as const;

/** One bulletin: its words, its look on the portal, its editions. */
function Desk({ bulletin, onReload }: { bulletin: Bulletin; onReload: () => void }) {
  const t = useWords(informationWords);
  const text = useText();
  const mayDraft = useMe().permissions.includes('information.draft');
  const [viewText, setView] = useUrlText('view');
  const view = VIEWS.find((each) => each === viewText) ?? 'text';
  const edition = bulletin.editions[0]!;
  const draft = useDraft(bulletin);
  const area = useRef<HTMLTextAreaElement>(null);
  const [language] = useWrittenLanguage();
  const writing = edition.state === 'draft' && mayDraft;
  const blocking = LANGUAGES.reduce(
    (sum, each) => sum + blockingOf(findInLanguage(draft.words, each, edition)),
    0,
  );
  const insert = (token: string) => {
    const { words } = draft;
    const body = language === 'bo' ? (words.tibetan?.body ?? '') : words.body[language];
    const at = area.current?.selectionStart ?? body.length;
    const next = body.slice(0, at) + token + body.slice(area.current?.selectionEnd ?? at);
    if (language !== 'bo') draft.edit({ body: { ...words.body, [language]: next } });
    else if (words.tibetan) draft.edit({ tibetan: { ...words.tibetan, body: next } });
  };
  const published = bulletin.editions.some(({ publishedAt }) => publishedAt);
  return (
    <PageFrame
      title={text(bulletin.title)}
      breadcrumbs={[{ title: t('bulletins'), href: '/bulletins' }]}
      marks={<EditionStateMark state={edition.state} />}
      note={[
        bulletin.issue === null ? t('noIssue') : t('issueNumber', { issue: bulletin.issue }),
        t('editionNumber', { number: edition.number }),
        text(bulletin.issuingBody),
        ...(published ? [t('viewsCount', { count: bulletin.views })] : []),
      ].join(' · ')}
      actions={
        <>
          {published && (
            <a
              className="lv-button"
              href={`/portal/zh/bulletins/${bulletin.id}`}
              target="_blank"
              rel="noreferrer"
            >
              <Icon name="globe" size={16} />
              {t('openPortal')}
            </a>
          )}
          <button type="button" className="lv-button" onClick={() => window.print()}>
            {t('print')}
          </button>
          {writing && (
            <button
              type="button"
              className="lv-button lv-button--primary"
              disabled={draft.busy || blocking > 0}
              title={blocking > 0 ? t('mustFix', { count: blocking }) : undefined}
              onClick={() => draft.check.mutate()}
            >
              {t(draft.dirty ? 'checkAgain' : 'check')}
            </button>
          )}
        </>
      }
      toolbar={
        <ChoiceTabs
          label={t('bulletins')}
          value={view}
          choices={VIEWS.map((each) => [each, t(each)] as const)}
          onChoose={(next) => setView(next === 'text' ? null : next)}
        />
      }
    >
      <BulletinSheet bulletin={bulletin} />
      <BulletinSteps edition={edition} />
      {bulletin.withdrawn && (
        <p className="information-why lv-no-print">
          {t('withdrawnNote', { name: bulletin.withdrawn.by.name, reason: text(bulletin.withdrawn.reason) })}
        </p>
      )}
      {edition.sentBack && edition.state === 'draft' && (
        <p className="information-why lv-no-print">
          {t('sentBack', { name: edition.sentBack.by.name, reason: edition.sentBack.reason })}
        </p>
      )}
      {writing && blocking > 0 && (
        <p className="information-why lv-no-print">{t('mustFix', { count: blocking })}</p>
      )}
      <Acts bulletin={bulletin} />
      <div className="information-view lv-no-print">
        {view === 'text' && (
          <div className="information-desk">
            {writing ? (
              <Editor edition={edition} draft={draft} area={area} onReload={onReload} />
            ) : (
              <Reading edition={edition} />
            )}
            <aside>
              <FiguresPanel
                edition={edition}
                busy={draft.busy}
                {...(writing && { onInsert: insert, onRelock: () => draft.relock.mutate() })}
              />
              <Related bulletin={bulletin} />
            </aside>
          </div>
        )}
        {view === 'preview' && <PortalPreview bulletin={bulletin} />}
        {view === 'versions' && <Editions bulletin={bulletin} />}
      </div>
    </PageFrame>
  );
}
