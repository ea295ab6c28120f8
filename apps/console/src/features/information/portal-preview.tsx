import type { Bulletin } from '@levee/contract';
import { ChoiceTabs, ErrorState, Loading, useWords } from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../app/client.ts';
import { LANGUAGES, useWrittenLanguage } from './editor.tsx';
import { informationWords } from './words.ts';

/** The portal's own document in a frame without scripts: what readers will see, to the letter. */
export function PortalPreview({ bulletin }: { bulletin: Bulletin }) {
  const t = useWords(informationWords);
  const [language, setLanguage] = useWrittenLanguage();
  const preview = useQuery({
    queryKey: ['information', 'preview', bulletin.id, bulletin.version, language],
    queryFn: () => client.information.preview({ params: { bulletinId: bulletin.id }, query: { language } }),
  });
  const state = bulletin.editions[0]!.state;
  return (
    <section className="information-preview" aria-label={t('preview')}>
      <ChoiceTabs
        label={t('preview')}
        value={language}
        choices={LANGUAGES.map((each) => [each, t(each)] as const)}
        onChoose={setLanguage}
      />
      <p className="information-quiet">
        {t(state === 'draft' || state === 'checked' ? 'previewNote' : 'previewLive')}
      </p>
      {preview.error && <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />}
      {preview.isPending && <Loading />}
      {preview.data?.html === null && <p>{t('previewNone')}</p>}
      {preview.data?.html && <iframe title={t('preview')} sandbox="" srcDoc={preview.data.html} />}
    </section>
  );
}
