import { type ReactNode, useEffect, useRef } from 'react';
import { useLanguage } from '../i18n/words.ts';
import { useNavigation } from '../navigation/navigation.tsx';
import './page.css';

export interface Breadcrumb {
  readonly title: string;
  readonly href?: string;
}

export interface PageProps {
  readonly title: string;
  readonly breadcrumbs?: readonly Breadcrumb[];
  /** What stands beside the title: marks, level, code. */
  readonly marks?: ReactNode;
  readonly actions?: ReactNode;
  /** Usually an `<AsOf>`. */
  readonly note?: ReactNode;
  /** A line of tabs or filters under the title. */
  readonly toolbar?: ReactNode;
  /** `true`: the page itself does not scroll, its parts do (lists, maps). */
  readonly filled?: boolean;
  readonly children: ReactNode;
}

/** One screen of the work area: names the document, takes the focus when it opens, prints with its title. */
export function Page({
  title,
  breadcrumbs,
  marks,
  actions,
  note,
  toolbar,
  filled = false,
  children,
}: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const current = useLanguage();
  const { Link } = useNavigation();
  useEffect(() => {
    document.title = `${title} · ${current === 'zh' ? '堤' : 'Levee'}`;
  }, [title, current]);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <article className={filled ? 'lv-page lv-page--filled' : 'lv-page'}>
      <header className="lv-page__head">
        {breadcrumbs !== undefined && breadcrumbs.length > 0 && (
          <nav className="lv-page__crumbs" aria-label={current === 'zh' ? '所在位置' : 'Breadcrumbs'}>
            {breadcrumbs.map((crumb) => (
              <span key={crumb.title}>
                {crumb.href === undefined ? crumb.title : <Link href={crumb.href}>{crumb.title}</Link>}
              </span>
            ))}
          </nav>
        )}
        <div className="lv-page__line">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {marks}
          {note !== undefined && <span className="lv-page__note">{note}</span>}
          {actions !== undefined && <div className="lv-page__actions lv-no-print">{actions}</div>}
        </div>
        {toolbar !== undefined && <div className="lv-page__toolbar">{toolbar}</div>}
      </header>
      <div className="lv-page__body">{children}</div>
    </article>
  );
}

/** A named part of a page: a heading, a hairline, the content. Never a box. */
export function Section({
  title,
  note,
  actions,
  children,
}: {
  title: string;
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="lv-section" aria-label={title}>
      <header className="lv-section__head">
        <h2>{title}</h2>
        {note}
        {actions !== undefined && <div className="lv-page__actions lv-no-print">{actions}</div>}
      </header>
      {children}
    </section>
  );
}
