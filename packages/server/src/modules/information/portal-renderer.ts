/** The portal's own bundle, which turns a page's data into a document. */
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { RenderPortal } from '@levee/contract';

export const PORTAL_BUNDLE = fileURLToPath(
  new URL('../../../../../apps/portal/dist/server.js', import.meta.url),
);

export const portalIsBuilt = (bundle = PORTAL_BUNDLE): boolean => existsSync(bundle);

export async function loadRenderer(bundle = PORTAL_BUNDLE): Promise<RenderPortal> {
  return ((await import(pathToFileURL(bundle).href)) as { render: RenderPortal }).render;
}
