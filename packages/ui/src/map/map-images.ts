import type { Palette } from '../tokens/tokens.ts';

const scale = 2;

/** Draws the picture a style asks for: `area-high-dark` (a pattern), `mark-medium-light` (a sign). Same shapes as RiskMark. */
export function drawMapImage(name: string, palette: Palette): ImageData | null {
  const [kind, level] = name.split('-');
  const size = kind === 'area' ? 8 : 18;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size * scale;
  const pen = canvas.getContext('2d');
  if (pen === null || (kind !== 'area' && kind !== 'mark')) return null;
  pen.scale(scale, scale);
  const color = level === 'high' ? palette.high : level === 'medium' ? palette.medium : palette.low;
  pen.strokeStyle = pen.fillStyle = color;
  if (kind === 'area') drawPattern(pen, level, size, palette);
  else drawMark(pen, level, size, palette);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

function hatch(pen: CanvasRenderingContext2D, size: number, step: number) {
  pen.beginPath();
  for (let at = -size; at <= size * 2; at += step) {
    pen.moveTo(at, size);
    pen.lineTo(at + size, 0);
  }
  pen.stroke();
}

function drawPattern(
  pen: CanvasRenderingContext2D,
  level: string | undefined,
  size: number,
  palette: Palette,
) {
  // A light ground under the pattern, so that it reads on any shade of the county below.
  pen.fillStyle =
    level === 'high' ? palette.highSoft : level === 'medium' ? palette.mediumSoft : palette.lowSoft;
  pen.globalAlpha = level === 'low' ? 0.4 : 0.85;
  pen.fillRect(0, 0, size, size);
  pen.globalAlpha = 1;
  pen.fillStyle = pen.strokeStyle;
  pen.lineWidth = 1.4;
  if (level === 'high') hatch(pen, size, size);
  if (level === 'medium')
    for (const at of [size / 4, (size * 3) / 4]) {
      pen.beginPath();
      pen.arc(at, at, 1.1, 0, Math.PI * 2);
      pen.fill();
    }
}

function drawMark(pen: CanvasRenderingContext2D, level: string | undefined, size: number, palette: Palette) {
  const half = size / 2;
  const outline = new Path2D();
  if (level === 'high') outline.rect(2, 2, size - 4, size - 4);
  else if (level === 'medium') {
    outline.moveTo(half, 1);
    outline.lineTo(size - 1, half);
    outline.lineTo(half, size - 1);
    outline.lineTo(1, half);
    outline.closePath();
  } else outline.arc(half, half, half - 3, 0, Math.PI * 2);
  pen.save();
  pen.clip(outline);
  pen.fillStyle = palette.surface;
  pen.fillRect(0, 0, size, size);
  pen.lineWidth = 1.6;
  if (level === 'high') hatch(pen, size, 5);
  pen.fillStyle = pen.strokeStyle;
  if (level === 'medium')
    for (const [x, y] of [
      [half, 6],
      [6, half],
      [half, half],
      [size - 6, half],
      [half, size - 6],
    ] as const) {
      pen.beginPath();
      pen.arc(x, y, 1.2, 0, Math.PI * 2);
      pen.fill();
    }
  pen.restore();
  pen.lineWidth = 2;
  pen.stroke(outline);
}
