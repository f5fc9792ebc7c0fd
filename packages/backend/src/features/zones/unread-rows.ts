import type { ZoneFacts } from '@kickstand/domain'

/** Limits of the unreadable rows that are kept, and of the text of each. */
const MAX_ROWS = 1000
const MAX_TEXT_LENGTH = 4000
/** Decimals of degrees that are compared, about a metre. */
const DECIMALS = 5

/** Unreadable rows of a snapshot without even a reference. */
export type UnreadRows = {
  add(text: string): void
  /** Number of rows not claimed yet. */
  readonly left: () => number
  /** Whether one of the rows matches this entry by this sign; the row is then claimed. */
  claim(sign: Sign, ref: string, facts: Partial<ZoneFacts>): boolean
}

/** Signs that identify the entry of a row, the most reliable first. */
export const SIGNS = ['place', 'reference', 'name'] as const
type Sign = (typeof SIGNS)[number]

/** No rows yet. The words of the rows are indexed at the first question. */
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
      if (texts.length < MAX_ROWS) texts.push(text.slice(0, MAX_TEXT_LENGTH))
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
  // A reference of one or two digits may be a number of spaces as well.
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

/** Words and numbers of a text; decimal numbers are normalised. */
function wordsOf(text: string): string[] {
  const words = text.toLowerCase().match(/-?\d+[.,]\d+|[\p{L}\p{N}_]+/gu) ?? []
  return words.map((word) => (/^-?\d+[.,]\d+$/.test(word) ? numberWord(Number(word.replace(',', '.'))) : word))
}

function numberWord(value: number): string {
  return value.toFixed(DECIMALS)
}
