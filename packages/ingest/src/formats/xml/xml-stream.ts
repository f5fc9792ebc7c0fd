import { SaxesParser } from 'saxes'
import { createXmlRepairer } from './repair-xml.ts'

/** Callbacks for the parts of a document. Names have no prefix; `line` counts from 1. */
export type XmlHandlers = {
  open(name: string, attributes: Readonly<Record<string, string>>, line: number): void
  text(part: string): void
  close(name: string): void
}

/** `end` returns the error of the document as a whole, or null. */
export type XmlStream = { push(text: string): void; end(): string | null }

/** Characters of a text or tag. A longer one is not parking data, and would be held in memory. */
const MAX_PART_LENGTH = 8 << 20
const MAX_DEPTH = 1000
/** Each error costs as much as many elements. */
const MAX_FAULTS = 5000

/**
 * Parses XML chunk by chunk, with repairs (`createXmlRepairer`). Errors do not stop it. Throws where a text or tag is
 * too long, or the nesting too deep, to hold.
 */
export function createXmlStream(handlers: XmlHandlers): XmlStream {
  const parser = new SaxesParser({})
  const repairer = createXmlRepairer()
  let depth = 0
  let since = 0
  let fault: string | null = null
  let faults = 0

  parser.on('error', (error) => {
    fault ??= error.message
    faults += 1
    if (faults > MAX_FAULTS) throw new Error(`it is damaged in over ${MAX_FAULTS} places, first at ${fault}`)
  })
  parser.on('opentag', (tag) => {
    depth += 1
    since = 0
    if (depth > MAX_DEPTH) throw new Error(`line ${parser.line} is nested too deeply`)
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
      parser.write(repairer.push(text))
      if (since > MAX_PART_LENGTH) throw new Error(`line ${parser.line} has a part of over ${MAX_PART_LENGTH >> 20} MB`)
    },
    end() {
      parser.write(repairer.end())
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
