// The look: cool slate neutrals, one petrol accent, small radii and a dense type scale.
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple, rem } from "@mantine/core";

const petrol: MantineColorsTuple = [
  "#e9f5f7",
  "#d2e9ed",
  "#a5d3db",
  "#74bbc7",
  "#4aa5b4",
  "#2a92a3",
  "#0f7788",
  "#0b6374",
  "#084f5d",
  "#053c47",
];

const gray: MantineColorsTuple = [
  "#f6f8f9",
  "#eef1f3",
  "#e3e8eb",
  "#d3dade",
  "#b3bdc4",
  "#8a96a0",
  "#5f6c77",
  "#47535d",
  "#2c363e",
  "#182026",
];

const dark: MantineColorsTuple = [
  "#dde4e8",
  "#b8c3ca",
  "#97a4ad",
  "#6d7983",
  "#36414a",
  "#29323a",
  "#1f272e",
  "#171d23",
  "#11161b",
  "#0b0f13",
];

export const theme = createTheme({
  primaryColor: "petrol",
  primaryShade: { light: 7, dark: 6 },
  colors: { petrol, gray, dark },
  black: "#182026",
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, monospace",
  fontSizes: { xs: rem(12), sm: rem(13), md: rem(14), lg: rem(16), xl: rem(20) },
  lineHeights: { xs: "1.35", sm: "1.4", md: "1.5", lg: "1.5", xl: "1.35" },
  headings: {
    fontWeight: "600",
    sizes: {
      h1: { fontSize: rem(22), lineHeight: "1.25" },
      h2: { fontSize: rem(18), lineHeight: "1.3" },
      h3: { fontSize: rem(15), lineHeight: "1.35" },
      h4: { fontSize: rem(14), lineHeight: "1.4" },
    },
  },
  defaultRadius: "md",
  radius: { xs: rem(3), sm: rem(5), md: rem(7), lg: rem(10), xl: rem(16) },
  focusRing: "auto",
  cursorType: "pointer",
  components: {
    Button: { defaultProps: { size: "sm" } },
    TextInput: { defaultProps: { size: "sm" } },
    Select: { defaultProps: { size: "sm" } },
    InputWrapper: {
      styles: {
        label: { marginBottom: rem(4) },
        description: { fontSize: rem(12.5), marginBottom: rem(5) },
        error: { fontSize: rem(12.5) },
      },
    },
    Menu: { defaultProps: { shadow: "md", radius: "md" } },
    Popover: { defaultProps: { shadow: "md", radius: "md" } },
    Drawer: { styles: { title: { fontSize: rem(15), fontWeight: 600 } } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false, fz: "xs" } },
    Modal: {
      defaultProps: { radius: "lg", overlayProps: { backgroundOpacity: 0.35, blur: 1 } },
      styles: { title: { fontSize: rem(15), fontWeight: 600 } },
    },
  },
});

/** Mantine's own surfaces follow the names in global.css; its "light" variant is too faint on our dark. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    "--mantine-color-body": "var(--k-surface)",
    "--mantine-color-text": "var(--k-text)",
    "--mantine-color-dimmed": "var(--k-dim)",
    "--mantine-color-default-border": "var(--k-line-strong)",
  },
  light: {},
  dark: {
    "--mantine-color-petrol-light": "#17343d",
    "--mantine-color-petrol-light-hover": "#1c3f4a",
    "--mantine-color-petrol-light-color": "#8fd3de",
  },
});
