import { access, LeveeError } from '@levee/contract';
import { implement } from '../../platform/http/implement.ts';
import { offsetOf, toPage } from '../../platform/http/paging.ts';
import { toMe } from './account.ts';
import * as accounts from './accounts.repository.ts';
import * as accountsService from './accounts.service.ts';
import type { Authentication } from './authentication.ts';
import type { Sessions } from './sessions.ts';

export const accessRoutes = (authentication: Authentication, sessions: Sessions) =>
  implement('access', access, {
    signIn: async (_context, { body }, { request, reply }) =>
      toMe(await sessions.signIn(body, request, reply)),
    signOut: async (_context, _input, { request, reply }) => {
      await sessions.signOut(request, reply);
      return { ok: true as const };
    },
    me: async (_context, _input, { request }) => {
      const account = await sessions.accountOf(request);
      if (!account) throw new LeveeError('access.signed_out');
      return toMe(account);
    },
    startSecondFactor: (_context, { body }, { request }) =>
      sessions.startSecondFactor(body.password, request),
    confirmSecondFactor: async (context, { body }, { request, reply }) => {
      await sessions.confirmSecondFactor(body.code, request, reply);
      await accounts.updateAccount(context.trx, context.actor.id, { secondFactor: true });
      const account = await accounts.findAccountById(context.trx, context.actor.id);
      if (!account) throw new LeveeError('access.signed_out');
      return toMe(account);
    },
    accounts: async (context, { query }) => {
      const { items, total } = await accounts.listAccounts(context.trx, query, offsetOf(query), query.limit);
      return toPage(context, query, items, total);
    },
    openAccount: (context, { body }) => accountsService.openAccount(context, authentication, body),
    changeAccount: (context, { params, body }) =>
      accountsService.changeAccount(context, sessions, params.accountId, body),
  });
