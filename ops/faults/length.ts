/** `npm run test:faults` runs faults with their full duration; `npm test` runs the same faults shortened. */
const isLong = process.env['KICKSTAND_TEST_FAULTS'] === 'long'

/** Duration of a fault in milliseconds, from its seconds in the long and the short form. */
export function lasting(long: number, short: number): number {
  return (isLong ? long : short) * 1000
}

/** Timeout in milliseconds of a test in the long form. */
export const MINUTES = 600_000
