import { type KeyboardEvent, type ReactNode, type Ref, useId, useState } from 'react';
import { ErrorState } from '../error-state/error-state.tsx';
import type { FieldWiring } from '../form-field/form-field.tsx';
import { registerWords, useWords } from '../i18n/words.ts';
import './combobox.css';

const words = registerWords('ui.combobox', {
  zh: { asking: '正在查找…', none: '没有找到，请换个写法再试' },
  en: { asking: 'Looking…', none: 'Nothing found; try another spelling' },
});

/** What was found for the text typed: undefined while it is asked for. */
export interface Found<Item> {
  readonly items: readonly Item[] | undefined;
  readonly error?: unknown;
  /** What to say instead of “looking”, where nothing is asked for yet. */
  readonly asking?: string | undefined;
}

export interface ComboboxProps<Item> {
  /** From a `FormField`, or a name of its own where the field stands in a line. */
  readonly wiring: FieldWiring | { readonly 'aria-label': string };
  /** The name of what is chosen; typing lets go of it. */
  readonly chosen: string | null;
  readonly typed: string;
  readonly onType: (text: string) => void;
  /** For the text typed, by whoever owns the data. */
  readonly found: Found<Item>;
  readonly keyOf: (item: Item) => string;
  readonly nameOf: (item: Item) => ReactNode;
  /** What tells two of one name apart. */
  readonly detailOf?: (item: Item) => ReactNode;
  readonly onChoose: (item: Item | null) => void;
  /** Enter where there is nothing to choose. */
  readonly onDone?: () => void;
  readonly field?: Ref<HTMLInputElement>;
  readonly placeholder?: string | undefined;
  readonly maxLength?: number;
}

/**
 * A field that finds one thing by what is typed: arrows move, Enter or Tab takes, Escape closes the list. What an input
 * method composes is its own. Typed and not taken, the text stays and nothing is chosen; Enter then sends no form.
 */
export function Combobox<Item>(props: ComboboxProps<Item>) {
  const { wiring, chosen, typed, onType, found, keyOf, nameOf, detailOf, onChoose, onDone } = props;
  const t = useWords(words);
  const id = useId();
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const asked = chosen === null && typed.trim() !== '';
  const items = asked ? (found.items ?? []) : [];
  const listed = open && items.length > 0;
  const take = (item: Item | undefined) => {
    if (item === undefined) return;
    onChoose(item);
    setOpen(false);
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const { key } = event;
    if (open && asked && key === 'Escape') setOpen(false);
    else if (listed && key === 'ArrowDown') setAt((at + 1) % items.length);
    else if (listed && key === 'ArrowUp') setAt((at - 1 + items.length) % items.length);
    else if (listed && key === 'Enter') take(items[at]);
    else if (listed && key === 'Tab' && !event.shiftKey) return take(items[at]);
    else if (asked && key === 'ArrowDown') setOpen(true);
    else if (key === 'Enter' && onDone) onDone();
    else if (!asked || key !== 'Enter') return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="lv-combobox">
      <input
        {...wiring}
        ref={props.field}
        className={asked && !open ? 'lv-input lv-combobox__loose' : 'lv-input'}
        role="combobox"
        aria-expanded={listed}
        aria-controls={`${id}-list`}
        aria-activedescendant={listed ? `${id}-${at}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        placeholder={props.placeholder}
        maxLength={props.maxLength ?? 120}
        value={chosen ?? typed}
        onChange={({ target }) => {
          if (chosen !== null) onChoose(null);
          onType(target.value);
          setAt(0);
          setOpen(true);
        }}
        onKeyDown={press}
        onBlur={() => setOpen(false)}
      />
      {open && asked && (
        <div className="lv-combobox__pop">
          {found.error ? (
            <ErrorState shape="line" error={found.error} />
          ) : (
            items.length === 0 && (
              <p className="lv-combobox__say" role="status">
                {found.items ? t('none') : (found.asking ?? t('asking'))}
              </p>
            )
          )}
          <ul id={`${id}-list`} role="listbox">
            {items.map((item, index) => (
              <li
                key={keyOf(item)}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === at}
                // Before the field loses the focus and the list goes.
                onPointerDown={(event) => {
                  event.preventDefault();
                  take(item);
                }}
              >
                <span>{nameOf(item)}</span>
                {detailOf && <span className="lv-combobox__detail">{detailOf(item)}</span>}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
