import { readText } from '@kickstand/domain'
import type { FeedItems } from '#feed-row.ts'
import type { FeedFile } from '#files/feed-file.ts'
import { unreadable } from '#files/file-faults.ts'
import type { Fields } from '#values.ts'

/**
 * Words for motorcycles and mopeds in values and column names. `motor vehicle`, `motorway` and bicycles do not match.
 */
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

/** Whether a text mentions motorcycles without excluding them. */
export function mentionsMotorcycles(text: string): boolean {
  const words = text.replaceAll(/(?<=\p{Ll})(?=\p{Lu})|[_.:/-]+/gu, ' ')
  const found = MOTORCYCLE.exec(words)
  return found !== null && !NOT_FOR.test(words.slice(0, found.index))
}

/** Whether a row is for motorcycles; null where it does not mention them. */
function isForMotorcycles(fields: Fields): boolean | null {
  let result: boolean | null = null
  for (const [key, value] of Object.entries(fields)) {
    const text = readText(typeof value === 'object' && value !== null ? JSON.stringify(value) : value)
    if (text === null) continue
    const isColumn = mentionsMotorcycles(key)
    if (isColumn && NOTHING.test(text)) return false
    if (isColumn || mentionsMotorcycles(text)) result = true
  }
  return result
}

/**
 * Filters a list without a profile to rows for motorcycles: rows with such a column or word, or all rows where the name
 * of the file or source mentions motorcycles. Throws `unreadable-file` where neither applies, since general parking is
 * not motorcycle parking.
 */
export async function* motorcycleRows(items: FeedItems, file: FeedFile, sourceId: string | null): FeedItems {
  const byName = mentionsMotorcycles(file.name) || mentionsMotorcycles(sourceId ?? '')
  let taken = 0
  let unmarked = 0
  for await (const item of items) {
    if (item.type === 'row') {
      const isTaken = isForMotorcycles(item.row.fields) ?? (byName ? true : null)
      if (isTaken === true) {
        taken += 1
        yield item
        continue
      }
      if (isTaken === null) unmarked += 1
      const reason = isTaken === null ? 'it does not mention motorcycles' : 'it is not for motorcycles'
      yield { type: 'left-out', row: { where: item.row.where, reason } }
    } else if (item.type === 'end' && unmarked > 0) {
      if (taken === 0 && item.complete) throw noMotorcycles(file)
      const note = `${unmarked} objects were left out: they do not mention motorcycles. If all are for motorcycles, add --supply motorcycle.`
      yield { ...item, note: item.note === null ? note : `${item.note} ${note}` }
    } else yield item
  }
}

function noMotorcycles(file: FeedFile): Error {
  return unreadable(
    file,
    'is a list that does not mention motorcycles. If all of it is motorcycle parking, add --supply motorcycle; if a part of it is, write a profile with a filter (feeds/README.md)',
  )
}
