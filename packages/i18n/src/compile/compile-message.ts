import { parse, type ParseOptions } from '@messageformat/parser'
import type { Choice, Message } from '../message.ts'

type Tokens = ReturnType<typeof parse>
type Token = Tokens[number] | { readonly type: 'octothorpe' }

/** What a parameter takes: any text, a number for a plural, or one of the words of a choice. */
export type ParamType = 'string' | 'number' | readonly string[]
export type CompiledMessage = { readonly message: Message; readonly params: ReadonlyMap<string, ParamType> }

/**
 * Compiles an ICU message. Throws where it cannot be parsed, uses a plural category that the language lacks or lacks one
 * that it has, or formats a value itself: values come formatted, so that all numbers of a page look alike.
 */
export function compileMessage(source: string, language: string): CompiledMessage {
  const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories
  const cardinal = categories as ParseOptions['cardinal']
  const params = new Map<string, ParamType>()

  function note(name: string, type: ParamType): void {
    const known = params.get(name)
    // A parameter that decides a choice may also be shown.
    if (known === undefined || known === 'string') params.set(name, type)
  }

  function compile(tokens: readonly Token[], plural: string | null): Message {
    const parts: (string | Choice)[] = []
    const add = (text: string): void => {
      const last = parts.at(-1)
      if (typeof last === 'string') parts[parts.length - 1] = last + text
      else parts.push(text)
    }
    for (const token of tokens) {
      switch (token.type) {
        case 'content':
          if (/[{}]/.test(token.value)) throw new Error('a brace as text is not supported')
          add(token.value)
          break
        case 'argument':
          note(token.arg, 'string')
          add(`{${token.arg}}`)
          break
        case 'octothorpe':
          add(`{#${plural ?? ''}}`)
          break
        case 'plural':
        case 'select':
          parts.push(choice(token, plural))
          break
        case 'function':
          throw new Error(`{${token.arg}, ${token.key}} is not supported: pass the value as text`)
        case 'selectordinal':
          throw new Error(`{${token.arg}, selectordinal} is not supported`)
      }
    }
    const [first = ''] = parts
    return parts.length <= 1 && typeof first === 'string' ? first : parts
  }

  function choice(token: Extract<Token, { cases: unknown }>, plural: string | null): Choice {
    const isPlural = token.type === 'plural'
    const keys = token.cases.map(({ key }) => key)
    const missing = (isPlural ? categories : ['other']).filter((key) => !keys.includes(key))
    if (missing.length > 0) throw new Error(`{${token.arg}, ${token.type}} lacks ${missing.join(', ')}`)
    if (keys.some((key) => key.startsWith('=')) || token.pluralOffset !== undefined)
      throw new Error(`{${token.arg}, plural} takes only plural categories, not =1 or offset`)
    const others = token.cases.find(({ key }) => key === 'other')?.tokens.length ?? 0
    note(token.arg, isPlural ? 'number' : others > 0 ? 'string' : keys.filter((key) => key !== 'other').toSorted())
    const cases = token.cases.map(({ key, tokens }) => [key, compile(tokens, isPlural ? token.arg : plural)] as const)
    const kept = Object.fromEntries(cases.filter(([key, message]) => key !== 'other' || message !== ''))
    return isPlural ? [token.arg, kept, 1] : [token.arg, kept]
  }

  return { message: compile(parse(source, { cardinal: cardinal ?? [], strict: false }), null), params }
}
