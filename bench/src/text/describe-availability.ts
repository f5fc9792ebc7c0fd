import type { AvailabilityFigures } from '../availability/availability-bench.ts'

/** The figures of `bench availability` as text. */
export function describeAvailability(figures: AvailabilityFigures): string {
  return [
    `an observation          ${figures.observationMicroseconds.toFixed(3)} µs`,
    `${figures.zones} zone forecasts  ${figures.sweepSeconds.toFixed(3)} s`,
    `… with observations     ${figures.learnedSweepSeconds.toFixed(3)} s`,
    `live state of a zone    ${figures.liveBytes} bytes, ${figures.learnedBytes} more with observations`,
  ].join('\n')
}
