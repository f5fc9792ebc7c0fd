import type { AvailabilityFigures } from '../availability/availability-bench.ts'

/** What the estimator alone costs, as text. */
export function describeAvailability(figures: AvailabilityFigures): string {
  return [
    `an observation          ${figures.observationMicroseconds.toFixed(3)} µs`,
    `${figures.zones} zones swept     ${figures.sweepSeconds.toFixed(3)} s`,
    `… if all had learned    ${figures.learnedSweepSeconds.toFixed(3)} s`,
    `live state of a zone    ${figures.liveBytes} bytes, ${figures.learnedBytes} more where something was learned`,
  ].join('\n')
}
