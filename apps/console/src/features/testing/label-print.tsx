import { newId, type PoolCapacity } from '@levee/contract';
import { ErrorState, useWords } from '@levee/ui';
import { useMutation } from '@tanstack/react-query';
import { client } from '../../app/client.ts';
import { testingWords } from './words.ts';

/** Labels on one A4 sheet. */
const SHEET = 40;

/** A sheet of tube labels for the site, as a PDF to print. */
export function LabelPrint({ siteId, capacity }: { siteId: string; capacity: PoolCapacity }) {
  const t = useWords(testingWords);
  const print = useMutation({
    mutationFn: () =>
      client.laboratory.labels({ body: { siteId, capacity, batchId: newId(), count: SHEET } }),
    onSuccess: ({ content, fileName }) => {
      const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
      const address = URL.createObjectURL(new Blob([bytes], { type: 'application/pdf' }));
      const link = Object.assign(document.createElement('a'), { href: address, download: fileName });
      link.click();
      URL.revokeObjectURL(address);
    },
  });
  return (
    <>
      <button
        type="button"
        className="lv-button"
        disabled={siteId === '' || print.isPending}
        onClick={() => print.mutate()}
      >
        {t('printLabels', { count: SHEET })}
      </button>
      {print.error && <ErrorState error={print.error} shape="line" />}
    </>
  );
}
