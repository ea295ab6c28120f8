import {
  Icon,
  Menu,
  setLanguage,
  setPreference,
  type ThemeChoice,
  useLanguage,
  usePreference,
  useText,
  useTheme,
  useWords,
} from '@levee/ui';
import { useMe, useSessionChange } from '../session.ts';
import { shellWords } from '../words.ts';
import { Bell } from './bell.tsx';
import { DataAge } from './data-age.tsx';
import { openPalette } from './palette-host.tsx';
import { Slot } from './slot.tsx';
import './top-bar.css';

/** Incident, clocks, data age; then search, tasks, signals and the person. */
export function TopBar() {
  const t = useWords(shellWords);
  return (
    <header className="top-bar lv-no-print" aria-label={t('topBar')}>
      <div className="top-bar__state">
        <Slot name="incident" otherwise={<span className="top-bar__calm">{t('noIncident')}</span>} />
        <Slot name="clocks" />
      </div>
      <div className="top-bar__tools">
        <DataAge />
        <button type="button" className="top-bar__search" onClick={openPalette}>
          <Icon name="search" size={16} />
          <span>{t('search')}</span>
          <kbd>Ctrl K</kbd>
        </button>
        <Slot name="tasks" />
        <Bell />
        <LanguageButton />
        <ThemeMenu />
        <AccountMenu />
      </div>
    </header>
  );
}

/** One press switches, as there are two languages; it names the one it leads to. */
export function LanguageButton() {
  const current = useLanguage();
  const next = current === 'zh' ? 'en' : 'zh';
  return (
    <button
      type="button"
      className="lv-button lv-button--quiet top-bar__word"
      lang={next === 'zh' ? 'zh-CN' : 'en'}
      onClick={() => void setLanguage(next)}
    >
      {next === 'zh' ? '中文' : 'EN'}
    </button>
  );
}

const choices = ['system', 'light', 'dark', 'contrast'] as const satisfies ThemeChoice[];
const themeIcon = { light: 'sun', dark: 'moon', contrast: 'contrast' } as const;

export function ThemeMenu() {
  const t = useWords(shellWords);
  const { choice, name, choose } = useTheme();
  return (
    <Menu
      label={t('theme')}
      button={<Icon name={themeIcon[name]} />}
      items={choices.map((id) => ({
        id,
        label: t(`theme.${id}`),
        checked: id === choice,
        run: () => choose(id),
      }))}
    />
  );
}

function AccountMenu() {
  const t = useWords(shellWords);
  const text = useText();
  const me = useMe();
  const { leave } = useSessionChange();
  const [keys] = usePreference('single-keys', 'on');
  return (
    <Menu
      label={`${t('account')} ${me.name}`}
      className="lv-button lv-button--quiet top-bar__account"
      button={
        <>
          <Icon name="account" />
          <span>{me.name}</span>
        </>
      }
      header={
        <>
          <strong>{me.name}</strong>
          <br />
          {text(me.divisionName)} · {me.username}
        </>
      }
      items={[
        {
          id: 'keys',
          label: `${t('singleKeys')} ${keys === 'on' ? '✓' : '–'}`,
          run: () => setPreference('single-keys', keys === 'on' ? 'off' : 'on'),
        },
        { id: 'print', label: t('print'), run: () => window.print() },
        { id: 'leave', label: t('signOut'), run: () => void leave() },
      ]}
    />
  );
}
