/**
 * A zone's name as comparable words. Sources write streets in forms such as "08TH ST", "E. of 8th Street" and "CALLE, DE LA
 * MAGDALENA 12". Kinds of street, directions, small words and words for parking are removed; the rest distinguishes places.
 */
export type StreetName = {
  readonly words: readonly string[]
  /** House numbers, smallest and largest. */
  readonly numbers: readonly [number, number] | null
  /** Whether it names a street, so that the name of another street is another place. */
  readonly isStreet: boolean
}

const list = (words: string): ReadonlySet<string> => new Set(words.split(' '))

const STREETS = list(
  'st str street strasse ave av avenue avenida avda avd calle cl paseo pso plaza plz pza road rd boulevard blvd bd bulevar blv ' +
    'rue via lane ln drive dr place pl court ct square sq carrer rambla camino carretera ctra glorieta gta ronda rua piazza piazzale ' +
    'corso viale platz weg allee alley quai travesia way wy terrace ter highway hwy parkway pkwy cuesta pasaje plaça passeig avinguda',
)
const FILLERS = list(
  'n s e w ne nw se sw north south east west northerly southerly easterly westerly of the and at on in by near opposite corner ' +
    'de del la el los las y a al du des le les et l d da do dos das di dei della der die das am im und von zu ' +
    'motorcycle motorcycles motorbike motorbikes moto motos motocicleta motocicletas scooter scooters parking bay bays metered unmetered ' +
    'lot zone space spaces stand aparcamiento estacionamiento reserva parcheggio stationnement parkplatz motorrad c r',
)
/** Figures beside these units are lengths, not house numbers. */
const LENGTH_UNITS = list('feet foot ft metres meters metros m km')

const HAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u

/** Reads the words and house numbers of a name, in lower case and without accents. */
export function readStreetName(name: string): StreetName {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss')
  const all = plain.match(/[\p{L}\p{N}]+/gu) ?? []
  const words = new Set<string>()
  const numbers: number[] = []
  let isStreet = false
  let hasLengths = false
  for (const word of all) {
    if (STREETS.has(word)) isStreet = true
    else if (LENGTH_UNITS.has(word)) hasLengths = true
    else if (/^\d{1,5}$/.test(word)) numbers.push(Number(word))
    else if (HAN.test(word)) for (const pair of pairsOf(word)) words.add(pair)
    else if (!FILLERS.has(word)) words.add(word.replace(/^0+(?=\d)/, '').replace(/(?:strasse|str)$/, ''))
  }
  words.delete('')
  const isAddress = !hasLengths && numbers.length > 0 && numbers.length <= 2
  return { words: [...words], numbers: isAddress ? [Math.min(...numbers), Math.max(...numbers)] : null, isStreet }
}

/** Scripts without spaces between words are compared by pairs of characters. */
function pairsOf(word: string): string[] {
  const characters = Array.from(word)
  if (characters.length < 3) return [word]
  return characters.slice(1).map((character, i) => `${characters[i] ?? ''}${character}`)
}

/** Similarity of two names, 0 to 1; null where one has no distinguishing words. */
export function nameLikeness(a: StreetName, b: StreetName): number | null {
  if (a.words.length === 0 || b.words.length === 0) return null
  const [few, many] = a.words.length <= b.words.length ? [a.words, b.words] : [b.words, a.words]
  const found = few.filter((word) => many.some((other) => isSameWord(word, other))).length
  // A name that contains all of the other is nearly as good as the same name: sources add numbers, districts and corners.
  return (found / few.length) * (0.7 + (0.3 * few.length) / many.length)
}

/** The same word, an abbreviation, or a spelling with one different letter. */
function isSameWord(a: string, b: string): boolean {
  if (a === b) return true
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (/\d/.test(short)) return false
  if (short.length >= 3 && long.startsWith(short)) return true
  return short.length >= 5 && long.length - short.length <= 1 && differsByOneLetter(short, long)
}

function differsByOneLetter(short: string, long: string): boolean {
  let at = 0
  while (at < short.length && short[at] === long[at]) at += 1
  const rest = short.length === long.length ? at + 1 : at
  return short.slice(rest) === long.slice(at + 1)
}

/** Compares the house numbers of two places in one street. `across`: odd and even, which most cities have on opposite sides. */
export function compareNumbers(a: StreetName, b: StreetName): 'near' | 'across' | 'far' | null {
  if (a.numbers === null || b.numbers === null) return null
  const gap = Math.max(0, a.numbers[0] - b.numbers[1], b.numbers[0] - a.numbers[1])
  if (gap > 60) return 'far'
  const sides = [a.numbers, b.numbers].map(([low, high]) => (low % 2 === high % 2 ? low % 2 : null))
  if (sides[0] !== null && sides[1] !== null && sides[0] !== sides[1]) return 'across'
  return gap <= 12 ? 'near' : null
}
