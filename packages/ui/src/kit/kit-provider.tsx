import { App, theme as antdTheme, ConfigProvider, type ConfigProviderProps, type ThemeConfig } from 'antd';
import en from 'antd/es/locale/en_US.js';
import zh from 'antd/es/locale/zh_CN.js';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { type ReactNode, useMemo } from 'react';
import { type Language, useLanguage } from '../i18n/words.ts';
import { useTheme } from '../theme/theme.ts';
import { fontStack, measure, type Palette, type ThemeName } from '../tokens/tokens.ts';

// antd's module files carry the types of its CommonJS ones, one `default` too deep.
const locales = { zh, en } as unknown as Record<Language, NonNullable<ConfigProviderProps['locale']>>;

/** antd's theme read from the tokens. */
export function antdThemeOf(name: ThemeName, palette: Palette): ThemeConfig {
  return {
    algorithm: [
      name === 'dark' ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
      antdTheme.compactAlgorithm,
    ],
    token: {
      colorPrimary: palette.accent,
      colorInfo: palette.info,
      colorSuccess: palette.ok,
      colorWarning: palette.medium,
      colorError: palette.high,
      colorText: palette.text,
      colorTextSecondary: palette.textSecondary,
      colorTextTertiary: palette.textMuted,
      colorTextPlaceholder: palette.textMuted,
      colorBgBase: palette.surface,
      colorBgContainer: palette.surface,
      colorBgElevated: palette.raised,
      colorBgLayout: palette.canvas,
      colorBorder: palette.lineStrong,
      colorBorderSecondary: palette.line,
      colorLink: palette.accent,
      colorTextLightSolid: palette.onAccent,
      borderRadius: measure.radius,
      fontFamily: fontStack,
      fontSize: measure.dense[0],
      lineHeight: measure.dense[1] / measure.dense[0],
      controlHeight: 32,
      wireframe: false,
      motion: false,
    },
  };
}

/** Gives antd (forms, dates, selects, uploads) the theme and the language. Loaded with the first screen that needs it. */
export function KitProvider({ children }: { children: ReactNode }) {
  const current = useLanguage();
  const { name, palette } = useTheme();
  dayjs.locale(current === 'zh' ? 'zh-cn' : 'en');
  const config = useMemo(() => antdThemeOf(name, palette), [name, palette]);
  return (
    <ConfigProvider locale={locales[current]} theme={config} componentSize="small">
      <App component={false}>{children}</App>
    </ConfigProvider>
  );
}
