/** `npm run test:faults` has faults last as long as they are told of; `npm test` tries the same, cut short. */
const isLong = process.env['KICKSTAND_TEST_FAULTS'] === 'long'

/** Milliseconds that a fault lasts, from its seconds in the long and in the short form. */
export function lasting(long: number, short: number): number {
  return (isLong ? long : short) * 1000
}

/** For a test of the long form at most. */
export const MINUTES = 600_000
