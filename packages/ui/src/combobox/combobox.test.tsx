// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import { Combobox, type Found } from './combobox.tsx';

afterEach(cleanup);

const markets = ['恰卜恰农贸市场', '河卡镇集市'];

function Host({ found, onSubmit }: { found: Found<string>; onSubmit?: () => void }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const [typed, setTyped] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit?.();
      }}
    >
      <Combobox
        wiring={{ 'aria-label': '场所' }}
        {...{ chosen, typed, found }}
        onType={setTyped}
        onChoose={setChosen}
        keyOf={(one) => one}
        nameOf={(one) => one}
      />
      <output>{chosen}</output>
    </form>
  );
}
const type = (text: string) => {
  const field = screen.getByRole<HTMLInputElement>('combobox', { name: '场所' });
  fireEvent.change(field, { target: { value: text } });
  return field;
};
const chosen = () => screen.getByRole('status').textContent;

it('arrows move through what was found, Enter takes it, and typing lets go of it [F08]', () => {
  render(<Host found={{ items: markets }} />);
  const field = type('市');
  expect(field.getAttribute('aria-expanded')).toBe('true');
  fireEvent.keyDown(field, { key: 'ArrowDown' });
  const second = screen.getByRole('option', { selected: true });
  expect(second.textContent).toBe('河卡镇集市');
  expect(field.getAttribute('aria-activedescendant')).toBe(second.id);
  fireEvent.keyDown(field, { key: 'Enter' });
  expect([chosen(), field.value, screen.queryByRole('listbox')]).toEqual(['河卡镇集市', '河卡镇集市', null]);
  type('河');
  expect(chosen()).toBe('');
});

it('Escape closes the list and keeps the text; the arrow opens it again [F08]', () => {
  render(<Host found={{ items: markets }} />);
  const field = type('市');
  fireEvent.keyDown(field, { key: 'Escape' });
  expect([field.value, screen.queryByRole('listbox')]).toEqual(['市', null]);
  fireEvent.keyDown(field, { key: 'ArrowDown' });
  expect(screen.getAllByRole('option')).toHaveLength(2);
});

it('Enter takes nothing while an input method composes [F08]', () => {
  render(<Host found={{ items: markets }} />);
  fireEvent.keyDown(type('shi'), { key: 'Enter', isComposing: true });
  expect(chosen()).toBe('');
});

it('what is asked for, what was not found and what failed are said apart [F08]', () => {
  const { rerender } = render(<Host found={{ items: undefined }} />);
  type('市');
  expect(screen.getByText('正在查找…')).toBeDefined();
  rerender(<Host found={{ items: [] }} />);
  expect(screen.getByText('没有找到，请换个写法再试')).toBeDefined();
  rerender(<Host found={{ items: undefined, error: new Error('辖区外') }} />);
  expect(screen.getByRole('alert').textContent).toContain('辖区外');
});
