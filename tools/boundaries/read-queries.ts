import { Visitor, type Argument, type Program } from 'oxc-parser'

/** A string in the place of a table's name in a query. It may name something else: a table expression, a column. */
export type QueryMention = { readonly table: string; readonly start: number }

/** Kysely's methods whose first argument is a table, a list of tables, or a subquery. */
const TABLE_METHODS = new Set([
  'selectFrom',
  'insertInto',
  'replaceInto',
  'mergeInto',
  'updateTable',
  'deleteFrom',
  'innerJoin',
  'leftJoin',
  'rightJoin',
  'fullJoin',
  'crossJoin',
  'innerJoinLateral',
  'leftJoinLateral',
  'using',
])
/** Functions that take the table as one of their arguments. */
const TABLE_FUNCTIONS = new Set(['insertRows'])
/** Text that is a statement and not a sentence: its first word is in one case. */
const STATEMENT = /^\s*(select\b[^]*\bfrom|(insert|replace)\b[^]*\binto|update\b[^]*\bset|delete\s+from)\b/
const TABLES_IN_SQL = /\b(?:from|join|into|update)\s+([`"\w]+(?:\s*,\s*[`"\w]+)*)/gi

/**
 * The tables that a source queries, as far as they can be read: with Kysely, with SQL text, and as the `table` of a row
 * insert. Where a query takes its table from a variable, every string of the file counts.
 */
export function readQueries(program: Program): QueryMention[] {
  const found: QueryMention[] = []
  const strings: QueryMention[] = []
  let hasVariable = false
  const add = (name: string, start: number): unknown => found.push({ table: withoutAlias(name), start })
  const addText = (text: string, start: number): void => {
    for (const [, names = ''] of text.matchAll(TABLES_IN_SQL)) {
      for (const name of names.split(',')) add(name.replaceAll(/[`"\s]/g, ''), start)
    }
  }
  const addArgument = (node: Argument | undefined): void => {
    if (node === undefined || /Function|Arrow/.test(node.type)) return
    if (node.type === 'Literal' && typeof node.value === 'string') add(node.value, node.start)
    else if (node.type === 'ArrayExpression') {
      for (const element of node.elements) if (element !== null) addArgument(element)
    } else if (node.type !== 'CallExpression') hasVariable = true
  }

  new Visitor({
    CallExpression: ({ callee, arguments: args }) => {
      const name = nameOf(callee)
      if (TABLE_METHODS.has(name) || isSqlTable(callee)) addArgument(args[0])
      if (TABLE_FUNCTIONS.has(name)) for (const one of args) if (one.type === 'Literal') addArgument(one)
    },
    ObjectExpression: ({ properties }) => {
      const values = new Map(
        properties.flatMap((one) => (one.type === 'Property' ? [[nameOf(one.key), one.value]] : [])),
      )
      const table = values.get('table')
      if (table?.type === 'Literal' && values.has(values.has('rows') ? 'columns' : 'keys')) addArgument(table)
    },
    Literal: ({ value, start }) => {
      if (typeof value !== 'string') return
      strings.push({ table: value, start })
      if (isStatement(value)) addText(value, start)
    },
    TemplateLiteral: ({ quasis, start }) => {
      const text = textOf(quasis)
      if (isStatement(text)) addText(text, start)
    },
    TaggedTemplateExpression: ({ tag, quasi, start }) => {
      if (nameOf(tag) === 'sql') addText(textOf(quasi.quasis), start)
    },
  }).visit(program)
  return hasVariable ? [...found, ...strings] : found
}

type Named = { readonly type: string; readonly name?: unknown; readonly object?: unknown; readonly property?: unknown }

/** The last name of a callee: `a.b.c` is `c`. */
function nameOf(node: unknown): string {
  const { type, name, property } = node as Named
  if (type === 'MemberExpression') return nameOf(property)
  return typeof name === 'string' ? name : ''
}

function isSqlTable(callee: unknown): boolean {
  const { type, object } = callee as Named
  return type === 'MemberExpression' && nameOf(callee) === 'table' && nameOf(object) === 'sql'
}

function isStatement(text: string): boolean {
  return STATEMENT.test(/^\s*[A-Z]{2}/.test(text) ? text.toLowerCase() : text)
}

type TemplatePart = { readonly value: { readonly raw: string; readonly cooked: string | null } }

function textOf(quasis: readonly TemplatePart[]): string {
  return quasis.map(({ value }) => value.cooked ?? value.raw).join(' ? ')
}

function withoutAlias(name: string): string {
  return name.trim().split(/\s+as\s+/i)[0] ?? name
}
