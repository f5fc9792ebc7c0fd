import { readConditional } from './conditional.ts'
import { motorcycleTag, type OsmTags } from './osm-special.ts'
import { readText } from './read-values.ts'
import type { Fee } from './fields/vocabularies.ts'

const FREE = /^(?:no|free|none|false|gratis|0+(?:[.,]0+)?)$/
const PAID = /^(?:yes|paid|pay|true|interval|ticket|meter|parking_meter)$/
const PRICE = /^[\p{Sc}\s]*(\d+(?:[.,]\d+)?)\s*(?:\p{Sc}|[a-z]{3}\b|euros?\b|cents?\b|pounds?\b|dollars?\b|\/|$)/u
const HOURS = /\d{1,2}:\d\d|\b(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|SH)\b|24\/7|sunrise|sunset|dawn|dusk/

/**
 * Whether a value of OSM's `fee` means free or paid; null for any other value (`?`, `fixme`, `unknown`, `donation`) and for a
 * list with both (`yes;no`). An unknown fee never counts as paid.
 */
export function feeOfWord(value: string): Fee | null {
  const fees = new Set(
    value
      .toLowerCase()
      .split(';')
      .map((word) => feeOfOne(word.trim())),
  )
  const [first = null] = fees
  return fees.size === 1 ? first : null
}

function feeOfOne(word: string): Fee | null {
  if (FREE.test(word)) return 'free'
  if (PAID.test(word)) return 'paid'
  const price = PRICE.exec(word)?.[1]
  if (price === undefined) return null
  return amount(price) > 0 ? 'paid' : 'free'
}

/** The fee and the conditions in `fee` itself, as tagged for motorcycles, else for all vehicles. */
export function feeOfTags(tags: OsmTags): { fee: Fee | null; conditional: string | null } {
  const text = readText(motorcycleTag(tags, 'fee'))
  if (text === null) return { fee: feeOfCharge(motorcycleTag(tags, 'charge')), conditional: null }
  // Some mappers write conditions into `fee` itself.
  if (text.includes('@') && readConditional(text) !== null) return { fee: null, conditional: text }
  const fee = feeOfWord(text)
  if (fee !== null || !isHours(text)) return { fee, conditional: null }
  // `fee=Mo-Fr 09:00-18:00` is free outside of these hours.
  return { fee: 'paid', conditional: `no @ (24/7); yes @ (${text})` }
}

function isHours(text: string): boolean {
  return text.split(';').every((part) => feeOfWord(part) === null) && HOURS.test(text)
}

/** A positive charge means paid. Its first number is the price: `0 EUR/1h` does not. */
function feeOfCharge(charge: string | undefined): Fee | null {
  const price = /\d+(?:[.,]\d+)?/.exec(readText(charge) ?? '')?.[0]
  return price !== undefined && amount(price) > 0 ? 'paid' : null
}

function amount(text: string): number {
  return Number(text.replace(',', '.'))
}
