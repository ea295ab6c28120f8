import { type Bulletin, type Edition, fillBulletinText } from '@levee/contract';
import { Diff, formatCount, Section, Time, useText, useWords } from '@levee/ui';
import { EditionStateMark } from './state-mark.tsx';
import { informationWords } from './words.ts';

/** The restatement log: every edition with what changed against the one before, when, why, by whom (F17). */
export function Editions({ bulletin }: { bulletin: Bulletin }) {
  const t = useWords(informationWords);
  const { editions } = bulletin;
  return (
    <Section
      title={t('restatements')}
      note={<span className="information-quiet">{t('restatementsNote')}</span>}
    >
      <ol className="information-editions">
        {editions.map((edition, index) => (
          <EditionEntry
            key={edition.number}
            bulletin={bulletin}
            edition={edition}
            before={editions[index + 1]}
          />
        ))}
      </ol>
    </Section>
  );
}

function EditionEntry({
  bulletin,
  edition,
  before,
}: {
  bulletin: Bulletin;
  edition: Edition;
  before: Edition | undefined;
}) {
  const t = useWords(informationWords);
  const text = useText();
  const open = edition.state === 'draft' || edition.state === 'checked';
  return (
    <li>
      <h3>
        {t('editionNumber', { number: edition.number })} <EditionStateMark state={edition.state} />{' '}
        {edition.publishedAt && <Time at={edition.publishedAt} />}{' '}
        {edition.publishedAt && (
          <a
            href={`/portal/zh/bulletins/${bulletin.id}?edition=${edition.number}`}
            target="_blank"
            rel="noreferrer"
          >
            {t(edition.state === 'corrected' ? 'portalOld' : 'openPortal')}
          </a>
        )}
      </h3>
      <p className="information-quiet">
        {t('author')} {edition.author.name}
        {edition.approver && ` · ${t('approver')} ${edition.approver.name}`}
        {open && before && ` · ${t('working')}`}
      </p>
      {edition.correction ? (
        <p>
          <strong>{t('whatChanged')}</strong> {text(edition.correction.what)}
          <br />
          <strong>{t('why')}</strong> {text(edition.correction.why)}
        </p>
      ) : (
        <p>{t('first')}</p>
      )}
      {before && <Changes before={before} after={edition} />}
    </li>
  );
}

function Changes({ before, after }: { before: Edition; after: Edition }) {
  const t = useWords(informationWords);
  const text = useText();
  const rows = [
    ...after.figures.flatMap((figure) => {
      const earlier = before.figures.find(({ name }) => name === figure.name);
      if (earlier?.value === figure.value) return [];
      return [
        {
          key: figure.name,
          field: text(figure.title),
          before: formatCount(earlier?.value),
          after: formatCount(figure.value),
        },
      ];
    }),
    ...(['zh', 'en'] as const).flatMap((language) =>
      (['title', 'body'] as const).flatMap((part) => {
        const was = fillBulletinText(before[part][language], before, language);
        const is = fillBulletinText(after[part][language], after, language);
        if (was === is) return [];
        return [
          {
            key: `${part}.${language}`,
            field: `${t(part === 'title' ? 'title' : 'bodyText')} · ${t(language)}`,
            before: was,
            after: is,
          },
        ];
      }),
    ),
  ];
  return rows.length === 0 ? <p className="information-quiet">{t('noChanges')}</p> : <Diff rows={rows} />;
}
