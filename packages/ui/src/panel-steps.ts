/** The panel's heights as shares of the screen: collapsed, half and full. */
export const PANEL_STEPS = [0.26, 0.57, 1] as const
export type PanelStep = 0 | 1 | 2

/** The valid step nearest to a number. */
export function nearestStep(value: number): PanelStep {
  if (value <= 0) return 0
  return value >= 2 ? 2 : 1
}
