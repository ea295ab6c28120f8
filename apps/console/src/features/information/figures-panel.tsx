import { type Edition, tokenText } from '@levee/contract';
import { formatCount, Icon, Section, Time, useText, useWords } from '@levee/ui';
import { informationWords } from './words.ts';

/** The locked numbers, each with its moment and source; in a draft each can be put into the text. */
export function FiguresPanel({
  edition,
  onInsert,
  onRelock,
  busy = false,
}: {
  edition: Edition;
  onInsert?: (token: string) => void;
  onRelock?: () => void;
  busy?: boolean;
}) {
  const t = useWords(informationWords);
  const text = useText();
  return (
    <Section
      title={t('figures')}
      note={
        <span className="information-quiet">
          <Icon name="lock" size={14} /> {t('lockedAt')} <Time at={edition.lockedAt} />
        </span>
      }
      actions={
        onRelock && (
          <button
            type="button"
            className="lv-button"
            title={t('relockWhy')}
            disabled={busy}
            onClick={onRelock}
          >
            {t('relock')}
          </button>
        )
      }
    >
      <ul className="information-figures">
        {edition.figures.map((figure) => (
          <li key={figure.name}>
            <span className="information-figures__name">{text(figure.title)}</span>
            <strong>{formatCount(figure.value)}</strong>
            {onInsert && (
              <button
                type="button"
                className="lv-button lv-button--quiet"
                aria-label={t('insertOf', { name: text(figure.title) })}
                onClick={() => onInsert(tokenText({ name: figure.name, division: null }))}
              >
                {t('insert')}
              </button>
            )}
            <small>
              {t('asOf')} <Time at={figure.asOf} /> · {t('source')} {text(figure.source)}
            </small>
            {figure.areas.length > 1 && (
              <small className="information-figures__areas">
                {figure.areas.map((area) => {
                  const said = `${text(area.name)} ${formatCount(area.value)}`;
                  if (!onInsert) return <span key={area.division}>{said}</span>;
                  return (
                    <button
                      key={area.division}
                      type="button"
                      className="information-link"
                      aria-label={t('insertOf', { name: `${text(figure.title)} ${text(area.name)}` })}
                      onClick={() => onInsert(tokenText({ name: figure.name, division: area.division }))}
                    >
                      {said}
                    </button>
                  );
                })}
              </small>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
