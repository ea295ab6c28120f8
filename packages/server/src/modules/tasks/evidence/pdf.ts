/** A PDF that only shows: from its first byte to its last, and nothing in it that acts when it is opened. */
import { notA, UnfitFile } from './unfit.ts';

/** ISO 32000: scripts, programs started, files carried along, forms sent off. Names in compressed objects are not seen here. */
const ACTS = /\/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|SubmitForm|XFA)\b/;
/** What may stand behind %%EOF: ends of lines. */
const END = /%%EOF[\s\0]*$/;

export function requirePlainPdf(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1');
  if (!text.startsWith('%PDF-') || !END.test(text.slice(-1024))) throw notA('PDF');
  // #xx in a name is the same name spelt another way.
  const spelt = text.replaceAll(/#([0-9a-fA-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  const acts = ACTS.exec(spelt)?.[0];
  if (acts) {
    throw new UnfitFile({
      zh: `PDF 含有会执行的内容（${acts}）`,
      en: `the PDF holds something that acts when opened (${acts})`,
    });
  }
  return bytes;
}
