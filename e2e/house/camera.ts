/** A browser whose camera looks at a film: a printed tube label lying on a table. */
import { type Browser, chromium } from '@playwright/test';
import { create } from 'qrcode';

const WIDTH = 640;
const HEIGHT = 480;
/** Light grey: paper under a lamp, not white. */
const TABLE = 200;
const PAPER = 240;
const INK = 30;

export function launchWithCamera(film: string): Promise<Browser> {
  const { CHROMIUM_PATH } = process.env;
  return chromium.launch({
    ...(CHROMIUM_PATH && { executablePath: CHROMIUM_PATH }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
    ],
  });
}

/** YUV4MPEG2, two frames, repeated by the browser: the QR code as the label sheet draws it, turned a little as in a hand. */
export function filmOfLabel(code: string): Buffer {
  const { modules } = create(code, { errorCorrectionLevel: 'Q' });
  const module = 9;
  const side = (modules.size + 8) * module;
  const [sin, cos] = [Math.sin(0.12), Math.cos(0.12)];
  const light = Buffer.alloc(WIDTH * HEIGHT, TABLE);
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const [fromX, fromY] = [x - WIDTH / 2, y - HEIGHT / 2];
      const [onX, onY] = [fromX * cos + fromY * sin + side / 2, fromY * cos - fromX * sin + side / 2];
      if (onX < 0 || onY < 0 || onX >= side || onY >= side) continue;
      const [row, column] = [Math.floor(onY / module) - 4, Math.floor(onX / module) - 4];
      const inside = row >= 0 && column >= 0 && row < modules.size && column < modules.size;
      light[y * WIDTH + x] = inside && modules.get(row, column) ? INK : PAPER;
    }
  }
  const colour = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), light, colour]);
  return Buffer.concat([
    Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420mpeg2\n`),
    frame,
    frame,
  ]);
}
