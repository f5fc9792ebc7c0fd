/** A value of an audit entry that is not an object: `time` is RFC 3339. */
export type EntryValue =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'time'; readonly at: string }
  | { readonly kind: 'boolean'; readonly isTrue: boolean }
  | { readonly kind: 'text'; readonly text: string }

/** A field before and after a change. `path`: the names that lead to it. */
export type EntryField = {
  readonly path: readonly string[]
  readonly before: EntryValue
  readonly after: EntryValue
}

const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d/
/** Fields that hold a time as milliseconds since 1970. */
const TIME_NAME = /(At|^since|^until)$/
const NOTHING: EntryValue = { kind: 'nothing' }

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function valueOf(name: string, value: unknown): EntryValue {
  if (value === undefined || value === null || value === '') return NOTHING
  if (typeof value === 'boolean') return { kind: 'boolean', isTrue: value }
  if (typeof value === 'number' && TIME_NAME.test(name)) return { kind: 'time', at: new Date(value).toISOString() }
  if (typeof value === 'string' && TIMESTAMP.test(value)) return { kind: 'time', at: value }
  if (Array.isArray(value)) {
    const isPlain = value.every((one) => typeof one === 'string' || typeof one === 'number')
    if (value.length === 0) return NOTHING
    if (isPlain) return { kind: 'text', text: value.join(', ') }
  }
  return { kind: 'text', text: typeof value === 'string' ? value : JSON.stringify(value) }
}

/** The fields of an object before and after a change, in the order in which they first occur; nested objects are opened. */
export function entryFields(before: unknown, after: unknown, path: readonly string[] = []): readonly EntryField[] {
  if (!isObject(before) && !isObject(after)) {
    const name = path.at(-1) ?? ''
    const field = { path, before: valueOf(name, before), after: valueOf(name, after) }
    return path.length === 0 && field.before === NOTHING && field.after === NOTHING ? [] : [field]
  }
  const [old, changed] = [before, after].map((one) => (isObject(one) ? one : {}))
  const names = new Set([...Object.keys(old ?? {}), ...Object.keys(changed ?? {})])
  return [...names].flatMap((name) => entryFields(old?.[name], changed?.[name], [...path, name]))
}
