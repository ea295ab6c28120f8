import type { ContactClassCode } from '@levee/contract';
import { useText } from '@levee/ui';
import { classNames } from './words.ts';
import './tracing.css';

/** The class of a contact: by word, weight and edge, never by colour alone. */
export function ClassMark({ value }: { value: ContactClassCode | 'none' }) {
  const text = useText();
  return <span className={`tracing-class tracing-class--${value}`}>{text(classNames[value])}</span>;
}
