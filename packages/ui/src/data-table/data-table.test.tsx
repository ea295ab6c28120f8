// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { setPreference } from '../preferences/preferences.ts';
import type { Column } from './columns.ts';
import { DataTable } from './data-table.tsx';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly age: number | null;
}
const names = ['张伟', '李娜', '才让卓玛', '王芳'];
const rows: Row[] = Array.from({ length: 50_000 }, (_, index) => ({
  id: `c${index}`,
  name: `${names[index % 4]}${index}`,
  age: index === 0 ? null : index % 90,
}));
const columns: Column<Row>[] = [
  { key: 'name', title: '姓名', render: ({ name }) => name, searchText: ({ name }) => name },
  { key: 'age', title: '年龄', align: 'end', render: ({ age }) => age, sortBy: ({ age }) => age },
];
const rowKey = ({ id }: Row) => id;

beforeAll(() => {
  // The document has no layout: give the scroller a height to show rows in.
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { value: 600, configurable: true });
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { value: 900, configurable: true });
});
afterEach(() => {
  cleanup();
  setPreference('single-keys', null);
});

function Host({ given = rows }: { given?: Row[] | undefined }) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [peeked, setPeeked] = useState<string | null>(null);
  return (
    <>
      <output>{`peek ${peeked ?? 'none'}; selected ${[...selected].join(',') || 'none'}`}</output>
      <DataTable
        name="cases"
        label="病例"
        rows={given}
        columns={columns}
        rowKey={rowKey}
        selected={selected}
        onSelect={setSelected}
        peeked={peeked}
        onPeek={setPeeked}
      />
    </>
  );
}
const grid = () => screen.getByRole('grid', { name: '病例' });
const press = (...keys: string[]) => {
  for (const key of keys) fireEvent.keyDown(grid(), { key });
};
const state = () => document.querySelector('output')?.textContent;
const firstName = () => within(screen.getAllByRole('row')[1]!).getAllByRole('gridcell')[1]?.textContent;

it('fifty thousand rows put only those in view into the document', () => {
  render(<Host />);
  expect(grid().getAttribute('aria-rowcount')).toBe('50001');
  const shown = screen.getAllByRole('row').length;
  expect(shown).toBeGreaterThan(15);
  expect(shown).toBeLessThan(60);
});

it('J and K walk, X selects, Enter peeks and the peek follows the walk, Escape steps back [F02 F06]', () => {
  render(<Host />);
  press('j', 'j', 'k', 'x');
  expect(state()).toBe('peek none; selected c1');
  press('Enter', 'j');
  expect(state()).toBe('peek c2; selected c1');
  press('Escape');
  expect(state()).toBe('peek none; selected c1');
  press('Escape');
  expect(state()).toBe('peek none; selected none');
});

it('F goes to the filter, ? shows the keys, and typing J in the filter does not walk [F02]', () => {
  render(<Host />);
  press('f');
  const filter = screen.getByRole('searchbox');
  expect(document.activeElement).toBe(filter);
  fireEvent.keyDown(filter, { key: 'x' });
  expect(state()).toBe('peek none; selected none');
  press('?');
  expect(screen.getByRole('dialog', { name: '快捷键（?）' })).toBeTruthy();
});

it('single keys can be switched off; arrows and Enter go on working [F02]', () => {
  setPreference('single-keys', 'off');
  render(<Host />);
  press('j', 'x');
  expect(state()).toBe('peek none; selected none');
  press('ArrowDown', 'Enter');
  expect(state()).toBe('peek c1; selected none');
});

it('a key pressed while an input method composes is left alone [F01 F02]', () => {
  render(<Host />);
  fireEvent.keyDown(grid(), { key: 'x', isComposing: true });
  expect(state()).toBe('peek none; selected none');
});

it('sorting puts the unknown last either way, filtering says what is shown and why it is empty [F03 F27]', () => {
  render(<Host given={rows.slice(0, 8)} />);
  const sort = screen.getByRole('button', { name: /年龄/ });
  fireEvent.click(sort);
  expect(firstName()).toBe('李娜1');
  fireEvent.click(sort);
  expect(firstName()).toBe('王芳7');
  expect(screen.getAllByRole('row').at(-1)?.textContent).toContain('张伟0');
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: '才让' } });
  expect(screen.getByText('2 / 8 条')).toBeTruthy();
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: '没有这个人' } });
  expect(screen.getByText('没有符合筛选条件的记录')).toBeTruthy();
});
