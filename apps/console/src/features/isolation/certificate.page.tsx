import type { isolation, RouteOutput } from '@levee/contract';
import { ErrorState, Loading, Page as PageFrame, Time, useText, useWords } from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { client } from '../../app/client.ts';
import { useIsolationPurpose } from './purpose.ts';
import { isolationWords, TEST_NAMES } from './words.ts';
import './isolation.css';

type Certificate = RouteOutput<(typeof isolation)['certificate']>;

/** The release certificate as it goes to paper. */
export function Page() {
  const t = useWords(isolationWords);
  const purpose = useIsolationPurpose();
  const { orderId = '' } = useParams({ strict: false }) as { orderId?: string };
  const certificate = useQuery({
    queryKey: ['isolation', 'certificate', orderId],
    queryFn: () => client.isolation.certificate({ purpose, params: { orderId } }),
  });
  return (
    <PageFrame
      title={t('certificate')}
      breadcrumbs={[{ title: t('orders'), href: `/isolation?order=${orderId}` }]}
      actions={
        certificate.data && (
          <button type="button" className="lv-button lv-button--primary" onClick={() => window.print()}>
            {t('print')}
          </button>
        )
      }
    >
      {certificate.isLoading && <Loading />}
      {certificate.error && (
        <ErrorState error={certificate.error} onRetry={() => void certificate.refetch()} />
      )}
      {certificate.data && <Sheet of={certificate.data} />}
    </PageFrame>
  );
}

function Sheet({ of }: { of: Certificate }) {
  const t = useWords(isolationWords);
  const text = useText();
  return (
    <article className="isolation-sheet">
      {of.demonstration && <p className="isolation-sheet__strip">{t('demonstration')}</p>}
      <h1>{t('certificateTitle')}</h1>
      <p className="isolation-sheet__number">
        {t('number')} {of.number}
      </p>
      <p>
        {t('addressee')} <strong>{of.addressee}</strong>
        {of.identityMasked && `　${t('identity')} ${of.identityMasked}`}
      </p>
      <p>
        {t('observed', {
          from: of.fromDate,
          until: of.untilDate,
          place: text(of.place),
          kind: text(of.kindName),
        })}{' '}
        {t('asClass', { class: text(of.className) })}
      </p>
      <p>
        <strong>{t(of.byTime ? 'byTime' : 'byRelease')}</strong> {t('issuedAt')} <Time at={of.releasedAt} />
      </p>
      {of.tests.length > 0 && (
        <table>
          <caption>{t('testsDone')}</caption>
          <tbody>
            {of.tests.map((test) => (
              <tr key={test.date}>
                <td>{test.date}</td>
                <td>{text(TEST_NAMES[test.result])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {of.next && (
        <p>
          {t('nextPhase', {
            kind: text(of.next.kindName),
            from: of.next.fromDate,
            until: of.next.untilDate,
            goOut: t(of.next.mayGoOut ? 'goOut' : 'stayIn'),
          })}
        </p>
      )}
      <p>{t('basis', { pack: text(of.packTitle) })}</p>
      <p className="isolation-sheet__small">{t('appeal')}</p>
      <p className="isolation-sheet__sign">
        {text(of.authority)}
        {of.issuedBy && <br />}
        {of.issuedBy}
      </p>
    </article>
  );
}
