import type { cases as contract } from '@levee/contract';
import type { Handlers } from '../../../platform/http/implement.ts';
import { offsetOf, toPage } from '../../../platform/http/paging.ts';
import { checkImport } from './check.service.ts';
import { cancelImport, commitImport, undoImport } from './commit.service.ts';
import { exampleFile } from './example.ts';
import { failedRowsFile, importById, importRowsPage, importsPage } from './imports.service.ts';
import { uploadImport } from './upload.service.ts';

type ImportRoute =
  | 'imports'
  | 'uploadImport'
  | 'importExample'
  | 'importById'
  | 'importRows'
  | 'checkImport'
  | 'commitImport'
  | 'cancelImport'
  | 'undoImport'
  | 'failedRows';

export const importHandlers: Pick<Handlers<typeof contract>, ImportRoute> = {
  imports: async (context, { query }) => {
    const { items, total } = await importsPage(context, offsetOf(query), query.limit);
    return toPage(context, query, items, total);
  },
  uploadImport: async (context, { body }) => importById(context, await uploadImport(context, body)),
  importExample: (_context, { query }) => exampleFile(query.file),
  importById: (context, { params }) => importById(context, params.importId),
  importRows: async (context, { params, query }) => {
    const { items, total } = await importRowsPage(
      context,
      params.importId,
      query,
      offsetOf(query),
      query.limit,
    );
    return toPage(context, query, items, total);
  },
  checkImport: async (context, { params, body }) => {
    await checkImport(context, params.importId, body);
    return importById(context, params.importId);
  },
  commitImport: async (context, { params, body }) => {
    await commitImport(context, params.importId, body);
    return importById(context, params.importId);
  },
  cancelImport: async (context, { params }) => {
    await cancelImport(context, params.importId);
    return importById(context, params.importId);
  },
  undoImport: async (context, { params }) => {
    await undoImport(context, params.importId);
    return importById(context, params.importId);
  },
  failedRows: {
    streamed: (context, { params, query }) => failedRowsFile(context, params.importId, query.file),
  },
};
