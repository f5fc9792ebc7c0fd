import type { DataDrivenPropertyValueSpecification, ExpressionSpecification } from 'maplibre-gl'

/** A name as the people of the place write it, else in Latin letters. */
export const LOCAL_NAME: ExpressionSpecification = ['coalesce', ['get', 'name'], ['get', 'name:latin'], '']

/** True for features of one of these classes. */
export function isClass(...classes: string[]): ExpressionSpecification {
  return ['in', ['get', 'class'], ['literal', classes]]
}

export type Stops = readonly (readonly [zoom: number, value: number])[]

/** Grows with the zoom between the stops, as streets on paper do when the scale changes. */
export function byZoom(stops: Stops, base = 1.4): DataDrivenPropertyValueSpecification<number> {
  return zoomCurve(base, stops)
}

/** As `byZoom`, but what is interpolated is made for each stop. */
export function zoomCurve(
  base: number,
  stops: readonly (readonly [zoom: number, value: number | ExpressionSpecification])[],
): ExpressionSpecification {
  return ['interpolate', ['exponential', base], ['zoom'], ...stops.flat()]
}
