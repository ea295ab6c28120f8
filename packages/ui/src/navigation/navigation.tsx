import {
  type AnchorHTMLAttributes,
  type ComponentType,
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useMemo,
  useState,
} from 'react';

export type Search = Readonly<Record<string, unknown>>;
export interface LinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly href: string;
  readonly children?: ReactNode;
}

/** What these components need of whatever router the app uses. */
export interface Navigation {
  readonly search: Search;
  /** Merges into the URL's search; `undefined` removes. `replace` leaves no step in the history. */
  readonly setSearch: (patch: Search, options?: { readonly replace?: boolean }) => void;
  readonly go: (href: string) => void;
  readonly Link: ComponentType<LinkProps>;
}

const NavigationContext = createContext<Navigation | null>(null);

export function NavigationProvider({ value, children }: { value: Navigation; children: ReactNode }) {
  return <NavigationContext.Provider value={value}>{children}</NavigationContext.Provider>;
}

function PlainLink(props: LinkProps) {
  return <a {...props} />;
}

/** The app's navigation; without a provider (a test, an embed) state lives in memory. */
export function useNavigation(): Navigation {
  const provided = useContext(NavigationContext);
  const [memory, setMemory] = useState<Search>({});
  const own = useMemo<Navigation>(
    () => ({
      search: memory,
      setSearch: (patch) => setMemory((before) => ({ ...before, ...patch })),
      go: () => {},
      Link: PlainLink,
    }),
    [memory],
  );
  return provided ?? own;
}

/** One text value of the URL's search; setting '' or null removes it. */
export function useUrlText(
  key: string,
): [string, (value: string | null, options?: { replace?: boolean }) => void] {
  const { search, setSearch } = useNavigation();
  const raw = search[key];
  const set = useCallback(
    (value: string | null, options?: { replace?: boolean }) =>
      setSearch({ [key]: value === null || value === '' ? undefined : value }, options),
    [key, setSearch],
  );
  return [raw === undefined || raw === null ? '' : String(raw), set];
}
