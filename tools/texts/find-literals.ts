import { parseSync, Visitor } from 'oxc-parser'

/** A text in a component that did not come from a catalogue. */
export type Literal = { readonly text: string; readonly line: number }

/** Proper names, which no language translates. */
const NAMES = new Set(['Kickstand'])
/** Elements whose content is code. */
const CODE_ELEMENTS = new Set(['code', 'Command'])
/** Attributes and fields that hold a text: `aria-label`, `title`, `tallerLabel`. */
const TEXT_NAME =
  /^(aria-(label|description|valuetext|roledescription|placeholder)|alt|placeholder|.*[tT]itle|.*[lL]abel|.*[tT]ext|legend|hint|message)$/
const LETTER = /\p{L}/u

type Node = { readonly type: string; readonly start: number }

/** The texts of a component: in its elements, in attributes and fields that hold texts, and in `document.title`. */
export function findLiterals(file: string, code: string): Literal[] {
  const { program, errors } = parseSync(file, code)
  if (errors[0]) throw new Error(`${file}: ${errors[0].message}`)
  const found = new Map<number, Literal>()
  const codeRanges: (readonly [number, number])[] = []
  const add = (text: string, at: number): void => {
    const words = text.trim()
    if (!LETTER.test(words) || NAMES.has(words)) return
    if (codeRanges.some(([from, to]) => at >= from && at < to)) return
    found.set(at, { text: words, line: code.slice(0, at).split('\n').length })
  }
  /** The texts that an expression may have as its value. */
  function addTexts(node: Node | null | undefined): void {
    if (!node) return
    const some = node as unknown as Record<string, never>
    switch (node.type) {
      case 'Literal':
        if (typeof some['value'] === 'string') add(some['value'], node.start)
        break
      case 'TemplateLiteral':
        for (const quasi of some['quasis'] as { value: { raw: string }; start: number }[])
          add(quasi.value.raw, quasi.start)
        break
      case 'ConditionalExpression':
        addTexts(some['consequent'])
        addTexts(some['alternate'])
        break
      case 'LogicalExpression':
        if (some['operator'] !== '&&') addTexts(some['left'])
        addTexts(some['right'])
        break
      case 'BinaryExpression':
        // A comparison has no text as its value.
        if (some['operator'] !== '+') break
        addTexts(some['left'])
        addTexts(some['right'])
        break
      case 'JSXExpressionContainer':
      case 'ParenthesizedExpression':
        addTexts(some['expression'])
        break
      default:
    }
  }
  new Visitor({
    JSXElement({ openingElement, start, end }) {
      const { name } = openingElement
      if (name.type === 'JSXIdentifier' && CODE_ELEMENTS.has(name.name)) codeRanges.push([start, end])
    },
  }).visit(program)
  new Visitor({
    JSXText({ value, start }) {
      add(value, start)
    },
    JSXElement({ children }) {
      for (const child of children) if (child.type === 'JSXExpressionContainer') addTexts(child)
    },
    JSXFragment({ children }) {
      for (const child of children) if (child.type === 'JSXExpressionContainer') addTexts(child)
    },
    JSXAttribute({ name, value }) {
      if (name.type === 'JSXIdentifier' && TEXT_NAME.test(name.name)) addTexts(value)
    },
    Property({ key, value, computed }) {
      if (!computed && key.type === 'Identifier' && TEXT_NAME.test(key.name)) addTexts(value)
    },
    AssignmentExpression({ left, right }) {
      if (left.type !== 'MemberExpression' || left.computed) return
      const { object, property } = left
      if (object.type === 'Identifier' && object.name === 'document' && property.name === 'title') addTexts(right)
    },
  }).visit(program)
  return [...found.values()].toSorted((a, b) => a.line - b.line)
}
