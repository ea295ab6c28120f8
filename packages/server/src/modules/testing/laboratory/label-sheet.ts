/** A sheet of tube labels, A4, 40 a page: QR of the code, the code for people, the site, people per tube. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import { create } from 'qrcode';

const MM = 72 / 25.4;
const COLUMNS = 4;
const ROWS = 10;
const LABEL = { width: 48.5 * MM, height: 25.4 * MM };
const MARGIN = { left: (210 * MM - COLUMNS * LABEL.width) / 2, top: (297 * MM - ROWS * LABEL.height) / 2 };
const QR_SIDE = 18 * MM;
const PADDING = 3 * MM;
export const LABELS_PER_PAGE = COLUMNS * ROWS;

export interface LabelSheet {
  readonly codes: readonly string[];
  readonly siteName: string;
  /** People per tube; 1 is a single sample. */
  readonly capacity: number;
}

let font: Buffer | undefined;

/** TTF, for pdfkit sets Chinese in WOFF2 blank without a word. */
function chineseFont(): Buffer {
  font ??= readFileSync(
    createRequire(import.meta.url).resolve(
      '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
    ),
  );
  return font;
}

/** @param compress false leaves the page's drawing readable, for tests */
export function labelSheet(
  { codes, siteName, capacity }: LabelSheet,
  { compress = true } = {},
): Promise<Buffer> {
  const document = new PDFDocument({ size: 'A4', margin: 0, compress, autoFirstPage: false });
  const parts: Buffer[] = [];
  document.on('data', (part: Buffer) => parts.push(part));
  const done = new Promise<Buffer>((resolve, reject) => {
    document.on('end', () => resolve(Buffer.concat(parts)));
    document.on('error', reject);
  });
  document.registerFont('Chinese', chineseFont());
  for (const [index, code] of codes.entries()) {
    const place = index % LABELS_PER_PAGE;
    if (place === 0) document.addPage();
    const left = MARGIN.left + (place % COLUMNS) * LABEL.width + PADDING;
    const top = MARGIN.top + Math.floor(place / COLUMNS) * LABEL.height + (LABEL.height - QR_SIDE) / 2;
    drawQr(document, code, left, top);
    const text = { width: LABEL.width - QR_SIDE - 3 * PADDING, lineBreak: false, ellipsis: true };
    const beside = left + QR_SIDE + PADDING;
    document.font('Courier-Bold').fontSize(9);
    for (const [row, group] of code.split('-').entries()) {
      document.text(group, beside, top + row * 11, { lineBreak: false });
    }
    document.font('Chinese').fontSize(6.5);
    document.text(capacity === 1 ? '单采' : `${capacity}人混采`, beside, top + 34, text);
    document.text(siteName, beside, top + 43, { ...text, height: 9 });
  }
  document.end();
  return done;
}

/** Drawn as squares, so that it is as sharp as the printer. */
function drawQr(document: PDFKit.PDFDocument, code: string, left: number, top: number): void {
  const { modules } = create(code, { errorCorrectionLevel: 'Q' });
  const side = QR_SIDE / modules.size;
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column)) document.rect(left + column * side, top + row * side, side, side);
    }
  }
  document.fill('#000');
}
