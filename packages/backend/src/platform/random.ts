/** A number in [0, 1). The only way chance enters the service. */
export function random(): number {
  return Math.random()
}
