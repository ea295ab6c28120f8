import i18next, { type i18n } from 'i18next';
import { useTranslation } from 'react-i18next';

export type Language = 'zh' | 'en';
/** A text that exists in both languages, as the contract carries it. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

/** The words of one feature; the keys are the Chinese table's. */
export interface Words<Key extends string> {
  readonly namespace: string;
  readonly key?: Key;
}

type Plural<Key extends string> = Key extends `${infer Stem}_${'one' | 'other'}` ? Stem : never;
export type Translate<Key extends string> = (
  key: Key | Plural<Key>,
  values?: Readonly<Record<string, string | number>>,
) => string;

const storageKey = 'levee.language';

const instance: i18n = i18next.createInstance();
void instance.init({
  lng: storedLanguage(),
  fallbackLng: 'zh',
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
  react: { useSuspense: false },
  initAsync: false,
  resources: {},
});

function storedLanguage(): Language {
  const stored = globalThis.localStorage?.getItem(storageKey);
  return stored === 'en' ? 'en' : 'zh';
}

/**
 * Adds the words of a feature. Chinese decides the keys; a missing or extra English key is a type error.
 * English plurals: `hits_one` and `hits_other` in both tables, asked for as `t('hits', { count })`.
 */
export function registerWords<Table extends Readonly<Record<string, string>>>(
  namespace: string,
  tables: { readonly zh: Table; readonly en: { readonly [Key in keyof NoInfer<Table>]: string } },
): Words<keyof Table & string> {
  instance.addResourceBundle('zh', namespace, tables.zh, true, true);
  instance.addResourceBundle('en', namespace, tables.en, true, true);
  return { namespace };
}

/** The translate function of a feature's words; re-renders when the language changes. */
export function useWords<Key extends string>(words: Words<Key>): Translate<Key> {
  const { t } = useTranslation(words.namespace, { i18n: instance });
  return t as unknown as Translate<Key>;
}

/** The same outside React (commands, exports). */
export function translate<Key extends string>(
  words: Words<Key>,
  key: Key | Plural<Key>,
  values?: Readonly<Record<string, string | number>>,
): string {
  return instance.t(key, { ns: words.namespace, ...values });
}

export function language(): Language {
  return instance.language === 'en' ? 'en' : 'zh';
}

export function useLanguage(): Language {
  const { i18n: current } = useTranslation(undefined, { i18n: instance });
  return current.language === 'en' ? 'en' : 'zh';
}

/** Switches the language of every screen, of `<html lang>` and of the next visit. */
export async function setLanguage(next: Language): Promise<void> {
  globalThis.localStorage?.setItem(storageKey, next);
  await instance.changeLanguage(next);
  markDocument(next);
}

export function markDocument(current: Language = language()): void {
  if (typeof document !== 'undefined') document.documentElement.lang = current === 'zh' ? 'zh-CN' : 'en';
}

const PICKS = { zh: (text: Text) => text.zh, en: (text: Text) => text.en };

/** Picks the reader's language from a bilingual text; the same function until the language changes. */
export const useText = (): ((text: Text) => string) => PICKS[useLanguage()];
