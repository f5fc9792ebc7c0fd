/** Bits that may differ in two pictures of the same. */
const NEARLY = 6

/** Whether two pictures look the same, by their difference hashes. */
export function isSamePhoto(a: string, b: string): boolean {
  const differing = (BigInt(`0x${a}`) ^ BigInt(`0x${b}`)).toString(2).replaceAll('0', '')
  return differing.length <= NEARLY
}
