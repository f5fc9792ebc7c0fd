import {
  ACCESS,
  FEES,
  RIDER_SURFACES,
  ZONE_FIELDS,
  ZONE_KINDS,
  type PlainFacts,
  type PlainField,
} from '@kickstand/domain'
import type { Format } from '@kickstand/i18n'
import type { PageText, Text } from '#i18n/i18n.ts'
import { hoursText } from './hours-words.ts'
import { tariffText } from './tariff-words.ts'

/** The two kinds of texts that a fact needs: `t` those of the first screen, `p` those of the page. */
export type FactWords = { readonly t: Text; readonly p: PageText; readonly format: Format }

type FactValue = NonNullable<PlainFacts[PlainField]>

/** The value of a fact as text, by the type of its field. */
export function factText(name: PlainField, value: FactValue, words: FactWords): string {
  const { p, format } = words
  if (typeof value === 'boolean') return p(value ? 'answer.yes' : 'answer.no')
  if (typeof value === 'number')
    return ZONE_FIELDS[name].type === 'seconds' ? format.duration(value) : format.count(value)
  if (typeof value === 'object') return tariffText(value, words)
  if (name === 'openingHours') return hoursText(value, words)
  if (name === 'surface') return surfaceText(value, p)
  return wordText(name, value, words) ?? value
}

/** The text of a value that is one of a list of words; null if it is none. */
function wordText(name: PlainField, value: string, { t, p }: FactWords): string | null {
  switch (name) {
    case 'kind':
      return mapWord(ZONE_KINDS, value, (kind) => t(`kind.${kind}`))
    case 'access':
      return mapWord(ACCESS, value, (access) => t(`access.${access}`))
    case 'fee':
      return mapWord(FEES, value, (fee) => p(`fee.${fee}`))
    default:
      return null
  }
}

/** The text of one of the words; null for any other value. */
export function mapWord<const W extends string>(
  words: readonly W[],
  value: string,
  text: (word: W) => string,
): string | null {
  const word = words.find((one) => one === value)
  return word === undefined ? null : text(word)
}

/** The name of a surface. One that the page does not know is formatted from the source's value. */
export function surfaceText(surface: string, p: PageText): string {
  const known = mapWord(RIDER_SURFACES, surface, (one) => p(`surface.${one}`))
  return known ?? (surface.charAt(0).toUpperCase() + surface.slice(1)).replaceAll('_', ' ')
}
