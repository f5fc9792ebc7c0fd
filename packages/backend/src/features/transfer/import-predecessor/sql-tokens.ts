/**
 * A piece of SQL. `name` is a word in backticks; `text` has its escapes undone; `bytes` is a literal in hexadecimal.
 */
export type SqlToken = {
  readonly kind: 'word' | 'name' | 'text' | 'bytes' | 'mark'
  readonly value: string
}

const ESCAPES: Readonly<Record<string, string>> = { 0: '\0', b: '\b', n: '\n', r: '\r', t: '\t', Z: '\u001A' }
const WORD = /[^\s'"`(),;=]+/y
const MAX_TOKEN_LENGTH = 64 << 20

/**
 * Splits the text of a dump into tokens; it may come in chunks of any size. At most one incomplete token is held.
 * Comments are skipped, executable ones too, since they contain only settings.
 */
export function createSqlTokens(): (text: string) => SqlToken[] {
  let rest = ''

  return (text) => {
    rest += text
    const tokens: SqlToken[] = []
    let at = 0
    for (;;) {
      const next = readToken(rest, at)
      if (next === null) break
      at = next.end
      if (next.token !== null) tokens.push(next.token)
    }
    rest = rest.slice(at)
    if (rest.length > MAX_TOKEN_LENGTH) throw new Error('a value of over 64 MB')
    return tokens
  }
}

type Read = { readonly token: SqlToken | null; readonly end: number }

/** The token at a position; null where it is incomplete, or nothing is left. */
function readToken(text: string, from: number): Read | null {
  let at = from
  while (at < text.length && text.charCodeAt(at) <= 0x20) at += 1
  if (at >= text.length) return at > from ? { token: null, end: at } : null
  const first = text.charAt(at)
  if (first === "'" || first === '"' || first === '`') return readQuoted(text, at, first)
  if ('(),;='.includes(first)) return { token: { kind: 'mark', value: first }, end: at + 1 }
  // Only the second character distinguishes a comment from a number or a word.
  if ((first === '-' || first === '/') && at + 2 >= text.length) return null
  if (first === '#' || /^--\s/.test(text.slice(at, at + 3))) return skipPast(text, '\n', at)
  if (text.startsWith('/*', at)) return skipPast(text, '*/', at + 2)
  WORD.lastIndex = at
  const word = WORD.exec(text)?.[0] ?? first
  const end = at + word.length
  if (end >= text.length) return null
  const next = text.charAt(end)
  if (/^x$/i.test(word) && next === "'") {
    const quoted = readQuoted(text, end, next)
    return quoted === null ? null : { token: { kind: 'bytes', value: quoted.token?.value ?? '' }, end: quoted.end }
  }
  if (/^0x[0-9a-f]+$/i.test(word)) return { token: { kind: 'bytes', value: word.slice(2) }, end }
  return { token: { kind: 'word', value: word }, end }
}

function skipPast(text: string, end: string, from: number): Read | null {
  const at = text.indexOf(end, from)
  return at < 0 ? null : { token: null, end: at + end.length }
}

function readQuoted(text: string, from: number, quote: string): Read | null {
  const kind = quote === '`' ? 'name' : 'text'
  let value = ''
  let plain = from + 1
  for (let at = plain; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (character === '\\' && kind === 'text') {
      if (at + 1 >= text.length) return null
      const escaped = text.charAt(at + 1)
      // As in MySQL, a backslash before % or _ is part of the text.
      const undone = escaped === '%' || escaped === '_' ? `\\${escaped}` : (ESCAPES[escaped] ?? escaped)
      value += text.slice(plain, at) + undone
      at += 1
      plain = at + 1
    } else if (character === quote) {
      // The quote may be doubled in the next chunk.
      if (at + 1 >= text.length) return null
      if (text.charAt(at + 1) !== quote) return { token: { kind, value: value + text.slice(plain, at) }, end: at + 1 }
      value += text.slice(plain, at + 1)
      at += 1
      plain = at + 1
    }
  }
  return null
}
