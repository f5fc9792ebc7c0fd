import { parseSync, Visitor } from 'oxc-parser'
import newer from './newer-apis.json' with { type: 'json' }

/** A use of an API that some browser of the build targets lacks. */
export type NewerUse = { readonly api: string; readonly line: number }

const GLOBALS = new Set(newer.globals)
const STATICS = new Set(newer.statics)
const MEMBERS = new Set(newer.members)

/**
 * The uses of newer APIs in a file: `AbortSignal.any`, `new VideoFrame(…)`, and with `withMembers` also `x.union(…)`.
 * Members are matched by name alone, so only in our own sources. Throws where the file cannot be parsed.
 */
export function newerUses(file: string, code: string, withMembers: boolean): NewerUse[] {
  const { program, errors } = parseSync(file, code)
  if (errors[0]) throw new Error(`${file}: ${errors[0].message}`)
  const uses: NewerUse[] = []
  const use = (api: string, at: number): void => {
    uses.push({ api, line: code.slice(0, at).split('\n').length })
  }
  new Visitor({
    MemberExpression({ computed, object, property, start }) {
      if (computed || property.type !== 'Identifier' || object.type !== 'Identifier') return
      const api = `${object.name}.${property.name}`
      if (STATICS.has(api)) use(api, start)
    },
    NewExpression({ callee, start }) {
      if (callee.type === 'Identifier' && GLOBALS.has(callee.name)) use(callee.name, start)
    },
    CallExpression({ callee, start }) {
      if (!withMembers || callee.type !== 'MemberExpression' || callee.computed) return
      const { property } = callee
      if (property.type === 'Identifier' && MEMBERS.has(property.name)) use(`.${property.name}()`, start)
    },
  }).visit(program)
  return uses
}
