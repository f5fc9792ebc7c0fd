/** Largest number of differing hash bits for images that look the same. */
const MAX_DIFFERING_BITS = 6

/** Whether two images look the same, by their perceptual hashes. */
export function isSamePhoto(a: string, b: string): boolean {
  const differing = (BigInt(`0x${a}`) ^ BigInt(`0x${b}`)).toString(2).replaceAll('0', '')
  return differing.length <= MAX_DIFFERING_BITS
}
