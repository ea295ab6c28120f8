import { Icon, useNavigation, useText, useWords } from '@levee/ui';
import { useRouterState } from '@tanstack/react-router';
import { type NavEntry, navGroups } from '../feature.ts';
import { features } from '../features.ts';
import { useMe } from '../session.ts';
import { shellWords } from '../words.ts';
import './rail.css';

const entries = features.flatMap((feature) => feature.nav ?? []);

const isHere = (path: string, entry: NavEntry) =>
  path === entry.to || (entry.to !== '/' && path.startsWith(`${entry.to}/`));

/** The response in its order. The open group shows its screens; a group without screens stays visible, but quiet. */
export function Rail() {
  const t = useWords(shellWords);
  const text = useText();
  const me = useMe();
  const { Link } = useNavigation();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const open = entries.filter(
    ({ permission }) => permission === undefined || (me.permissions as string[]).includes(permission),
  );
  return (
    <nav className="rail lv-no-print" aria-label={t('rail')}>
      <Link className="rail__mark" href="/" title={t('subtitle')}>
        <Mark />
        <span className="rail__name">{t('name')}</span>
      </Link>
      <ul className="rail__groups">
        {navGroups.map((group) => {
          const screens = open.filter((entry) => entry.group === group.id);
          const first = screens[0];
          const here = screens.some((entry) => isHere(path, entry));
          return (
            <li key={group.id} className={here ? 'rail__group rail__group--open' : 'rail__group'}>
              {first === undefined ? (
                <span className="rail__row rail__row--off" title={t('soon')} aria-disabled="true">
                  <Icon name={group.icon} />
                  <span>{text(group.title)}</span>
                </span>
              ) : (
                <Link
                  className="rail__row"
                  href={first.to}
                  aria-current={here && screens.length === 1 ? 'page' : undefined}
                >
                  <Icon name={group.icon} />
                  <span>{text(group.title)}</span>
                </Link>
              )}
              {here && screens.length > 1 && (
                <ul className="rail__screens">
                  {screens.map((entry) => (
                    <li key={entry.to}>
                      <Link
                        className="rail__screen"
                        href={entry.to}
                        aria-current={isHere(path, entry) ? 'page' : undefined}
                      >
                        {text(entry.title)}
                      </Link>
                    </li>
                  ))}
                </ul>
              )}
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

/** A levee: the river above, two courses of the wall below. */
export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" className="rail__sign">
      <rect width="24" height="24" rx="5" fill="var(--lv-accent)" />
      <path
        d="M5 10l4.5-3.8 5 3L19 6.5M5 14.5h14M5 18h14"
        fill="none"
        stroke="var(--lv-on-accent)"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
