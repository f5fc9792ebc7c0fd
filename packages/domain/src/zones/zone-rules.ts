import { readConditional, type Clause } from './conditional.ts'
import { parseReservedHours } from './parse-reserved-hours.ts'
import type { ZoneFacts } from './zone.ts'

/** The facts that determine the rules of a place. */
export type RuleFacts = Pick<
  ZoneFacts,
  | 'vehicles'
  | 'access'
  | 'accessConditional'
  | 'fee'
  | 'feeConditional'
  | 'openingHours'
  | 'signText'
  | 'maxStay'
  | 'maxStayConditional'
>

/** Clauses with conditions; or `unread` for a text that cannot be parsed. */
export type Conditional = readonly Clause[] | 'unread'

/** The parsed rules of a place. */
export type ZoneRules = Pick<RuleFacts, 'vehicles' | 'access' | 'fee' | 'openingHours' | 'maxStay'> & {
  readonly accessWhen: Conditional
  readonly feeWhen: Conditional
  readonly maxStayWhen: Conditional
  /**
   * The hours in which the sign reserves the place for motorcycles; null if it states none, or for a place without a
   * sign.
   */
  readonly reserved: string | null
  /** Whether the place has a sign that cannot be parsed. */
  readonly signUnread: boolean
}

function conditional(text: string | null): Conditional {
  return text === null ? [] : (readConditional(text) ?? 'unread')
}

/** Parses the rules in the facts; never throws. */
export function readRules(facts: RuleFacts): ZoneRules {
  const { vehicles, access, fee, openingHours, maxStay, signText } = facts
  const sign = signText === null ? null : parseReservedHours(signText)
  return {
    vehicles,
    access,
    fee,
    openingHours,
    maxStay,
    accessWhen: conditional(facts.accessConditional),
    feeWhen: conditional(facts.feeConditional),
    maxStayWhen: conditional(facts.maxStayConditional),
    reserved: sign?.reserved ?? null,
    signUnread: signText !== null && sign === null,
  }
}

/** Every text in opening_hours syntax that the rules contain. */
export function hoursOf(rules: ZoneRules): string[] {
  const conditions = [rules.accessWhen, rules.feeWhen, rules.maxStayWhen]
    .flatMap((when) => (when === 'unread' ? [] : when))
    .flatMap((clause) => clause.conditions)
    .flatMap((condition) => (condition.on === 'hours' ? [condition.hours] : []))
  return [rules.openingHours, rules.reserved, ...conditions].filter((text) => text !== null)
}
