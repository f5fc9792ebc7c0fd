type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const child = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce<unknown>((node, key) => (isObject(node) ? node[key] : undefined), value)
const keysOf = (value: unknown): string[] => (isObject(value) ? Object.keys(value) : [])

/**
 * The changes between two OpenAPI 3.1 documents that break a client of the former: one line each, beginning with the operation.
 * Responses may only gain fields; requests may only gain optional parameters and fields. Local `$ref`s are followed.
 */
export function breakingChanges(before: unknown, after: unknown): string[] {
  const changes: string[] = []
  for (const path of keysOf(child(before, 'paths'))) {
    for (const method of keysOf(child(before, 'paths', path))) {
      const name = `${method.toUpperCase()} ${path}`
      const [was, is] = [before, after].map((document) => child(document, 'paths', path, method))
      if (is === undefined) changes.push(`${name}: removed`)
      else changes.push(...operationChanges(name, [before, was], [after, is]))
    }
  }
  return changes
}

/** A part of a document, with the document, in which its references are looked up. */
type Part = readonly [document: unknown, part: unknown]

function operationChanges(name: string, [oldDocument, was]: Part, [newDocument, is]: Part): string[] {
  const changes: string[] = []
  for (const status of keysOf(child(was, 'responses')).filter((code) => code.startsWith('2'))) {
    const [from, to] = [was, is].map((operation) => bodySchema(child(operation, 'responses', status)))
    if (from !== undefined) {
      changes.push(...lostFields(`${name}: ${status} response`, [oldDocument, from], [newDocument, to], new Set()))
    }
  }
  const needed = requiredParameters(is).filter((one) => !requiredParameters(was).includes(one))
  changes.push(...needed.map((one) => `${name}: parameter ${one} is required now`))
  const fields = requiredFields([newDocument, bodySchema(child(is, 'requestBody'))])
  const old = requiredFields([oldDocument, bodySchema(child(was, 'requestBody'))])
  changes.push(...fields.filter((one) => !old.includes(one)).map((one) => `${name}: field ${one} is required now`))
  return changes
}

function bodySchema(holder: unknown): unknown {
  const content = child(holder, 'content')
  const [type] = keysOf(content)
  return type === undefined ? undefined : child(content, type, 'schema')
}

function resolve([document, schema]: Part): unknown {
  const reference = child(schema, '$ref')
  if (typeof reference !== 'string' || !reference.startsWith('#/')) return schema
  return child(document, ...reference.slice(2).split('/'))
}

function lostFields(where: string, before: Part, after: Part, seen: Set<unknown>): string[] {
  const [was, is] = [resolve(before), resolve(after)]
  if (seen.has(was)) return []
  seen.add(was)
  const lost = keysOf(child(was, 'properties')).flatMap((field) => {
    const [from, to] = [was, is].map((schema) => child(schema, 'properties', field))
    if (to === undefined) return [`${where}: field ${field} was removed`]
    return lostFields(`${where}.${field}`, [before[0], from], [after[0], to], seen)
  })
  const items = child(was, 'items')
  if (items !== undefined)
    lost.push(...lostFields(`${where}[]`, [before[0], items], [after[0], child(is, 'items')], seen))
  return lost
}

function requiredParameters(operation: unknown): string[] {
  const parameters = child(operation, 'parameters')
  if (!Array.isArray(parameters)) return []
  return parameters.filter((one) => child(one, 'required') === true).map((one) => String(child(one, 'name')))
}

function requiredFields(part: Part): string[] {
  const required = child(resolve(part), 'required')
  return Array.isArray(required) ? required.map(String) : []
}
