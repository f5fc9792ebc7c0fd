import path from 'node:path'
import { parseSync, Visitor, type Comment } from 'oxc-parser'
import { lineCounter } from './line-counter.ts'

/** A part of a file: first and last line, from 1. */
export type Span = { readonly name: string; readonly first: number; readonly last: number }
export type CodeLine = { readonly line: number; readonly text: string }

/** What the score needs of a file. `code`: its lines without comments, without what is only imports or blank. */
export type SourceMeasure = {
  readonly file: string
  readonly lines: number
  /** Ways around the type checker or the linter: `any`, `!`, `as unknown as`, comments that turn a rule off. */
  readonly typeFaults: readonly Span[]
  readonly functions: readonly Span[]
  readonly exportedFunctions: readonly (Span & { readonly isDocumented: boolean })[]
  readonly exports: readonly Span[]
  readonly code: readonly CodeLine[]
}

const SUPPRESSIONS = /@ts-(ignore|expect-error|nocheck)|(oxlint|eslint)-disable/

export function measureSource(file: string, text: string): SourceMeasure {
  const { program, comments, errors, module } = parseSync(path.basename(file), text)
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message ?? 'cannot be parsed'}`)
  const lineAt = lineCounter(text)
  const span = (name: string, { start, end }: Range): Span => ({ name, first: lineAt(start), last: lineAt(end) })
  const typeFaults: Span[] = []
  const functions: Span[] = []
  const exports: Span[] = []
  const exportedFunctions: (Span & { isDocumented: boolean })[] = []

  const isFunction = (name: string, node: Range): unknown => functions.push(span(name, node))
  new Visitor({
    TSAnyKeyword: (node) => typeFaults.push(span('any', node)),
    TSNonNullExpression: (node) => typeFaults.push(span('!', node)),
    TSAsExpression: ({ expression, ...node }) => {
      if (expression.type === 'TSAsExpression' && expression.typeAnnotation.type === 'TSUnknownKeyword')
        typeFaults.push(span('as unknown as', node))
    },
    FunctionDeclaration: (node) => isFunction(node.id?.name ?? 'function', node),
    FunctionExpression: (node) => isFunction(node.id?.name ?? 'function', node),
    ArrowFunctionExpression: (node) => isFunction('=>', node),
    ExportNamedDeclaration: (node) => {
      for (const { name, value } of declared(node.declaration)) {
        exports.push(span(name, node))
        if (value === 'function')
          exportedFunctions.push({ ...span(name, node), isDocumented: hasDocstring(text, comments, node.start) })
      }
    },
  }).visit(program)
  for (const comment of comments)
    if (SUPPRESSIONS.test(comment.value)) typeFaults.push(span(comment.value.trim(), comment))

  const imports = [...module.staticImports, ...module.staticExports.filter(({ entries }) => entries[0]?.moduleRequest)]
  const code = codeLines(text, [...comments, ...imports])
  return { file, lines: text.split('\n').length - 1, typeFaults, functions, exportedFunctions, exports, code }
}

type Range = { readonly start: number; readonly end: number }
type Declaration = {
  readonly type: string
  readonly id?: unknown
  readonly declarations?: readonly { readonly id: unknown; readonly init?: { readonly type: string } | null }[]
} | null

/** The names that a declaration declares, and which of them are functions. */
function declared(declaration: Declaration): { name: string; value: 'function' | 'other' }[] {
  if (declaration === null) return []
  if (declaration.declarations !== undefined)
    return declaration.declarations.flatMap(({ id, init }) => {
      const value = /^(Arrow)?FunctionExpression$/i.test(init?.type ?? '') ? ('function' as const) : ('other' as const)
      return namesOf(id).map((name) => ({ name, value }))
    })
  const value = declaration.type === 'FunctionDeclaration' ? ('function' as const) : ('other' as const)
  return namesOf(declaration.id).map((name) => ({ name, value }))
}

function namesOf(id: unknown): string[] {
  return typeof id === 'object' && id !== null && 'name' in id && typeof id.name === 'string' ? [id.name] : []
}

/** Whether a JSDoc comment ends right before `start`. */
function hasDocstring(text: string, comments: readonly Comment[], start: number): boolean {
  return comments.some(
    ({ type, value, end }) =>
      type === 'Block' && value.startsWith('*') && end <= start && text.slice(end, start).trim() === '',
  )
}

/** Lines that are left without these ranges, with their spaces normalised. */
function codeLines(text: string, without: readonly Range[]): CodeLine[] {
  let rest = ''
  let at = 0
  for (const { start, end } of without.toSorted((a, b) => a.start - b.start)) {
    rest += text.slice(at, start) + text.slice(start, end).replaceAll(/[^\n]/g, '')
    at = Math.max(at, end)
  }
  return (rest + text.slice(at))
    .split('\n')
    .map((line, i) => ({ line: i + 1, text: line.trim().replaceAll(/\s+/g, ' ') }))
    .filter((line) => line.text !== '')
}
