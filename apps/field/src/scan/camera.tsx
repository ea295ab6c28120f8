import { useWords } from '@levee/ui';
import { useEffect, useRef, useState } from 'react';
import { fieldWords } from '../app/words.ts';
import { Trouble } from '../look/trouble.tsx';
import { type ReadFrame, startReading } from './frames.ts';

/** The same code is not read twice while it stays before the lens. */
const AGAIN_MS = 3_000;

/** Reads codes through the camera for as long as it is on the screen. */
export default function Camera({ onRead }: { onRead: (text: string) => void }) {
  const t = useWords(fieldWords);
  const video = useRef<HTMLVideoElement>(null);
  const heard = useRef(onRead);
  heard.current = onRead;
  const [denied, setDenied] = useState(false);
  useEffect(() => {
    let stop = () => {};
    let gone = false;
    let last = { text: '', at: 0 };
    const read: ReadFrame = (text) => {
      if (text === last.text && Date.now() - last.at < AGAIN_MS) return;
      last = { text, at: Date.now() };
      heard.current(text);
    };
    startReading(video.current!, read)
      .then((stopReading) => {
        if (gone) stopReading();
        else stop = stopReading;
      })
      .catch(() => setDenied(true));
    return () => {
      gone = true;
      stop();
    };
  }, []);
  if (denied) return <Trouble problem={t('cameraDenied')} next={t('cameraDeniedNext')} />;
  return <video ref={video} className="scan__camera" muted playsInline aria-label={t('camera')} />;
}
