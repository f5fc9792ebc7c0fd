/** An identifier that was replaced by a standard term, and that term. `word` is matched as a whole, with its case. */
export type RetiredWord = { readonly word: string; readonly use: string }

const retired = (use: string, ...words: readonly string[]): RetiredWord[] => words.map((word) => ({ word, use }))

/** Words that this project once had of its own. They are not used in names, comments or documents any more. */
export const RETIRED_WORDS: readonly RetiredWord[] = [
  ...retired('tuneV8Heap', 'keepYoung'),
  ...retired('circuit breaker', 'createPatience', 'Patience'),
  ...retired('withoutTimeout', 'patiently'),
  ...retired('cluster clock, clock sync, clock-jump guard', 'AgreedClock', 'SharedTime', 'BelievedTime'),
  ...retired('retryNotFound, read barrier', 'SecondLook', 'LookAgain', 'lookAgain'),
  ...retired('overload guard', 'LoadGuard', 'registerLoadGuard'),
  ...retired('subscriptions', 'Audiences', 'createAudiences'),
  ...retired('drain', 'sendElsewhere'),
  ...retired('transferDatabase', 'moveHouse'),
  ...retired('mutex', 'createLane'),
  ...retired('chunks', 'inRuns'),
  ...retired('applyObservation, replay', 'foldInto', 'UNFOLDED', 'unfold', 'refold'),
  ...retired('eventOrder, event_order', 'foldAt', 'fold_at'),
  ...retired('outlier probability', 'junk', 'junkOf', 'trust_junk'),
  ...retired('trusted', 'vouched', 'isVouched'),
  ...retired('prior', 'repool', 'learnPool', 'learnPools', 'moveToPool'),
  ...retired('reconcileZones', 'settleZones'),
  ...retired('resolveInDoubt', 'settleDoubt'),
  ...retired('upsertClaim, putClaim', 'sayOfZone', 'putWord'),
  ...retired('writeIdempotently', 'writeOnce'),
  ...retired('assignZoneIds', 'nameZones'),
  ...retired('contribution', 'RiderFact', 'rider_facts', 'fact_votes', 'judgeFact', 'stateFact'),
  ...retired('feed channel', 'feed_sides', 'FeedSidesTable'),
  ...retired('cursors', 'read_to'),
  ...retired('field_changed_at', 'since_of'),
  ...retired('lease_expires_at', 'held_until'),
  ...retired('implausible', 'lyingSensors', 'lying_at'),
  ...retired('MAX_…, with the unit', 'DEAR', 'HAIR', 'PEACE', 'KEPT'),
  ...retired('ShellState', 'PageContext'),
  ...retired('removal limit', 'RemovalBrake', 'findBrake'),
]
