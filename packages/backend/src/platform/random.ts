/** A number in [0, 1). The only source of randomness that is not for ids or secrets. */
export function random(): number {
  return Math.random()
}
