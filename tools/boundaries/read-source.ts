import path from 'node:path'
import { parseSync, Visitor, type Expression } from 'oxc-parser'
import { readQueries } from './read-queries.ts'

export type SourceImport = {
  readonly specifier: string
  /** Erased at run time: `import type`, or only types inside the braces. */
  readonly typeOnly: boolean
  readonly dynamic: boolean
  readonly line: number
}

export type Mention = { readonly text: string; readonly line: number }

/** The parts of a file that the rules check. Comments are ignored. */
export type Source = {
  readonly file: string
  readonly imports: readonly SourceImport[]
  /** Uses of the clock, of randomness or of the environment, as written. */
  readonly ambient: readonly Mention[]
  /** All identifiers and string parts. */
  readonly words: readonly Mention[]
  /** Lines with a sql`…` template. */
  readonly sqlTemplates: readonly number[]
  /** Strings in the place of a table's name, see `readQueries`. */
  readonly queries: readonly { readonly table: string; readonly line: number }[]
}

/** Members that return a time, a random value or the environment. */
const AMBIENT_MEMBERS = new Set(['process.env', 'process.hrtime', 'Date.now', 'performance.now', 'Math.random'])
const RANDOM_CALLS = /^(randomUUID|randomBytes|randomInt|randomFill|randomFillSync|getRandomValues)$/

/** Parses a file. `file` is its path from the root. Throws where the text is no TypeScript. */
export function readSource(file: string, text: string): Source {
  const { program, module, errors } = parseSync(path.basename(file), text)
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message ?? 'cannot be parsed'}`)
  const lineAt = lineCounter(text)
  const ambient: Mention[] = []
  const words: Mention[] = []
  const sqlTemplates: number[] = []
  const isAmbient = (what: string, start: number): unknown => ambient.push({ text: what, line: lineAt(start) })
  const isWord = (word: string, start: number): unknown => words.push({ text: word, line: lineAt(start) })

  new Visitor({
    Identifier: (node) => isWord(node.name, node.start),
    Literal: (node) => typeof node.value === 'string' && isWord(node.value, node.start),
    TemplateElement: (node) => isWord(node.value.raw, node.start),
    MemberExpression: (node) => {
      const name = memberName(node)
      if (name === null) return
      const object = nameOfObject(node.object)
      const full = `${object}.${name}`
      if (AMBIENT_MEMBERS.has(full) || RANDOM_CALLS.test(name)) isAmbient(full, node.start)
    },
    NewExpression: (node) =>
      isNamed(node.callee, 'Date') && node.arguments.length === 0 && isAmbient('new Date()', node.start),
    CallExpression: (node) => isNamed(node.callee, 'Date') && isAmbient('Date()', node.start),
    TaggedTemplateExpression: (node) => isNamed(node.tag, 'sql') && sqlTemplates.push(lineAt(node.start)),
  }).visit(program)

  const imports: SourceImport[] = []
  for (const { moduleRequest, entries, start } of module.staticImports) {
    const typeOnly = entries.length > 0 && entries.every((entry) => entry.isType)
    imports.push({ specifier: moduleRequest.value, typeOnly, dynamic: false, line: lineAt(start) })
    for (const { importName } of entries) {
      const name = importName.name ?? ''
      if (/^(node:)?crypto$/.test(moduleRequest.value) && RANDOM_CALLS.test(name)) isAmbient(name, start)
      if (/^(node:)?process$/.test(moduleRequest.value) && (name === 'env' || name === 'hrtime'))
        isAmbient(`process.${name}`, start)
      if (/^(node:)?perf_hooks$/.test(moduleRequest.value) && name === 'performance') isAmbient('performance', start)
    }
  }
  for (const { entries, start } of module.staticExports) {
    for (const { moduleRequest, isType } of entries.slice(0, 1)) {
      if (moduleRequest)
        imports.push({ specifier: moduleRequest.value, typeOnly: isType, dynamic: false, line: lineAt(start) })
    }
  }
  for (const { moduleRequest, start } of module.dynamicImports) {
    const literal = /^['"`]([^'"`$]*)['"`]$/.exec(text.slice(moduleRequest.start, moduleRequest.end))?.[1]
    if (literal !== undefined) {
      imports.push({ specifier: literal, typeOnly: false, dynamic: true, line: lineAt(start) })
    }
  }
  const queries = readQueries(program).map(({ table, start }) => ({ table, line: lineAt(start) }))
  return { file, imports, ambient, words, sqlTemplates, queries }
}

type Named = { readonly type: string; readonly name?: unknown }

function isNamed(node: Named, name: string): boolean {
  return node.type === 'Identifier' && node.name === name
}

/** The name of an object, also as a member of the global object; `…` for any other expression. */
function nameOfObject(node: Expression): string {
  if (node.type === 'Identifier') return node.name
  if (node.type !== 'MemberExpression' || !isNamed(node.object, 'globalThis')) return '…'
  return memberName(node) ?? '…'
}

function memberName(node: {
  readonly computed: boolean
  readonly property: Named & { readonly value?: unknown }
}): string | null {
  const { property } = node
  if (!node.computed && typeof property.name === 'string') return property.name
  return property.type === 'Literal' && typeof property.value === 'string' ? property.value : null
}

function lineCounter(text: string): (offset: number) => number {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return (offset) => starts.findLastIndex((start) => start <= offset) + 1
}
