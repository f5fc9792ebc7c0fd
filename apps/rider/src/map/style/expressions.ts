import type { DataDrivenPropertyValueSpecification, ExpressionSpecification } from 'maplibre-gl'

/** The local name, or the one in Latin script. */
export const LOCAL_NAME: ExpressionSpecification = ['coalesce', ['get', 'name'], ['get', 'name:latin'], '']

/** True for features of one of these classes. */
export function isClass(...classes: string[]): ExpressionSpecification {
  return ['in', ['get', 'class'], ['literal', classes]]
}

export type Stops = readonly (readonly [zoom: number, value: number])[]

/** A value that grows exponentially with the zoom between the stops. */
export function byZoom(stops: Stops, base = 1.4): DataDrivenPropertyValueSpecification<number> {
  return zoomCurve(base, stops)
}

/** Like `byZoom`, but a stop's value may be an expression. */
export function zoomCurve(
  base: number,
  stops: readonly (readonly [zoom: number, value: number | ExpressionSpecification])[],
): ExpressionSpecification {
  return ['interpolate', ['exponential', base], ['zoom'], ...stops.flat()]
}
