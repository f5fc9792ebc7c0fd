import type { ZoneFacts } from '@kickstand/domain'

/** Of rows that cannot be read, so much text of so many is looked at. */
const MAX_ROWS = 1000
const MAX_TEXT = 4000
/** About a metre. */
const DECIMALS = 5

/** Rows of a snapshot that cannot be read and do not even tell their reference. */
export type UnreadRows = {
  add(text: string): void
  /** How many of them nobody has claimed. */
  readonly left: () => number
  /** Whether one of the rows speaks of this entry by such a sign; that row is then claimed. */
  claim(sign: Sign, ref: string, facts: Partial<ZoneFacts>): boolean
}

/** What tells which entry a row is of, the surest first. */
export const SIGNS = ['place', 'reference', 'name'] as const
type Sign = (typeof SIGNS)[number]

export function createUnreadRows(): UnreadRows {
  const texts: string[] = []
  let index: ReadonlyMap<string, readonly number[]> | null = null
  const claimed = new Set<number>()
  let count = 0

  function rowsWith(words: readonly string[]): number[] {
    index ??= indexOf(texts)
    const lists = words.map((word) => index?.get(word) ?? [])
    return (lists[0] ?? []).filter((at) => !claimed.has(at) && lists.every((list) => list.includes(at)))
  }

  return {
    add(text) {
      count += 1
      if (texts.length < MAX_ROWS) texts.push(text.slice(0, MAX_TEXT))
    },
    left: () => count - claimed.size,
    claim(sign, ref, facts) {
      const words = signWords(sign, ref, facts)
      const [row] = texts.length === 0 || words.length === 0 ? [] : rowsWith(words)
      if (row !== undefined) claimed.add(row)
      return row !== undefined
    },
  }
}

function signWords(sign: Sign, ref: string, { lat, lng, name }: Partial<ZoneFacts>): string[] {
  if (sign === 'place') return lat === undefined || lng === undefined ? [] : [numberWord(lat), numberWord(lng)]
  // A number of one or two figures may be a count of spaces just as well.
  if (sign === 'reference') return /^\d{1,2}$/.test(ref) ? [] : wordsOf(ref)
  return wordsOf(name ?? '')
}

function indexOf(texts: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const index = new Map<string, number[]>()
  for (const [at, text] of texts.entries()) {
    for (const word of new Set(wordsOf(text))) {
      const rows = index.get(word)
      if (rows === undefined) index.set(word, [at])
      else rows.push(at)
    }
  }
  return index
}

/** Words and figures of a text; figures with decimals as they are compared. */
function wordsOf(text: string): string[] {
  const words = text.toLowerCase().match(/-?\d+[.,]\d+|[\p{L}\p{N}_]+/gu) ?? []
  return words.map((word) => (/^-?\d+[.,]\d+$/.test(word) ? numberWord(Number(word.replace(',', '.'))) : word))
}

function numberWord(value: number): string {
  return value.toFixed(DECIMALS)
}
