import { readText } from '@kickstand/domain'
import type { FeedFile } from './feed-file.ts'
import type { FeedItems } from './feed-row.ts'
import { unreadable } from './sniff.ts'
import type { Fields } from './values.ts'

/** Words for motorcycles and mopeds as lists and columns write them; `motor vehicle`, `motorway` and bicycles are none. */
const MOTORCYCLE = new RegExp(
  [
    String.raw`(?<!\p{L})motos?(?!\p{L})`,
    String.raw`motor ?(?:c[iy][ck]l|bik|rad|räd|roller|fiets|s[iy][ck]l|s[iy]kk?[le]|kerék)`,
    String.raw`moto(?:c[iy][ck]l|s[iy]kl)`,
    String.raw`(?<!\p{L})(?:moped|mofa|ciclomot|cyclomot|motor ?scooter|two ?wheeler|2 ?rm|ptw|krad|kräder)`,
    'deux roues motor',
    '機車|机车|摩托|重機|バイク|自動二輪|オートバイ|오토바이|이륜차|xe máy|мотоцикл|μοτοσυκλ|จักรยานยนต์|אופנוע|دراجة نارية|دراجات نارية',
  ].join('|'),
  'iu',
)
const NOT_FOR =
  /(?<!\p{L})(?:no|not|without|except|excluding|sin|salvo|kein\p{L}*|ohne|außer|sans|sauf|senza|geen)\s+(?:\p{L}+\s+)?$/iu
const NOTHING = /^(?:no|n|0|0\.0|false|f|none|null|nein|non|nee|not allowed|prohibited|-|–|-1)$/i

/** Whether a text speaks of motorcycles, and not to exclude them. */
export function saysMotorcycle(text: string): boolean {
  const words = text.replaceAll(/(?<=\p{Ll})(?=\p{Lu})|[_.:/-]+/gu, ' ')
  const found = MOTORCYCLE.exec(words)
  return found !== null && !NOT_FOR.test(words.slice(0, found.index))
}

/** What a row says of itself: that it is for motorcycles, that it is not, or nothing. */
function rowSays(fields: Fields): boolean | null {
  let says: boolean | null = null
  for (const [key, value] of Object.entries(fields)) {
    const text = readText(typeof value === 'object' && value !== null ? JSON.stringify(value) : value)
    if (text === null) continue
    const isColumn = saysMotorcycle(key)
    if (isColumn && NOTHING.test(text)) return false
    if (isColumn || saysMotorcycle(text)) says = true
  }
  return says
}

/**
 * Of a list that no profile vouches for, the rows that are for motorcycles: those that say so, by a column or by a word, or all
 * where its name says so. Throws `unreadable-file` where nothing does: parking in general is not taken for motorcycle parking.
 */
export async function* motorcycleRows(items: FeedItems, file: FeedFile, sourceId: string | null): FeedItems {
  const byName = saysMotorcycle(file.name) || saysMotorcycle(sourceId ?? '')
  let taken = 0
  let silent = 0
  for await (const item of items) {
    if (item.type === 'row') {
      const says = rowSays(item.row.fields) ?? (byName ? true : null)
      if (says === true) {
        taken += 1
        yield item
        continue
      }
      if (says === null) silent += 1
      const reason = says === null ? 'nothing says that it is for motorcycles' : 'it is not for motorcycles'
      yield { type: 'left-out', row: { where: item.row.where, reason } }
    } else if (item.type === 'end' && silent > 0) {
      if (taken === 0 && item.complete) throw nothingSaid(file)
      const note = `${silent} objects were left out: nothing says that they are for motorcycles. If all are, add --supply motorcycle.`
      yield { ...item, note: item.note === null ? note : `${item.note} ${note}` }
    } else yield item
  }
}

function nothingSaid(file: FeedFile): Error {
  return unreadable(
    file,
    'is a list in which nothing says that it is of motorcycle parking. If all of it is, add --supply motorcycle; if a part of it is, write a profile with a filter (feeds/README.md)',
  )
}
