import type { ThemeConfig } from "antd";

/** Colours that are used outside antd too; each pair of text on ground passes WCAG AA. */
export const COLOR = {
  primary: "#0958d9",
  ink: "#16222e",
  soft: "#55616e",
  line: "#e4e9ef",
  ground: "#f3f6f9",
  paper: "#ffffff",
} as const;

const FONT = [
  "-apple-system",
  "BlinkMacSystemFont",
  '"Segoe UI"',
  '"PingFang SC"',
  '"Hiragino Sans GB"',
  '"Microsoft YaHei"',
  '"Noto Sans SC"',
  "sans-serif",
].join(", ");

/** The house's look; on a phone every control is large enough for a thumb. */
export function theme(isPhone: boolean): ThemeConfig {
  return {
    token: {
      colorPrimary: COLOR.primary,
      // Lighter, as antd would make it, the words of a button under the pointer fail AA.
      colorPrimaryHover: "#003eb3",
      colorLink: COLOR.primary,
      colorLinkHover: "#003eb3",
      colorLinkActive: "#002c8c",
      colorText: COLOR.ink,
      colorTextSecondary: COLOR.soft,
      colorTextDescription: COLOR.soft,
      colorTextPlaceholder: "#6b7785",
      colorBgLayout: COLOR.ground,
      colorBorderSecondary: COLOR.line,
      colorError: "#b42318",
      colorSuccess: "#1a6b35",
      borderRadius: 8,
      borderRadiusLG: 12,
      controlHeight: isPhone ? 44 : 36,
      controlHeightSM: isPhone ? 36 : 28,
      fontFamily: FONT,
      fontSize: isPhone ? 15 : 14,
      wireframe: false,
    },
    components: {
      Button: { primaryShadow: "none", defaultShadow: "none", dangerShadow: "none", fontWeight: 500 },
      Form: { itemMarginBottom: 18, verticalLabelPadding: "0 0 4px" },
      Tabs: { horizontalMargin: "0 0 16px" },
    },
  };
}
