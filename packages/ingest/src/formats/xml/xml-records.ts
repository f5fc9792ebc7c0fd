import { truncatedEnd, type FeedItem, COMPLETE_END } from '#feed-row.ts'
import type { FeedFile } from '#files/feed-file.ts'
import { type Encoding, textOf } from '#files/text-encoding.ts'
import { messageOf } from '#values.ts'
import { createXmlStream } from './xml-stream.ts'

/** An element and its content. Names have no prefix; texts are trimmed. */
export type XmlElement = {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  readonly text: string
}

export type XmlPiece =
  | { readonly record: XmlElement; readonly line: number }
  /** A text outside of the records, such as the publication time. */
  | { readonly header: { readonly name: string; readonly text: string } }
  | { readonly end: FeedItem }

type Open = { name: string; attributes: Readonly<Record<string, string>>; children: XmlElement[]; text: string }

/** Limits of a record. Content beyond them is dropped. */
const MAX_ELEMENTS = 5000
const MAX_TEXT_LENGTH = 100_000

/** Reads the outermost elements with these names, and the texts outside of them. */
export async function* xmlRecords(
  file: FeedFile,
  encoding: Encoding,
  names: ReadonlySet<string>,
): AsyncGenerator<XmlPiece, void, undefined> {
  let pieces: XmlPiece[] = []
  const stack: Open[] = []
  let line = 0
  let elements = 0
  let outside = ''

  const stream = createXmlStream({
    open(name, attributes, at) {
      outside = ''
      if (stack.length === 0) {
        if (!names.has(name)) return
        line = at
        elements = 0
      }
      elements += 1
      stack.push({ name, attributes: { ...attributes }, children: [], text: '' })
    },
    text(part) {
      const top = stack.at(-1)
      if (top === undefined) outside = part.slice(0, 200)
      else if (top.text.length < MAX_TEXT_LENGTH) top.text += part.slice(0, MAX_TEXT_LENGTH)
    },
    close(name) {
      const done = stack.pop()
      if (done === undefined) {
        if (outside.trim() !== '') pieces.push({ header: { name, text: outside.trim() } })
        outside = ''
        return
      }
      const element = { ...done, text: done.text.trim() }
      const parent = stack.at(-1)
      if (parent === undefined) pieces.push({ record: element, line })
      else if (elements <= MAX_ELEMENTS) parent.children.push(element)
    },
  })

  try {
    for await (const text of textOf(file, encoding)) {
      stream.push(text)
      const now = pieces
      pieces = []
      yield* now
    }
    const problem = stream.end()
    yield* pieces
    yield {
      end: problem === null ? COMPLETE_END : truncatedEnd(`The XML ${problem}. The content before that was read.`),
    }
  } catch (error) {
    yield { end: truncatedEnd(`The file cannot be read to its end: ${messageOf(error)}.`) }
  }
}

export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name)
}

/** The element at the end of a path of direct children, the first of each name. */
export function childAt(element: XmlElement, ...path: readonly string[]): XmlElement | null {
  let at: XmlElement | undefined = element
  for (const name of path) at = at?.children.find((child) => child.name === name)
  return at ?? null
}

export function textAt(element: XmlElement, ...path: readonly string[]): string | null {
  const text = childAt(element, ...path)?.text ?? ''
  return text === '' ? null : text
}

/** Every element of this name inside, however deep. */
export function* inside(element: XmlElement, name: string): Generator<XmlElement> {
  for (const child of element.children) {
    if (child.name === name) yield child
    yield* inside(child, name)
  }
}
