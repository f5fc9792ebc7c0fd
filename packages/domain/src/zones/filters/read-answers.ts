import { MAY_PARK, type MayPark } from '../../vehicles/vehicle.ts'
import { FILTER_FACTS } from '../fields/field-lists.ts'
import type { FilterName } from './zone-filters.ts'

/** A list parameter of the API: repeated, or separated by commas. */
export type ListParameter = string | readonly string[]

export function readList(value: ListParameter | undefined): string[] {
  return value === undefined ? [] : [value].flat().flatMap((part) => part.split(','))
}

const TRUE_OR_FALSE = { true: 'yes', false: 'no' } as const

/** Further spellings of answers in the API. */
const WORDS: { readonly [Name in FilterName]?: Readonly<Record<string, MayPark>> } = {
  ...Object.fromEntries(FILTER_FACTS.map((fact) => [fact, TRUE_OR_FALSE])),
  free: { free: 'yes', paid: 'no' },
  surface: { hard: 'yes', soft: 'no' },
}

/** All spellings of the answers to a filter in the API. */
export function answerWords(name: FilterName): string[] {
  return [...Object.keys(WORDS[name] ?? {}), ...MAY_PARK]
}

/** The accepted answers in a parameter; empty without one. Other words are ignored. */
export function readAnswers(name: FilterName, value: ListParameter | undefined): readonly MayPark[] {
  const words = WORDS[name] ?? {}
  const given = new Set(readList(value).map((word) => (Object.hasOwn(words, word) ? words[word] : word)))
  return MAY_PARK.filter((answer) => given.has(answer))
}
