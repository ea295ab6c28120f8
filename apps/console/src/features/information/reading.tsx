import { type Edition, fillBulletinText } from '@levee/contract';
import { ChoiceTabs, useWords } from '@levee/ui';
import { LANGUAGES, useWrittenLanguage } from './editor.tsx';
import { informationWords } from './words.ts';

/** The words of an edition as they read, in one language at a time. */
export function Reading({ edition }: { edition: Edition }) {
  const t = useWords(informationWords);
  const [language, setLanguage] = useWrittenLanguage();
  const { tibetan } = edition;
  const spoken = language === 'en' ? 'en' : 'zh';
  const [title, body] =
    language === 'bo' ? [tibetan?.title, tibetan?.body] : [edition.title[language], edition.body[language]];
  return (
    <section className="information-editor lv-no-print" aria-label={t('text')}>
      <ChoiceTabs
        label={t('text')}
        value={language}
        choices={LANGUAGES.map(
          (each) =>
            [each, each === 'bo' && tibetan === null ? `${t('bo')} · ${t('noTibetan')}` : t(each)] as const,
        )}
        onChoose={setLanguage}
      />
      {title === undefined || body === undefined ? (
        <p className="information-missing">{t('boMissing')}</p>
      ) : (
        <article className="information-reading" lang={language}>
          <h2>{fillBulletinText(title, edition, spoken)}</h2>
          <p className="lv-reading">{fillBulletinText(body, edition, spoken)}</p>
          {language === 'bo' && tibetan && (
            <p className="information-quiet">{t('boBy', { name: tibetan.writer })}</p>
          )}
        </article>
      )}
    </section>
  );
}
