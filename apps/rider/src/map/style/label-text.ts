import type { ExpressionSpecification, SymbolLayerSpecification } from 'maplibre-gl'
import { LOCAL_NAME, zoomCurve } from './expressions.ts'
import { fontStack, type Weight } from './fonts.ts'

export type LabelStyle = {
  colour: string
  halo: string
  size: ExpressionSpecification | number
  weight: Weight
  fonts: readonly string[]
}

/** Layout and paint of a label, to spread into its layer. */
export type LabelText = Required<Pick<SymbolLayerSpecification, 'layout' | 'paint'>>

/** A text size that grows from one zoom to another. */
export function grow(from: number, small: number, to: number, large: number): ExpressionSpecification {
  return zoomCurve(1, [
    [from, small],
    [to, large],
  ])
}

/** A label with the local name and a halo. */
export function labelText({ colour, halo, size, weight, fonts }: LabelStyle): LabelText {
  return {
    layout: {
      'text-field': LOCAL_NAME,
      'text-font': fontStack(fonts, weight),
      'text-size': size,
      'text-max-width': 8,
      'text-padding': 4,
    },
    paint: { 'text-color': colour, 'text-halo-color': halo, 'text-halo-width': 1.6, 'text-halo-blur': 0.3 },
  }
}
