import { digestOf } from './entry-hash.ts'

/** A value that belongs to a person: the entry holds its digest only. `subject`: the account or the rider whose data it is. */
export class PersonalValue {
  readonly value: string
  readonly subject: string

  constructor(value: string, subject: string) {
    this.value = value
    this.subject = subject
  }
}

export function personal(value: string, subject: string): PersonalValue {
  return new PersonalValue(value, subject)
}

type StoredValue = { field: string; salt: string; value: string; subject: string }

/**
 * The JSON of an object, in which `{ "digest": … }` stands for each personal value, and these values. They can only be
 * direct properties of the object.
 */
export function separatePersonal(
  part: 'before' | 'after',
  object: unknown,
  newSalt: () => string,
): { json: string | null; values: StoredValue[] } {
  if (object === null) return { json: null, values: [] }
  if (typeof object !== 'object') return { json: JSON.stringify(object), values: [] }
  const values: StoredValue[] = []
  const shown = Object.entries(object).map(([key, value]: [string, unknown]) => {
    if (!(value instanceof PersonalValue)) return [key, value]
    const stored = { field: `${part}.${key}`, salt: newSalt(), value: value.value, subject: value.subject }
    values.push(stored)
    return [key, { digest: digestOf(stored.value, stored.salt) }]
  })
  return { json: JSON.stringify(Array.isArray(object) ? object : Object.fromEntries(shown)), values }
}

/** The digest that an entry holds for a stored personal value; undefined if it holds none. */
export function digestInEntry(
  entry: { actor: string; reason: string | null; value_before: string | null; value_after: string | null },
  field: string,
): string | undefined {
  if (field === 'actor') return entry.actor
  if (field === 'reason') return entry.reason ?? undefined
  const [part, key = ''] = field.split('.', 2)
  const json = part === 'before' ? entry.value_before : entry.value_after
  const object: unknown = json === null ? null : JSON.parse(json)
  const value = isRecord(object) ? object[key] : undefined
  return isRecord(value) && typeof value.digest === 'string' ? value.digest : undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
