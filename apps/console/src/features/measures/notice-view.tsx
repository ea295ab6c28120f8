import { NOTICE_FIELDS, type Notice } from '@levee/contract';
import { useLanguage, useWords } from '@levee/ui';
import { useState } from 'react';
import { measureWords } from './words.ts';

const LANGUAGES = ['zh', 'en', 'bo'] as const;
type NoticeLanguage = (typeof LANGUAGES)[number];
const LANG = { zh: 'zh-CN', en: 'en', bo: 'bo' } as const;
const TITLES = { from: 'noticeFrom', until: 'noticeUntil' } as const;

/** The notice as the person gets it, in the language chosen; a version nobody wrote is shown as missing. */
export function NoticeView({
  notice,
  onChange,
}: {
  notice: Notice;
  /** Given, every field can be rewritten. */
  onChange?: (notice: Notice) => void;
}) {
  const t = useWords(measureWords);
  const own = useLanguage();
  const [chosen, setChosen] = useState<NoticeLanguage | null>(null);
  const shown = chosen ?? own;
  const missing = NOTICE_FIELDS.some((field) => (notice[field].bo ?? '').trim() === '');
  const title = (field: (typeof NOTICE_FIELDS)[number]) =>
    t(field === 'from' || field === 'until' ? TITLES[field] : field);
  return (
    <div className="measures-notice">
      <div className="measures-tabs" role="tablist" aria-label={t('notice')}>
        {LANGUAGES.map((language) => (
          <button
            key={language}
            type="button"
            role="tab"
            className="lv-button lv-button--quiet"
            aria-selected={language === shown}
            onClick={() => setChosen(language)}
          >
            {t(language)}
            {language === 'bo' && missing && ' ⚠'}
          </button>
        ))}
      </div>
      {shown === 'bo' && missing && <p className="measures-warning">{t('boMissing')}</p>}
      <dl lang={LANG[shown]}>
        {NOTICE_FIELDS.map((field) => {
          const value = notice[field][shown] ?? '';
          return (
            <div key={field}>
              <dt>{title(field)}</dt>
              <dd>
                {onChange ? (
                  <textarea
                    className="lv-input"
                    aria-label={title(field)}
                    rows={field === 'from' ? 1 : 2}
                    maxLength={2000}
                    value={value}
                    onChange={(event) =>
                      onChange({
                        ...notice,
                        [field]: {
                          ...notice[field],
                          [shown]: shown === 'bo' ? event.target.value || null : event.target.value,
                        },
                      })
                    }
                  />
                ) : value.trim() !== '' ? (
                  value
                ) : (
                  <span className="measures-missing">{shown === 'bo' ? t('boNone') : t('empty')}</span>
                )}
              </dd>
            </div>
          );
        })}
      </dl>
    </div>
  );
}
