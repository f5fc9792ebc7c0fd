import { ZONE_FIELDS, type PlainFacts, type PlainField } from '@kickstand/domain'
import type { Format } from '../i18n/format.ts'
import type { RulesMessages } from '../i18n/en-rules.ts'
import type { SheetMessages } from '../i18n/en-sheet.ts'
import type { Messages } from '../i18n/en.ts'
import { hoursText } from './hours-words.ts'
import { tariffText } from './tariff-words.ts'

export type FactWords = {
  readonly t: Messages & SheetMessages & Pick<RulesMessages, 'tariff'>
  readonly format: Format
}

type FactValue = NonNullable<PlainFacts[PlainField]>

/** The value of a fact as text, by the type of its field. */
export function factText(name: PlainField, value: FactValue, words: FactWords): string {
  const { t, format } = words
  if (typeof value === 'boolean') return value ? t.yes : t.no
  if (typeof value === 'number')
    return ZONE_FIELDS[name].type === 'seconds' ? format.duration(value) : format.count(value)
  if (typeof value === 'object') return tariffText(value, words)
  if (name === 'openingHours') return hoursText(value, { text: t, format })
  if (name === 'surface') return surfaceText(value, t.surfaces)
  return wordsOf(name, t)[value] ?? value
}

/** The words of a closed set. */
function wordsOf(name: PlainField, t: FactWords['t']): Readonly<Record<string, string>> {
  const words: { readonly [Name in PlainField]?: Readonly<Record<string, string>> } = {
    kind: t.kinds,
    access: t.access,
    fee: t.fees,
  }
  return words[name] ?? {}
}

/** The name of a surface. One that the catalogue lacks is formatted from the source's value. */
export function surfaceText(surface: string, names: Readonly<Record<string, string>>): string {
  return names[surface] ?? (surface.charAt(0).toUpperCase() + surface.slice(1)).replaceAll('_', ' ')
}
