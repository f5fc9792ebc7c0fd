import type { SourceInfo } from '@kickstand/domain'

/** All riders together, as one source. Their contributions are in the public domain. */
export const RIDERS_SOURCE: SourceInfo = {
  id: 'riders',
  name: 'Riders of this map',
  licence: 'CC0-1.0',
  licenceUrl: 'https://creativecommons.org/publicdomain/zero/1.0/',
  attribution: 'Riders of this map',
  url: null,
  simulated: false,
  trust: 'riders',
}
