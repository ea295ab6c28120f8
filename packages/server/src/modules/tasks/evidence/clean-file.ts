/**
 * A photograph as it may be kept: the picture and nothing beside it. Where and when it was taken, the telephone's name
 * and thumbnails are left out, and whatever hangs on behind its end. The picture itself is not touched: no decoder is
 * run on what a stranger sent. Pure.
 */
import type { TaskFile } from '@levee/contract';
import type { Cleaned } from './cleaned.ts';
import { cleanJpeg } from './jpeg.ts';
import { requirePlainPdf } from './pdf.ts';
import { cleanPng } from './png.ts';
import { notA, UnfitFile } from './unfit.ts';
import { cleanWebp } from './webp.ts';

/** A telephone's camera makes 12 to 50 megapixels; a picture that unfolds to more is made to hurt who opens it. */
const MOST_PIXELS = 50_000_000;
const LONGEST_SIDE = 20_000;

const CLEAN: Readonly<Record<Exclude<TaskFile['mediaType'], 'application/pdf'>, (bytes: Buffer) => Cleaned>> =
  {
    'image/jpeg': cleanJpeg,
    'image/png': cleanPng,
    'image/webp': cleanWebp,
  };

/** @throws UnfitFile saying why it is not kept: not this type, cut short, too many pixels, a PDF that acts */
export function cleanFile(mediaType: TaskFile['mediaType'], bytes: Buffer): Buffer {
  if (mediaType === 'application/pdf') return requirePlainPdf(bytes);
  const { bytes: clean, width, height } = readThrough(mediaType, bytes);
  if (width < 1 || height < 1) throw new UnfitFile({ zh: '图片没有尺寸', en: 'the picture has no size' });
  if (width * height > MOST_PIXELS || Math.max(width, height) > LONGEST_SIDE) {
    throw new UnfitFile({
      zh: `图片为 ${width}×${height} 像素，超过 ${MOST_PIXELS / 1e6} 百万像素`,
      en: `the picture is ${width} × ${height}, more than ${MOST_PIXELS / 1e6} megapixels`,
    });
  }
  return clean;
}

function readThrough(mediaType: keyof typeof CLEAN, bytes: Buffer): Cleaned {
  try {
    return CLEAN[mediaType](bytes);
  } catch (error) {
    // A length that points beyond the end.
    throw error instanceof RangeError ? notA(mediaType) : error;
  }
}
