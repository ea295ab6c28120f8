/** Codes out of camera frames: the browser's own detector where there is one, else a decoder for QR codes. */

export type ReadFrame = (text: string) => void;

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
type DetectorClass = (new (options: {
  formats: string[];
}) => Detector) & {
  getSupportedFormats(): Promise<string[]>;
};
/** The package's own types do not resolve as an ES module; this is the part used. */
type QrScannerClass = new (
  video: HTMLVideoElement,
  onCode: (code: { data: string }) => void,
  options: { returnDetailedScanResult: true },
) => { start(): Promise<void>; destroy(): void };
/** Tubes and cards carry bars, households squares. */
const FORMATS = ['qr_code', 'code_128', 'code_39', 'ean_13', 'data_matrix', 'pdf417'];
const EVERY_MS = 150;

/** @returns what stops it and lets go of the camera */
export async function startReading(video: HTMLVideoElement, read: ReadFrame): Promise<() => void> {
  const { BarcodeDetector } = globalThis as { BarcodeDetector?: DetectorClass };
  const formats = BarcodeDetector ? await BarcodeDetector.getSupportedFormats() : [];
  const usable = FORMATS.filter((format) => formats.includes(format));
  return BarcodeDetector && usable.length > 0
    ? withDetector(new BarcodeDetector({ formats: usable }), video, read)
    : withDecoder(video, read);
}

async function withDetector(
  detector: Detector,
  video: HTMLVideoElement,
  read: ReadFrame,
): Promise<() => void> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  video.srcObject = stream;
  await video.play();
  const timer = setInterval(() => {
    detector
      .detect(video)
      .then((codes) => {
        for (const { rawValue } of codes.slice(0, 1)) read(rawValue);
      })
      .catch(() => {});
  }, EVERY_MS);
  return () => {
    clearInterval(timer);
    for (const track of stream.getTracks()) track.stop();
  };
}

async function withDecoder(video: HTMLVideoElement, read: ReadFrame): Promise<() => void> {
  const { default: QrScanner } = (await import('qr-scanner')) as unknown as { default: QrScannerClass };
  const scanner = new QrScanner(video, ({ data }) => read(data), { returnDetailedScanResult: true });
  await scanner.start();
  return () => scanner.destroy();
}
