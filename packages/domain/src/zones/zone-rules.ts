import { readConditional, type Clause } from './conditional.ts'
import { signHours } from './sign-hours.ts'
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
  /** When the sign reserves the place for motorcycles; null without such a sign. */
  readonly reserved: string | null
  /** Whether there is a sign that cannot be parsed. */
  readonly signUnread: boolean
}

function conditional(text: string | null): Conditional {
  return text === null ? [] : (readConditional(text) ?? 'unread')
}

/** Parses the rules in the facts; never throws. */
export function readRules(facts: RuleFacts): ZoneRules {
  const { vehicles, access, fee, openingHours, maxStay, signText } = facts
  const sign = signText === null ? null : signHours(signText)
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
