import { DomainError } from '../errors.ts'

export const NOTIFICATION_CHANNELS = ['inbox', 'mail', 'push'] as const
export type NotificationChannel = (typeof NOTIFICATION_CHANNELS)[number]

/** Who receives a kind of notification. Riders have no mail address. */
export type NotificationAudience = 'rider' | 'account'

/** `on`, `off`: until the person chooses. `always`: cannot be turned off. */
type ChannelDefault = 'on' | 'off' | 'always'

type Kind = {
  readonly audience: NotificationAudience
  readonly channels: Readonly<Partial<Record<NotificationChannel, ChannelDefault>>>
  /** The urgency of the message, by which devices save battery (RFC 8030 §5.3). */
  readonly urgency: 'low' | 'normal' | 'high'
  /** How long the push service should try to deliver the message. */
  readonly pushHours: number
}

/**
 * Every kind of notification. A feature that notifies people adds its kind here, its parameters below, and its texts in
 * `features/notifications/describe-notice.ts` of the service.
 */
export const NOTIFICATION_KINDS = {
  /** A moderator decided on a contribution or photo of the rider. */
  'contribution-decided': {
    audience: 'rider',
    channels: { inbox: 'on', push: 'on' },
    urgency: 'normal',
    pushHours: 72,
  },
  /** Somebody changed the roles of the account for the whole installation. */
  'role-changed': {
    audience: 'account',
    channels: { inbox: 'always', mail: 'on', push: 'on' },
    urgency: 'normal',
    pushHours: 72,
  },
} as const satisfies Record<string, Kind>

export type NotificationKind = keyof typeof NOTIFICATION_KINDS

/** The parameters of each kind. Values are texts that can be inserted into a message of any language. */
export type NotificationParams = {
  'contribution-decided': {
    readonly subject: 'contribution' | 'photo'
    readonly verdict: 'accepted' | 'rejected'
    /** null for a proposed zone that was rejected: there is none. */
    readonly zoneId: string | null
    /** Name of the zone; null if it has none. */
    readonly zone: string | null
    readonly reason: string | null
  }
  'role-changed': {
    /** The roles for the whole installation that the account has now, comma-separated; may be empty. */
    readonly roles: string
  }
}

export const NOTIFICATION_KIND_NAMES = Object.keys(NOTIFICATION_KINDS) as readonly NotificationKind[]

export function isNotificationKind(name: string): name is NotificationKind {
  return Object.hasOwn(NOTIFICATION_KINDS, name)
}

/** The choice of a person for one channel of one kind. */
export type ChannelChoice = {
  readonly kind: NotificationKind
  readonly channel: NotificationChannel
  readonly isOn: boolean
}

/** A channel as a person sees it in the settings. `isFixed`: it cannot be turned off. */
export type ChannelState = ChannelChoice & { readonly isFixed: boolean }

function channelDefault(kind: NotificationKind, channel: NotificationChannel): ChannelDefault | undefined {
  const { channels }: Kind = NOTIFICATION_KINDS[kind]
  return channels[channel]
}

/** Whether a kind is sent through a channel, given the choices of the recipient. */
export function isChannelOn(
  kind: NotificationKind,
  channel: NotificationChannel,
  choices: readonly ChannelChoice[],
): boolean {
  const byDefault = channelDefault(kind, channel)
  if (byDefault === undefined) return false
  if (byDefault === 'always') return true
  const chosen = choices.find((choice) => choice.kind === kind && choice.channel === channel)
  return chosen === undefined ? byDefault === 'on' : chosen.isOn
}

/** All channels of all kinds that an audience receives. */
export function listChannels(audience: NotificationAudience, choices: readonly ChannelChoice[]): ChannelState[] {
  return NOTIFICATION_KIND_NAMES.filter((kind) => NOTIFICATION_KINDS[kind].audience === audience).flatMap((kind) =>
    NOTIFICATION_CHANNELS.flatMap((channel) => {
      const byDefault = channelDefault(kind, channel)
      if (byDefault === undefined) return []
      return [{ kind, channel, isOn: isChannelOn(kind, channel, choices), isFixed: byDefault === 'always' }]
    }),
  )
}

/**
 * Checks the choices of a person. Throws `invalid-request` for a kind or channel that the audience does not have, for one
 * that cannot be turned off, and for a channel that is named twice.
 */
export function checkChannelChoices(audience: NotificationAudience, choices: readonly ChannelChoice[]): void {
  const offered = listChannels(audience, [])
  const seen = new Set<string>()
  for (const [i, { kind, channel, isOn }] of choices.entries()) {
    const found = offered.find((one) => one.kind === kind && one.channel === channel)
    const name = `${kind} by ${channel}`
    if (found === undefined) throw invalidChoice(i, `is unknown: you receive no ${name}`)
    if (found.isFixed && !isOn) throw invalidChoice(i, `cannot be turned off: ${name} is for your safety`)
    if (seen.has(name)) throw invalidChoice(i, `names ${name} again; name each channel once`)
    seen.add(name)
  }
}

function invalidChoice(index: number, message: string): DomainError {
  const pointer = `/channels/${index}`
  return new DomainError('invalid-request', `The choice ${pointer} ${message}.`, [{ pointer, message }])
}
