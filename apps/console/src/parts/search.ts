/** The texts of these names in the query of the address; others and empty ones are dropped. */
export function readTexts<Name extends string>(
  search: Readonly<Record<string, unknown>>,
  names: readonly Name[],
): { readonly [One in Name]?: string } {
  const found = names.flatMap((name) => {
    const value = search[name]
    // The router parses numbers and booleans in the address.
    const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
    return text === '' ? [] : [[name, text] as const]
  })
  return Object.fromEntries(found) as { readonly [One in Name]?: string }
}

/** The value if it is one of a list. */
export function oneOf<Value extends string>(value: string | undefined, values: readonly Value[]): Value | undefined {
  return values.find((one) => one === value)
}
