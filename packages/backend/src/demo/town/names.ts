import { chance, pick, type Random } from '../random.ts'

/**
 * Names in the town's own tongue. It is nobody's language, but it keeps its rules: the kind of a place comes first
 * (strel: street, alvar: avenue, lin: mutex, kado: quay, plat: square, vard: garden), its name after.
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

/** Makes proper names, never the same twice, and never two that begin alike in a row. */
export function nameMaker(random: Random): () => string {
  const taken = new Set<string>()
  let before = ''
  return () => {
    for (;;) {
      const start = pick(random, STARTS)
      const end = pick(random, ENDS)
      // Two consonants meet only where one can say them.
      const name = chance(random, 0.35) && /[lnr]$/.test(start) ? start + end : start + pick(random, MIDDLES) + end
      if (start === before || taken.has(name)) continue
      taken.add(name)
      before = start
      return name
    }
  }
}
