import { SaxesParser } from 'saxes'
import { createXmlMender } from './repair-xml.ts'

/** Hears of a document's parts as they come. Names are without their prefix; `line` counts from 1. */
export type XmlHandlers = {
  open(name: string, attributes: Readonly<Record<string, string>>, line: number): void
  text(part: string): void
  close(name: string): void
}

/** `end` tells what is wrong with the document as a whole, or null. */
export type XmlStream = { push(text: string): void; end(): string | null }

/** A text or a tag longer than this is no data of parking, and would be held whole. */
const LONGEST_PART = 8 << 20
const DEEPEST = 1000
/** Each costs as much as many elements. */
const MOST_FAULTS = 5000

/**
 * Parses XML piece by piece, mending what people write into it by hand. A fault does not stop it. Throws where one text or
 * tag is so long, or nested so deeply, that it would fill the memory.
 */
export function createXmlStream(handlers: XmlHandlers): XmlStream {
  const parser = new SaxesParser({})
  const mender = createXmlMender()
  let depth = 0
  let since = 0
  let fault: string | null = null
  let faults = 0

  parser.on('error', (error) => {
    fault ??= error.message
    faults += 1
    if (faults > MOST_FAULTS) throw new Error(`it is damaged in over ${MOST_FAULTS} places, first at ${fault}`)
  })
  parser.on('opentag', (tag) => {
    depth += 1
    since = 0
    if (depth > DEEPEST) throw new Error(`line ${parser.line} is nested too deeply`)
    handlers.open(localName(tag.name), tag.attributes, parser.line)
  })
  parser.on('text', (text) => handlers.text(text))
  parser.on('cdata', (text) => handlers.text(text))
  parser.on('closetag', (tag) => {
    depth -= 1
    since = 0
    handlers.close(localName(tag.name))
  })
  return {
    push(text) {
      since += text.length
      parser.write(mender.push(text))
      if (since > LONGEST_PART) throw new Error(`line ${parser.line} has a part of over ${LONGEST_PART >> 20} MB`)
    },
    end() {
      parser.write(mender.end())
      const open = depth > 0
      const { line } = parser
      parser.close()
      return open ? `breaks off at line ${line}` : fault === null ? null : `is damaged at ${fault}`
    },
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
