import { chance, pick, type Random } from '#features/demo/random.ts'

/**
 * Names in an invented language. The type of a place comes first (strel: street, alvar: avenue, lin: lane, kado: quay,
 * plat: square, vard: garden), then its name.
 */

const STARTS = [
  'Bel',
  'Tal',
  'Kel',
  'Sor',
  'Mar',
  'Vel',
  'Lun',
  'Ner',
  'Dor',
  'Fen',
  'Gal',
  'Hal',
  'Jor',
  'Mel',
  'Ril',
  'San',
  'Tir',
  'Ost',
  'Pel',
  'Ar',
  'El',
  'Or',
  'Iv',
  'Un',
]
const MIDDLES = ['a', 'e', 'i', 'o', 'u']
const ENDS = ['ra', 'ris', 'no', 'vel', 'mar', 'den', 'lo', 'sa', 'tin', 'ren', 'va', 'nor', 'lis', 'mé', 'dra']

/** Generates unique names. Two names in a row never start alike. */
export function nameMaker(random: Random): () => string {
  const taken = new Set<string>()
  let before = ''
  return () => {
    for (;;) {
      const start = pick(random, STARTS)
      const end = pick(random, ENDS)
      // Joins two consonants only where they are pronounceable.
      const name = chance(random, 0.35) && /[lnr]$/.test(start) ? start + end : start + pick(random, MIDDLES) + end
      if (start === before || taken.has(name)) continue
      taken.add(name)
      before = start
      return name
    }
  }
}
