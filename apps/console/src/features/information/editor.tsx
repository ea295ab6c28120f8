import { type Edition, fillBulletinText } from '@levee/contract';
import {
  ChoiceTabs,
  ErrorState,
  FormField,
  FormGrid,
  useLanguage,
  useText,
  useUrlText,
  useWords,
} from '@levee/ui';
import { type RefObject, useMemo } from 'react';
import {
  blockingOf,
  Findings,
  findInLanguage,
  type PlacedFinding,
  type WrittenLanguage,
} from './findings.tsx';
import type { Draft, DraftWords } from './use-draft.ts';
import { informationWords } from './words.ts';

export const LANGUAGES: readonly WrittenLanguage[] = ['zh', 'en', 'bo'];

/** The language shown, from the URL; the reader's own where it says none. */
export function useWrittenLanguage(): [WrittenLanguage, (value: string) => void] {
  const [value, set] = useUrlText('lang');
  const own = useLanguage();
  return [LANGUAGES.find((each) => each === value) ?? own, (next) => set(next === own ? null : next)];
}

/** Words around the locked figures, in three languages; findings stand under the text they are about. */
export function Editor({
  edition,
  draft,
  area,
  onReload,
}: {
  edition: Edition;
  draft: Draft;
  /** The text field, so that a figure can be put where the writer stands. */
  area: RefObject<HTMLTextAreaElement | null>;
  onReload: () => void;
}) {
  const t = useWords(informationWords);
  const [language, setLanguage] = useWrittenLanguage();
  const { words, dirty, edit, save, busy } = draft;
  const findings = useMemo(() => findInLanguage(words, language, edition), [words, language, edition]);
  const show = ({ paragraph }: PlacedFinding) => {
    area.current?.focus();
    if (paragraph) area.current?.setSelectionRange(paragraph.from, paragraph.until);
  };
  const counted = (each: WrittenLanguage) => {
    const count = blockingOf(findInLanguage(words, each, edition));
    const missing = each === 'bo' && words.tibetan === null ? ` · ${t('noTibetan')}` : '';
    return `${t(each)}${missing}${count > 0 ? ` · ${t('blockingCount', { count })}` : ''}`;
  };
  return (
    <section className="information-editor lv-no-print" aria-label={t('text')}>
      <ChoiceTabs
        label={t('text')}
        value={language}
        choices={LANGUAGES.map((each) => [each, counted(each)] as const)}
        onChoose={setLanguage}
      />
      {language === 'bo' && words.tibetan === null ? (
        <div className="information-missing">
          <p>{t('boMissing')}</p>
          <p className="information-quiet">{t('boWhy')}</p>
          <button
            type="button"
            className="lv-button"
            onClick={() => edit({ tibetan: { title: '', body: '', writer: '' } })}
          >
            {t('boAdd')}
          </button>
        </div>
      ) : (
        <>
          <Fields words={words} language={language} edit={edit} area={area} />
          <Findings findings={findings} onShow={show} />
          <AsRead words={words} language={language} edition={edition} />
        </>
      )}
      {draft.clash ? (
        <div className="information-clash" role="alert">
          <p>{t('clash')}</p>
          <button
            type="button"
            className="lv-button"
            onClick={() => {
              draft.discard();
              onReload();
            }}
          >
            {t('reload')}
          </button>
        </div>
      ) : (
        draft.error && <Refusal error={draft.error} />
      )}
      <div className="information-acts">
        <button type="button" className="lv-button" disabled={!dirty || busy} onClick={() => save.mutate()}>
          {t('save')}
        </button>
        {dirty && (
          <button type="button" className="lv-button lv-button--quiet" onClick={draft.discard}>
            {t('discard')}
          </button>
        )}
        <span className="information-quiet" role="status">
          {dirty ? t('unsaved') : t('saved')}
        </span>
      </div>
    </section>
  );
}

function Fields({
  words,
  language,
  edit,
  area,
}: {
  words: DraftWords;
  language: WrittenLanguage;
  edit: Draft['edit'];
  area: RefObject<HTMLTextAreaElement | null>;
}) {
  const t = useWords(informationWords);
  const { tibetan } = words;
  const [title, body] =
    language === 'bo'
      ? [tibetan?.title ?? '', tibetan?.body ?? '']
      : [words.title[language], words.body[language]];
  const put = (part: 'title' | 'body', value: string) => {
    if (language !== 'bo') edit({ [part]: { ...words[part], [language]: value } });
    else if (tibetan) edit({ tibetan: { ...tibetan, [part]: value } });
  };
  return (
    <FormGrid>
      <FormField label={t('title')}>
        {(wiring) => (
          <input
            {...wiring}
            className="lv-input"
            lang={language}
            maxLength={language === 'zh' ? 120 : 200}
            value={title}
            onChange={(event) => put('title', event.target.value)}
          />
        )}
      </FormField>
      <FormField label={t('bodyText')}>
        {(wiring) => (
          <textarea
            {...wiring}
            ref={area}
            className="lv-input information-body"
            lang={language}
            rows={14}
            maxLength={language === 'zh' ? 8000 : 12000}
            value={body}
            onChange={(event) => put('body', event.target.value)}
          />
        )}
      </FormField>
      {language === 'bo' && tibetan && (
        <div className="information-writer">
          <FormField label={t('boWriter')} hint={t('boWhy')}>
            {(wiring) => (
              <input
                {...wiring}
                className="lv-input"
                maxLength={80}
                value={tibetan.writer}
                onChange={(event) => edit({ tibetan: { ...tibetan, writer: event.target.value } })}
              />
            )}
          </FormField>
          <button type="button" className="lv-button" onClick={() => edit({ tibetan: null })}>
            {t('boRemove')}
          </button>
        </div>
      )}
    </FormGrid>
  );
}

function AsRead({
  words,
  language,
  edition,
}: {
  words: DraftWords;
  language: WrittenLanguage;
  edition: Edition;
}) {
  const t = useWords(informationWords);
  const body = language === 'bo' ? (words.tibetan?.body ?? '') : words.body[language];
  return (
    <details className="information-as-read" open>
      <summary>{t('asRead')}</summary>
      <p className="lv-reading" lang={language}>
        {fillBulletinText(body, edition, language === 'en' ? 'en' : 'zh')}
      </p>
    </details>
  );
}

/** The server found what the editor cannot: names of people concerned. */
function Refusal({ error }: { error: unknown }) {
  const faults = (error as { faults?: readonly { where: string; problem: { zh: string; en: string } }[] })
    .faults;
  const t = useWords(informationWords);
  return (
    <>
      <ErrorState error={error} shape="line" />
      {faults && (
        <ul className="information-findings">
          {faults.map(({ where, problem }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same fault may stand twice
            <li key={`${where}-${index}`}>
              <Fault
                where={where}
                problem={problem}
                title={t(where.startsWith('title') ? 'inTitle' : 'bodyText')}
              />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Fault({
  where,
  problem,
  title,
}: {
  where: string;
  problem: { zh: string; en: string };
  title: string;
}) {
  const text = useText();
  const t = useWords(informationWords);
  const language = LANGUAGES.find((each) => where.endsWith(each)) ?? 'zh';
  return (
    <span>
      {t(language)} · {title} · {text(problem)}
    </span>
  );
}
