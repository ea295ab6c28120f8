import { interchange as contract, LeveeError, roleMay } from '@levee/contract';
import { type Context, requirePermission } from '../../platform/context.ts';
import { implement } from '../../platform/http/implement.ts';
import { offsetOf, toPage } from '../../platform/http/paging.ts';
import { listLaboratories, listLinks } from './links.repository.ts';
import { closeLink, makeToken, openLink, viewLinks } from './links.service.ts';
import { findMessage, listMessages } from './messages.repository.ts';
import { listKept } from './quarantine.repository.ts';
import { settle } from './quarantine.service.ts';
import { readableOf } from './readable.ts';
import { rerunMessage } from './rerun.service.ts';
import { reportFile } from './results-file.service.ts';
import { cancelText, resendText, setTextBudget, textsStatus } from './sms/sms.service.ts';
import { listTexts } from './sms/sms-view.repository.ts';

/** Whoever works with results, and whoever keeps accounts: no result and no person is in what they see here. */
function requireLooking(context: Context): void {
  const { role } = context.actor;
  if (role !== 'system' && roleMay(role, 'accounts.read')) return;
  requirePermission(context, 'testing.read');
}

export const interchangeRoutes = implement('interchange', contract, {
  links: async (context) => {
    requireLooking(context);
    const { LEVEE_MLLP_HOST, LEVEE_MLLP_PORT, LEVEE_ORIGIN } = context.platform.config;
    return {
      asOf: context.now,
      items: await viewLinks(context, await listLinks(context.trx)),
      laboratories: await listLaboratories(context.trx, context.actor.scope),
      doors: {
        mllp: LEVEE_MLLP_PORT === undefined ? null : `${LEVEE_MLLP_HOST}:${LEVEE_MLLP_PORT}`,
        fhir: `${LEVEE_ORIGIN ?? ''}/api/fhir`,
      },
    };
  },
  openLink: (context, { body }) => openLink(context, body),
  makeToken: (context, { params }) => makeToken(context, params.linkId),
  closeLink: (context, { params }) => closeLink(context, params.linkId),
  messages: async (context, { query }) => {
    requireLooking(context);
    const { items, total } = await listMessages(context.trx, query, offsetOf(query), query.limit);
    return toPage(context, query, items, total);
  },
  message: async (context, { params }) => {
    const found = await findMessage(context.trx, params.messageId);
    if (!found) throw new LeveeError('not_found');
    context.opened('lab_message', [params.messageId]);
    const raw = readableOf(context.platform.cipher, found.raw, found.message.charset);
    return { message: found.message, raw, answer: found.answer };
  },
  rerunMessage: (context, { params, body }) => {
    context.opened('lab_message', [params.messageId]);
    return rerunMessage(context, params.messageId, body.reason);
  },
  quarantine: async (context, { query }) => {
    const { items, total } = await listKept(context.trx, query.state, offsetOf(query), query.limit);
    return toPage(context, query, items, total);
  },
  settle: (context, { params, body }) => settle(context, params.quarantinedId, body),
  textsStatus: (context) => textsStatus(context),
  texts: async (context, { query }) => {
    const filter = { state: query.state && [query.state], within: context.actor.scope };
    const { items, total } = await listTexts(context.trx, filter, offsetOf(query), query.limit);
    return toPage(context, query, items, total);
  },
  resendText: async (context, { params, body }) => {
    await resendText(context, params.textId, body.reason);
    return { asOf: context.now };
  },
  cancelText: async (context, { params, body }) => {
    await cancelText(context, params.textId, body.reason);
    return { asOf: context.now };
  },
  setTextBudget: async (context, { body }) => {
    await setTextBudget(context, body);
    return { asOf: context.now };
  },
  reportFile: (context, { body }) => reportFile(context, body),
});
