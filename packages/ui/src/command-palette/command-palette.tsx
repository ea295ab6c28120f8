import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { registerWords, type Text, useWords } from '../i18n/words.ts';
import { Icon } from '../icon/icon.tsx';
import { type Command, searchCommands } from './search-commands.ts';
import './command-palette.css';

const words = registerWords('ui.palette', {
  zh: {
    nothing: '没有找到“{{query}}”',
    hint: '可用汉字、拼音或首字母',
    run: '执行',
    move: '选择',
    close: '关闭',
  },
  en: {
    nothing: 'Nothing found for “{{query}}”',
    hint: 'Words, pinyin or initials',
    run: 'run',
    move: 'choose',
    close: 'close',
  },
});

export interface CommandPaletteProps {
  readonly commands: readonly Command[];
  readonly label: string;
  readonly placeholder: string;
  readonly textOf: (text: Text) => string;
  readonly onGo: (to: string) => void;
  readonly onClose: () => void;
}

/** One field that finds every screen and act. Keys pressed while an input method composes belong to the input method. */
export function CommandPalette({ commands, label, placeholder, textOf, onGo, onClose }: CommandPaletteProps) {
  const t = useWords(words);
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const found = useMemo(() => searchCommands(query, commands), [query, commands]);

  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    dialog.current?.showModal();
    return () => before?.focus();
  }, []);
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView?.({ block: 'nearest' });
  }, [id, at]);

  const run = (command: Command | undefined) => {
    if (command === undefined) return;
    onClose();
    if (command.to !== undefined) onGo(command.to);
    command.run?.();
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && found.length > 0) {
      event.preventDefault();
      setAt((at + step + found.length) % found.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(found[at]);
    }
  };

  return (
    <dialog
      className="lv-palette"
      ref={dialog}
      aria-label={label}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div className="lv-palette__field">
        <Icon name="search" />
        <input
          role="combobox"
          aria-label={label}
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={found.length > 0 ? `${id}-${at}` : undefined}
          placeholder={placeholder}
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={press}
        />
      </div>
      <ul className="lv-palette__list" role="listbox" id={`${id}-list`} aria-label={label}>
        {found.map((command, index) => (
          <li
            key={command.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            className="lv-palette__item"
            onPointerMove={() => setAt(index)}
            onClick={() => run(command)}
          >
            <span className="lv-palette__title">{textOf(command.title)}</span>
            <span className="lv-palette__group">{textOf(command.group)}</span>
            {command.keys !== undefined && <kbd>{command.keys}</kbd>}
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="lv-palette__none">{t('nothing', { query })}</p>}
      <footer className="lv-palette__foot">
        <span>{t('hint')}</span>
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> {t('move')} <kbd>↵</kbd> {t('run')} <kbd>Esc</kbd> {t('close')}
        </span>
      </footer>
    </dialog>
  );
}
