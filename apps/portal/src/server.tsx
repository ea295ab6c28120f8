/** Renders the public pages: one document, no script, no cookie, nothing loaded from elsewhere. */
import type { PortalPage, RenderPortal } from '@levee/contract';
import { renderToStaticMarkup } from 'react-dom/server';
import { Area, Bulletin, Frame, Home, NotFound } from './pages.tsx';
import { Returning } from './returning-page.tsx';
import { style } from './style.ts';
import { Result, Sites } from './testing-pages.tsx';
import { pick, words } from './words.ts';

function Body({ page }: { page: PortalPage }) {
  const { view, language } = page;
  switch (view.kind) {
    case 'home':
      return <Home view={view} language={language} />;
    case 'area':
      return <Area view={view} language={language} />;
    case 'bulletin':
      return <Bulletin view={view} language={language} />;
    case 'sites':
      return <Sites view={view} language={language} />;
    case 'result':
      return <Result view={view} language={language} />;
    case 'returning':
      return <Returning view={view} language={language} />;
    case 'not_found':
      return <NotFound language={language} />;
  }
}

function titleOf({ view, language, jurisdiction }: PortalPage): string {
  const where = pick(jurisdiction, language);
  if (view.kind === 'bulletin') return `${pick(view.bulletin.title, language)} · ${where}`;
  if (view.kind === 'area') return `${pick(view.county.name, language)} · ${where}`;
  const title = {
    home: words.title,
    sites: words.sites,
    result: words.result,
    returning: words.returning,
    not_found: words.notFound,
  };
  return `${pick(title[view.kind], language)} · ${where}`;
}

export const render: RenderPortal = (page) => ({
  status: page.view.kind === 'not_found' ? 404 : 200,
  html: `<!doctype html>${renderToStaticMarkup(
    <html lang={page.language === 'zh' ? 'zh-CN' : page.language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{titleOf(page)}</title>
        <link rel="alternate" type="application/rss+xml" href="/portal/feed.xml" />
        <style>{style}</style>
      </head>
      <body>
        <Frame page={page}>
          <Body page={page} />
        </Frame>
      </body>
    </html>,
  )}`,
});
